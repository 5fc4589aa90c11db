/** EdDSA signatures that a verifier of RFC 8032 §5.1.7 and §5.2.7 refuses. */
import { ED_CURVES, type EdCurve, type EdCurveFacts } from '../curves.ts'
import { kindOf } from '../key-kind.ts'
import { toBytes, toNumber } from '../numbers.ts'
import { neutralPoint } from '../small-order.ts'
import type { Forgery, Material, Need } from './forgery.ts'

/** The curve and, where the forgery starts from a valid signature, its halves. */
interface Halves extends EdCurveFacts {
  readonly crv: EdCurve
  readonly r: Buffer
  readonly s: Buffer
}

const RANGE = 'S is below the order of the curve (RFC 8032 §5.1.7)'

export const eddsaForgeries: readonly Forgery[] = [
  of('eddsa-zero', [], 'every octet is zero', ({ size }) => Buffer.alloc(size * 2)),
  of('eddsa-neutral-r', [], 'R is the neutral point and S is 0', ({ crv, size }) =>
    Buffer.concat([neutralPoint(crv), Buffer.alloc(size)]),
  ),
  of('eddsa-s-is-order', [], `R is the neutral point and S the order; ${RANGE}`, (it) =>
    Buffer.concat([neutralPoint(it.crv), littleEndian(it.order, it.size)]),
  ),
  of('eddsa-s-plus-order', ['valid-signature'], `the order was added to S; ${RANGE}`, (it) =>
    Buffer.concat([it.r, littleEndian(toNumber(Buffer.from(it.s).reverse()) + it.order, it.size)]),
  ),
  of(
    'eddsa-s-high-bits',
    ['valid-signature'],
    `the three highest bits of S are set; ${RANGE}`,
    (it) => Buffer.concat([it.r, lastOctet(it.s, 0xe0)]),
  ),
  of('eddsa-r-sign', ['valid-signature'], 'the sign of R is flipped', (it) =>
    Buffer.concat([lastOctet(it.r, 0x80), it.s]),
  ),
  of('eddsa-swapped', ['valid-signature'], 'S stands before R', (it) =>
    Buffer.concat([it.s, it.r]),
  ),
  of('eddsa-short', ['valid-signature'], 'the last octet is missing', (it) =>
    Buffer.concat([it.r, it.s.subarray(0, -1)]),
  ),
  of('eddsa-long', ['valid-signature'], 'a zero octet follows', (it) =>
    Buffer.concat([it.r, it.s, Buffer.alloc(1)]),
  ),
]

function of(
  id: string,
  needs: readonly Need[],
  wrong: string,
  make: (halves: Halves) => Buffer,
): Forgery {
  return {
    id,
    families: ['eddsa'],
    needs,
    wrong,
    make: (material) => {
      const halves = halvesOf(material)
      return halves && make(halves)
    },
  }
}

function halvesOf({ publicKey, valid }: Material): Halves | undefined {
  const crv = curveOf(publicKey && kindOf(publicKey), valid?.length)
  const facts = ED_CURVES[crv]
  if (valid !== undefined && valid.length !== facts.size * 2) return undefined
  const bytes = Buffer.from(valid ?? Buffer.alloc(0))
  return { ...facts, crv, r: bytes.subarray(0, facts.size), s: bytes.subarray(facts.size) }
}

// The algorithm's name covers two curves; without a key the length tells them apart.
function curveOf(kind: ReturnType<typeof kindOf>, length: number | undefined): EdCurve {
  if (kind?.kty === 'OKP') return kind.crv
  return length === ED_CURVES.Ed448.size * 2 ? 'Ed448' : 'Ed25519'
}

function littleEndian(value: bigint, size: number): Buffer {
  return toBytes(value, size).reverse()
}

function lastOctet(bytes: Buffer, flipped: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ flipped
  return copy
}
