/** The words of a site with two doors. Each function is one decision that a mutant can replace. */
import type { Socket } from 'node:net'
import type { Authority, Identity } from '../../x509/authority.ts'
import type { Policy } from '../generic/types.ts'
import type { Channel, Passage } from '../http/secure.ts'
import type { Reply, Request } from '../http/types.ts'
import type { ClientHello } from './client-hello.ts'

/**
 * What becomes of a connection whose hello was seen: other options, and something between TLS and the
 * wire; an answer of its own; or the usual.
 */
export type Turn =
  | { readonly channel: Channel; readonly through?: (raw: Socket) => Passage }
  | { readonly answer: Buffer }
  | undefined

/** The whole behaviour of a site with an https and an http door. */
export interface HttpsPolicy {
  /** The site behind TLS. */
  readonly secure: Policy
  /** Answers what comes without TLS; `origin` is the https door's. */
  readonly plain: (request: Request, origin: string, policy: HttpsPolicy) => Reply | Promise<Reply>
  /** Whether anybody listens without TLS. */
  readonly door: 'open' | 'shut'
  /** Makes key and certificates; `authority` is the one that clients trust. */
  readonly identity: (authority: Authority, hosts: readonly string[]) => Identity
  /** How TLS is spoken. */
  readonly channel: Channel
  /** Looks at each hello first. */
  readonly turn?: (hello: ClientHello) => Turn
  /** The server of the same service at another address; shut where nobody listens there. */
  readonly second: (own: HttpsPolicy) => HttpsPolicy | 'shut'
  /** What becomes of bytes on the https door that are no TLS. */
  readonly stray: 'drop' | 'serve'
}
