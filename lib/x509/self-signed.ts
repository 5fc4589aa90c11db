/** Writes the smallest certificate there is (RFC 5280 §4.1): one key, signed by itself. */
import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { der, derInteger, derNull, derObjectId, derSequence } from '../jose/der.ts'
import { kindOf } from '../jose/key-kind.ts'

export interface SelfSigned {
  /** The common name of subject and issuer, in UTF-8. */
  readonly name: string
  /** A day ago unless told. */
  readonly from?: Date
  /** In a year unless told; before 2050. */
  readonly until?: Date
}

const DAY = 86_400_000

interface Signing {
  /** The algorithm identifier (RFC 5280 §4.1.1.2). */
  readonly identifier: Buffer
  /** The hash node is to use; null where the key's algorithm has its own. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null
}

function signingOf(key: KeyObject): Signing {
  const kind = kindOf(key)
  switch (kind?.kty) {
    case 'RSA':
      return {
        identifier: derSequence(derObjectId('1.2.840.113549.1.1.11'), derNull()),
        hash: 'sha256',
      }
    case 'EC': {
      const [last, hash] = ECDSA[kind.crv] ?? [2, 'sha256']
      return { identifier: derSequence(derObjectId(`1.2.840.10045.4.3.${last}`)), hash }
    }
    case 'OKP':
      return {
        identifier: derSequence(
          derObjectId(kind.crv === 'Ed25519' ? '1.3.101.112' : '1.3.101.113'),
        ),
        hash: null,
      }
    default:
      throw new TypeError('a certificate holds an asymmetric key')
  }
}

const ECDSA: Readonly<Record<string, readonly [number, 'sha256' | 'sha384' | 'sha512']>> = {
  'P-384': [3, 'sha384'],
  'P-521': [4, 'sha512'],
}

const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const BIT_STRING = 0x03
const SET = 0x31

function commonName(name: string): Buffer {
  const text = der(UTF8_STRING, Buffer.from(name, 'utf8'))
  return derSequence(der(SET, derSequence(derObjectId('2.5.4.3'), text)))
}

function utcTime(date: Date): Buffer {
  const text = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
    .slice(2)
  return der(UTC_TIME, Buffer.from(text, 'latin1'))
}

/**
 * The DER of a self-signed certificate of a private key. Throws TypeError for a secret, and what node
 * throws for a key without its private half.
 */
export function selfSigned(key: KeyObject, about: SelfSigned): Buffer {
  const { identifier, hash } = signingOf(key)
  const { from = new Date(Date.now() - DAY), until = new Date(Date.now() + 365 * DAY) } = about
  const name = commonName(about.name)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const validity = derSequence(utcTime(from), utcTime(until))
  const tbs = derSequence(derInteger(1n), identifier, name, validity, name, publicKey)
  const signature = sign(hash, tbs, key)
  return derSequence(tbs, identifier, der(BIT_STRING, Buffer.from([0]), signature))
}
