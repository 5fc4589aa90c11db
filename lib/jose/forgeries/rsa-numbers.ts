/** RSA signatures whose number is out of range or misspelled, under either padding. */
import type { KeyObject } from 'node:crypto'
import { toJwk } from '../jwk.ts'
import { bitLength, toBytes, toNumber } from '../numbers.ts'
import type { Forgery, Material, Need } from './forgery.ts'

/** The public numbers of an RSA key. */
export interface RsaNumbers {
  readonly n: bigint
  readonly e: bigint
  /** Octets of the modulus. */
  readonly size: number
}

/** The numbers of an RSA key, or undefined for a key of another type. */
export function rsaNumbersOf(key: KeyObject | undefined): RsaNumbers | undefined {
  if (key?.asymmetricKeyType !== 'rsa') return undefined
  const jwk = toJwk(key)
  const [n, e] = [jwk.n, jwk.e].map((text) => toNumber(Buffer.from(String(text), 'base64url')))
  if (n === undefined || e === undefined) return undefined
  return { n, e, size: Math.ceil(bitLength(n) / 8) }
}

const RANGE = 'the signature is below n (RFC 8017 §5.2.2)'
const LENGTH = 'it has as many octets as n (RFC 8017 §8.1.2, §8.2.2)'

export const rsaNumberForgeries: readonly Forgery[] = [
  of('rsa-zero', ['public-key'], 'the number is 0, which no padding gives', (it) =>
    toBytes(0n, it.size),
  ),
  of('rsa-one', ['public-key'], 'the number is 1, which no padding gives', (it) =>
    toBytes(1n, it.size),
  ),
  of('rsa-n-minus-one', ['public-key'], 'the number is n-1, which no padding gives', (it) =>
    toBytes(it.n - 1n, it.size),
  ),
  of('rsa-n', ['public-key'], `the number is n; ${RANGE}`, (it) => toBytes(it.n, it.size)),
  of('rsa-plus-n', ['public-key', 'valid-signature'], `n was added; ${RANGE}`, (it, valid) =>
    bitLength(valid + it.n) <= it.size * 8 ? toBytes(valid + it.n, it.size) : undefined,
  ),
  of(
    'rsa-plus-n-long',
    ['public-key', 'valid-signature'],
    `n was added, an octet more; ${RANGE}`,
    (it, valid) => toBytes(valid + it.n, it.size + 1),
  ),
]

/** What needs only the octets of a valid signature. */
export const rsaLengthForgeries: readonly Forgery[] = [
  lengthened('rsa-leading-zero', `a zero octet stands before it; ${LENGTH}`, (valid) =>
    Buffer.concat([Buffer.alloc(1), valid]),
  ),
  lengthened('rsa-trailing-zero', `a zero octet follows; ${LENGTH}`, (valid) =>
    Buffer.concat([valid, Buffer.alloc(1)]),
  ),
  lengthened('rsa-short', `the last octet is missing; ${LENGTH}`, (valid) => valid.subarray(0, -1)),
  lengthened('rsa-half', `it is the first half; ${LENGTH}`, (valid) =>
    valid.subarray(0, valid.length / 2),
  ),
]

function of(
  id: string,
  needs: readonly Need[],
  wrong: string,
  make: (numbers: RsaNumbers, valid: bigint) => Buffer | undefined,
): Forgery {
  return {
    id,
    families: ['rsa-pkcs1', 'rsa-pss'],
    needs,
    wrong,
    make: ({ publicKey, valid = Buffer.alloc(0) }: Material) => {
      const numbers = rsaNumbersOf(publicKey)
      return numbers && make(numbers, toNumber(valid))
    },
  }
}

function lengthened(id: string, wrong: string, change: (valid: Buffer) => Buffer): Forgery {
  return {
    id,
    families: ['rsa-pkcs1', 'rsa-pss'],
    needs: ['valid-signature'],
    wrong,
    make: ({ valid }) => valid && change(Buffer.from(valid)),
  }
}
