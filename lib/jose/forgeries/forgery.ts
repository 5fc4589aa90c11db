/** What a forged signature is, for the tables of this folder. */
import type { KeyObject } from 'node:crypto'
import { type Algorithm, type Family, METHODS, sign } from '../algorithms.ts'
import { publicOf } from '../key-kind.ts'

/** What there is to forge with; the more there is, the more forgeries can be made. */
export interface Material {
  readonly alg: Algorithm
  /** The octets that the signature would cover. */
  readonly input: Uint8Array
  /** The key that is trusted, with its private half, or the secret of an HMAC. */
  readonly privateKey?: KeyObject
  readonly publicKey?: KeyObject
  /** A valid signature over the input, such as that of an issued token. */
  readonly valid?: Uint8Array
}

/** What a forgery is made of beside the input; a private key gives the others. */
export type Need = 'public-key' | 'valid-signature' | 'private-key'

/** A signature that is wrong in one known way. */
export interface Forgery {
  /** Kebab words, unique in the table. */
  readonly id: string
  readonly families: readonly Family[]
  /** Empty where anybody can make it. */
  readonly needs: readonly Need[]
  /** Why it is not valid, as a sentence without its end; of a valid one, why it is. */
  readonly wrong: string
  /** A conforming verifier accepts it, unlikely as it looks. */
  readonly valid?: true
  /** Undefined where the material or its numbers do not allow it. */
  readonly make: (material: Material) => Buffer | undefined
}

/**
 * The forged signature, or undefined where it cannot be made: the algorithm is of another family,
 * something it needs is missing, or the numbers do not fit (another input may).
 */
export function forge(forgery: Forgery, material: Material): Buffer | undefined {
  if (!forgery.families.includes(METHODS[material.alg].family)) return undefined
  const full = completed(forgery, material)
  return forgery.needs.every((need) => full[MEMBERS[need]] !== undefined)
    ? forgery.make(full)
    : undefined
}

const MEMBERS: Readonly<Record<Need, keyof Material>> = {
  'public-key': 'publicKey',
  'valid-signature': 'valid',
  'private-key': 'privateKey',
}

function completed({ needs }: Forgery, material: Material): Material {
  const { alg, input, privateKey } = material
  if (privateKey === undefined) return material
  // A signature is only made where it is needed: with RSA it takes a millisecond.
  const valid = needs.includes('valid-signature')
    ? (material.valid ?? sign(alg, privateKey, input))
    : material.valid
  return {
    ...material,
    // A public key that was given is what a verifier has, whatever belongs to the private one.
    ...(privateKey.type === 'secret'
      ? {}
      : { publicKey: material.publicKey ?? publicOf(privateKey) }),
    ...(valid === undefined ? {} : { valid }),
  }
}
