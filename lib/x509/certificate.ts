/** Writes certificates of version 3 (RFC 5280 §4.1), right or wrong as they are asked for. */
import { createHash, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { der, derInteger, derSequence } from '../jose/der.ts'
import {
  alternativeNames,
  authorityKeyId,
  basicConstraints,
  bits,
  commonName,
  keyUsage,
  ocspResponder,
  serverUsage,
  subjectKeyId,
  time,
} from './fields.ts'
import { type CertificateHash, signed, signingOf } from './signing.ts'

/** Who signs a certificate. */
export interface Signer {
  readonly name: string
  readonly key: KeyObject
  /** The DER of its name, where that is more than a common name. */
  readonly subject?: Buffer
  /** How its own certificate identifies its key, where that is otherwise than ours do. */
  readonly keyId?: Buffer
}

/** What a certificate says. */
export interface CertificateContent {
  /** The common name, in UTF-8; empty for none. */
  readonly name: string
  /** Host names and addresses; without any there is no such extension. */
  readonly hosts?: readonly string[]
  /** The key it is for, or the private key whose public half it is for. */
  readonly key: KeyObject
  /** A day ago unless told. */
  readonly from?: Date
  /** In ninety days unless told. */
  readonly until?: Date
  /** The key may certify others. */
  readonly authority?: true
  /** The URL of a responder that tells whether it was revoked. */
  readonly ocsp?: string
  /** What fits the signing key unless told. */
  readonly hash?: CertificateHash
}

const DAY = 86_400_000
const LIFE = 90 * DAY
const SERIAL_OCTETS = 16

function spkiOf(key: KeyObject): Buffer {
  const own = key.type === 'private' ? createPublicKey(key) : key
  return own.export({ type: 'spki', format: 'der' })
}

/** Any hash of the key will do that tells keys apart (RFC 7093 §2). */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(spkiOf(key)).digest().subarray(0, 20)
}

function extensions(content: CertificateContent, by: Signer): Buffer {
  const authority = content.authority === true
  const { hosts = [], ocsp } = content
  return der(
    0xa3,
    derSequence(
      basicConstraints(authority),
      keyUsage(authority),
      ...(authority ? [] : [serverUsage()]),
      ...(hosts.length === 0 ? [] : [alternativeNames(hosts)]),
      ...(ocsp === undefined ? [] : [ocspResponder(ocsp)]),
      subjectKeyId(keyId(content.key)),
      authorityKeyId(by.keyId ?? keyId(by.key)),
    ),
  )
}

/**
 * The DER of a certificate that `by` signs. Throws TypeError where a key is a secret or the hash does
 * not go with the signing key.
 */
export function certificate(content: CertificateContent, by: Signer): Buffer {
  const { from = new Date(Date.now() - DAY), until = new Date(Date.now() + LIFE) } = content
  const signing = signingOf(by.key, content.hash)
  // A serial number is positive and not guessable (RFC 5280 §4.1.2.2).
  const serial = BigInt(`0x7f${randomBytes(SERIAL_OCTETS - 1).toString('hex')}`)
  const tbs = derSequence(
    der(0xa0, derInteger(2n)),
    derInteger(serial),
    signing.identifier,
    by.subject ?? commonName(by.name),
    derSequence(time(from), time(until)),
    commonName(content.name),
    spkiOf(content.key),
    extensions(content, by),
  )
  return derSequence(tbs, signing.identifier, bits(signed(signing, tbs, by.key)))
}

const LINE = /.{1,64}/g

/** A certificate as text (RFC 7468 §5). */
export function certificatePem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(LINE) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
