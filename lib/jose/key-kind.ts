/** What a key object is, in the words of JOSE. */
import type { KeyObject } from 'node:crypto'
import { createPublicKey } from 'node:crypto'
import { type EcCurve, type EdCurve, ecCurveNamed } from './curves.ts'

/** The type of a key (RFC 7518 §6.1, RFC 8037 §2) with what decides which algorithms it fits. */
export type KeyKind =
  | { readonly kty: 'RSA'; readonly bits: number; readonly exponent: bigint }
  | { readonly kty: 'EC'; readonly crv: EcCurve }
  | { readonly kty: 'OKP'; readonly crv: EdCurve }
  | { readonly kty: 'oct'; readonly bits: number }

/**
 * What a key is, or undefined for one that JOSE cannot sign with (DSA, X25519, RSASSA-PSS only …).
 */
export function kindOf(key: KeyObject): KeyKind | undefined {
  if (key.type === 'secret') return { kty: 'oct', bits: (key.symmetricKeySize ?? 0) * 8 }
  const details = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return {
        kty: 'RSA',
        bits: details.modulusLength ?? 0,
        exponent: details.publicExponent ?? 0n,
      }
    case 'ec': {
      const crv = ecCurveNamed(details.namedCurve)
      return crv && { kty: 'EC', crv }
    }
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519' }
    case 'ed448':
      return { kty: 'OKP', crv: 'Ed448' }
    default:
      return undefined
  }
}

/** The public half of a private key; a public key is its own. Throws TypeError for a secret. */
export function publicOf(key: KeyObject): KeyObject {
  if (key.type === 'secret') throw new TypeError('a secret has no public half')
  return key.type === 'public' ? key : createPublicKey(key)
}
