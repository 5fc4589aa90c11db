/** Entries and sets that a consumer of keys must pass over, refuse or survive. */
import type { KeyObject } from 'node:crypto'
import type { Json } from '../model/json.ts'
import { randomFrom } from '../text/random.ts'
import { type Jwk, toJwk, toPrivateJwk } from './jwk.ts'
import { publicOf } from './key-kind.ts'
import { generateKey } from './keys.ts'
import { toBytes, toNumber } from './numbers.ts'
import { rsaWithWeakPrimes } from './rsa-numbers.ts'
import { neutralPoint } from './small-order.ts'

/**
 * Entries that no verifier can use, by id: they stand before or after a good key, which a consumer
 * finds all the same (RFC 7517 §5). The same seed gives the same entries.
 */
export function strayEntries(seed: string): Readonly<Record<string, readonly Json[]>> {
  const random = randomFrom(seed, 'stray entries')
  const octets = (n: number): string => Buffer.from(random.bytes(n)).toString('base64url')
  const ec = toJwk(publicOf(generateKey({ kty: 'EC', crv: 'P-256' }, seed)), { kid: 'stray' })
  const rsa = { kty: 'RSA', kid: 'stray', n: octets(256), e: 'AQAB' }
  return {
    'unknown-kty': [{ kty: 'FOO', kid: 'stray', foo: octets(8) }],
    'no-kty': [{ kid: 'stray', n: rsa.n, e: 'AQAB' }],
    'kty-number': [{ ...rsa, kty: 1 }],
    'unknown-crv': [{ ...ec, crv: 'P-999' }],
    'key-agreement': [{ kty: 'OKP', kid: 'stray', crv: 'X25519', x: octets(32) }],
    'ml-dsa': [{ kty: 'AKP', kid: 'stray', alg: 'ML-DSA-44', pub: octets(1312) }],
    'missing-n': [without(rsa, 'n')],
    'missing-e': [without(rsa, 'e')],
    'missing-y': [without(ec, 'y')],
    'n-number': [{ ...rsa, n: 1 }],
    'n-not-base64url': [{ ...rsa, n: '!!!' }],
    'off-curve': [{ ...ec, y: nextNumber(ec.y) }],
    'short-coordinate': [{ ...ec, x: octets(31) }],
    'not-objects': [null, 1, 'x', [], true],
    'empty-object': [{}],
    'kid-number': [{ ...ec, kid: 1, crv: 'P-999' }],
  }
}

function without(jwk: Jwk, name: string): Jwk {
  const { [name]: _, ...rest } = jwk
  return rest
}

// A curve has two points of one x, each the other's negative: their y differ by far more than 1.
function nextNumber(text: Json | undefined): string {
  const bytes = Buffer.from(String(text), 'base64url')
  return toBytes(toNumber(bytes) ^ 1n, bytes.length).toString('base64url')
}

/**
 * How a key is published otherwise than as a plain key for signatures; each takes the key itself.
 */
export const PUBLICATIONS: Readonly<Record<string, (key: KeyObject, members: Jwk) => Jwk>> = {
  plain: toJwk,
  'no-kid': (key, members) => toJwk(key, without(members, 'kid')),
  'no-alg': (key, members) => toJwk(key, without(members, 'alg')),
  'no-use': (key, members) => toJwk(key, without(members, 'use')),
  'no-alg-no-use': (key, members) => toJwk(key, without(without(members, 'alg'), 'use')),
  'use-enc': (key, members) => toJwk(key, { ...members, use: 'enc' }),
  'key-ops-verify': (key, members) =>
    toJwk(key, { ...without(members, 'use'), key_ops: ['verify'] }),
  'key-ops-encrypt': (key, members) =>
    toJwk(key, { ...without(members, 'use'), key_ops: ['encrypt'] }),
  'surplus-members': (key, members) =>
    toJwk(key, { ...members, 'urn:example:note': [1, { a: null }], iat: 1 }),
  'x5t-surplus': (key, members) => toJwk(key, { ...members, x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
  private: toPrivateJwk,
}

/**
 * Public keys that are wrong in themselves, by id, with the seed and the members of their entry.
 */
export const WEAK_KEYS: Readonly<Record<string, (seed: string, members: Jwk) => Jwk>> = {
  /** Its signatures are their own padded hashes: `rsa-pkcs1-exponent-one` makes them. */
  'rsa-exponent-one': (seed, members) => rsaOf(seed, members, 2048, 'AQ'),
  /** Costly to verify with; nothing valid can be signed for it. */
  'rsa-16384': (seed, members) => rsaOf(seed, members, 16384, 'AQAB'),
  'rsa-wide-exponent': (seed, members) => {
    const exponent = oddOctets(seed, 512)
    return rsaOf(seed, members, 4096, exponent.toString('base64url'))
  },
  /** Factorable from the public key alone (CVE-2017-15361). */
  'rsa-roca': (seed, members) =>
    toJwk(publicOf(rsaWithWeakPrimes(randomFrom(seed, 'roca'))), members),
  /** Where R is the same point and S is 0, any text is signed: `eddsa-neutral-r`. */
  'ed25519-small-order': (_, members) => ({
    kty: 'OKP',
    ...members,
    crv: 'Ed25519',
    x: neutralPoint('Ed25519').toString('base64url'),
  }),
}

// Nobody knows the factors of such a modulus, if it has two.
function rsaOf(seed: string, members: Jwk, bits: number, e: string): Jwk {
  return { kty: 'RSA', ...members, n: oddOctets(seed, bits / 8).toString('base64url'), e }
}

function oddOctets(seed: string, length: number): Buffer {
  const octets = Buffer.from(randomFrom(seed, 'modulus', String(length)).bytes(length))
  octets[0] = (octets[0] ?? 0) | 0x80
  octets[length - 1] = (octets[length - 1] ?? 0) | 1
  return octets
}

/**
 * Answers in place of a key set, by id, from which no key may be taken, though some of them show
 * one in the wrong place.
 */
export const BROKEN_SETS: Readonly<Record<string, (jwk: Jwk) => string>> = {
  'empty-body': () => '',
  html: () => '<!doctype html><title>Sign in</title><p>Please sign in.',
  'invalid-json': (jwk) => JSON.stringify({ keys: [jwk] }).slice(0, -2),
  array: (jwk) => JSON.stringify([jwk]),
  null: () => 'null',
  'no-keys': () => '{}',
  'keys-object': (jwk) => JSON.stringify({ keys: { [String(jwk.kid)]: jwk } }),
  'keys-null': () => '{"keys":null}',
  'single-jwk': (jwk) => JSON.stringify(jwk),
  error: () => '{"error":"temporarily_unavailable"}',
  'deep-json': () => `{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  'huge-8mb': () => JSON.stringify({ keys: [], filler: 'a'.repeat(8 * 1024 * 1024) }),
}
