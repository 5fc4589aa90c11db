/** How a certificate is signed: the algorithm's name in DER, and what node is told. */
import { type KeyObject, sign } from 'node:crypto'
import { derNull, derObjectId, derSequence } from '../jose/der.ts'
import { kindOf } from '../jose/key-kind.ts'

/** The hashes that certificates were ever signed with; the first two no longer hold. */
export type CertificateHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** An algorithm and its identifier (RFC 5280 §4.1.1.2). */
export interface Signing {
  readonly identifier: Buffer
  /** The hash node is to use; null where the key's algorithm has its own. */
  readonly hash: CertificateHash | null
}

const RSA: Readonly<Record<CertificateHash, string>> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
}

const ECDSA: Readonly<Partial<Record<CertificateHash, string>>> = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
}

const HASH_OF_CURVE: Readonly<Record<string, CertificateHash>> = {
  'P-384': 'sha384',
  'P-521': 'sha512',
}

function signingEc(curve: string, wanted: CertificateHash | undefined): Signing {
  const hash = wanted ?? HASH_OF_CURVE[curve] ?? 'sha256'
  const id = ECDSA[hash]
  if (id === undefined) throw new TypeError(`ECDSA has no identifier with ${hash}`)
  return { identifier: derSequence(derObjectId(id)), hash }
}

/**
 * How a key signs, with the hash that fits it unless told. Throws TypeError for a secret, and for a
 * hash that the key's algorithm does not go with.
 */
export function signingOf(key: KeyObject, wanted?: CertificateHash): Signing {
  // A curve of its own that JOSE has no name for signs like any other.
  if (key.asymmetricKeyType === 'ec') {
    const kind = kindOf(key)
    return signingEc(kind?.kty === 'EC' ? kind.crv : '', wanted)
  }
  const kind = kindOf(key)
  if (kind?.kty === 'RSA') {
    const hash = wanted ?? 'sha256'
    return { identifier: derSequence(derObjectId(RSA[hash]), derNull()), hash }
  }
  if (kind?.kty === 'OKP') {
    const id = kind.crv === 'Ed25519' ? '1.3.101.112' : '1.3.101.113'
    return { identifier: derSequence(derObjectId(id)), hash: null }
  }
  throw new TypeError('a certificate holds an asymmetric key')
}

/** The signature over what a certificate says. */
export function signed({ hash }: Signing, bytes: Buffer, key: KeyObject): Buffer {
  return sign(hash, bytes, key)
}
