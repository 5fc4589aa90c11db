import type { ChannelFacts, Probe, TlsVersion } from './channel.ts'

export type { TlsVersion } from './channel.ts'

/**
 * Text in which one character stands for one byte (latin1), cut into spans so that what is secret
 * and what is the fault can be told apart without searching.
 */
export type Labelled = readonly Span[]

export interface Span {
  /** The bytes as latin1 characters. */
  readonly text: string
  /** Present where the bytes are secret: how a report shows them, such as `user:password, Base64`. */
  readonly secret?: string
  /** True where the bytes carry the one fault of the exchange. */
  readonly fault?: true
}

/** One header line as it is written: name, the bytes up to and after the colon, value, line end. */
export interface FieldLine {
  readonly name: Labelled
  /** Bytes between the name and its colon; legal requests have none. */
  readonly beforeColon?: Labelled
  /** Bytes between the colon and the value; one space unless told. */
  readonly afterColon?: Labelled
  readonly value: Labelled
  /** Only the name is written, and the line end: what stands there is no field line. */
  readonly bare?: true
}

/** How a request is to be carried and by what transport features it needs. */
export interface Route {
  readonly scheme: 'http' | 'https'
  /** Host as the URL has it: a name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
  /** Offer only this TLS version. */
  readonly tls?: TlsVersion
  /** No request is judged: the connection is only looked at. */
  readonly probe?: Probe
}

/** One request, complete to the byte; the same value feeds undici and the raw sockets. */
export interface Request {
  readonly route: Route
  readonly method: string
  /** The request-target as written on the request line. */
  readonly target: Labelled
  /** `HTTP/1.1` unless a case says otherwise. */
  readonly version?: string
  /** Written instead of method, target and version. */
  readonly start?: Labelled
  /** Field lines in order, `Host` included. */
  readonly fields: readonly FieldLine[]
  readonly body?: Labelled
  /** Trailer lines; their presence makes the body chunked. */
  readonly trailers?: readonly FieldLine[]
  /**
   * Where writing stops for a while: before the Authorization line for a moment, or before the
   * content until an interim answer has come, or half of the time for the exchange has passed.
   */
  readonly pause?: 'before-authorization' | 'before-content'
  /** Why only a raw socket can carry it, in words; absent means undici can. */
  readonly raw?: string
}

/** A departure from HTTP/1.1 in an answer: recorded, never thrown. */
export interface Violation {
  /** A kebab word, such as `lf-only-head` or `obs-fold`. */
  readonly code: string
  readonly say: string
}

/** An answer as it came: nothing is unfolded, merged, decompressed or followed. */
export interface Answer {
  readonly version: string
  readonly status: number
  readonly reason: string
  /** Name and value of every line in order, letter case kept, as latin1. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** At most the cap; latin1. */
  readonly body: string
  /** Bytes of content received, which may be more than `body` keeps. */
  readonly bodyBytes: number
  /** True where the body was cut at the cap. */
  readonly cut: boolean
  readonly trailers: readonly (readonly [name: string, value: string])[]
  /** Status codes of interim (1xx) answers that came first. */
  readonly interim: readonly number[]
  readonly violations: readonly Violation[]
}

/**
 * How an exchange ended. `complete`: a whole answer came, or the whole head of a 4xx or 5xx whose
 * content was lost (violation `cut-short`). `closed`: connection or handshake was
 * refused before the request was sent. `silent`: the request was sent and no complete answer came.
 * `unsent`: our own fault or limit kept it from being sent; never held against the server.
 */
export type Ending = 'complete' | 'closed' | 'silent' | 'unsent'

/** What went wrong underneath, in our words; the code is stable. */
export interface Trouble {
  readonly code:
    | 'refused'
    | 'unreachable'
    | 'dns'
    | 'reset'
    | 'ended'
    | 'timeout'
    | 'certificate'
    | 'handshake'
    | 'garbage'
    | 'too-large'
    | 'proxied'
    | 'aborted'
    | 'own'
  readonly say: string
}

export interface TlsFacts {
  readonly version: string
  readonly cipher: string
  readonly alpn?: string
  readonly issuer?: string
  readonly validTo?: string
}

/** One request and its answer. */
export interface Exchange {
  /** Number within the run, from 1. */
  readonly n: number
  readonly request: Request
  readonly ending: Ending
  readonly answer?: Answer
  readonly trouble?: Trouble
  /** `undici` where undici wrote the request and read the same answer as we did, else `raw`. */
  readonly carrier: 'undici' | 'raw'
  /** Which connection carried it: equal numbers were the same connection. */
  readonly connection: number
  /** Whether the server had closed the connection when the answer was complete, where it was seen. */
  readonly closed?: boolean
  /** A kept connection gave no byte, and the request was sent once more on a new one. */
  readonly resent?: true
  /** Milliseconds since 1970 when the request was begun. */
  readonly at: number
  /** Milliseconds until the answer was complete or given up. */
  readonly ms: number
  readonly tls?: TlsFacts
  /** What a probe found; no request is judged then, and the ending is `closed`. */
  readonly channel?: ChannelFacts
  /** Through a proxy, as `host:port`. */
  readonly proxy?: string
}

/** What one exchange says about access; only `granted` and `denied` decide. */
export type Outcome =
  | 'granted'
  | 'denied'
  | 'redirected'
  | 'unclear'
  | 'throttled'
  | 'crashed'
  | 'silent'
  | 'closed'
