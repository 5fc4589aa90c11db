/** ECDSA signatures with numbers out of range or spelled otherwise than RFC 7518 §3.4 says. */
import { METHODS, type SigningAlgorithm, sign } from '../algorithms.ts'
import { EC_CURVES, type EcCurveFacts } from '../curves.ts'
import { derInteger, derSequence } from '../der.ts'
import { bitLength, toBytes, toNumber } from '../numbers.ts'
import type { Forgery, Material, Need } from './forgery.ts'

/** The curve of the algorithm and, where the forgery starts from a valid signature, its numbers. */
interface Numbers extends EcCurveFacts {
  readonly r: bigint
  readonly s: bigint
}

const RANGE = 'r and s are from 1 to n-1 (FIPS 186-5 §6.4.2)'
const LENGTH = 'each half has as many octets as the curve (RFC 7518 §3.4)'

export const ecdsaForgeries: readonly Forgery[] = [
  of('ecdsa-zero', [], `r and s are 0; ${RANGE}`, (it) => halves(it, 0n, 0n)),
  of('ecdsa-zero-r', [], `r is 0; ${RANGE}`, (it) => halves(it, 0n, 1n)),
  of('ecdsa-zero-s', [], `s is 0; ${RANGE}`, (it) => halves(it, 1n, 0n)),
  of('ecdsa-ones', [], 'r and s are 1, chosen without the key', (it) => halves(it, 1n, 1n)),
  of('ecdsa-order', [], `r and s are the order, n; ${RANGE}`, (it) =>
    halves(it, it.order, it.order),
  ),
  of('ecdsa-r-above-order', [], `r is n+1; ${RANGE}`, (it) => halves(it, it.order + 1n, 1n)),
  of('ecdsa-all-ones', [], `every bit is set; ${RANGE}`, (it) => Buffer.alloc(it.size * 2, 0xff)),
  of('ecdsa-r-plus-order', ['valid-signature'], `n was added to r; ${RANGE}`, (it) =>
    halves(it, it.r + it.order, it.s),
  ),
  of('ecdsa-s-plus-order', ['valid-signature'], `n was added to s; ${RANGE}`, (it) =>
    halves(it, it.r, it.s + it.order),
  ),
  of(
    'ecdsa-der',
    ['valid-signature'],
    'it is written in DER, not as two numbers of fixed length',
    (it) => derSequence(derInteger(it.r), derInteger(it.s)),
  ),
  of('ecdsa-der-zero', [], 'it is written in DER, and r and s are 0', () =>
    derSequence(derInteger(0n), derInteger(0n)),
  ),
  of('ecdsa-short', ['valid-signature'], `the last octet is missing; ${LENGTH}`, (it) =>
    halves(it, it.r, it.s).subarray(0, -1),
  ),
  of('ecdsa-long', ['valid-signature'], `a zero octet follows; ${LENGTH}`, (it) =>
    Buffer.concat([halves(it, it.r, it.s), Buffer.alloc(1)]),
  ),
  of(
    'ecdsa-padded-halves',
    ['valid-signature'],
    `a zero octet stands before each half; ${LENGTH}`,
    (it) => halves({ ...it, size: it.size + 1 }, it.r, it.s),
  ),
  of('ecdsa-swapped', ['valid-signature'], 's stands before r', (it) => halves(it, it.s, it.r)),
  of('ecdsa-negated-r', ['valid-signature'], 'r was replaced by n-r', (it) =>
    halves(it, it.order - it.r, it.s),
  ),
  {
    id: 'ecdsa-other-hash',
    families: ['ecdsa'],
    needs: ['private-key'],
    wrong: 'it is over another hash than the algorithm names',
    make: ({ alg, input, privateKey }) => {
      const other: SigningAlgorithm = METHODS[alg].hash === 'sha256' ? 'ES512' : 'ES256'
      return privateKey && sign(other, privateKey, input)
    },
  },
  {
    ...of(
      'ecdsa-other-s',
      ['valid-signature'],
      's was replaced by n-s, which verifies as well',
      (it) => halves(it, it.r, it.order - it.s),
    ),
    valid: true,
  },
]

function of(
  id: string,
  needs: readonly Need[],
  wrong: string,
  make: (numbers: Numbers) => Buffer | undefined,
): Forgery {
  return {
    id,
    families: ['ecdsa'],
    needs,
    wrong,
    make: (material) => {
      const numbers = numbersOf(material)
      return numbers && make(numbers)
    },
  }
}

function numbersOf({ alg, valid }: Material): Numbers | undefined {
  const { crv } = METHODS[alg]
  if (crv === undefined) return undefined
  const facts = EC_CURVES[crv]
  if (valid !== undefined && valid.length !== facts.size * 2) return undefined
  const bytes = valid ?? Buffer.alloc(0)
  return {
    ...facts,
    r: toNumber(bytes.subarray(0, facts.size)),
    s: toNumber(bytes.subarray(facts.size)),
  }
}

// Both halves grow where a number does not fit, so that its value is what is wrong.
function halves({ size }: Numbers, r: bigint, s: bigint): Buffer {
  const needed = Math.ceil(Math.max(bitLength(r), bitLength(s)) / 8)
  const width = Math.max(size, needed)
  return Buffer.concat([toBytes(r, width), toBytes(s, width)])
}
