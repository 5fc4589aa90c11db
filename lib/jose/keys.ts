/** Keys made for a run, of every type JOSE signs with. */
import {
  createECDH,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { type Random, randomFrom } from '../text/random.ts'
import { EC_CURVES, type EcCurve, ED_CURVES, type EdCurve } from './curves.ts'
import { toBytes, toNumber } from './numbers.ts'
import { rsaFromRandom } from './rsa-numbers.ts'

/** What key to make; sizes are in bits, 2048 for RSA and 256 for a secret unless told. */
export type KeySpec =
  | { readonly kty: 'RSA'; readonly size?: number; readonly exponent?: number }
  | { readonly kty: 'EC'; readonly crv: EcCurve }
  | { readonly kty: 'OKP'; readonly crv: EdCurve }
  | { readonly kty: 'oct'; readonly size?: number }

const RSA_BITS = 2048
const SECRET_BITS = 256
const USUAL_EXPONENT = 65537

/**
 * A new private key or secret. With a seed it is the same key each time, and known to everyone who
 * knows the seed: only for keys that nobody trusts. Throws RangeError for an RSA key that cannot be
 * (fewer than 512 bits, an even exponent).
 */
export function generateKey(spec: KeySpec, seed?: string): KeyObject {
  if (spec.kty === 'RSA') {
    const { size = RSA_BITS, exponent = USUAL_EXPONENT } = spec
    if (size < 512) throw new RangeError('an RSA key has at least 512 bits')
    if (exponent < 3 || exponent % 2 === 0)
      throw new RangeError('an RSA exponent is odd and above 1')
    return seed === undefined
      ? generateKeyPairSync('rsa', { modulusLength: size, publicExponent: exponent }).privateKey
      : rsaFromRandom(streamOf(seed, spec), size, BigInt(exponent))
  }
  const octets = seed === undefined ? randomBytes : streamOf(seed, spec).bytes
  switch (spec.kty) {
    case 'EC':
      return ecKey(spec.crv, octets)
    case 'OKP':
      return edKey(spec.crv, octets(ED_CURVES[spec.crv].size))
    case 'oct':
      return secretKey(octets((spec.size ?? SECRET_BITS) / 8))
  }
}

/** A secret from its octets; none at all are a secret too, and a bad one. */
export function secretKey(bytes: Uint8Array | string): KeyObject {
  return createSecretKey(Buffer.from(bytes as Uint8Array))
}

function streamOf(seed: string, spec: KeySpec): Random {
  return randomFrom(seed, 'key', JSON.stringify(spec))
}

function ecKey(crv: EcCurve, octets: (n: number) => Uint8Array): KeyObject {
  const { named, size, order } = EC_CURVES[crv]
  // Eight octets more than the order has, so that the remainder favours no scalar noticeably.
  const scalar = (toNumber(octets(size + 8)) % (order - 1n)) + 1n
  const d = toBytes(scalar, size)
  const ecdh = createECDH(named)
  ecdh.setPrivateKey(d)
  const point = ecdh.getPublicKey()
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)]
  const members = Object.entries({ x, y, d }).map(([name, bytes]) => [
    name,
    bytes.toString('base64url'),
  ])
  return createPrivateKey({
    key: { kty: 'EC', crv, ...Object.fromEntries(members) },
    format: 'jwk',
  })
}

function edKey(crv: EdCurve, secret: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(ED_CURVES[crv].pkcs8, 'hex'), secret])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}
