import type { ChannelWanted, Hello, Look } from './channel.ts'
import type { ClauseId } from './clause.ts'
import type { Outcome, TlsVersion } from './exchange.ts'

/** What a deviation costs; never decides the verdict, only how loudly it is told. */
export type Severity = 'critical' | 'high' | 'medium' | 'low'

/** What a case may do to the server beyond an ordinary request; allowed by name with `--allow`. */
export type Risk =
  | 'failed-login'
  | 'heavy'
  | 'intrusive'
  | 'changes-keys'
  | 'unsafe-method'
  | 'cleartext-secret'

/** Text, or bytes that JSON text cannot say. */
export type Bytes =
  | string
  | { readonly $bytes: string }
  | { readonly $repeat: string; readonly times: number }

/**
 * A member value of a token's header or claims: JSON in which, at any depth, one of these may stand.
 * `$absent`: no such member. `$now`: seconds from the server's clock. `$valid`: the value that the
 * valid token has there, or a changed one. `$key`: a key made for the run, or the trusted one's
 * public half, as a header carries it; `x5t` and `x5t#S256` are thumbprints of its certificate. `$callback`: a URL of the tool's own listener, where a
 * document of that name lies. `$kidOf`: what the hosted set calls a key of that name, or its thumbprint. `$literal`: text
 * that stands there as it is, JSON or not.
 */
export type MemberValue =
  | null
  | boolean
  | number
  | string
  | readonly MemberValue[]
  | { readonly [member: string]: MemberValue }
  | { readonly $absent: true }
  | { readonly $now: number; readonly as?: 'string' | 'milliseconds' }
  | { readonly $valid: string; readonly change?: TextChange }
  | {
      readonly $key: 'foreign' | 'trusted'
      readonly as: 'jwk' | 'certificates' | 'x5t' | 'x5t#S256'
    }
  | { readonly $callback: string }
  | { readonly $kidOf: string; readonly as?: 'thumbprint' }
  | { readonly $literal: string }
  | Exclude<Bytes, string>

export type Letters = 'lower' | 'upper' | 'swapped'

/** How a user-id or a password differs from the account's. */
export type TextChange =
  | 'other'
  | 'empty'
  | { readonly letters: Letters }
  | { readonly append: Bytes }
  | { readonly prepend: Bytes }
  /** Keeps the first characters and replaces all that follow by others. */
  | { readonly keepFirst: number }
  /** Keeps the first characters and drops all that follow. */
  | { readonly onlyFirst: number }
  | { readonly dropLast: number }
  /** Cuts at the last occurrence of a separator, separator included. */
  | { readonly cutAtLast: string }
  | { readonly is: Bytes }

/** How the Base64 text differs from the one encoding RFC 4648 §4 gives. */
export type Base64Change =
  | 'padding-absent'
  | 'padding-excess'
  | 'url-safe'
  | 'trailing-bits'
  | 'dangling-symbol'
  | 'letters-swapped'
  /** Two parts, each encoded and padded for itself. */
  | 'in-two-pieces'
  | 'twice'
  | 'not-encoded'
  | { readonly insert: Bytes; readonly at: 'start' | 'middle' | 'end' }

/** Faults of the Authorization field that any scheme's credential can carry. */
export interface FieldFault {
  readonly scheme?:
    | { readonly letters: Letters }
    | { readonly word: string }
    /** These bytes stand inside the word, after its second letter. */
    | { readonly parted: Bytes }
    | 'absent'
  /** What stands between scheme and credentials instead of one space. */
  readonly separator?: Bytes
  /** Bytes put before the scheme, inside the field value. */
  readonly before?: Bytes
  /** Bytes put after the credentials, inside the field value. */
  readonly after?: Bytes
  /** `credentials`: only what follows the scheme stands in quotes; `value`: all of it does. */
  readonly quoted?: 'credentials' | 'value'
  readonly fieldName?: { readonly letters: Letters } | { readonly is: string }
  readonly beforeColon?: Bytes
  readonly afterColon?: Bytes
  /** A second credential beside the valid one: another line, or the same line after a comma. */
  readonly beside?: {
    readonly what: 'stranger' | 'same' | { readonly is: Bytes }
    readonly place: 'before' | 'after'
    readonly joined?: true
  }
  /**
   * The credential travels somewhere else than in the Authorization field: with its scheme where the
   * name ends in "authorization", else alone.
   */
  readonly carriedIn?:
    | { readonly field: string }
    | { readonly cookie: string }
    | { readonly query: string }
    | { readonly form: string }
    | { readonly json: string }
    | 'trailer'
    | 'userinfo'
}

export interface BasicFault extends FieldFault {
  readonly user?: TextChange
  readonly password?: TextChange | { readonly ofAccount: AccountName }
  /** Changes the octets of `user:password` after they are joined and encoded as UTF-8. */
  readonly userPass?: TextChange | 'no-colon' | 'swapped'
  readonly charset?: 'latin-1' | 'nfd'
  readonly base64?: Base64Change
}

/** An API token after a scheme word such as `Token`. */
export interface TokenFault extends FieldFault {
  readonly token?: TextChange
}

export interface BearerFault extends FieldFault {
  readonly token?: TextChange
}

/** How JSON text differs from the plain serialisation of its members (RFC 8259). */
export interface JsonChange {
  /**
   * Replaces the text wholesale; by another compact token where it says so: the valid one, one
   * without a signature, or one signed with a foreign key that its header brings along.
   */
  readonly is?: Bytes | { readonly token: 'valid' | 'unsecured' | 'with-own-key' }
  readonly before?: Bytes
  readonly after?: Bytes
  /** Text before the last brace, such as `,` or members that no object of ours can hold. */
  readonly inside?: Bytes
  /** Members that stand in the text a second time, before or after all others. */
  readonly firstMembers?: { readonly [member: string]: MemberValue }
  readonly lastMembers?: { readonly [member: string]: MemberValue }
  /**
   * `spaced`: blanks, tabs and line ends between the tokens. `escaped-names`: the first character of
   * each name as an escape. Both change nothing; `single-quotes` is no JSON.
   */
  readonly written?: 'spaced' | 'escaped-names' | 'single-quotes'
  readonly wrappedIn?: 'array' | 'string'
  /** An unused member of so many nested arrays. */
  readonly nested?: number
}

/** How an encoded segment differs from the base64url of its bytes (RFC 7515 §2). */
export type SegmentChange =
  | 'padded'
  | 'standard-alphabet'
  | 'trailing-bits'
  | 'dangling-symbol'
  | { readonly insert: Bytes; readonly at: 'start' | 'middle' | 'end' }

/**
 * Omitted: signed again by the trusted key, or left as issued where nothing before it has changed.
 * `kept`: the valid token's signature over changed text. `flipped`: a bit of it in the middle
 * changed. `empty`: nothing after the last dot. `absent`: no last dot. `bytes`: the valid signature's
 * bytes changed. `text`: this instead. `from`: the signature of another account's token. `key` signs,
 * with `alg` or else the valid token's, whatever the header says. `forged`: a deliberate forgery.
 * `leadingZero`: signed again by the trusted key until this number of an ECDSA signature begins with
 * a zero octet, as it does by chance in one of 256.
 */
export type SignatureChange =
  | 'kept'
  | 'flipped'
  | 'empty'
  | 'absent'
  | {
      readonly bytes:
        | 'zeros'
        | 'ones'
        | 'first-flipped'
        | 'last-flipped'
        | 'one-byte'
        | 'half'
        | 'without-last'
        | 'zero-appended'
        | 'zero-prepended'
    }
  | { readonly text: Bytes }
  | { readonly from: AccountName }
  | { readonly alg?: string; readonly key: KeyChoice }
  | { readonly forged: string }
  | { readonly leadingZero: 'r' | 's' }

/**
 * Which key signs: the trusted one, one made for the run, the trusted public key's bytes in a
 * spelling used as an HMAC secret, a secret anyone could guess, the text of a member, or a key of the
 * hosted set.
 */
export type KeyChoice =
  | 'trusted'
  | 'foreign'
  | { readonly publicKeyAs: string }
  | { readonly secret: Bytes }
  | { readonly textOf: 'kid' | 'iss' }
  | { readonly hosted: string }

export type Lookalike =
  | 'flattened-json'
  | 'general-json'
  | 'base64-of-token'
  | 'polyglot'
  | 'jwe-of-claims'
  | 'jwe-of-token'
  | 'jwe-of-token-rsa1-5'
  | 'jwe-of-unsecured'
  | 'jwe-direct'
  | 'jwe-costly-password'
  | 'jwe-zip-bomb'

export interface JwtFault extends FieldFault {
  /** Members laid over the valid token's; signed as `signature` says. */
  readonly header?: { readonly [member: string]: MemberValue }
  readonly claims?: { readonly [member: string]: MemberValue }
  readonly headerJson?: JsonChange
  readonly claimsJson?: JsonChange
  readonly signature?: SignatureChange
  /** Header and payload are changed before they are signed, the signature afterwards. */
  readonly encoding?:
    | { readonly of: 'header' | 'payload' | 'signature'; readonly change: SegmentChange }
    /** As `b64: false` has it, with no dot in it (RFC 7797 §5.2). */
    | { readonly of: 'payload'; readonly change: 'not-encoded' }
  /** What becomes of the three segments after signing. */
  readonly segments?:
    | 'swapped'
    | 'leading-dot'
    | 'fourth-empty'
    | 'fourth-junk'
    | 'five'
    | 'dots-only'
    | 'one-word'
    | 'thousand-dots'
    | 'empty-header'
    | 'empty-payload'
    | 'with-itself'
  /**
   * The token in another format. `base64-of-token`: encoded once more as a whole (RFC 4648 §4). `polyglot`: JSON that carries the valid token and lets another header
   * and payload, with the fault's members, be found where it is split at its dots. JWEs hold the
   * claims, the token, or an unsecured token with the claims; `rsa1-5` is the padding of PKCS #1 v1.5.
   */
  readonly lookalike?: Lookalike
  /** The valid token, signed again with an unused claim that brings it to about this many bytes. */
  readonly size?: number
}

/** Faults of the request around the credential. */
export interface RequestFault {
  readonly method?: string
  /** Sent to where the profile takes credentials of this kind. */
  readonly boundFor?: CredentialKind
  /**
   * Sent without TLS: to the http door beside an https target, or to its own port. `no-tls`: to that
   * door, or to a target that is on http itself, unless it is on this machine.
   */
  readonly over?: 'cleartext' | 'tls-port' | 'no-tls'
  readonly tls?: TlsVersion
  /** No request is sent: a handshake is begun, or a connection looked at. */
  readonly hello?: Hello
  readonly look?: Look
  readonly version?: 'HTTP/1.0'
  /** Field lines added to the request, in order, after its own. */
  readonly fields?: readonly { readonly name: string; readonly value: Bytes }[]
  readonly target?:
    | 'absolute-form'
    | 'absolute-form-https'
    | 'absolute-form-userinfo'
    | { readonly is: Bytes }
    | { readonly append: Bytes }
  readonly host?: 'absent' | 'twice' | 'invalid' | 'foreign'
  /** The credential becomes the first field line, with these bytes before its name. */
  readonly beforeFields?: Bytes
  /** Bytes written between the method and the space that follows it. */
  readonly afterMethod?: Bytes
  /** Stands in the place of the whole request line. */
  readonly requestLine?: Bytes
  /** A line after the fields, written as it stands here, which need not be one. */
  readonly headLine?: Bytes
  readonly framing?:
    | 'te-and-cl'
    | 'bad-content-length'
    | 'two-content-lengths'
    | 'chunked-not-final'
    | 'unread-body'
    /** Content that is held back until `100 Continue` has come (RFC 9110 §10.1.1). */
    | 'awaits-continue'
  /** The Authorization line comes a moment after the lines before it. */
  readonly pause?: 'before-credentials'
  /** A field line with a value of this many bytes is added. */
  readonly bulk?: { readonly bytes: number }
}

/** The credential kinds a profile can bind an operation to. */
export type CredentialKind = 'basic' | 'token' | 'bearer' | 'jwt'

/** The names an operator gives identities: the well-known ones and any further ones. */
export type AccountName =
  | 'default'
  | 'plus-slash'
  | 'colon'
  | 'utf8'
  | 'long'
  | 'api-key'
  | (string & {})

export interface BasicCredential {
  readonly valid: 'basic'
  readonly account?: AccountName
  readonly but?: BasicFault
}
export interface TokenCredential {
  readonly valid: 'token'
  readonly account?: AccountName
  readonly but?: TokenFault
}
export interface BearerCredential {
  readonly valid: 'bearer'
  readonly account?: AccountName
  readonly but?: BearerFault
}
export interface JwtCredential {
  readonly valid: 'jwt'
  readonly account?: AccountName
  /** Signed with this key of the hosted set; see `HOSTED_KEYS`. */
  readonly key?: string
  readonly but?: JwtFault
}
/** The valid credential of whatever kind the operation takes and the operator has supplied. */
export interface AnyCredential {
  readonly valid: 'any'
  readonly account?: never
  readonly but?: FieldFault
}
/** A well-formed credential that cannot be valid. */
export interface StrangerCredential {
  readonly stranger: CredentialKind
  readonly but?: never
}
/** An Authorization field with exactly this value, which no account has. */
export interface WrittenCredential {
  readonly authorization: Bytes
  readonly but?: never
}

export type With =
  | 'nothing'
  | BasicCredential
  | TokenCredential
  | BearerCredential
  | JwtCredential
  | AnyCredential
  | StrangerCredential
  | WrittenCredential

/**
 * `protected`, `public`, `signin`, `key-refresh`, or another name that a profile binds. `metadata`:
 * the document about the resource (RFC 9728), where its challenge says that it is, or else where
 * `well-known-metadata` leads: to the URL that is derived from the target's. `key-refresh`: has the
 * target read its key set, which it does at no other time. `key-set`: the JWK Set
 * that the server publishes. Like `public` it needs no credential, and is asked for without one.
 */
export type OperationName =
  | 'protected'
  | 'public'
  | 'signin'
  | 'key-refresh'
  | 'metadata'
  | 'well-known-metadata'
  | 'key-set'
  | (string & {})

export interface Send {
  readonly to: OperationName
  readonly with: With
  readonly but?: RequestFault
}

/**
 * An example replaces members of the credential's `but`, and merges `header` and `claims`; a field
 * that is written out has another value.
 */
export type ExampleFault = BasicFault &
  TokenFault &
  BearerFault &
  JwtFault &
  RequestFault &
  Partial<Pick<WrittenCredential, 'authorization'>>

export type StatusPattern = number | '2xx' | '3xx' | '4xx' | '5xx'
export type StatusWanted =
  | StatusPattern
  | { readonly anyOf: readonly StatusPattern[] }
  | { readonly noneOf: readonly StatusPattern[] }

/**
 * How the value of a parameter is written. `plain-ascii`: spaces and printable US-ASCII without
 * double quote and backslash, as RFC 6750 §3 has it. `single-spaced`: no space at either end, and no
 * two in a row. `uri-reference`: by the grammar of RFC 3986 §4.1. `url`: an absolute http or https URL.
 */
export type ValueForm = 'plain-ascii' | 'single-spaced' | 'uri-reference' | 'url'

/** What is wanted of the challenges of an answer; all given members must hold. */
export interface ChallengeWanted {
  /** At least one challenge of this scheme is present (compared without case). */
  readonly scheme?: string
  /** No challenge is of one of these schemes. */
  readonly noneOf?: readonly string[]
  /** At least one challenge names a scheme that the target accepts here. */
  readonly applicable?: true
  /** No line carries more than one challenge. */
  readonly apart?: true
  /** Schemes that clients know stand before those that few know. */
  readonly first?: 'well-known'
  /** Each challenge of this scheme is looked at by the members below. */
  readonly every?: string
  readonly realm?: 'present' | 'absent' | 'ascii'
  readonly charset?: 'utf-8-or-absent'
  /** No parameters other than these. */
  readonly params?: readonly string[]
  /** The `error` parameter: this value, one of these, or null for none. */
  readonly error?: string | readonly string[] | null
  /** At least one parameter, whichever, or each of these. */
  readonly has?: 'any' | readonly string[]
  /** Whatever values these parameters have are of this form, or are among these. */
  readonly values?: {
    readonly of: readonly string[]
    readonly are: ValueForm | readonly string[]
  }
}

export interface FieldWanted {
  readonly name: string
  readonly present?: boolean
  /** None of these list members or directives (compared without case). */
  readonly freeOf?: readonly string[]
  /** All of these list members or directives. */
  readonly lists?: readonly string[]
  /** At least one of these. */
  readonly listsAny?: readonly string[]
  readonly syntax?: 'retry-after' | 'auth-params' | 'uri-without-userinfo'
  /** Each cookie that holds a secret of the request has this attribute (RFC 6265 §4.1.2). */
  readonly secretsAre?: 'Secure'
  /** Every cookie has this attribute. */
  readonly cookiesAre?: 'Secure'
}

/**
 * What is wanted of where an answer leads; all given members must hold, and do where it has no
 * Location. `to`: an https URL, which a relative reference in cleartext is not. `host`: the target's.
 */
export interface RedirectWanted {
  readonly to?: 'https'
  readonly host?: 'same'
  /** It leads to another URL than the one that was asked for. */
  readonly elsewhere?: true
  /** This text does not stand in it. */
  readonly omits?: string
}

/** A property of Strict-Transport-Security (RFC 6797 §6.1); it holds where there is no such field. */
export type HstsWanted =
  | 'grammar'
  | 'once'
  | 'max-age'
  | 'bare'
  | 'single'
  | 'lasting'
  | 'subdomains'

/**
 * What a place in JSON holds. `present`: anything. `object`: a JSON object. `filled`: anything but an
 * empty array, or nothing. `url`, `https-url`: an absolute http or https URL without a fragment.
 * `target`: the target's own URL; `target-or-above`: that, or one that leads to it. Where the target
 * is named by an address or a bare word, scheme and host are not compared; without TLS, the scheme.
 * `hasAny`: an object with one of these members.
 */
export type JsonForm =
  | 'present'
  | 'object'
  | 'filled'
  | 'url'
  | 'https-url'
  | 'target'
  | 'target-or-above'
  | { readonly hasAny: readonly string[] }
  | AtLeastOne<ListForm>

/** `lists`: an array that has all of these. `omits`: no array that has any of these. */
export interface ListForm {
  readonly lists?: readonly string[]
  readonly omits?: readonly string[]
}

/** The form of the value at each of these JSON Pointers into the content. */
export interface JsonWanted {
  readonly [pointer: string]: JsonForm
}

/**
 * What is wanted of the token that was supplied, as its issuer wrote it; all given members must hold.
 * A line that looks at it says something only where it is a JSON Web Token.
 */
export interface IssuedWanted {
  /**
   * Its `typ`, compared without case: whichever, whichever without a slash, one of these, or none of
   * these.
   */
  readonly typ?:
    | 'present'
    | 'short'
    | { readonly anyOf: readonly string[] }
    | { readonly noneOf: readonly string[] }
  /** Claims that are there; of a list within the list one is enough. */
  readonly claims?: readonly (string | readonly string[])[]
  /** `exp` comes at most so many seconds after `iat`. */
  readonly lifetime?: number
  /** It has a signature, by another algorithm than none. */
  readonly signed?: true
  /** Each text with a colon in these claims is a URI (RFC 7519 §2). */
  readonly uris?: readonly string[]
}

/**
 * What is wanted of a JWK Set that was published (RFC 7517, RFC 7518 §6). `well-formed`: an object with
 * an array `keys` of objects that each have a `kty`, and no member twice. `public`: no private and no
 * symmetric key. `one-purpose`, `agreeing-purpose`: `use` and `key_ops` are not both there, or agree.
 * `related-operations`, `operations-once`: what `key_ops` lists. `kids-distinct`: different keys of one
 * `kty` have different `kid`s. `ec-members`: `crv`, and `x` and `y` in full length. `rsa-members`,
 * `rsa-minimal`: `n` and `e`, in the fewest octets. `rsa-2048`: what serves for signatures is that long.
 */
export type KeySetWanted =
  | 'well-formed'
  | 'public'
  | 'one-purpose'
  | 'agreeing-purpose'
  | 'related-operations'
  | 'operations-once'
  | 'kids-distinct'
  | 'ec-members'
  | 'rsa-members'
  | 'rsa-minimal'
  | 'rsa-2048'

/**
 * What a JWK Set has, so that there is something to look at: content that is JSON, a key, one with `use` or `key_ops`, with
 * both, with `key_ops`, two of one `kty` that have a `kid`, or one of that type.
 */
export type KeySetHas =
  | 'json'
  | 'keys'
  | 'purpose'
  | 'two-purposes'
  | 'operations'
  | 'kids'
  | 'EC'
  | 'RSA'
  | 'RSA-for-signatures'

/** Features in which two answers can be compared. */
export type SameFeature =
  | 'status'
  | 'challenge'
  | 'media-type'
  | 'shape'
  | 'length'
  | 'body'
  | 'access'

/** The checks of one line; at least one member. */
export interface ExpectationMembers {
  readonly access?: 'granted' | 'denied'
  readonly status?: StatusWanted
  readonly challenge?: 'any' | 'none' | ChallengeWanted
  /** The challenges show none of these deviations from the grammar. */
  readonly challengeFreeOf?: readonly string[]
  /** The answer shows none of these departures from HTTP/1.1. */
  readonly answerFreeOf?: readonly string[]
  readonly field?: FieldWanted
  readonly json?: JsonWanted
  /** `longest-field`: the content names the field of the request that has the longest value. */
  readonly body?: 'none' | 'some' | { readonly mentions: 'longest-field' }
  /** A complete answer came and it was no crash. */
  readonly orderly?: true
  /**
   * `closes`: the connection is closed, or said to be, after the answer. `announced`: it is not closed
   * without being said to be.
   */
  readonly connection?: 'closes' | 'announced'
  /** Nothing secret that was sent stands in the answer. */
  readonly echo?: 'none'
  readonly callback?: 'untouched'
  /** Fetches of the hosted set since the step began. */
  readonly fetches?: { readonly atMost: number }
  /** Each hello since the hosted set was published last. */
  readonly hello?: HostedHello
  readonly redirect?: RedirectWanted
  readonly hsts?: HstsWanted
  readonly channel?: ChannelWanted
  readonly issued?: IssuedWanted
  /** The content is a JWK Set like this; what it holds of private keys is never shown. */
  readonly keySet?: KeySetWanted
  /** Equal to the named step in these features. */
  readonly same?: string
  readonly in?: readonly SameFeature[]
  /** Not all of the named steps had this access. */
  readonly notAll?: readonly string[]
}

type AtLeastOne<T> = { [K in keyof T]-?: Required<Pick<T, K>> & T }[keyof T]
export type Expectation = AtLeastOne<ExpectationMembers>

/**
 * Which exchanges a line of a watch looks at, or where a line of a request says something at all;
 * all given members must hold.
 */
export interface When {
  /** The answer to this earlier step is looked at instead, by all other members. */
  readonly of?: string
  /** The request was for this operation. */
  readonly to?: OperationName
  readonly status?: StatusWanted
  readonly outcome?: Outcome
  /** A challenge of this scheme is present. */
  readonly challenge?: string
  /** A challenge, of that scheme where one is named, has this parameter. */
  readonly parameter?: string
  /** This field is present in the answer. */
  readonly field?: string
  readonly method?: string
  /** `elsewhere`: a credential, and not in the Authorization field. */
  readonly sent?: 'nothing' | 'secret' | 'elsewhere'
  readonly over?: 'cleartext' | 'tls'
  /**
   * A challenge that preflight got for the operation names this character set; or, for metadata, a
   * URL on the target's own origin where it is.
   */
  readonly announced?: 'utf-8' | 'metadata'
  /** The channel that was tried is like this. */
  readonly channel?: ChannelWanted
  /** The content is JSON, and like this. */
  readonly json?: JsonWanted
  /** What the operation answered in preflight to requests without credentials. */
  readonly anonymous?: StatusWanted
  /** The token that was supplied is a JSON Web Token, and like this. */
  readonly issued?: IssuedWanted
  /** The content is a JWK Set that has this. */
  readonly keySetHas?: KeySetHas
  /** The target reads the hosted set whenever it needs to, or when its profile's `key-refresh` asks it to. */
  readonly keysRead?: 'by-itself' | 'on-request'
  /** The URL of the tool's own listener that was sent is one of http, or of https. */
  readonly callbackOver?: 'cleartext' | 'tls'
  /** A hello since the hosted set was published last offers this version, or one before it. */
  readonly helloUpTo?: 'TLSv1.2'
  /** The profile declares that the letter case of the scheme's word counts, or does not. */
  readonly exactCase?: boolean
  /** These earlier steps are equal in what the line compares, so that a difference means something. */
  readonly alike?: readonly [string, string]
}

interface LineBase {
  readonly because: readonly [ClauseId, ...ClauseId[]]
  /** Clauses that say otherwise and are shown beside. */
  readonly despite?: readonly ClauseId[]
  readonly severity?: Severity
  /** Why a broken MUST is a warning here. */
  readonly softened?: string
  readonly when?: When
}
type Leveled<E> =
  | { readonly must: E; readonly should?: never; readonly may?: never; readonly documented?: never }
  | { readonly must?: never; readonly should: E; readonly may?: never; readonly documented?: never }
  | { readonly must?: never; readonly should?: never; readonly may: E; readonly documented?: never }
  | { readonly must?: never; readonly should?: never; readonly may?: never; readonly documented: E }

/** One expectation at one level, resting on clauses. */
export type Line = LineBase & Leveled<Expectation>
export type Lines = readonly [Line, ...Line[]]

export interface SendStep {
  readonly as?: string
  /** A control must be granted, or the case says nothing. */
  readonly role?: 'control'
  readonly send: Send
  /** Steps with the same word share one connection. */
  readonly on?: string
  /** Sent again until the access is what the step wants, for as long as keys may take to be read. */
  readonly within?: 'key-refresh-time'
  /** Sent again until the target has fetched what was published last; the answer after that counts. */
  readonly until?: 'fetched'
  /** Sent so many times, each with another token; the last answer counts. */
  readonly times?: number
  readonly expect?: Lines
}

/**
 * An entry of the hosted set: a key by its name, as a plain key for signatures; a key published
 * otherwise, or under another kid; or entries that no verifier can use.
 */
export type HostedEntry =
  | string
  | {
      readonly key: string
      readonly as?: string
      /** It stands under the kid of this other key. */
      readonly kidOf?: string
      /** Its kid is the thumbprint of this other key (RFC 7638). */
      readonly thumbprintOf?: string
    }
  | { readonly stray: string }

/**
 * What is wrong with the https that the hosted set is served by. `untrusted-certificate`: nobody vouches
 * for it. `other-name`: whoever vouches for it does so for another host. `tls-1.1`: nothing later is
 * spoken. `cleartext`: what comes in TLS is answered without, and what comes without is served.
 */
export type HostedChannel = 'untrusted-certificate' | 'other-name' | 'tls-1.1' | 'cleartext'

/** What the hello of whoever fetches the hosted set by https has to say. */
export type HostedHello = 'renegotiation-info' | 'sha-256'

/** How the hosted set is served, where that is not 200 with the set as JSON. */
export interface HostedAnswer {
  readonly status?: number
  readonly type?: string
  readonly fields?: readonly (readonly [name: string, value: string])[]
  /** Another document in the place of the set, made from its first key; base keys are not in it. */
  readonly document?: string
  /** Milliseconds that the answer is held back. */
  readonly wait?: number
  /** `drip`: the content comes one byte a second; `close`: the connection is closed instead. */
  readonly manner?: 'drip' | 'close'
  /** `cleartext`: from https to http on the same host and port. */
  readonly redirect?: 'same-origin' | 'other-origin' | 'loop' | 'cleartext'
  /** How the connection is secured, where that is not as it should be. */
  readonly channel?: HostedChannel
  /** `bomb`: a few kilobytes that unfold to 64 MiB of blanks behind the set. */
  readonly encoding?: 'gzip' | 'bomb'
}

/** Replaces what is hosted; the set that the run began with comes after it, and back after the case. */
export interface PublishStep {
  readonly publish: readonly HostedEntry[]
  /** Only these entries: not those that the run began with. */
  readonly alone?: true
  readonly answer?: HostedAnswer
}
export type Step = SendStep | PublishStep

interface CaseBase {
  readonly id: string
  /** A claim about the server that is true when the case passes; starts with a verb. */
  readonly title: string
  readonly severity: Severity
  /** What a deviation lets happen. */
  readonly harm: string
  /** What to change in the server. */
  readonly fix: string
  readonly risk?: readonly Risk[]
  /** `signature`: tampering alone decides the clause. */
  readonly about?: 'signature'
}
export interface SendCase extends CaseBase {
  readonly send: Send
  readonly examples?: { readonly [id: string]: ExampleFault }
  readonly expect: Lines
  readonly steps?: never
  readonly watch?: never
}
export interface StepsCase extends CaseBase {
  readonly steps: readonly [Step, ...Step[]]
  readonly send?: never
  readonly examples?: never
  readonly expect?: never
  readonly watch?: never
}
export interface WatchCase extends CaseBase {
  readonly watch: 'every-exchange'
  readonly expect: Lines
  readonly send?: never
  readonly examples?: never
  readonly steps?: never
}
/** When this is sent, the server behaves as the title claims; otherwise this is how to fix it. */
export type Case = SendCase | StepsCase | WatchCase

/** Cases on one subject; pure data that survives a JSON round trip. */
export interface Suite {
  readonly id: string
  readonly title: string
  readonly about: string
  /** Runs only where the profile names it: what it rests on binds nobody else. */
  readonly byProfile?: true
  readonly cases: readonly [Case, ...Case[]]
}
