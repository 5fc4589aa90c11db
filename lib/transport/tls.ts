import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  connect,
  createSecureContext,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls'
import type { TlsFacts, TlsVersion } from '../model/exchange.ts'

export interface TlsOptions {
  /** PEM certificates trusted besides the usual roots. */
  readonly ca?: string
  /** The name asked for and checked, where it is not the host's. */
  readonly servername?: string
  /** Accept any certificate. */
  readonly insecure?: boolean
  /** Put up with old versions and short keys, for a connection that is only looked at. */
  readonly lax?: true
  /** Suites of TLS 1.2 that who is lax offers in place of the usual ones, as OpenSSL writes lists. */
  readonly suites?: string
}

/** Starts TLS on an open connection; `secureConnect` or `error` tells how it went. */
export type Wrap = (socket: Duplex, host: string, version?: TlsVersion) => TLSSocket

const versions = (
  version: TlsVersion | undefined,
  lax: boolean,
  suites = 'DEFAULT',
): SecureContextOptions => {
  // OpenSSL 3 refuses old signatures and short keys above this security level.
  const anyStrength = { ciphers: `${suites}:@SECLEVEL=0` }
  if (version === undefined) return lax ? { minVersion: 'TLSv1', ...anyStrength } : {}
  const old = version === 'TLSv1' || version === 'TLSv1.1'
  return {
    minVersion: version,
    maxVersion: version,
    ...(old || lax ? anyStrength : {}),
  }
}

/**
 * Shares one context per TLS version among all connections of a transport: making one costs more
 * than a handshake. Only HTTP/1.1 is offered by ALPN, and no session is resumed.
 */
export const createTls = (options: TlsOptions): Wrap => {
  const contexts = new Map<string, SecureContext>()
  const contextFor = (version: TlsVersion | undefined): SecureContext => {
    const known = contexts.get(version ?? '')
    if (known !== undefined) return known
    const roots = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] }
    const offered = versions(version, options.lax === true, options.suites)
    const made = createSecureContext({ ...offered, ...roots })
    contexts.set(version ?? '', made)
    return made
  }
  return (socket, host, version) => {
    const name = options.servername ?? host
    return connect({
      socket,
      host,
      // An address is checked against the certificate but is not a name to ask for (RFC 6066 §3).
      ...(isIP(name) === 0 ? { servername: name } : {}),
      secureContext: contextFor(version),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: options.insecure !== true,
    })
  }
}

const dateOf = (text: string): { validTo?: string } => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? {} : { validTo: new Date(time).toISOString() }
}

/** What was negotiated, and who issued the certificate until when. */
export const tlsFactsOf = (socket: TLSSocket): TlsFacts => {
  const certificate = socket.getPeerCertificate()
  // With no certificate Node gives an empty object, whatever the type says.
  const issuer: Partial<PeerCertificate['issuer']> | undefined = certificate.issuer
  const name = [issuer?.CN ?? issuer?.O ?? []].flat()[0]
  return {
    version: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    ...(typeof socket.alpnProtocol === 'string' ? { alpn: socket.alpnProtocol } : {}),
    ...(name === undefined ? {} : { issuer: name }),
    ...dateOf(certificate.valid_to ?? ''),
  }
}
