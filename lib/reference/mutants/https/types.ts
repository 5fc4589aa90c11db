/** What a mutant of the server with two doors is, and the helpers that replace one part of it. */
import type { Authority, Identity } from '../../../x509/authority.ts'
import type { Channel } from '../../http/secure.ts'
import type { Reply, Request } from '../../http/types.ts'
import type { ClientHello } from '../../https/client-hello.ts'
import { type ServerHello, writeServerHello } from '../../https/server-hello.ts'
import type { HttpsPolicy, Turn } from '../../https/types.ts'
import type { Change, Defect, Lab, Variation } from '../types.ts'

export type HttpsChange = (policy: HttpsPolicy) => HttpsPolicy
export type HttpsVariation = Variation<HttpsChange>
export type HttpsDefect = Defect<HttpsChange>

/** Answers without TLS in another way. */
export const plain =
  (
    answer: (
      request: Request,
      origin: string,
      policy: HttpsPolicy,
      usual: HttpsPolicy['plain'],
    ) => Reply | Promise<Reply>,
  ): HttpsChange =>
  (policy) => ({
    ...policy,
    plain: (request, origin, whole) => answer(request, origin, whole, policy.plain),
  })

/** Changes every answer over TLS, after it was dated and measured. */
export const overTls =
  (change: (reply: Reply) => Reply): HttpsChange =>
  (policy) => ({
    ...policy,
    secure: {
      ...policy.secure,
      http: {
        ...policy.secure.http,
        finish: (reply, method) => change(policy.secure.http.finish(reply, method)),
      },
    },
  })

/** Nothing here is left to chance, and nobody is kept waiting. */
const calm: Lab = { random: () => 0.5, refusalDelay: 0 }

/** Replaces the site behind TLS. */
export const site =
  (change: Change): HttpsChange =>
  (policy) => ({ ...policy, secure: change(policy.secure, calm) })

/** Shows another key and other certificates. */
export const identity =
  (make: (authority: Authority, hosts: readonly string[]) => Identity): HttpsChange =>
  (policy) => ({ ...policy, identity: make })

/** Tells TLS something else. */
export const channel =
  (options: Channel): HttpsChange =>
  (policy) => ({ ...policy, channel: { ...policy.channel, ...options } })

/** Changes the server at the second address alone. */
export const second =
  (change: HttpsChange): HttpsChange =>
  (policy) => ({ ...policy, second: change })

/** One change after the other. */
export const both =
  (...changes: readonly HttpsChange[]): HttpsChange =>
  (policy) =>
    changes.reduce((changed, change) => change(changed), policy)

/** Sends some hellos another way. */
export const turning =
  (turn: (hello: ClientHello) => Turn): HttpsChange =>
  (policy) => ({ ...policy, turn: (hello) => turn(hello) ?? policy.turn?.(hello) })

/** Answers some hellos as a stack of another time would. */
export const answering = (answer: (hello: ClientHello) => ServerHello | undefined): HttpsChange =>
  turning((hello) => {
    const chosen = answer(hello)
    return chosen === undefined ? undefined : { answer: writeServerHello(chosen) }
  })

export const TLS_10 = 0x0301
export const TLS_12 = 0x0303
export const TLS_13 = 0x0304

/** True for who knows nothing newer than this. */
export const knowsAtMost = (hello: ClientHello, version: number): boolean =>
  hello.highest <= version && hello.highest > 2
