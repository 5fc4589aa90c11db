import type { AccountName, CredentialKind, OperationName } from './case.ts'
import type { ClauseId } from './clause.ts'
import type { Json } from './json.ts'

/** One request a profile binds an operation to, without its credential. */
export interface Operation {
  readonly method: string
  /** Appended to the target's URL; empty for the URL itself. */
  readonly path: string
  readonly fields?: readonly (readonly [name: string, value: string])[]
  readonly body?: { readonly type: string; readonly text: string }
  /** Nothing that it says is secret: the query of its path and its content are sent without TLS too. */
  readonly harmless?: true
  /** The account that is meant here where a case names none. */
  readonly account?: AccountName
  /** Basic credentials travel in members of JSON content with these names, and in no field. */
  readonly members?: { readonly user: string; readonly password: string }
  /** How a granted answer is told here: preflight asks nothing of an operation that says so. */
  readonly witness?: Witness
}

/** Either one request for every credential, or one per kind of credential. */
export type Binding = Operation | { readonly by: { readonly [K in CredentialKind]?: Operation } }

/** How granted answers are told apart where the operator knows better than the preflight. */
export interface Witness {
  readonly status?: number
  /** Text that every granted answer has and no refusal. */
  readonly text?: string
  /** A JSON pointer that resolves in every granted answer and in no refusal. */
  readonly pointer?: string
}

export interface Limits {
  readonly requestsPerSecond?: number
  /** Failed log-ins per user in a run. */
  readonly loginBudget?: number
  readonly failuresInARow?: number
  /** Seconds after which a published key must be in use. */
  readonly keyRefresh?: number
}

/** A deviation the vendor documents: a line it covers is a note with both rules shown. */
export interface Deviation {
  readonly clause: ClauseId
  /** Clauses that lines cite beside that one, and that are covered in those lines alone. */
  readonly beside?: readonly ClauseId[]
  readonly operation?: OperationName
  /** Only where the exchange is one of this kind of credential. */
  readonly kind?: CredentialKind
  readonly source: string
  readonly say: string
}

/**
 * What an API is not sent unless `--allow intrusive` says so. `unknown-user`: Basic credentials of a
 * user whom the operator did not name. `origin`: an Origin field.
 */
export interface Withheld {
  readonly what: 'unknown-user' | 'origin'
  /** Why, in a sentence. */
  readonly say: string
}

/** A Base64 text that the documentation prints, with the text it is printed for. */
export interface DocumentedExample {
  readonly clause: ClauseId
  readonly text: string
  readonly printed: string
}

/** What one API calls things; a profile never names an expectation. */
export interface Profile {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly operations: { readonly [name in OperationName]?: Binding }
  /** The credential kinds the API takes, or those the operator supplies where absent. */
  readonly accepts?: readonly CredentialKind[]
  /** Scheme words other than Basic and Bearer, and whether their letter case is exact. */
  readonly schemes?: readonly {
    readonly word: string
    readonly exactCase?: true
    readonly clause?: ClauseId
  }[]
  /** `known-user`: strangers use the account's name with a wrong secret. */
  readonly stranger?: 'known-user'
  readonly witness?: Witness
  readonly limits?: Limits
  readonly deviations?: readonly Deviation[]
  /** The documentation says that `protected` is protected: an anonymous grant is a failure. */
  readonly declaresProtected?: true
  /** The suites on this documentation, which run for no other profile. */
  readonly suites?: readonly string[]
  readonly withholds?: readonly Withheld[]
  /** The documentation says that the user-id of Basic credentials is not looked at; why, in a sentence. */
  readonly ignoresUser?: string
  /** It is hosted, and https is the only way in: an http URL is a mistake, but on this machine. */
  readonly httpsOnly?: true
  /** Where a bearer token is got by a log-in, and the JSON pointer to it in the answer. */
  readonly signIn?: { readonly operation: OperationName; readonly token: string }
  readonly examples?: readonly DocumentedExample[]
}

/** One identity whose secret the operator supplies. */
export interface Account {
  readonly user: string
  readonly password: string
}

/** A key that the server trusts, and what the tokens signed with it say. */
export interface SigningKey {
  /** A private key in PEM or as a JSON Web Key, or the text of an HMAC secret. */
  readonly key: string
  /** Else the key's own, else the issued token's where it fits, else by the type of the key. */
  readonly alg?: string
  /** Else the key's own, else the issued token's. */
  readonly kid?: string
  /** The issuer and the audience that the server expects, on the operator's word. */
  readonly issuer?: string
  readonly audience?: string
  /** What a valid token claims besides its times and `jti`; else what the issued token claims. */
  readonly claims?: { readonly [name: string]: Json }
}

/** What tokens say that are signed with a key of the set this tool hosts. */
export interface HostedClaims {
  /** What the target takes; else that of the signing key or of the issued token, else RS256. */
  readonly alg?: string
  readonly issuer?: string
  readonly audience?: string
  readonly claims?: { readonly [name: string]: Json }
  /** A token that is never sent: what it claims is copied as from an issued one. */
  readonly like?: string
}

/** All that the operator supplied; lives in memory only. */
export interface Supplied {
  readonly accounts: { readonly [name in AccountName]?: Account }
  /** Secrets by scheme word. */
  readonly tokens: { readonly [word: string]: string }
  readonly bearer?: string
  /** Bearer tokens of further accounts. */
  readonly bearers?: { readonly [name in AccountName]?: string }
  /** The key that the server verifies with: PEM, a certificate, or a JSON Web Key. */
  readonly publicKey?: string
  readonly signingKey?: SigningKey
  /** The target reads a key set that this tool hosts. */
  readonly hosted?: HostedClaims
}

/** A profile bound to a URL and credentials. */
export interface Target {
  readonly profile: Profile
  readonly url: URL
  /** It is not on this machine, so that others may read on the way what is not encrypted. */
  readonly remote?: true
  /** A URL on the same origin that needs no credential, where the operator names one. */
  readonly publicUrl?: URL
  /** A URL on the same origin where the server publishes its own keys, where the operator names one. */
  readonly keySetUrl?: URL
  /** The origin of its http door, where an https target has one. */
  readonly httpUrl?: URL
  /** Where its challenge says that its metadata is, on the same origin (RFC 9728 §5.1). */
  readonly metadataUrl?: URL
  readonly supplied: Supplied
  /** Field lines added to every request, such as a tenant id; their values are secret. */
  readonly fields: readonly (readonly [name: string, value: string])[]
}
