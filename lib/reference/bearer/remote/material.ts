/** Members of a key to the key (RFC 7518 §6, RFC 8037 §2). */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { member } from '../json.ts'
import { decodeSegment } from '../segments.ts'
import type { Members } from './types.ts'

/** What node:crypto makes of members, if it takes them; a point off its curve it does not. */
export const publicKey = (jwk: JsonWebKey): KeyObject | undefined => {
  try {
    return createPublicKey({ format: 'jwk', key: jwk })
  } catch {
    return undefined
  }
}

/** A member as octets; undefined where it is absent, no string or no base64url. */
export const octetsIn = (entry: Members, name: string): Buffer | undefined => {
  const value = member(entry, name)
  return typeof value === 'string' ? decodeSegment(value) : undefined
}

/** Octets of a coordinate (RFC 7518 §6.2.1.2). */
export const coordinates: Readonly<Record<string, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
}

/** A key from octets. */
export const keyOf = (
  about: { readonly kty: string; readonly crv?: string },
  octets: Readonly<Record<string, Uint8Array>>,
): KeyObject | undefined => {
  const members = Object.entries(octets).map(([name, value]) => [
    name,
    Buffer.from(value).toString('base64url'),
  ])
  return publicKey({ ...about, ...Object.fromEntries(members) })
}

/** The curve of an entry; undefined where it is not spelled exactly so. */
export const curveIn = (entry: Members): string | undefined => {
  const crv = member(entry, 'crv')
  return typeof crv === 'string' ? crv : undefined
}

/** An EC key whose coordinates have the full length of a curve that is known here. */
export const ecKey = (entry: Members): KeyObject | undefined => {
  const crv = curveIn(entry) ?? ''
  const size = Object.hasOwn(coordinates, crv) ? coordinates[crv] : undefined
  const [x, y] = [octetsIn(entry, 'x'), octetsIn(entry, 'y')]
  if (size === undefined || x?.length !== size || y?.length !== size) return undefined
  return keyOf({ kty: 'EC', crv }, { x, y })
}

/** Octets of a number, the first of them not zero (RFC 7518 §2). */
const isShortest = (octets: Buffer | undefined): octets is Buffer =>
  octets !== undefined && octets.length > 0 && octets[0] !== 0

/** Wide enough for any exponent in use; verifying takes time that grows with it. */
const widestExponent = 8

/** An RSA key of two numbers in the fewest octets. */
export const rsaKey = (entry: Members): KeyObject | undefined => {
  const [n, e] = [octetsIn(entry, 'n'), octetsIn(entry, 'e')]
  if (!isShortest(n) || !isShortest(e) || e.length > widestExponent) return undefined
  return keyOf({ kty: 'RSA' }, { n, e })
}

const edwardsOctets = 32

/** An Ed25519 key; the other subtypes of RFC 8037 are for other uses, or not known here. */
export const okpKey = (entry: Members): KeyObject | undefined => {
  const x = octetsIn(entry, 'x')
  if (curveIn(entry) !== 'Ed25519' || x?.length !== edwardsOctets) return undefined
  return keyOf({ kty: 'OKP', crv: 'Ed25519' }, { x })
}

/** The prime of the field that Ed25519 is over (RFC 8032 §5.1). */
const prime = (1n << 255n) - 19n

/** A `y` of a point of order eight; its negative is another, and the rest have 0, 1 and -1. */
const orderEight = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n

const smallOrder: readonly bigint[] = [0n, 1n, prime - 1n, orderEight, prime - orderEight]

/** Whether an Ed25519 key is a point under which one signature fits many messages, however it is spelled. */
export const isSmallOrder = (key: KeyObject): boolean => {
  const point = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').reverse()
  const number = BigInt(`0x0${point.toString('hex')}`)
  // The highest bit is the sign of x and says nothing of y.
  return smallOrder.includes((number & ((1n << 255n) - 1n)) % prime)
}
