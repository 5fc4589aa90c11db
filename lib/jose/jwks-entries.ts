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
  const ec = toJwk(publicOf(generateKey({ kty: 'EC', crv: 'P-256' }, seed)))
  const rsa = { kty: 'RSA', n: octets(256), e: 'AQAB' }
  return named({
    'unknown-kty': [{ kty: 'FOO', foo: octets(8) }],
    'no-kty': [{ n: rsa.n, e: 'AQAB' }],
    'kty-number': [{ ...rsa, kty: 1 }],
    'unknown-crv': [{ ...ec, crv: 'P-999' }],
    'key-agreement': [{ kty: 'OKP', crv: 'X25519', x: octets(32) }],
    'ml-dsa': [{ kty: 'AKP', alg: 'ML-DSA-44', pub: octets(1312) }],
    'missing-n': [without(rsa, 'n')],
    'missing-e': [without(rsa, 'e')],
    'missing-y': [without(ec, 'y')],
    'n-number': [{ ...rsa, n: 1 }],
    'n-not-base64url': [{ ...rsa, n: '!!!' }],
    'off-curve': [{ ...ec, y: nextNumber(ec.y) }],
    'short-coordinate': [{ ...ec, x: octets(31) }],
    'not-objects': [null, 1, 'x', [], true],
    'empty-object': [{}],
    'kid-number': [{ ...ec, kid: 1 }],
  })
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

/** Entries under kids of their own, where they are objects that have none yet. */
function named(
  entries: Readonly<Record<string, readonly Json[]>>,
): Readonly<Record<string, readonly Json[]>> {
  const isNameless = (entry: Json): entry is Jwk =>
    typeof entry === 'object' &&
    entry !== null &&
    !Array.isArray(entry) &&
    !('kid' in entry) &&
    Object.keys(entry).length > 0
  return Object.fromEntries(
    Object.entries(entries).map(([id, list]) => [
      id,
      list.map((entry) => (isNameless(entry) ? { ...entry, kid: `stray-${id}` } : entry)),
    ]),
  )
}

/** The ids of `strayEntries`. */
export const STRAY_IDS: readonly string[] = [
  'unknown-kty',
  'no-kty',
  'kty-number',
  'unknown-crv',
  'key-agreement',
  'ml-dsa',
  'missing-n',
  'missing-e',
  'missing-y',
  'n-number',
  'n-not-base64url',
  'off-curve',
  'short-coordinate',
  'not-objects',
  'empty-object',
  'kid-number',
  'forty-nine-keys',
]

/** So many keys that nobody signs with, each of a kid of its own. */
export function manyEntries(seed: string): readonly Json[] {
  return Array.from({ length: 49 }, (_, n) =>
    toJwk(generateKey({ kty: 'EC', crv: 'P-256' }, `${seed} ${n}`), { kid: `other-${n}` }),
  )
}

/** An entry of a set, or the text of one that JSON.stringify can't write. */
export type Published = Jwk | string

const text = JSON.stringify

/** The entry with one member written twice, the key's own value first or last. */
function twice(key: KeyObject, members: Jwk, own: 'first' | 'last'): string {
  const jwk = toJwk(key, members)
  const name = jwk.kty === 'RSA' ? 'n' : 'x'
  const rest = text(without(jwk, name)).slice(1)
  const real = `${text(name)}:${text(jwk[name])}`
  const other = `${text(name)}:${text(nextNumber(jwk[name]))}`
  const [first, last] = own === 'first' ? [real, other] : [other, real]
  return `{${first},${rest.slice(0, -1)},${last}}`
}

/** The entry with each character of its member names written as an escape. */
function escaped(key: KeyObject, members: Jwk): string {
  const spelt = (name: string): string =>
    [...name].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const pairs = Object.entries(toJwk(key, members)).map(([name, value]) =>
    name === 'kid' && typeof value === 'string'
      ? `"${spelt(name)}":"${spelt(value)}"`
      : `"${spelt(name)}":${text(value)}`,
  )
  return `{${pairs.join(',')}}`
}

function changed(jwk: Jwk, members: Jwk): Jwk {
  return { ...jwk, ...members }
}

function lower(value: Json | undefined): string {
  return String(value).toLowerCase()
}

/** A coordinate or a modulus in fewer or more octets than it takes. */
function resized(value: Json | undefined, change: (octets: Buffer) => Buffer): string {
  return change(Buffer.from(String(value), 'base64url')).toString('base64url')
}

/**
 * How a key is published otherwise than as a plain key for signatures; each takes the key itself.
 */
export const PUBLICATIONS: Readonly<Record<string, (key: KeyObject, members: Jwk) => Published>> = {
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
  secret: toPrivateJwk,
  'key-ops-twice': (key, members) =>
    toJwk(key, { ...without(members, 'use'), key_ops: ['verify', 'verify'] }),
  'use-against-key-ops': (key, members) =>
    toJwk(key, { ...members, use: 'sig', key_ops: ['encrypt'] }),
  'alg-of-another': (key, members) => toJwk(key, { ...members, alg: otherAlg(members.alg) }),
  'own-value-first': (key, members) => twice(key, members, 'first'),
  'own-value-last': (key, members) => twice(key, members, 'last'),
  'escaped-names': escaped,
  'names-in-capitals': (key, members) =>
    Object.fromEntries(
      Object.entries(toJwk(key, members)).map(([name, value]) => [
        name === 'kid' ? name : name.toUpperCase(),
        value,
      ]),
    ),
  'no-kty': (key, members) => without(toJwk(key, members), 'kty'),
  'kty-other-case': (key, members) => {
    const jwk = toJwk(key, members)
    return changed(jwk, { kty: lower(jwk.kty) })
  },
  'crv-other-case': (key, members) => {
    const jwk = toJwk(key, members)
    return changed(jwk, { crv: lower(jwk.crv) })
  },
  'no-crv': (key, members) => without(toJwk(key, members), 'crv'),
  'no-x': (key, members) => without(toJwk(key, members), 'x'),
  'no-y': (key, members) => without(toJwk(key, members), 'y'),
  'no-n': (key, members) => without(toJwk(key, members), 'n'),
  'no-e': (key, members) => without(toJwk(key, members), 'e'),
  'e-with-zero': (key, members) => {
    const jwk = toJwk(key, members)
    return changed(jwk, { e: resized(jwk.e, (octets) => Buffer.concat([Buffer.alloc(1), octets])) })
  },
  /** Everybody can sign for it: `rsa-pkcs1-exponent-one`. */
  'exponent-one': (key, members) => changed(toJwk(key, members), { e: 'AQ' }),
  'small-order': (key, members) =>
    changed(toJwk(key, members), { x: neutralPoint('Ed25519').toString('base64url') }),
  'as-ec': (key, members) => changed(toJwk(key, members), { kty: 'EC' }),
  'as-ed448': (key, members) => changed(toJwk(key, members), { crv: 'Ed448' }),
  'as-x25519': (key, members) => changed(toJwk(key, members), { crv: 'X25519' }),
  /** For a key whose x begins with a zero octet, which is left out. */
  'short-x': (key, members) => {
    const jwk = toJwk(key, members)
    return changed(jwk, { x: resized(jwk.x, (octets) => octets.subarray(1)) })
  },
  'off-curve': (key, members) => {
    const jwk = toJwk(key, members)
    return changed(jwk, { y: nextNumber(jwk.y) })
  },
}

/** The ids of all ways to publish a key, those with a certificate included. */
export const PUBLICATION_IDS: readonly string[] = [
  ...Object.keys(PUBLICATIONS),
  'x5c',
  'x5c-of-another',
]

function otherAlg(alg: Json | undefined): string {
  const others: Readonly<Record<string, string>> = { RS256: 'PS256', PS256: 'RS256' }
  return others[String(alg)] ?? 'RS256'
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

/** Sets with more in them than keys, which a consumer reads all the same. */
export const WHOLE_SETS: Readonly<Record<string, (jwk: Jwk) => string>> = {
  'surplus-members': (jwk) =>
    JSON.stringify({ 'urn:example:note': [1, { keys: [] }], keys: [jwk], version: 2 }),
}

/** The ids of all documents. */
export const DOCUMENT_IDS: () => readonly string[] = () => [
  ...Object.keys(WHOLE_SETS),
  ...Object.keys(BROKEN_SETS),
]

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
  /** Two lists of keys: the one with the key comes first, so that the last one has none. */
  'keys-twice': (jwk) => `{"keys":[${JSON.stringify(jwk)}],"keys":[]}`,
  'deep-json': () => `{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  'huge-8mb': () => JSON.stringify({ keys: [], filler: 'a'.repeat(8 * 1024 * 1024) }),
}
