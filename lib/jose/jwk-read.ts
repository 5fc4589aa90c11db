/** Reads JSON Web Keys that others wrote, and says in one sentence why one cannot be used. */
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { decodeBase64Url } from '../text/base64.ts'
import { EC_CURVES, ED_CURVES } from './curves.ts'
import type { Jwk } from './jwk.ts'
import { kindOf } from './key-kind.ts'
import { modInverse, toBytes, toNumber } from './numbers.ts'
import { primesOf } from './rsa-numbers.ts'

/** A key, or one sentence on why there is none; the sentence never shows what a member holds. */
export type ReadKey = { readonly key: KeyObject } | { readonly fault: string }

type Octets = { readonly [member: string]: Buffer }
type ReadOctets = { readonly octets: Octets } | { readonly fault: string }

/** Whether a value is an object, as a JWK and a set of them must be. */
export function isJwk(value: unknown): value is Jwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The key of a JWK (RFC 7517, RFC 7518 §6, RFC 8037 §2), strictly: members of the right type,
 * length and spelling, points on their curve. With `part` `public` private members are passed over,
 * else a key with a private half is one, and its halves must belong together.
 */
export function readJwk(jwk: Jwk, part: 'public' | 'whole'): ReadKey {
  switch (jwk.kty) {
    case 'RSA':
      return readRsa(jwk, part)
    case 'EC':
    case 'OKP':
      return readCurve(jwk, jwk.kty, part)
    case 'oct':
      return readSecret(jwk)
    default:
      return {
        fault:
          jwk.kty === undefined
            ? 'The key has no member kty.'
            : 'The kty of the key is none of RSA, EC, OKP and oct.',
      }
  }
}

/** The named members as octets, or what is wrong with the first that is missing or misspelt. */
function octetsOf(jwk: Jwk, names: readonly string[]): ReadOctets {
  const found: Record<string, Buffer> = {}
  for (const name of names) {
    const text = jwk[name]
    if (text === undefined) return { fault: `The key has no member ${name}.` }
    const decoded = typeof text === 'string' ? decodeBase64Url(text) : undefined
    if (decoded === undefined || 'fault' in decoded || decoded.bytes.length === 0) {
      return { fault: `The member ${name} of the key is not base64url without padding.` }
    }
    found[name] = decoded.bytes
  }
  return { octets: found }
}

const CRT_MEMBERS = ['p', 'q', 'dp', 'dq', 'qi'] as const

function readRsa(jwk: Jwk, part: 'public' | 'whole'): ReadKey {
  const isPrivate = part === 'whole' && jwk.d !== undefined
  if (isPrivate && jwk.oth !== undefined) return { fault: 'The RSA key has more than two primes.' }
  const hasPrimes = isPrivate && CRT_MEMBERS.some((name) => jwk[name] !== undefined)
  const names = ['n', 'e', ...(isPrivate ? ['d'] : []), ...(hasPrimes ? CRT_MEMBERS : [])]
  const read = octetsOf(jwk, names)
  if ('fault' in read) return read
  const { octets } = read
  // RFC 7518 §2: as few octets as the number takes.
  const padded = ['n', 'e'].find((name) => octets[name]?.[0] === 0)
  if (padded !== undefined) {
    return { fault: `The member ${padded} of the key begins with a superfluous zero octet.` }
  }
  if (!isPrivate) return created(octets, { kty: 'RSA' }, 'public')
  const whole = hasPrimes ? octets : withPrimes(octets)
  if (whole === undefined || !rsaAgrees(whole)) return { fault: MISMATCHED }
  return created(whole, { kty: 'RSA' }, 'private')
}

// node reads no private RSA key without its primes, which RFC 7518 §6.3.2 only recommends to give.
function withPrimes(octets: Octets): Octets | undefined {
  const number = numbersIn(octets)
  const d = number('d')
  const primes = primesOf(number('n'), number('e'), d)
  const qi = primes && modInverse(primes[1], primes[0])
  if (primes === undefined || qi === undefined) return undefined
  const [p, q] = primes
  const numbers = Object.entries({ p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi })
  const crt = numbers.map(([name, value]) => [name, toBytes(value)] as const)
  return { ...octets, ...Object.fromEntries(crt) }
}

// OpenSSL signs rightly with some wrong members and passes over others, so using the key tells
// nothing.
function rsaAgrees(octets: Octets): boolean {
  const number = numbersIn(octets)
  const [p, q, d] = [number('p'), number('q'), number('d')]
  if (p < 2n || q < 2n || p * q !== number('n')) return false
  return (
    [p, q].every((prime) => (d * number('e')) % (prime - 1n) === 1n % (prime - 1n)) &&
    number('dp') === d % (p - 1n) &&
    number('dq') === d % (q - 1n) &&
    (number('qi') * q) % p === 1n
  )
}

function numbersIn(octets: Octets): (name: string) => bigint {
  return (name) => toNumber(octets[name] ?? Buffer.alloc(0))
}

function readCurve(jwk: Jwk, kty: 'EC' | 'OKP', part: 'public' | 'whole'): ReadKey {
  const { crv } = jwk
  if (typeof crv !== 'string') return { fault: 'The key names no curve in crv.' }
  const curves = kty === 'EC' ? EC_CURVES : ED_CURVES
  const facts = Object.entries(curves).find(([name]) => name === crv)
  if (facts === undefined) {
    const known = Object.keys(curves).join(', ')
    return { fault: `The crv of the key is none that ${kty} keys sign with: ${known}.` }
  }
  const isPrivate = part === 'whole' && jwk.d !== undefined
  const names = [...(kty === 'EC' ? ['x', 'y'] : ['x']), ...(isPrivate ? ['d'] : [])]
  const read = octetsOf(jwk, names)
  if ('fault' in read) return read
  const { octets } = read
  const { size } = facts[1]
  const other = names.find((name) => octets[name]?.length !== size)
  if (other !== undefined) {
    return { fault: `The member ${other} of the key has not the ${size} octets of ${crv}.` }
  }
  return created(octets, { kty, crv }, isPrivate ? 'private' : 'public')
}

function readSecret(jwk: Jwk): ReadKey {
  const read = octetsOf(jwk, ['k'])
  if ('fault' in read) return read
  return { key: createSecretKey(read.octets.k ?? Buffer.alloc(0)) }
}

const MISMATCHED = 'The public and the private members of the key do not belong together.'

function created(octets: Octets, members: Jwk, type: 'public' | 'private'): ReadKey {
  const texts = Object.entries(octets).map(([name, bytes]) => [name, bytes.toString('base64url')])
  const jwk = { ...members, ...Object.fromEntries(texts) }
  try {
    if (type === 'public') return { key: createPublicKey({ key: jwk, format: 'jwk' }) }
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    return belongTogether(key, jwk) ? { key } : { fault: MISMATCHED }
  } catch {
    // node's message may show what it could not read, so it is not passed on.
    return {
      fault:
        members.kty === 'EC'
          ? 'The point of the key is not on its curve.'
          : 'The numbers of the key make no key.',
    }
  }
}

// node takes the halves as they are given; only using both tells whether they are a pair.
function belongTogether(key: KeyObject, jwk: Jwk): boolean {
  const declared = createPublicKey({ key: jwk, format: 'jwk' })
  const hash = kindOf(key)?.kty === 'OKP' ? null : 'sha256'
  const bytes = Buffer.from('one key')
  return verify(hash, bytes, declared, sign(hash, bytes, key))
}
