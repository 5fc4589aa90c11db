/** The keys of a hosted set by their names: what they are, and what signs with them. */
import type { Algorithm } from './algorithms.ts'
import type { KeySpec } from './keys.ts'

/** One kind of key of a hosted set. */
export interface HostedKey {
  /** What tokens by this key say in `alg`; absent for whatever the target takes. */
  readonly alg?: Algorithm
  /** Absent for the usual key of that algorithm. */
  readonly spec?: KeySpec
  /**
   * Keys of one material and one specification are one key under several names. No set has two
   * names of one: a verifier may try all keys, whatever kid says.
   */
  readonly material: string
  /** The first octet of its x is zero, which some leave out. */
  readonly shortX?: true
  /** It is published with the exponent 1, so that everybody can sign for it. */
  readonly exponentOne?: true
}

const rsa = (size: number): KeySpec => ({ kty: 'RSA', size })

/**
 * The names. `unlisted` is for keys that no set has. The others of the first row fit whatever the
 * target takes; what a name ends in, from there on, is what is odd about the key.
 */
export const HOSTED_KEYS: Readonly<Record<string, HostedKey>> = {
  base: { material: 'base' },
  current: { material: 'current' },
  sibling: { material: 'sibling' },
  next: { material: 'next' },
  tested: { material: 'tested' },
  unlisted: { material: 'unlisted' },
  rsa: { alg: 'RS256', material: 'a' },
  'rsa-other': { alg: 'RS256', material: 'b' },
  'rsa-1024': { alg: 'RS256', spec: rsa(1024), material: 'b' },
  'rsa-exponent-3': { alg: 'RS256', spec: { kty: 'RSA', exponent: 3 }, material: 'b' },
  'rsa-exponent-one': { alg: 'RS256', material: 'b', exponentOne: true },
  pss: { alg: 'PS256', material: 'a' },
  'pss-1024': { alg: 'PS256', spec: rsa(1024), material: 'b' },
  'p-256': { alg: 'ES256', material: 'a' },
  'p-256-other': { alg: 'ES256', material: 'b' },
  'p-256-as-p-384': { alg: 'ES256', spec: { kty: 'EC', crv: 'P-384' }, material: 'b' },
  'p-256-as-p-521': { alg: 'ES256', spec: { kty: 'EC', crv: 'P-521' }, material: 'b' },
  'p-256-as-secp256k1': { alg: 'ES256', spec: { kty: 'EC', crv: 'secp256k1' }, material: 'b' },
  'p-256-short-x': { alg: 'ES256', material: 'b', shortX: true },
  'p-384': { alg: 'ES384', material: 'a' },
  ed25519: { alg: 'EdDSA', material: 'a' },
  'ed25519-other': { alg: 'EdDSA', material: 'b' },
  'ed25519-as-ed448': { alg: 'EdDSA', spec: { kty: 'OKP', crv: 'Ed448' }, material: 'b' },
  oct: { alg: 'HS256', material: 'b' },
  'oct-64': { alg: 'HS256', spec: { kty: 'oct', size: 64 }, material: 'b' },
}

const USUAL: Readonly<Partial<Record<Algorithm, KeySpec>>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  HS256: { kty: 'oct', size: 256 },
  HS384: { kty: 'oct', size: 384 },
  HS512: { kty: 'oct', size: 512 },
}

/** The usual key of an algorithm. */
export function usualSpec(alg: Algorithm): KeySpec {
  return USUAL[alg] ?? { kty: 'RSA' }
}
