/** The words of a site protected by Basic. Each function is one decision that a mutant can replace. */
import type { ReferenceAccount } from '../accounts.ts'
import type { HttpRules, Pair, Reply, Request, Target } from '../http/types.ts'

/** Why a request was refused, as finely as any server tells it apart. */
export type Reason =
  | 'missing'
  | 'duplicate'
  | 'no-scheme'
  | 'other-scheme'
  | 'no-credentials'
  | 'undecodable'
  | 'not-text'
  | 'no-colon'
  | 'control-character'
  | 'unknown-user'
  | 'wrong-password'

/** Reasons that need no look at the accounts. */
export type Malformed = Exclude<Reason, 'missing' | 'unknown-user' | 'wrong-password'>

/** What the access decision came to. */
export type Verdict =
  | { readonly account: ReferenceAccount }
  | { readonly refused: Reason; readonly user?: string }

/** The Authorization value to look at, or why there is none. */
export type Found = { readonly value: string } | { readonly refused: 'missing' | 'duplicate' }

/** A scheme word and whatever follows the blanks after it. */
export interface Credentials {
  readonly scheme: string
  readonly rest: string
}

export interface UserPass {
  readonly user: string
  readonly password: string
}

/** How credentials are found, read and compared. */
export interface AccessRules {
  readonly accounts: readonly ReferenceAccount[]
  /** Picks the one Authorization value of a request. */
  readonly find: (request: Request) => Found
  readonly parse: (value: string) => Credentials | undefined
  readonly isBasic: (scheme: string) => boolean
  /** Base64 to bytes, as latin1. */
  readonly decode: (rest: string) => string | undefined
  /** Bytes as latin1 to text. */
  readonly text: (bytes: string) => string | undefined
  readonly split: (text: string) => UserPass | undefined
  /** Whether both parts are free of what RFC 7617 §2 forbids. */
  readonly clean: (given: UserPass) => boolean
  readonly sameUser: (given: string, stored: string) => boolean
  readonly samePassword: (given: string, stored: string) => boolean
  /** Whether an account may read the protected page. */
  readonly permits: (account: ReferenceAccount) => boolean
  /** Decides about a user-id and password that could be read. */
  readonly verify: (access: AccessRules, given: UserPass) => Verdict
}

/** What a path is. */
export interface Route {
  readonly kind: 'protected' | 'sibling' | 'public' | 'none'
  readonly guarded: boolean
  readonly allow: readonly string[]
}

/** Which paths and methods there are. */
export interface RouteRules {
  readonly route: (target: Target) => Route
  readonly knows: (method: string) => boolean
}

/** How each kind of answer looks. */
export interface AnswerRules {
  /** The values of the WWW-Authenticate lines of a 401. */
  readonly challenges: (request: Request, reason: Reason) => readonly string[]
  readonly refused: (policy: Policy, request: Request, reason: Reason) => Reply
  /** What an account hears that may not read the page. */
  readonly forbidden: (policy: Policy, request: Request) => Reply
  readonly granted: (policy: Policy, request: Request, route: Route) => Reply
  readonly open: (policy: Policy, request: Request) => Reply
  readonly options: (policy: Policy, request: Request, route: Route) => Reply
  readonly notImplemented: (policy: Policy, request: Request) => Reply
  readonly notAllowed: (policy: Policy, request: Request, route: Route) => Reply
  readonly notFound: (policy: Policy, request: Request) => Reply
  /** Fields on every granted answer that say who may keep it. */
  readonly cacheFields: readonly Pair[]
}

/** The whole behaviour of a site; a mutant is a policy with one part replaced. */
export interface Policy {
  readonly http: HttpRules
  readonly access: AccessRules
  readonly routes: RouteRules
  readonly answers: AnswerRules
  readonly authenticate: (policy: Policy, request: Request) => Verdict | Promise<Verdict>
  readonly respond: (policy: Policy, request: Request) => Reply | Promise<Reply>
}
