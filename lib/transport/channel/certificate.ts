/** Looks at the certificate that a server shows, whoever trusts it. */
import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { isIP } from 'node:net'
import {
  checkServerIdentity,
  type DetailedPeerCertificate,
  rootCertificates,
  type TLSSocket,
} from 'node:tls'
import type { CertificateFacts } from '../../model/channel.ts'
import { signatureHashOf } from '../../x509/read.ts'
import { certificateWords, codeOf } from '../failures.ts'
import { until } from '../sockets.ts'
import type { Stop } from '../stop.ts'
import type { Wrap } from '../tls.ts'
import { leadsToTrust } from './path.ts'

/** Where a certificate is looked for, and by whom it has to be vouched for. */
export interface Sight {
  readonly host: string
  readonly ca?: string
  readonly now: number
}

/** The certificates that were sent, its own first; a root that is missing is missing here too. */
function chainOf(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (next?.raw !== undefined) {
    const { raw }: DetailedPeerCertificate = next
    if (chain.some((each) => each.raw.equals(raw))) break
    chain.push(new X509Certificate(raw))
    next = next.issuerCertificate
  }
  return chain
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

function certificatesOf(pem: string): readonly X509Certificate[] {
  return (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block))
}

/** Errors that say nothing of whether a path is trusted: other cases look at what they say. */
const besides: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'CA_MD_TOO_WEAK',
  'CA_KEY_TOO_SMALL',
  'EE_KEY_TOO_SMALL',
])

function trustOf(
  error: unknown,
  chain: readonly X509Certificate[],
  sight: Sight,
): CertificateFacts['trusted'] {
  if (error === undefined || error === null) return true
  const code = typeof error === 'string' ? error : codeOf(error)
  if (besides.has(code)) {
    const own = sight.ca === undefined ? [] : certificatesOf(sight.ca)
    if (leadsToTrust(chain, [...own, ...rootCertificates.flatMap(certificatesOf)])) return true
  }
  return certificateWords(code) ?? 'no path to an authority that is trusted here'
}

function forHostOf(socket: TLSSocket, sight: Sight): CertificateFacts['forHost'] {
  const certificate = socket.getPeerCertificate()
  // A common name is no name of a host any more (RFC 9110 §4.3.4), which Node forgives.
  if (certificate.subjectaltname === undefined) return 'no subjectAltName'
  const error = checkServerIdentity(sight.host, certificate)
  return error === undefined ? true : certificate.subjectaltname
}

function keyOf(leaf: X509Certificate): Pick<CertificateFacts, 'keyType' | 'keyBits' | 'curve'> {
  const { asymmetricKeyType = 'unknown', asymmetricKeyDetails = {} } = leaf.publicKey
  const { modulusLength, namedCurve } = asymmetricKeyDetails
  const names: Readonly<Record<string, string>> = {
    prime192v1: 'P-192',
    secp224r1: 'P-224',
    prime256v1: 'P-256',
    secp384r1: 'P-384',
    secp521r1: 'P-521',
  }
  return {
    keyType: asymmetricKeyType,
    ...(modulusLength === undefined ? {} : { keyBits: modulusLength }),
    ...(namedCurve === undefined ? {} : { curve: names[namedCurve] ?? namedCurve }),
  }
}

/** A root is trusted for what it is, and not for its signature. */
function hashesOf(chain: readonly X509Certificate[]): readonly string[] {
  return chain
    .filter((each, at) => at === 0 || each.subject !== each.issuer)
    .map((each) => signatureHashOf(each.raw))
}

/**
 * Goes through a handshake in which any certificate will do, and reads what was shown. Rejects where
 * the handshake does.
 */
export async function lookAtCertificate(
  plain: Socket,
  wrap: Wrap,
  sight: Sight,
  stop: Stop,
): Promise<CertificateFacts> {
  const socket = wrap(plain, sight.host)
  try {
    await until(socket, 'secureConnect', stop)
    const chain = chainOf(socket)
    const [leaf] = chain
    if (leaf === undefined) throw new Error('the server showed no certificate')
    return {
      trusted: trustOf(socket.authorizationError, chain, sight),
      // Node's own look wants a key that may certify, which most who sign for themselves leave out.
      selfSigned: leaf.subject === leaf.issuer && leaf.verify(leaf.publicKey),
      from: Date.parse(leaf.validFrom),
      until: Date.parse(leaf.validTo),
      now: sight.now,
      host: isIP(sight.host) === 6 ? `[${sight.host}]` : sight.host,
      forHost: forHostOf(socket, sight),
      ...keyOf(leaf),
      hashes: hashesOf(chain),
    }
  } finally {
    socket.destroy()
  }
}
