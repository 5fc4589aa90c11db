/** Signatures of RFC 7518 §3 and RFC 8037 §3.1, made and checked with keys of the right kind only. */
import { constants, createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto'

interface Algorithm {
  /** As `KeyObject.asymmetricKeyType` names the kind of key; absent for a secret. */
  readonly keyType?: 'ec' | 'rsa' | 'ed25519'
  readonly curve?: string
  /** Octets of a signature; as many as the modulus has where absent. */
  readonly size?: number
  readonly hash?: string
  readonly pss?: true
}

const ec = (curve: string, size: number, hash: string): Algorithm => ({
  keyType: 'ec',
  curve,
  size,
  hash,
})

const algorithms: Readonly<Record<string, Algorithm>> = {
  ES256: ec('prime256v1', 64, 'sha256'),
  ES384: ec('secp384r1', 96, 'sha384'),
  ES512: ec('secp521r1', 132, 'sha512'),
  EdDSA: { keyType: 'ed25519', size: 64 },
  HS256: { hash: 'sha256', size: 32 },
  RS256: { keyType: 'rsa', hash: 'sha256' },
  RS384: { keyType: 'rsa', hash: 'sha384' },
  RS512: { keyType: 'rsa', hash: 'sha512' },
  PS256: { keyType: 'rsa', hash: 'sha256', pss: true },
  PS384: { keyType: 'rsa', hash: 'sha384', pss: true },
  PS512: { keyType: 'rsa', hash: 'sha512', pss: true },
}

const named = (alg: string): Algorithm | undefined =>
  Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined

/** The curve that an algorithm belongs to (RFC 7518 §3.4), as node:crypto names it. */
export const curveOf = (alg: string): string | undefined => named(alg)?.curve

const withKey = (
  { pss }: Algorithm,
  key: KeyObject,
): { key: KeyObject; dsaEncoding: 'ieee-p1363'; padding?: number; saltLength?: number } => ({
  key,
  dsaEncoding: 'ieee-p1363',
  ...(pss
    ? {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }
    : {}),
})

const mac = ({ hash = '' }: Algorithm, key: KeyObject, input: Uint8Array): Buffer =>
  createHmac(hash, key).update(input).digest()

/** Signs as the algorithm says. Throws RangeError where it is not known. */
export const makeSignature = (alg: string, key: KeyObject, input: Uint8Array): Buffer => {
  const algorithm = named(alg)
  if (!algorithm) throw new RangeError(`There is no algorithm "${alg}" here.`)
  if (algorithm.keyType === undefined) return mac(algorithm, key, input)
  return sign(algorithm.hash, input, withKey(algorithm, key))
}

const octetsOf = (algorithm: Algorithm, key: KeyObject): number =>
  algorithm.size ?? Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)

const isFor = (algorithm: Algorithm, key: KeyObject): boolean =>
  key.asymmetricKeyType === algorithm.keyType &&
  (algorithm.curve === undefined || key.asymmetricKeyDetails?.namedCurve === algorithm.curve)

/**
 * True where the signature is exactly as long as it has to be, the key is of the algorithm's kind and
 * curve, and the signature is its own over the input.
 */
export const checkSignature = (
  alg: string,
  key: KeyObject,
  input: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const algorithm = named(alg)
  if (!algorithm || !isFor(algorithm, key)) return false
  if (signature.length !== octetsOf(algorithm, key)) return false
  if (algorithm.keyType === undefined) return timingSafeEqual(mac(algorithm, key, input), signature)
  return verify(algorithm.hash, input, withKey(algorithm, key), signature)
}
