/**
 * RSA keys from their numbers: from a seed, with chosen exponents, or with only `n`, `e` and `d`.
 */
import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto'
import type { Random } from '../text/random.ts'
import { gcd, modInverse, modPow, toBytes, toNumber } from './numbers.ts'

/** The private key of two primes and a public exponent; undefined where no such key exists. */
export function rsaFromPrimes(p: bigint, q: bigint, e: bigint): KeyObject | undefined {
  const d = modInverse(e, (p - 1n) * (q - 1n))
  const qi = modInverse(q, p)
  if (d === undefined || qi === undefined) return undefined
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi }
  const members = Object.entries(numbers).map(([name, value]) => [
    name,
    toBytes(value).toString('base64url'),
  ])
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' })
}

/** The RSA key of exactly `bits` bits that a random stream gives. */
export function rsaFromRandom(random: Random, bits: number, e: bigint): KeyObject {
  for (;;) {
    const p = primeFrom(random, Math.ceil(bits / 2))
    const q = primeFrom(random, Math.floor(bits / 2))
    const key = p === q ? undefined : rsaFromPrimes(p, q, e)
    if (key !== undefined) return key
  }
}

// The two highest bits are set so that the product of two primes has all the bits it should.
function primeFrom(random: Random, bits: number): bigint {
  for (;;) {
    const drawn = toNumber(random.bytes(Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n)
    const candidate = drawn | (3n << BigInt(bits - 2)) | 1n
    if (gcd(candidate, SMALL_PRIMES) === 1n && checkPrimeSync(candidate)) return candidate
  }
}

/**
 * A 2048-bit key whose primes have the form that CVE-2017-15361 gave them, so that its modulus
 * alone tells that it can be factored.
 */
export function rsaWithWeakPrimes(random: Random): KeyObject {
  const primorial = primesBelow(702).reduce((product, prime) => product * BigInt(prime), 1n)
  const least = (3n << 1022n) / primorial + 1n
  const choices = (1n << 1024n) / primorial - least - 1n
  const prime = (): bigint => {
    for (;;) {
      const multiple = least + (toNumber(random.bytes(16)) % choices)
      const power = modPow(65537n, toNumber(random.bytes(16)), primorial)
      const candidate = multiple * primorial + power
      if (checkPrimeSync(candidate)) return candidate
    }
  }
  for (;;) {
    const key = rsaFromPrimes(prime(), prime(), 65537n)
    if (key !== undefined) return key
  }
}

/** The product of the odd primes below 1000: what shares a factor with it need not be tested. */
const SMALL_PRIMES: bigint = primesBelow(1000)
  .slice(1)
  .reduce((product, prime) => product * BigInt(prime), 1n)

/** The primes below a limit, in order. */
export function primesBelow(limit: number): number[] {
  const numbers = Array.from({ length: Math.max(limit - 2, 0) }, (_, index) => index + 2)
  return numbers.filter((n) => numbers.every((m) => m * m > n || n % m !== 0))
}

/**
 * The primes of a modulus whose private exponent is known (FIPS 186-5 A.1.3 in reverse), larger
 * first; undefined where the exponents do not belong together.
 */
export function primesOf(n: bigint, e: bigint, d: bigint): readonly [bigint, bigint] | undefined {
  const multiple = e * d - 1n
  if (multiple <= 0n || multiple % 2n === 1n) return undefined
  // Half of all bases reveal a factor; a modulus that 30 of them do not split is no product of two.
  for (const base of primesBelow(114).map(BigInt)) {
    const factor = factorBy(base, multiple, n)
    if (factor !== undefined)
      return factor > n / factor ? [factor, n / factor] : [n / factor, factor]
  }
  return undefined
}

// A root of 1 that is neither 1 nor -1 shares a factor with the modulus when 1 is taken away.
function factorBy(base: bigint, multiple: bigint, n: bigint): bigint | undefined {
  let exponent = multiple
  while (exponent % 2n === 0n) {
    exponent /= 2n
    const root = modPow(base, exponent, n)
    if (root === 1n) continue
    const factor = gcd(root - 1n, n)
    return factor > 1n && factor < n ? factor : undefined
  }
  return undefined
}
