/** RSA signatures whose encoding is not what RFC 8017 §9.1 and RFC 7518 §3.5 say. */
import { constants, createHash, type KeyObject, sign as nodeSign } from 'node:crypto'
import {
  type Algorithm,
  DIGEST_SIZE,
  type Hash,
  METHODS,
  type SigningAlgorithm,
  sign,
} from '../algorithms.ts'
import { bitLength } from '../numbers.ts'
import type { Forgery } from './forgery.ts'
import { rsaNumbersOf } from './rsa-numbers.ts'
import { raw } from './rsa-pkcs1.ts'

const SALT = 'the salt is as long as the hash (RFC 7518 §3.5)'

/** How an encoding differs from the right one. */
export interface PssChange {
  readonly trailer?: number
  /** The hash of the mask (RFC 8017 appendix B.2.1). */
  readonly maskHash?: Hash
  /** The octet between padding and salt. */
  readonly separator?: number
  /** An octet of the padding that is not zero. */
  readonly padding?: number
  /** The highest bit, which is none of the encoding's, is set. */
  readonly topBit?: true
}

const CHANGES: Readonly<Record<string, readonly [wrong: string, change: PssChange]>> = {
  'rsa-pss-trailer': ['the last octet is cc instead of bc', { trailer: 0xcc }],
  'rsa-pss-mask-hash': ['the mask is made with SHA-1', { maskHash: 'sha1' }],
  'rsa-pss-no-separator': ['no octet 01 stands before the salt', { separator: 0 }],
  'rsa-pss-nonzero-padding': ['the padding is not all zero', { padding: 1 }],
  'rsa-pss-top-bit': ['a bit above the encoding is set', { topBit: true }],
}

export const pssForgeries: readonly Forgery[] = [
  pss('rsa-pss-salt-none', `there is no salt; ${SALT}`, (alg, key, input) =>
    salted(alg, key, input, 0),
  ),
  pss('rsa-pss-salt-short', `the salt is an octet short; ${SALT}`, (alg, key, input) =>
    salted(alg, key, input, saltLength(alg) - 1),
  ),
  pss('rsa-pss-salt-max', `the salt is as long as it can be; ${SALT}`, (alg, key, input) =>
    salted(alg, key, input, constants.RSA_PSS_SALTLEN_MAX_SIGN),
  ),
  ...Object.entries(CHANGES).map(([id, [wrong, change]]) =>
    pss(id, `${wrong} (RFC 8017 §9.1.2)`, (alg, key, input) => pssSigned(alg, key, input, change)),
  ),
  pss('rsa-pss-other-hash', 'it is over another hash than the algorithm names', (alg, key, input) =>
    sign(alg === 'PS512' ? 'PS256' : 'PS512', key, input),
  ),
  pss('rsa-pss-as-pkcs1', 'it is padded as RSASSA-PKCS1-v1_5', (alg, key, input) =>
    sign(alg.replace('PS', 'RS') as SigningAlgorithm, key, input),
  ),
]

function pss(
  id: string,
  wrong: string,
  make: (alg: Algorithm, key: KeyObject, input: Uint8Array) => Buffer | undefined,
): Forgery {
  return {
    id,
    families: ['rsa-pss'],
    needs: ['private-key'],
    wrong,
    make: ({ alg, input, privateKey }) => privateKey && make(alg, privateKey, input),
  }
}

function saltLength(alg: Algorithm): number {
  return DIGEST_SIZE[hashOf(alg)]
}

function hashOf(alg: Algorithm): Hash {
  return METHODS[alg].hash ?? 'sha256'
}

function salted(alg: Algorithm, key: KeyObject, input: Uint8Array, length: number): Buffer {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return nodeSign(hashOf(alg), input, { key, padding, saltLength: length })
}

/**
 * Signs with RSASSA-PSS from its parts, changed as told; without a change the signature is valid.
 * Undefined where no salt tried gives a number below the modulus.
 */
export function pssSigned(
  alg: Algorithm,
  key: KeyObject,
  input: Uint8Array,
  change: PssChange,
): Buffer | undefined {
  const numbers = rsaNumbersOf(key)
  if (numbers === undefined) return undefined
  const hash = hashOf(alg)
  const digest = createHash(hash).update(input).digest()
  // With the highest bit set about every second encoding is above the modulus.
  for (let attempt = 0; attempt < 64; attempt += 1) {
    const salt = createHash(hash).update(`salt ${attempt}`).update(digest).digest()
    const encoded = pssEncoded(hash, digest, salt, bitLength(numbers.n) - 1, change)
    const signature = encoded && raw(key, encoded)
    if (signature !== undefined) return signature
  }
  return undefined
}

// RFC 8017 §9.1.1, in the order and by the names of its steps.
function pssEncoded(
  hash: Hash,
  mHash: Buffer,
  salt: Buffer,
  emBits: number,
  change: PssChange,
): Buffer | undefined {
  const emLen = Math.ceil(emBits / 8)
  const dbLength = emLen - mHash.length - 1
  const psLength = dbLength - salt.length - 1
  if (psLength < 2) return undefined
  const h = createHash(hash).update(Buffer.alloc(8)).update(mHash).update(salt).digest()
  const ps = Buffer.alloc(psLength)
  ps[psLength - 1] = change.padding ?? 0
  const db = Buffer.concat([ps, Buffer.from([change.separator ?? 1]), salt])
  const mask = mgf1(change.maskHash ?? hash, h, dbLength)
  const maskedDb = db.map((octet, index) => octet ^ (mask[index] ?? 0))
  const unused = emLen * 8 - emBits
  maskedDb[0] = ((maskedDb[0] ?? 0) & (0xff >> unused)) | (change.topBit && unused > 0 ? 0x80 : 0)
  return Buffer.concat([maskedDb, h, Buffer.from([change.trailer ?? 0xbc])])
}

function mgf1(hash: Hash, seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / DIGEST_SIZE[hash]) }, (_, index) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(index)
    return createHash(hash).update(seed).update(counter).digest()
  })
  return Buffer.concat(blocks).subarray(0, length)
}
