/** ECDSA signatures by what chance has put at the beginning of their numbers (RFC 7518 §3.4). */
import type { KeyObject } from 'node:crypto'
import { METHODS, type SigningAlgorithm, sign } from './algorithms.ts'

/** Whether each of the two numbers begins with a zero octet. */
export interface LeadingZeros {
  readonly r: boolean
  readonly s: boolean
}

/** What the two halves of a signature begin with. */
export function leadingZerosOf(signature: Uint8Array): LeadingZeros {
  return { r: signature[0] === 0, s: signature[signature.length / 2] === 0 }
}

/** Signs with ECDSA until the numbers are as wanted: 256 times on average for one leading zero. */
export function signUntil(
  alg: SigningAlgorithm,
  key: KeyObject,
  bytes: Uint8Array,
  fits: (zeros: LeadingZeros) => boolean,
): Buffer {
  for (;;) {
    const signature = sign(alg, key, bytes)
    if (fits(leadingZerosOf(signature))) return signature
  }
}

/**
 * A signature like most. A verifier that trips over leading zeros would refuse one token of 128 by
 * chance, whatever else is tried with it.
 */
export function signPlainly(alg: SigningAlgorithm, key: KeyObject, bytes: Uint8Array): Buffer {
  if (METHODS[alg].family !== 'ecdsa') return sign(alg, key, bytes)
  return signUntil(alg, key, bytes, ({ r, s }) => !r && !s)
}
