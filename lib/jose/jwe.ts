/**
 * Encrypted tokens in the compact form (RFC 7516 §3.1): what a service for signed tokens should not
 * take for one. Content is encrypted with A128GCM throughout.
 */
import {
  constants,
  createCipheriv,
  createHash,
  diffieHellman,
  type KeyObject,
  publicEncrypt,
} from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { Random } from '../text/random.ts'
import { type Jwk, toJwk } from './jwk.ts'
import { kindOf } from './key-kind.ts'
import { generateKey } from './keys.ts'
import { bodyBytes, type Member, membersOf, withMembers } from './members.ts'

/** How the content key reaches the recipient. */
export type JweKey =
  /** The key itself, 16 octets that both sides know; `dir`. */
  | { readonly known: Uint8Array }
  /** A recipient's public key: RSA by RSA-OAEP-256, or by RSA1_5 where it says so; EC by ECDH-ES. */
  | { readonly publicKey: KeyObject; readonly padding?: 'pkcs1' }
  /**
   * A password that is never used: PBES2-HS256+A128KW with a count that costs the recipient time.
   */
  | { readonly passwordCount: number }

export interface JweRecipe {
  readonly key: JweKey
  readonly plaintext: Uint8Array
  /** Members laid over `alg`, `enc` and those the key needs, such as `kid` and `cty`. */
  readonly header?: readonly Member[]
  /** Compresses the plaintext and says so in `zip`. */
  readonly compressed?: true
  /** Where the octets come from that have to be random. */
  readonly random: Random
}

/**
 * The encrypted token. Throws TypeError for a public key that cannot be encrypted to. What a
 * password would encrypt is only as long as it should be: the cost is in finding that out.
 */
export function makeJwe(recipe: JweRecipe): string {
  const { random, plaintext, compressed } = recipe
  const { contentKey, encryptedKey, header } = agreed(recipe.key, random)
  const own = membersOf({ ...header, ...(compressed ? { zip: 'DEF' } : {}) })
  const members = withMembers(own, recipe.header ?? [])
  const encodedHeader = bodyBytes({ members }).toString('base64url')
  const iv = random.bytes(12)
  const cipher = createCipheriv('aes-128-gcm', contentKey, iv)
  cipher.setAAD(Buffer.from(encodedHeader, 'latin1'))
  const content = compressed ? deflateRawSync(plaintext) : plaintext
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()])
  const parts = [encryptedKey, iv, ciphertext, cipher.getAuthTag()]
  return [encodedHeader, ...parts.map((part) => Buffer.from(part).toString('base64url'))].join('.')
}

/** So many zero octets: a plaintext that compresses a thousandfold (RFC 8725 §3.6). */
export function zipBomb(bytes: number): Buffer {
  return Buffer.alloc(bytes)
}

interface Agreed {
  readonly contentKey: Uint8Array
  readonly encryptedKey: Uint8Array
  readonly header: Jwk
}

const ENC = 'A128GCM'

function agreed(key: JweKey, random: Random): Agreed {
  if ('known' in key) {
    return {
      contentKey: key.known,
      encryptedKey: Buffer.alloc(0),
      header: { alg: 'dir', enc: ENC },
    }
  }
  if ('passwordCount' in key) {
    const p2s = Buffer.from(random.bytes(16)).toString('base64url')
    return {
      contentKey: random.bytes(16),
      encryptedKey: random.bytes(24),
      header: { alg: 'PBES2-HS256+A128KW', enc: ENC, p2s, p2c: key.passwordCount },
    }
  }
  switch (kindOf(key.publicKey)?.kty) {
    case 'RSA':
      return byRsa(key.publicKey, key.padding, random)
    case 'EC':
      return byAgreement(key.publicKey, random)
    default:
      throw new TypeError('tokens are encrypted to RSA and EC keys')
  }
}

function byRsa(key: KeyObject, way: 'pkcs1' | undefined, random: Random): Agreed {
  const contentKey = random.bytes(16)
  if (way === 'pkcs1') {
    const padding = constants.RSA_PKCS1_PADDING
    return {
      contentKey,
      encryptedKey: publicEncrypt({ key, padding }, contentKey),
      header: { alg: 'RSA1_5', enc: ENC },
    }
  }
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  return {
    contentKey,
    encryptedKey: publicEncrypt({ key, padding, oaepHash: 'sha256' }, contentKey),
    header: { alg: 'RSA-OAEP-256', enc: ENC },
  }
}

// Direct key agreement (RFC 7518 §4.6): the derived secret is the content key.
function byAgreement(publicKey: KeyObject, random: Random): Agreed {
  const kind = kindOf(publicKey)
  if (kind?.kty !== 'EC') throw new TypeError('a key is agreed on with an EC key')
  const own = generateKey({ kty: 'EC', crv: kind.crv }, random.text(32))
  const secret = diffieHellman({ privateKey: own, publicKey })
  return {
    contentKey: concatKdf(secret),
    encryptedKey: Buffer.alloc(0),
    header: { alg: 'ECDH-ES', enc: ENC, epk: toJwk(own) },
  }
}

// One round of SHA-256 gives the 128 bits wanted (RFC 7518 §4.6.2); the two parties have no names.
function concatKdf(secret: Buffer): Buffer {
  const [round, bits] = [1, 128].map(bigEndian)
  const algorithm = Buffer.from(ENC)
  return createHash('sha256')
    .update(round ?? '')
    .update(secret)
    .update(bigEndian(algorithm.length))
    .update(algorithm)
    .update(bigEndian(0))
    .update(bigEndian(0))
    .update(bits ?? '')
    .digest()
    .subarray(0, 16)
}

function bigEndian(value: number): Buffer {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(value)
  return octets
}
