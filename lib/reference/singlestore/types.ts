/** The words of a Data API: a proxy in front of a database. Each function is one decision a mutant can replace. */
import type { KeyObject } from 'node:crypto'
import type { JsonObject, Received } from '../bearer/types.ts'
import type { HttpRules, Reply, Request, Target } from '../http/types.ts'
import type { PlainDoor } from '../plain.ts'

/** Why a request was refused. */
export type Reason = 'missing' | 'unreadable' | 'other-method' | 'wrong-password' | 'bad-token'

export type Verdict = { readonly user: string } | { readonly refused: Reason }

/** A key of the set that the API has fetched, with its members that no standard knows. */
export interface ListedKey {
  /** Absent for a key without a name. */
  readonly kid?: string
  /** One that it serves: a key that names none is listed once for each that its type is for. */
  readonly alg: string
  readonly key: KeyObject
  /** Must meet the token's `aud` where it is present. */
  readonly aud?: readonly string[]
  /** The claim that holds the user's name; `sub` where absent. */
  readonly usernameFrom?: string
}

/** What a path is. */
export type Place = 'ping' | 'spec' | 'rows' | 'tuples' | 'exec' | 'setup' | 'none'

export interface DataApiPolicy {
  readonly http: HttpRules
  /** Passwords by user. */
  readonly users: Readonly<Record<string, string>>
  /** Users who log in by token; names compare with their letter case. */
  readonly tokenUsers: readonly string[]
  /** The keys that were fetched; empty before the first fetch. */
  readonly keys: () => readonly ListedKey[]
  /** The keys of the set as it is published now; undefined where none can be had or read. */
  readonly fetched: () => Promise<readonly ListedKey[] | undefined>
  /** What is used after a fetch. */
  readonly keep: (held: readonly ListedKey[], read: readonly ListedKey[]) => readonly ListedKey[]
  /** Fetches the set anew and uses it; false where there was none, and all stays as it was. */
  readonly refresh: (policy: DataApiPolicy) => Promise<boolean>
  readonly place: (target: Target) => Place
  readonly methods: (place: Place) => readonly string[]
  /** Method and information, parted by one space. */
  readonly parse: (value: string) => { readonly method: string; readonly info: string } | undefined
  readonly isBasic: (method: string) => boolean
  readonly isBearer: (method: string) => boolean
  /** Base64 to bytes, as latin1. */
  readonly decode: (info: string) => string | undefined
  readonly basic: (policy: DataApiPolicy, info: string) => Verdict
  readonly bearer: (policy: DataApiPolicy, token: string) => Verdict | Promise<Verdict>
  readonly keysFor: (
    policy: DataApiPolicy,
    received: Received,
    claims: JsonObject,
  ) => readonly ListedKey[]
  readonly signed: (key: ListedKey, received: Received) => boolean
  readonly authenticate: (policy: DataApiPolicy, request: Request) => Verdict | Promise<Verdict>
  /** Whether a place needs credentials. */
  readonly guarded: (place: Place) => boolean
  readonly challenges: (policy: DataApiPolicy, reason: Reason) => readonly string[]
  readonly status: (reason: Reason) => number
  readonly respond: (policy: DataApiPolicy, request: Request) => Promise<Reply>
  /** The http door, where it is another than the usual one of the product. */
  readonly plain?: PlainDoor
}
