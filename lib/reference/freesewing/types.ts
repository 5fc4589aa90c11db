/** The words of FreeSewing's backend. Each function is one decision a mutant can replace. */
import type { JsonObject } from '../bearer/types.ts'
import type { HttpRules, Pair, Reply, Request, Target } from '../http/types.ts'
import type { PlainDoor } from '../plain.ts'

/** How an endpoint authenticates, which the last segment of its path says. */
export type Kind = 'jwt' | 'key'

/** An endpoint that needs credentials: its name and how it takes them. */
export interface Endpoint {
  readonly name: 'account' | 'whoami'
  readonly kind: Kind
}

/** `failed`: credentials were missing or wrong. `malformed`: they could not be read. */
export type Verdict = { readonly who: string } | { readonly refused: 'failed' | 'malformed' }

/** An API key with its secret. */
export interface ApiKey {
  readonly key: string
  readonly secret: string
}

/** Somebody who signs in. */
export interface Person {
  readonly username: string
  readonly password: string
}

export interface BackendPolicy {
  readonly http: HttpRules
  readonly keys: readonly ApiKey[]
  readonly people: readonly Person[]
  /** The secret that tokens are signed with. */
  readonly secret: string
  readonly endpoint: (target: Target) => Endpoint | undefined
  /** The kinds that an endpoint takes. */
  readonly takes: (endpoint: Endpoint) => readonly Kind[]
  readonly guarded: (endpoint: Endpoint) => boolean
  /** One Authorization value as passport-http reads it. */
  readonly byKey: (policy: BackendPolicy, value: string) => Verdict
  /** One Authorization value as passport-jwt reads it. */
  readonly byToken: (policy: BackendPolicy, value: string) => Verdict
  /** The token in a value; undefined where it is none of Bearer. */
  readonly bearer: (value: string) => string | undefined
  readonly sameSecret: (given: string, stored: string) => boolean
  readonly claims: (policy: BackendPolicy, token: string) => JsonObject | undefined
  readonly samePassword: (given: string, stored: string) => boolean
  readonly issue: (policy: BackendPolicy, username: string) => string
  /** What a log-in is answered that is good. */
  readonly signedIn: (policy: BackendPolicy, username: string) => Reply
  readonly authenticate: (policy: BackendPolicy, endpoint: Endpoint, request: Request) => Verdict
  /** Fields of granted answers. */
  readonly extra: readonly Pair[]
  readonly respond: (policy: BackendPolicy, request: Request) => Promise<Reply>
  /** The http door, where it is another than the usual one. */
  readonly plain?: PlainDoor
}
