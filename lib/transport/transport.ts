import type { Exchange, Request, Route } from '../model/exchange.ts'
import type { Lookup } from './channel/addresses.ts'
import type { DialOptions } from './dial.ts'

export interface TransportOptions extends DialOptions {
  /** How the addresses of a name are found where all of them count; as the system does unless told. */
  readonly lookup?: Lookup
  /** Deadline of an exchange, from dialling to the last byte, in milliseconds. */
  readonly timeoutMs: number
  /** Bytes of an answer's head that are read; 256 KiB unless told, 1 KiB at least. */
  readonly headCap?: number
  /** Bytes of an answer's content that are kept; 256 KiB unless told. */
  readonly bodyCap?: number
  /** Bytes of an answer's content after which it is cut and read no further; 4 MiB unless told. */
  readonly bodyStop?: number
  /** How long to look for content after HEAD, 204 and 304, in milliseconds; 50 unless told. */
  readonly lingerMs?: number
  /** Sends everything raw. */
  readonly carrier?: 'raw'
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

export interface How {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Sends on this kept connection instead of a new one. */
  readonly on?: Line
  /** Sends raw what undici could carry: the control of a raw case goes the way of the case. */
  readonly carrier?: 'raw'
  /**
   * Says keep-alive and looks this long, in milliseconds, whether the server closes after its answer;
   * the exchange then has `closed`.
   */
  readonly watchCloseMs?: number
  /** Waits until one more connection may be opened: a probe of many asks before each. */
  readonly turn?: () => Promise<void>
}

/** A kept connection: its exchanges share one socket for as long as the server keeps it. */
export interface Line {
  readonly route: Route
  /** True while a connection is open on which another exchange can be sent. */
  readonly alive: boolean
  /** Exchanges carried by the connection that is open, or was last. */
  readonly carried: number
  readonly close: () => void
}

export interface Transport {
  /** Sends one request; whatever the server or the network does is in the result, never thrown. */
  readonly send: (request: Request, how?: How) => Promise<Exchange>
  readonly line: (route: Route) => Line
  /** Calls off what is under way and waits until no socket is left. */
  readonly close: () => Promise<void>
  /** Requests put on a connection so far, those sent again included. */
  readonly sent: number
}
