/**
 * The signature algorithms of JOSE (RFC 7518 §3, RFC 8037 §3.1): signing, and verifying strictly.
 */
import {
  constants,
  createHmac,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
  timingSafeEqual,
} from 'node:crypto'
import { EC_CURVES, type EcCurve, ED_CURVES } from './curves.ts'
import { type KeyKind, kindOf, publicOf } from './key-kind.ts'
import { toNumber } from './numbers.ts'
import { isSmallOrder } from './small-order.ts'

export type Algorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'HS256'
  | 'HS384'
  | 'HS512'

/** What can be signed with, on purpose: `RS1` is RSA with SHA-1, which nothing may accept. */
export type SigningAlgorithm = Algorithm | 'RS1'

export type Family = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'eddsa' | 'hmac'
export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** What an algorithm's name stands for. */
export interface Method {
  readonly family: Family
  /** EdDSA's hash is part of its curve and has no name here. */
  readonly hash?: Hash
  /** The only curve that the algorithm goes with. */
  readonly crv?: EcCurve
}

export const METHODS: Readonly<Record<SigningAlgorithm, Method>> = {
  RS256: { family: 'rsa-pkcs1', hash: 'sha256' },
  RS384: { family: 'rsa-pkcs1', hash: 'sha384' },
  RS512: { family: 'rsa-pkcs1', hash: 'sha512' },
  RS1: { family: 'rsa-pkcs1', hash: 'sha1' },
  PS256: { family: 'rsa-pss', hash: 'sha256' },
  PS384: { family: 'rsa-pss', hash: 'sha384' },
  PS512: { family: 'rsa-pss', hash: 'sha512' },
  ES256: { family: 'ecdsa', hash: 'sha256', crv: 'P-256' },
  ES384: { family: 'ecdsa', hash: 'sha384', crv: 'P-384' },
  ES512: { family: 'ecdsa', hash: 'sha512', crv: 'P-521' },
  EdDSA: { family: 'eddsa' },
  HS256: { family: 'hmac', hash: 'sha256' },
  HS384: { family: 'hmac', hash: 'sha384' },
  HS512: { family: 'hmac', hash: 'sha512' },
}

/** Every algorithm that a verifier can rightly be asked to accept. */
export const ALGORITHMS: readonly Algorithm[] = (Object.keys(METHODS) as SigningAlgorithm[]).filter(
  (alg) => alg !== 'RS1',
)

/** Whether a name, such as a header's `alg`, is one of the algorithms, letter for letter. */
export function isAlgorithm(name: unknown): name is Algorithm {
  return ALGORITHMS.some((alg) => alg === name)
}

/** Octets of a hash's digest. */
export const DIGEST_SIZE: Readonly<Record<Hash, number>> = {
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

const KEY_TYPES: Readonly<Record<Family, KeyKind['kty']>> = {
  'rsa-pkcs1': 'RSA',
  'rsa-pss': 'RSA',
  ecdsa: 'EC',
  eddsa: 'OKP',
  hmac: 'oct',
}

/** The type of key that an algorithm goes with (RFC 7518 §3.1). */
export function keyTypeOf(alg: SigningAlgorithm): KeyKind['kty'] {
  return KEY_TYPES[METHODS[alg].family]
}

/**
 * Signs as the algorithm says with any key of its type, fit or not: ES256 with a P-384 key gives 96
 * octets over SHA-256. Throws TypeError for a key of another type or without a private half.
 */
export function sign(alg: SigningAlgorithm, key: KeyObject, bytes: Uint8Array): Buffer {
  const { family, hash } = METHODS[alg]
  if (kindOf(key)?.kty !== KEY_TYPES[family]) {
    throw new TypeError(`${alg} signs with a key of type ${KEY_TYPES[family]}`)
  }
  if (key.type === 'public') throw new TypeError(`${alg} signs with a private key`)
  if (hash === undefined) return nodeSign(null, bytes, key)
  if (family === 'hmac') return createHmac(hash, key).update(bytes).digest()
  return nodeSign(hash, bytes, { key, ...optionsOf(family, hash) })
}

/**
 * Whether a signature is valid, with nothing forgiven: the key fits the algorithm (`unfitness`),
 * the signature has the one right length, and every number in it is in range.
 */
export function verify(
  alg: Algorithm,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (unfitness(alg, key) !== undefined) return false
  const { family, hash } = METHODS[alg]
  if (family === 'hmac') {
    const expected = sign(alg, key, bytes)
    return expected.length === signature.length && timingSafeEqual(expected, signature)
  }
  const verifier = publicOf(key)
  if (!inRange(verifier, signature)) return false
  return hash === undefined
    ? nodeVerify(null, bytes, verifier, signature)
    : nodeVerify(hash, bytes, { key: verifier, ...optionsOf(family, hash) }, signature)
}

/**
 * Why a key may not be used with an algorithm, as the rest of "The key …"; undefined where it may.
 */
export function unfitness(alg: Algorithm, key: KeyObject): string | undefined {
  const kind = kindOf(key)
  const { family, hash, crv } = METHODS[alg]
  if (kind?.kty !== KEY_TYPES[family]) return `is not of the type ${KEY_TYPES[family]}`
  switch (kind.kty) {
    case 'RSA':
      // RFC 7518 §3.3, §3.5 and RFC 8017 §3.1.
      if (kind.bits < 2048) return `has ${kind.bits} bits, fewer than 2048`
      return kind.exponent < 3n || kind.exponent % 2n === 0n
        ? 'has an exponent that is even or 1'
        : undefined
    case 'EC':
      return kind.crv === crv ? undefined : `is on ${kind.crv}, not on ${crv}`
    case 'OKP':
      return isSmallOrder(kind.crv, key) ? 'is a point of small order' : undefined
    case 'oct':
      // RFC 7518 §3.2: no shorter than the hash.
      return hash !== undefined && kind.bits < DIGEST_SIZE[hash] * 8
        ? `has ${kind.bits} bits, fewer than ${DIGEST_SIZE[hash] * 8}`
        : undefined
  }
}

/** The algorithms a key may be used with, in the order of `ALGORITHMS`. */
export function algorithmsOf(key: KeyObject): Algorithm[] {
  return ALGORITHMS.filter((alg) => unfitness(alg, key) === undefined)
}

function optionsOf(family: Family, hash: Hash): object {
  switch (family) {
    case 'rsa-pss':
      // The salt is as long as the hash (RFC 7518 §3.5), and node's default is another length.
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: DIGEST_SIZE[hash] }
    case 'ecdsa':
      return { dsaEncoding: 'ieee-p1363' }
    default:
      return { padding: constants.RSA_PKCS1_PADDING }
  }
}

function inRange(key: KeyObject, signature: Uint8Array): boolean {
  const kind = kindOf(key)
  if (kind?.kty === 'RSA') return signature.length === Math.ceil(kind.bits / 8)
  if (kind?.kty === 'EC') {
    const { size, order } = EC_CURVES[kind.crv]
    return signature.length === size * 2 && halvesOf(signature).every((n) => n > 0n && n < order)
  }
  if (kind?.kty !== 'OKP') return false
  const { size, order } = ED_CURVES[kind.crv]
  if (signature.length !== size * 2) return false
  return toNumber(Buffer.from(signature.subarray(size)).reverse()) < order
}

function halvesOf(signature: Uint8Array): bigint[] {
  const half = signature.length / 2
  return [toNumber(signature.subarray(0, half)), toNumber(signature.subarray(half))]
}
