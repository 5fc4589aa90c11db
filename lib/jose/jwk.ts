/** Keys as JSON (RFC 7517): writing them, and the digest that names them. */
import { createHash, type KeyObject } from 'node:crypto'
import type { Json } from '../model/json.ts'
import { publicOf } from './key-kind.ts'

/** One JSON Web Key, or what is offered as one. */
export type Jwk = { readonly [member: string]: Json }

/** The members that make a public key, per type, in the order of RFC 7638 §3.2. */
const PUBLIC_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  oct: ['k', 'kty'],
}

/**
 * The public JWK of a key, `kty` first, then the members given (`kid`, `use`, `alg` …), then the
 * key itself. Private members never occur; a secret has no public JWK and throws TypeError.
 */
export function toJwk(key: KeyObject, members: Jwk = {}): Jwk {
  return arranged(exported(publicOf(key)), members)
}

/** The JWK of a private key or a secret with all its private members, arranged as `toJwk` does. */
export function toPrivateJwk(key: KeyObject, members: Jwk = {}): Jwk {
  if (key.type === 'public') throw new TypeError('a public key has no private half')
  return arranged(exported(key), members)
}

/** The text whose digest is the thumbprint: the required members sorted, nothing between them. */
export function canonicalJwk(key: KeyObject): string {
  const jwk = exported(key.type === 'secret' ? key : publicOf(key))
  const names = PUBLIC_MEMBERS[String(jwk.kty)] ?? []
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name] ?? null])))
}

/** The SHA-256 thumbprint of a key in base64url (RFC 7638 §3). */
export function thumbprint(key: KeyObject): string {
  return createHash('sha256').update(canonicalJwk(key), 'utf8').digest('base64url')
}

function exported(key: KeyObject): Jwk {
  return key.export({ format: 'jwk' }) as Jwk
}

function arranged(jwk: Jwk, members: Jwk): Jwk {
  const { kty = null, crv, ...rest } = jwk
  return { kty, ...members, ...(crv === undefined ? {} : { crv }), ...rest }
}
