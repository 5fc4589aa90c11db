/** Edwards points under which a signature says nothing about its message. */
import type { KeyObject } from 'node:crypto'
import { ED_CURVES, type EdCurve } from './curves.ts'
import { publicOf } from './key-kind.ts'
import { toBytes, toNumber } from './numbers.ts'

/** The fields the curves are over (RFC 8032 §5.1, §5.2). */
const FIELD: Readonly<Record<EdCurve, bigint>> = {
  Ed25519: (1n << 255n) - 19n,
  Ed448: (1n << 448n) - (1n << 224n) - 1n,
}

/** The `y` of Ed25519's points of order 8; the other points of small order have 0, 1 or -1. */
export const ORDER_EIGHT: readonly bigint[] = [
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
]

/** Whether a public key is a point of small order, however it is spelled. */
export function isSmallOrder(crv: EdCurve, key: KeyObject): boolean {
  const point = pointOf(key)
  const field = FIELD[crv]
  // The last bit of the last octet is the sign of x.
  const y =
    (toNumber(Buffer.from(point).reverse()) & ((1n << BigInt(point.length * 8 - 1)) - 1n)) % field
  return [0n, 1n, field - 1n].includes(y) || (crv === 'Ed25519' && ORDER_EIGHT.includes(y))
}

/**
 * The spelling of the neutral element, under which any message has the signature `R = A`, `S = 0`.
 */
export function neutralPoint(crv: EdCurve): Buffer {
  return toBytes(1n, ED_CURVES[crv].size).reverse()
}

function pointOf(key: KeyObject): Buffer {
  const { x = '' } = publicOf(key).export({ format: 'jwk' })
  return Buffer.from(x, 'base64url')
}
