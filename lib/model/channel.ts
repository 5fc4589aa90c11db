/** The versions that a client of today can go through with. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/** The versions that were ever spoken; the first two can only be asked for. */
export type ChannelVersion = 'SSLv2' | 'SSLv3' | TlsVersion

/**
 * Cipher suites of one kind. `static-rsa`, `static-dh`, `dhe`, `ecdhe-…`: how keys are agreed on.
 * `export`, `des`: less than 112 bits. `3des`: 112 bits. `tls13-…`: those of TLS 1.3.
 */
export type SuiteFamily =
  | 'null'
  | 'anonymous'
  | 'export'
  | 'des'
  | 'rc4'
  | '3des'
  | 'static-rsa'
  | 'static-dh'
  | 'dhe'
  | 'ecdhe-cbc'
  | 'ecdhe-gcm-128'
  | 'ecdhe-gcm-256'
  | 'ecdhe-chacha'
  | 'tls13-128'
  | 'tls13-256'

/** Groups that keys are agreed on in; `small`: curves of less than 224 bits. */
export type GroupName = 'X25519' | 'P-256' | 'P-384' | 'P-521' | 'small'

/** Extensions by which a server takes up what a client offers. */
export type HelloExtension =
  | 'renegotiation-info'
  | 'extended-master-secret'
  | 'encrypt-then-mac'
  | 'truncated-hmac'
  | 'status-request'
  | 'alpn'

/**
 * A first message of a handshake that goes no further. Left out: TLS 1.2 and 1.3 with usual suites
 * and groups, the host's name, and `http/1.1`.
 */
export interface Hello {
  readonly versions?: readonly ChannelVersion[]
  /** In the order in which the client prefers them. */
  readonly suites?: readonly SuiteFamily[]
  readonly groups?: readonly GroupName[]
  readonly name?: 'absent' | 'unknown'
  readonly protocols?: readonly string[]
  /** Offered besides what every client offers. */
  readonly also?: 'compression' | 'truncated-hmac'
}

/**
 * What is looked at in place of a request. `resumption`: a handshake of TLS 1.3, and a hello that comes
 * back to its session with a new key or without, as the server likes. `nonces`: a handshake of TLS 1.2
 * with AES-GCM, and two requests for the same page, so that there are records to look at. `addresses`:
 * all that the host has, each with the hellos that tell good servers from bad ones.
 */
export type Look = 'certificate' | 'ticket' | 'resumption' | 'nonces' | 'addresses'

/** A connection that is only looked at. */
export type Probe = { readonly hello: Hello } | { readonly look: Look }

/**
 * What a server made of a hello. `answered`: it chose from what was offered. `alert`, `ended`: it ended
 * the handshake. `silent`: it did neither. `other`: it chose what was not offered, or answered in no
 * version of TLS.
 */
export interface HelloFacts {
  readonly reply: 'answered' | 'alert' | 'ended' | 'silent' | 'other'
  /** A usual hello from the same writer was answered, so that a refusal means what was offered. */
  readonly usual: boolean
  readonly alert?: string
  readonly version?: ChannelVersion
  /** As RFC 5246 and its successors name it, or its number. */
  readonly suite?: string
  readonly family?: SuiteFamily
  readonly compressed?: boolean
  readonly extensions?: readonly HelloExtension[]
  readonly protocol?: string
  /** The group that the server's key is in. */
  readonly group?: string
  /** Bits of the prime of a finite-field exchange. */
  readonly primeBits?: number
  /** Tells one public key of the server from another. */
  readonly share?: string
  /** It takes up the session that was offered. */
  readonly resumed?: true
  /** It asks for another hello, with a key in another group. */
  readonly again?: true
  /** The hash that the server signed its key with. */
  readonly hash?: string
  /** Each certificate that was sent is issued by the next; absent where they cannot be read. */
  readonly inOrder?: boolean
  /** The certificate names a responder that tells whether it was revoked. */
  readonly responder?: boolean
}

/** What a server gives a client to come back with, and for how long it says that it holds. */
export interface TicketFacts {
  /** Seconds; absent where no ticket was given. */
  readonly lifetime?: number
  /** The handshake of TLS 1.2 came to no end. */
  readonly failed?: true
}

/** What becomes of who comes back to a session of TLS 1.3. */
export interface ResumptionFacts {
  /**
   * `no-handshake`: there was none of TLS 1.3. `no-ticket`: none came before the connection ended.
   * `anew`: the ticket was not taken. `resumed`: it was. `open`: another hello was asked for, or the
   * handshake ended.
   */
  readonly came: 'no-handshake' | 'no-ticket' | 'anew' | 'open' | 'resumed'
  /** Where it was taken: a new key is agreed on as well. */
  readonly newKey?: boolean
  /** Octets of early data that the ticket offers to take; absent where it offers none. */
  readonly earlyData?: number
}

/** The nonces that a server wrote before its records in one connection of TLS 1.2 with AES-GCM. */
export interface NonceFacts {
  /** As RFC 5288 and its successors name it; absent where no handshake came to an end. */
  readonly suite?: string
  /** In hexadecimal, in the order in which they came, all under one key. */
  readonly nonces: readonly string[]
}

/** What a certificate says, whoever trusts it. */
export interface CertificateFacts {
  /** True, or why no path leads to an authority that is trusted here. */
  readonly trusted: true | string
  readonly selfSigned: boolean
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
  readonly now: number
  readonly host: string
  /** True, or what it is for instead. */
  readonly forHost: true | string
  /** Such as `rsa` or `ec`. */
  readonly keyType: string
  readonly keyBits?: number
  readonly curve?: string
  /** Hashes of the signatures from the server's certificate up, without the root's. */
  readonly hashes: readonly string[]
}

/** What is offered to each address: one version alone, or suites that nobody should take. */
export type Offer = ChannelVersion | 'weak-suites'

/** What one address of a host answers. */
export interface AddressFacts {
  readonly address: string
  /** What it made of each offer; absent where no connection told. */
  readonly offers: Readonly<Partial<Record<Offer, 'taken' | 'refused' | 'silent'>>>
  /** Absent where no handshake came to an end. */
  readonly certificate?: CertificateFacts
}

/** What is known of the addresses of a host. */
export interface AddressesFacts {
  /** In the order of whoever resolves the name. */
  readonly known: readonly string[]
  /** Those that answered a usual hello here. An address of which nothing is heard is no server's fault. */
  readonly servers: readonly AddressFacts[]
  /** Why no other address can be seen: a proxy connects, or the operator has chosen one. */
  readonly hidden?: 'proxy' | 'chosen'
}

/** What a probe found. */
export type ChannelFacts =
  | { readonly hello: HelloFacts }
  | { readonly certificate: CertificateFacts }
  | { readonly ticket: TicketFacts }
  | { readonly resumption: ResumptionFacts }
  | { readonly nonces: NonceFacts }
  | { readonly addresses: AddressesFacts }

/** What is wanted of a certificate. */
export type CertificateWanted =
  | 'trusted'
  | 'not-self-signed'
  | 'in-date'
  | 'lasts'
  | 'for-host'
  | 'strong-key'
  | 'strong-curve'
  | 'usual-curve'
  | 'strong-hash'
  | 'usual-hash'

/** What is wanted of a channel that was tried; all given members must hold. */
export interface ChannelWanted {
  readonly hello?: 'answered' | 'refused'
  readonly version?: ChannelVersion
  /** The suite chosen is of one of these. */
  readonly suite?: readonly SuiteFamily[]
  readonly takesUp?: readonly HelloExtension[]
  readonly leaves?: readonly HelloExtension[]
  readonly compression?: 'none'
  readonly protocol?: string
  /** A finite-field exchange has at least so many bits. */
  readonly primeBits?: number
  /** The server's key differs from the one that it used in this earlier step. */
  readonly freshSince?: string
  /** None of these hashes signs the server's key. */
  readonly hashFreeOf?: readonly string[]
  readonly chain?: 'in-order'
  readonly responder?: 'named'
  /** A ticket holds for at most so many seconds. */
  readonly ticket?: number
  /** A session of TLS 1.3 is taken up again, or that with a new key. */
  readonly resumption?: 'resumed' | 'with-new-key'
  /** The ticket of such a session offers none. */
  readonly earlyData?: 'none'
  /**
   * Nonces of a server: enough of them were seen to tell, none came twice under one key, or each is one
   * more than the one before.
   */
  readonly nonces?: 'seen' | 'unrepeated' | 'counted'
  readonly certificate?: CertificateWanted
  /** Two or more addresses answer, or all that do take and refuse the same and show sound certificates. */
  readonly addresses?: 'several' | 'alike'
}
