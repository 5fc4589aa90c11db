/** Signature arithmetic for verifiers that look less closely than they should. */
import { createHash, type KeyObject, type SignKeyObjectInput, verify } from 'node:crypto'
import { signingInput } from '../../bearer/segments.ts'
import type { Received } from '../../bearer/types.ts'

/** Verifies with whatever OpenSSL takes; what it throws at is no signature. */
export const verifies = (
  hash: string | undefined,
  options: SignKeyObjectInput,
  { segments }: Received,
  signature: Uint8Array,
): boolean => {
  try {
    return verify(hash, signingInput(segments), options, signature)
  } catch {
    return false
  }
}

/** Verifies two halves of an ECDSA signature, whatever the curve of the key. */
export const verifiesHalves = (
  hash: string,
  key: KeyObject,
  received: Received,
  signature: Uint8Array,
): boolean => verifies(hash, { key, dsaEncoding: 'ieee-p1363' }, received, signature)

/** The digest of what a signature covers. */
export const digestOf = (hash: string, { segments }: Received): Buffer =>
  createHash(hash).update(signingInput(segments)).digest()

/** Octets to the number they spell, the first the most significant. */
export const numberOf = (bytes: Uint8Array): bigint =>
  BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)

/** A number to that many octets; higher ones are lost. */
export const octetsOf = (value: bigint, size: number): Buffer =>
  Buffer.from(
    value
      .toString(16)
      .padStart(size * 2, '0')
      .slice(-size * 2),
    'hex',
  )
