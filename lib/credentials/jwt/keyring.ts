/** What the tokens of a run rest on: issued ones, the trusted key, and keys that nobody trusts. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  type Algorithm,
  algorithmsOf,
  isAlgorithm,
  METHODS,
  type SigningAlgorithm,
} from '../../jose/algorithms.ts'
import { HOSTED_KEYS } from '../../jose/hosted-keys.ts'
import { type Jwk, toJwk } from '../../jose/jwk.ts'
import { splitToken } from '../../jose/jwt-read.ts'
import { kindOf, publicOf } from '../../jose/key-kind.ts'
import { generateKey, type KeySpec } from '../../jose/keys.ts'
import type { Json } from '../../model/json.ts'
import type { SigningKey, Supplied } from '../../model/profile.ts'
import { createHostedKeys, type HostedKeys, ownAlgorithm } from './hosted-keys.ts'
import { readPublicKey, readSigningKey } from './key-files.ts'
import type { Trusted } from './trusted.ts'

export type { Trusted } from './trusted.ts'

/** A token that somebody issued, taken apart. */
export interface Issued {
  readonly text: string
  readonly header: { readonly [name: string]: Json }
  readonly claims: { readonly [name: string]: Json }
  /** The octets of header and payload, as they were encoded. */
  readonly headerBytes: Buffer
  readonly claimsBytes: Buffer
  readonly signature: { readonly text: string; readonly bytes: Buffer }
}

export interface Keyring {
  readonly trusted?: Trusted
  /** The key that the server verifies with, and the JSON Web Key it was given as, if any. */
  readonly publicKey?: { readonly key: KeyObject; readonly published?: Jwk }
  /** The token issued to an account, where it is a JSON Web Token. */
  readonly issued: (account: string) => Issued | undefined
  /** A key that an algorithm can sign with and nobody trusts; the same one all through a run. */
  readonly foreign: (alg: SigningAlgorithm) => KeyObject
  /** The keys of the set that this tool hosts, where it does. */
  readonly hosted?: HostedKeys
  /** A token that is not sent, and whose claims those of signed ones are like. */
  readonly like?: Issued
  /** What verifies the issued token, where a set is hosted that would not have it otherwise. */
  readonly issuer?: Jwk
}

/** The keyring as it is for a target that trusts one key of the hosted set. */
export function hostedRing(keyring: Keyring, name: string): Keyring | undefined {
  const { hosted } = keyring
  if (hosted === undefined) return undefined
  const trusted = hosted.trusted(name)
  if (trusted.key.type === 'secret') return { ...keyring, trusted }
  const key = publicOf(trusted.key)
  return {
    ...keyring,
    trusted,
    publicKey: { key: isEverybodys(name) ? withExponentOne(key) : key },
  }
}

function isEverybodys(name: string): boolean {
  return HOSTED_KEYS[name]?.exponentOne === true
}

function withExponentOne(key: KeyObject): KeyObject {
  return createPublicKey({ key: { ...key.export({ format: 'jwk' }), e: 'AQ' }, format: 'jwk' })
}

/** The bearer token of an account, whatever it is. */
export function bearerOf(supplied: Supplied, account: string): string | undefined {
  if (account === 'default') return supplied.bearer
  const { bearers = {} } = supplied
  return Object.hasOwn(bearers, account) ? bearers[account] : undefined
}

/** A token taken apart; undefined for one that is no signed JSON Web Token. */
export function readIssued(text: string | undefined): Issued | undefined {
  if (text === undefined) return undefined
  const { header, claims, signature } = splitToken(text)
  if ('fault' in header || 'fault' in claims || signature === undefined) return undefined
  if (typeof header.value.alg !== 'string') return undefined
  return {
    text,
    header: header.value,
    claims: claims.value,
    headerBytes: header.bytes,
    claimsBytes: claims.bytes,
    signature,
  }
}

const USUAL: Readonly<Record<string, Algorithm>> = {
  RSA: 'RS256',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  OKP: 'EdDSA',
  oct: 'HS256',
}

/** The algorithm to sign with: what was said first, as long as the key can be used with it. */
function algorithmFor(key: KeyObject, wishes: readonly unknown[]): Algorithm | undefined {
  const fitting = algorithmsOf(key)
  const kind = kindOf(key)
  const usual = kind && USUAL[kind.kty === 'EC' ? kind.crv : kind.kty]
  // A key that is too weak is the operator's all the same: the server trusts it.
  return wishes.filter(isAlgorithm).find((alg) => fitting.includes(alg)) ?? usual
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function trustedOf(given: SigningKey, issued: Issued | undefined): Trusted {
  const read = readSigningKey(given.key)
  if ('fault' in read) throw new TypeError(read.fault)
  const { key, members } = read
  const alg = algorithmFor(key, [given.alg, members.alg, issued?.header.alg])
  if (alg === undefined) throw new TypeError('No algorithm of RFC 7518 signs with this key.')
  const kid = given.kid ?? textOf(members.kid) ?? textOf(issued?.header.kid)
  return {
    key,
    alg,
    ...(kid === undefined ? {} : { kid }),
    ...(given.issuer === undefined ? {} : { issuer: given.issuer }),
    ...(given.audience === undefined ? {} : { audience: given.audience }),
    ...(given.claims === undefined ? {} : { claims: given.claims }),
  }
}

function publicKeyOf(supplied: Supplied, trusted: Trusted | undefined): Keyring['publicKey'] {
  if (supplied.publicKey !== undefined) {
    const read = readPublicKey(supplied.publicKey)
    if ('fault' in read) throw new TypeError(read.fault)
    const published = publishedIn(supplied.publicKey)
    return { key: read.key, ...(published === undefined ? {} : { published }) }
  }
  if (trusted === undefined || trusted.key.type === 'secret') return undefined
  return { key: publicOf(trusted.key) }
}

/** The key of the issuer as a set has it, so that its tokens stay good while the target reads that set. */
function issuerOf(supplied: Supplied, issued: Issued | undefined): Jwk | undefined {
  if (supplied.publicKey === undefined) return undefined
  const read = readPublicKey(supplied.publicKey)
  if ('fault' in read) throw new TypeError(read.fault)
  const { kid, alg } = issued?.header ?? {}
  if (typeof alg !== 'string' || alg.startsWith('HS')) return undefined
  return toJwk(read.key, { ...(typeof kid === 'string' ? { kid } : {}), use: 'sig', alg })
}

/** The JSON Web Key as its owner wrote it, where a file holds one without a private half. */
function publishedIn(file: string): Jwk | undefined {
  const text = file.replace(/^\ufeff/, '').trimStart()
  if (!text.startsWith('{')) return undefined
  const value = JSON.parse(text) as Jwk & { readonly keys?: readonly Jwk[] }
  const jwk = value.keys?.[0] ?? value
  return jwk.d === undefined ? jwk : undefined
}

function hostedFor(
  supplied: Supplied,
  trusted: Trusted | undefined,
  like: Issued | undefined,
): HostedKeys | undefined {
  const { hosted } = supplied
  if (hosted === undefined) return undefined
  const issuer = hosted.issuer ?? trusted?.issuer
  const audience = hosted.audience ?? trusted?.audience
  // What the issued token claims is copied, and no word for what the server expects.
  const claims = hosted.claims ?? trusted?.claims
  const about = {
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
    ...(claims === undefined ? {} : { claims }),
  }
  const asymmetric = [hosted.alg, trusted?.alg, like?.header.alg].filter(
    (alg) => typeof alg === 'string' && !alg.startsWith('HS'),
  )
  return createHostedKeys(about, ownAlgorithm(asymmetric))
}

const SPECS: Readonly<Record<string, KeySpec>> = {
  'rsa-pkcs1': { kty: 'RSA' },
  'rsa-pss': { kty: 'RSA' },
  eddsa: { kty: 'OKP', crv: 'Ed25519' },
  hmac: { kty: 'oct', size: 512 },
}

function specFor(alg: SigningAlgorithm): KeySpec {
  const { family, crv } = METHODS[alg]
  return SPECS[family] ?? { kty: 'EC', crv: crv ?? 'P-256' }
}

/**
 * The keyring of a run. Foreign keys follow from the seed. Throws TypeError with one sentence where a
 * key that was supplied cannot be read.
 */
export function createKeyring(supplied: Supplied, seed: string): Keyring {
  const issued = new Map<string, Issued | undefined>()
  const issuedTo = (account: string): Issued | undefined => {
    if (!issued.has(account)) issued.set(account, readIssued(bearerOf(supplied, account)))
    return issued.get(account)
  }
  const { signingKey } = supplied
  const given = signingKey && trustedOf(signingKey, issuedTo('default'))
  const like = readIssued(supplied.hosted?.like)
  const hosted = hostedFor(supplied, given, issuedTo('default') ?? like)
  const trusted = given ?? hosted?.trusted('base')
  const issuer = given || !hosted ? undefined : issuerOf(supplied, issuedTo('default'))
  // Tokens that are signed with a hosted key are verified with that one, whatever key the issuer has.
  const { publicKey: _, ...others } = supplied
  const publicKey = publicKeyOf(given === undefined && hosted ? others : supplied, trusted)
  const made = new Map<string, KeyObject>()
  return {
    ...(trusted === undefined ? {} : { trusted }),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(hosted === undefined ? {} : { hosted }),
    ...(like === undefined ? {} : { like }),
    ...(issuer === undefined ? {} : { issuer }),
    issued: issuedTo,
    foreign(alg) {
      const spec = specFor(alg)
      const name = JSON.stringify(spec)
      const key = made.get(name) ?? generateKey(spec, `${seed} foreign`)
      made.set(name, key)
      return key
    },
  }
}
