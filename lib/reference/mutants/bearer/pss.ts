/** Verifiers of RSASSA-PSS that do not look at all of the encoding (RFC 8017 §9.1.2). */
import { constants, createHash, type KeyObject, publicDecrypt } from 'node:crypto'
import { digestOf } from './lax.ts'
import type { BearerDefect } from './types.ts'
import { signedToo } from './ways.ts'

const hashed = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest()

const hashSize = 32

/** The mask of RFC 8017 appendix B.2.1. */
const maskOf = (seed: Uint8Array, length: number): Buffer => {
  const blocks = Array.from({ length: Math.ceil(length / hashSize) }, (_, index) =>
    hashed(seed, Buffer.from([0, 0, 0, index])),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

const opened = (key: KeyObject, signature: Uint8Array): Buffer | undefined => {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined
  }
}

/** The steps of RFC 8017 §9.1.2 from the fifth on, for a modulus of whole octets and a salt of 32. */
const fits = (encoded: Buffer, digest: Uint8Array): boolean => {
  const masked = encoded.subarray(0, -hashSize - 1)
  const hash = encoded.subarray(-hashSize - 1, -1)
  const mask = maskOf(hash, masked.length)
  const block = masked.map((octet, at) => octet ^ (mask[at] ?? 0))
  block[0] = (block[0] ?? 0) & 0x7f
  const [padding, salt] = [block.subarray(0, -hashSize), block.subarray(-hashSize)]
  const isPadded = Buffer.from(padding).toString('hex') === '01'.padStart(padding.length * 2, '0')
  return isPadded && hashed(Buffer.alloc(8), digest, salt).equals(hash)
}

export const pss: readonly BearerDefect[] = [
  {
    id: 'jwt-pss-trailer-ignored',
    does: 'Does not look at the last octet of what an RSASSA-PSS signature holds, nor at its first bit.',
    breaks: 'must',
    clauses: ['rfc7518#3.5-pss-salt-and-mgf-hash', 'rfc7515#5.2-signature-must-verify'],
    besides: 'benign-key-ps256',
    keys: ['PS256'],
    change: signedToo(({ key }, received) => {
      const encoded = opened(key, received.signature)
      return encoded !== undefined && fits(encoded, digestOf('sha256', received))
    }),
  },
]
