/** The words of a site that takes bearer tokens. Each function is one decision a mutant can replace. */
import type { JsonWebKey, KeyObject } from 'node:crypto'
import type { Json } from '../../model/json.ts'
import type { HttpRules, Pair, Reply, Request, Target } from '../http/types.ts'
import type { RemoteRules } from './remote/types.ts'

/** An algorithm the site can trust a key for, by the names of RFC 7518 §3.1 and RFC 8037 §3.1. */
export type KeyAlgorithm = 'ES256' | 'ES384' | 'EdDSA' | 'RS256' | 'PS256' | 'HS256'

/** A public key, or the secret of an HMAC, and the one algorithm that it serves (RFC 8725 §3.1). */
export interface TrustedKey {
  readonly kid: string
  readonly alg: string
  readonly key: KeyObject
}

/** A key that the server trusts, with its private half; the server is a demonstration. */
export interface SigningKey {
  readonly alg: KeyAlgorithm
  readonly kid: string
  /** The private key as PKCS #8, or the secret of an HMAC as the text that it is. */
  readonly pem: string
  /** The private key as a JWK with `kid` and `alg`. */
  readonly jwk: JsonWebKey
  /** The public key as SubjectPublicKeyInfo; a secret has none. */
  readonly publicKeyPem?: string
  /** The public key as it is published; a secret never is. */
  readonly publicJwk?: JsonWebKey
  readonly privateKey: KeyObject
  /** What verifies: the public key, or the secret itself. */
  readonly publicKey: KeyObject
}

export type JsonObject = { readonly [name: string]: Json }

export type Part = 'header' | 'payload' | 'signature'

/** The three texts of a token. */
export type Segments = { readonly [part in Part]: string }

/** A token taken apart; nothing of it is verified yet. */
export interface Received {
  readonly segments: Segments
  readonly header: JsonObject
  readonly payload: Buffer
  readonly signature: Buffer
}

/** Why a token was refused. */
export type TokenFault =
  | 'structure'
  | 'encoding'
  | 'header'
  | 'key'
  | 'algorithm'
  | 'signature'
  | 'payload'
  | 'claims'
  | 'expired'

/** Why a request was refused, as finely as any server tells it apart. */
export type Reason =
  | 'missing'
  | 'no-scheme'
  | 'other-scheme'
  | 'no-token'
  | 'not-a-token'
  | 'duplicate'
  | 'two-methods'
  | 'repeated-parameter'
  | 'unreadable'
  | TokenFault

export interface Refused<Why extends Reason = Reason> {
  readonly refused: Why
}

export interface Granted {
  readonly claims: JsonObject
}

/** What the check of a claim or a header parameter may look at besides its value. */
export interface Expectations {
  readonly issuer: string
  readonly audience: string
  readonly subjects: readonly string[]
  /** Seconds by which clocks may differ. */
  readonly leeway: number
  /** Seconds since 1970. */
  readonly now: () => number
}

/** Whether a value will do; undefined where the member is absent. */
export type Check = (value: Json | undefined, expected: Expectations) => boolean

export type CheckedHeader = 'typ' | 'cty' | 'crit' | 'b64'
export type CheckedClaim = 'iss' | 'aud' | 'sub' | 'exp' | 'nbf' | 'iat' | 'jti' | 'cnf'

/** How a token is taken apart and what it has to be. */
export interface TokenRules {
  readonly keys: readonly TrustedKey[]
  readonly expected: Expectations
  readonly split: (token: string) => Segments | undefined
  readonly decode: (segment: string, part: Part) => Buffer | undefined
  /** Octets of header or payload to characters. */
  readonly text: (bytes: Buffer, part: Part) => string | undefined
  readonly json: (text: string, part: Part) => JsonObject | undefined
  readonly headers: Readonly<Record<CheckedHeader, Check>>
  /** The trusted keys that this header may mean. Another source of keys goes here. */
  readonly keysFor: (
    rules: TokenRules,
    received: Received,
  ) => readonly TrustedKey[] | Promise<readonly TrustedKey[]>
  /**
   * The keys of a set that is fetched from elsewhere which this header may mean; `own` is what
   * `keysFor` found.
   */
  readonly fetched: (
    received: Received,
    own: readonly TrustedKey[],
  ) => Promise<readonly TrustedKey[]>
  /** Whether a key may be used as the header says. */
  readonly allows: (key: TrustedKey, header: JsonObject) => boolean
  readonly signed: (key: TrustedKey, received: Received) => boolean
  readonly claims: Readonly<Record<CheckedClaim, Check>>
  readonly verify: (rules: TokenRules, token: string) => Promise<Granted | Refused>
}

/** Tokens as a request carries them apart from its Authorization field. */
export interface Carried {
  readonly query: readonly string[]
  readonly form: readonly string[]
}

export interface Found {
  readonly token: string
}

/** How the token of a request is found. */
export interface AccessRules {
  /** Scheme and the rest of an Authorization value. */
  readonly parse: (value: string) => { scheme: string; rest: string } | undefined
  readonly isBearer: (scheme: string) => boolean
  /** Whether what follows the scheme is one b64token (RFC 6750 §2.1). */
  readonly isToken: (rest: string) => boolean
  readonly carried: (request: Request) => Promise<Carried | Refused<'unreadable'>>
  readonly locate: (access: AccessRules, request: Request) => Promise<Found | Refused>
}

/** What a path is. */
export interface Route {
  readonly kind: 'protected' | 'sibling' | 'scoped' | 'public' | 'keys' | 'metadata' | 'none'
  readonly guarded: boolean
  /** The scope a token needs here besides being valid. */
  readonly scope?: string
  readonly allow: readonly string[]
}

export interface RouteRules {
  readonly route: (target: Target) => Route
  readonly knows: (method: string) => boolean
  /** Whether the claims of a valid token cover a scope. */
  readonly covers: (claims: JsonObject, scope: string) => boolean
}

/** Name and value of a parameter of a challenge; the value is put in quotation marks. */
export type Param = readonly [name: string, value: string]

/** How each kind of answer looks. */
export interface AnswerRules {
  /** The parameters of the Bearer challenge to a refusal. */
  readonly params: (reason: Reason) => readonly Param[]
  /** The parameters of the Bearer challenge to a token without a scope. */
  readonly scopeParams: (scope: string) => readonly Param[]
  /** Parameters to the values of the WWW-Authenticate lines. */
  readonly challenges: (params: readonly Param[]) => readonly string[]
  readonly status: (reason: Reason) => number
  readonly refused: (policy: BearerPolicy, request: Request, reason: Reason) => Reply
  readonly forbidden: (policy: BearerPolicy, request: Request, scope: string) => Reply
  readonly granted: (policy: BearerPolicy, request: Request, route: Route) => Reply
  readonly open: () => Reply
  readonly keySet: () => Reply
  /** The metadata of the protected page (RFC 9728 §3.2). */
  readonly metadata: () => Reply
  readonly options: (route: Route) => Reply
  readonly notImplemented: () => Reply
  readonly notAllowed: (route: Route) => Reply
  readonly notFound: () => Reply
  /** Fields on every granted answer that say who may keep it. */
  readonly cacheFields: readonly Pair[]
}

/** The whole behaviour of a site; a mutant is a policy with one part replaced. */
export interface BearerPolicy {
  readonly http: HttpRules
  readonly access: AccessRules
  readonly tokens: TokenRules
  /** How a key set that is published elsewhere is fetched and read, where there is one. */
  readonly remote: RemoteRules
  readonly routes: RouteRules
  readonly answers: AnswerRules
  /** A token of the demo's issuer, with claims laid over its own. */
  readonly issue: (key: SigningKey, claims?: JsonObject) => string
  readonly authenticate: (policy: BearerPolicy, request: Request) => Promise<Granted | Refused>
  readonly respond: (policy: BearerPolicy, request: Request) => Reply | Promise<Reply>
}
