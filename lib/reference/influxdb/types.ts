/** The words of an InfluxDB that takes API tokens. Each function is one decision a mutant can replace. */
import type { HttpRules, Reply, Request, Target } from '../http/types.ts'
import type { PlainDoor } from '../plain.ts'

export type Place = 'buckets' | 'authorizations' | 'orgs' | 'query' | 'write' | 'signin' | 'none'

/** `malformed`: no scheme or no token could be read. */
export type Verdict = 'granted' | 'refused' | 'malformed'

export interface InfluxPolicy {
  readonly http: HttpRules
  readonly token: string
  readonly place: (target: Target) => Place
  readonly guarded: (place: Place) => boolean
  /** The places that take the token as a password of Basic. */
  readonly takesBasic: (place: Place) => boolean
  /** Whether this word introduces a token. */
  readonly isToken: (word: string) => boolean
  readonly isBasic: (word: string) => boolean
  /** Word and the rest of an Authorization value. */
  readonly parse: (value: string) => { readonly word: string; readonly rest: string } | undefined
  readonly sameToken: (given: string, stored: string) => boolean
  /** Base64 to bytes, as latin1. */
  readonly decode: (rest: string) => string | undefined
  /** The password in the text that was decoded. */
  readonly password: (text: string) => string | undefined
  readonly authenticate: (policy: InfluxPolicy, request: Request, place: Place) => Verdict
  readonly refuse: (verdict: Exclude<Verdict, 'granted'>) => Reply
  readonly respond: (policy: InfluxPolicy, request: Request) => Promise<Reply>
  /** The http door, where it is another than the usual one. */
  readonly plain?: PlainDoor
}
