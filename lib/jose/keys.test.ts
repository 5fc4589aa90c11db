import assert from 'node:assert/strict'
import { checkPrimeSync, createECDH, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { calculateJwkThumbprint, importJWK } from 'jose'
import { algorithmsOf, sign, unfitness, verify } from './algorithms.ts'
import { EC_CURVES, ED_CURVES, type EdCurve } from './curves.ts'
import { exampleKey, keyOf, rfc } from './fixtures.ts'
import { canonicalJwk, thumbprint, toJwk, toPrivateJwk } from './jwk.ts'
import { kindOf, publicOf } from './key-kind.ts'
import { generateKey, type KeySpec, secretKey } from './keys.ts'
import { bitLength, modInverse, toBytes } from './numbers.ts'
import { rsaFromPrimes } from './rsa-numbers.ts'
import { isSmallOrder, neutralPoint, ORDER_EIGHT } from './small-order.ts'

const specs: readonly KeySpec[] = [
  { kty: 'RSA', size: 1024 },
  { kty: 'EC', crv: 'P-256' },
  { kty: 'EC', crv: 'P-384' },
  { kty: 'EC', crv: 'P-521' },
  { kty: 'EC', crv: 'secp256k1' },
  { kty: 'OKP', crv: 'Ed25519' },
  { kty: 'OKP', crv: 'Ed448' },
  { kty: 'oct', size: 384 },
]

const asJson = (key: KeyObject): string => JSON.stringify(toPrivateJwk(key))

for (const spec of specs) {
  const name = [spec.kty, 'crv' in spec ? spec.crv : ''].join(' ').trim()

  test(`makes the same ${name} key of a seed, and another of another`, () => {
    const key = generateKey(spec, 'seed 1')
    assert.equal(asJson(key), asJson(generateKey(spec, 'seed 1')))
    assert.notEqual(asJson(key), asJson(generateKey({ ...spec }, 'seed 2')))
    const kind = kindOf(key)
    assert.equal(kind?.kty, spec.kty)
    if ('crv' in spec && kind !== undefined && 'crv' in kind) assert.equal(kind.crv, spec.crv)
    if ('size' in spec && kind !== undefined && 'bits' in kind) assert.equal(kind.bits, spec.size)
  })
}

test('makes new keys where there is no seed', () => {
  for (const spec of [...specs.slice(1), { kty: 'RSA', size: 1024, exponent: 3 } as const]) {
    const key = generateKey(spec)
    assert.equal(kindOf(key)?.kty, spec.kty)
    assert.notEqual(asJson(key), asJson(generateKey(spec)))
    for (const alg of algorithmsOf(key)) {
      const bytes = Buffer.from('text')
      assert.ok(verify(alg, key, bytes, sign(alg, key, bytes)), alg)
    }
  }
})

test('makes small RSA keys and keys of a chosen exponent', () => {
  const small = generateKey({ kty: 'RSA', size: 1023, exponent: 3 }, 'small')
  assert.deepEqual(kindOf(small), { kty: 'RSA', bits: 1023, exponent: 3n })
  assert.throws(() => generateKey({ kty: 'RSA', size: 511 }), RangeError)
  assert.throws(() => generateKey({ kty: 'RSA', exponent: 1 }), RangeError)
  assert.throws(() => generateKey({ kty: 'RSA', exponent: 4 }), RangeError)
})

test('makes no RSA key of primes that the exponent does not go with', () => {
  assert.equal(rsaFromPrimes(7n, 13n, 3n), undefined)
  assert.equal(rsaFromPrimes(11n, 11n, 3n), undefined)
})

test('publishes no private member', () => {
  for (const spec of specs.slice(1, -1)) {
    const jwk = toJwk(generateKey(spec, 'published'))
    assert.equal(jwk.d, undefined)
    assert.equal(asPublicOnly(jwk), true)
  }
  assert.deepEqual(Object.keys(toJwk(exampleKey('rs256'))), ['kty', 'n', 'e'])
  assert.throws(() => toJwk(secretKey('secret')), TypeError)
  assert.throws(() => toPrivateJwk(publicOf(exampleKey('es256'))), TypeError)
})

const asPublicOnly = (jwk: object): boolean =>
  Object.keys(jwk).every((name) => ['kty', 'crv', 'x', 'y', 'n', 'e'].includes(name))

test('arranges a JWK: type, members, key', () => {
  const jwk = toJwk(exampleKey('es256'), { kid: 'one', use: 'sig', alg: 'ES256' })
  assert.deepEqual(Object.keys(jwk), ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y'])
  assert.deepEqual(toPrivateJwk(secretKey('abc'), { kid: 'two' }), {
    kty: 'oct',
    kid: 'two',
    k: 'YWJj',
  })
})

for (const { where, jwk, thumbprint: wanted } of rfc.thumbprints) {
  test(`gives the thumbprint of ${where}`, () => {
    assert.equal(thumbprint(keyOf(jwk)), wanted)
    assert.equal(thumbprint(publicOf(keyOf(jwk))), wanted)
  })
}

test('agrees with jose on thumbprints and on what a JWK is', async () => {
  const others = specs.slice(1).filter((one) => !('crv' in one && /k1|Ed448/.test(one.crv)))
  const keys = others.map((spec) => generateKey(spec, 'thumbprint'))
  for (const key of [exampleKey('rs256'), ...keys]) {
    assert.equal(thumbprint(key), await calculateJwkThumbprint(toPrivateJwk(key) as object))
    if (key.type !== 'secret') await importJWK(toJwk(key) as object, algorithmsOf(key)[0] ?? '')
  }
  assert.equal(canonicalJwk(secretKey('abc')), '{"k":"YWJj","kty":"oct"}')
})

test('says which keys fit no algorithm, and why', () => {
  const rsa = exampleKey('rs256')
  assert.deepEqual(algorithmsOf(rsa), ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
  assert.deepEqual(algorithmsOf(exampleKey('es512')), ['ES512'])
  assert.deepEqual(algorithmsOf(generateKey({ kty: 'OKP', crv: 'Ed448' }, 'fit')), ['EdDSA'])
  assert.deepEqual(algorithmsOf(generateKey({ kty: 'EC', crv: 'secp256k1' }, 'fit')), [])
  assert.deepEqual(algorithmsOf(secretKey(Buffer.alloc(48))), ['HS256', 'HS384'])
  assert.deepEqual(algorithmsOf(secretKey('')), [])
  const tiny = generateKey({ kty: 'RSA', size: 1024 }, 'fit')
  assert.equal(unfitness('RS256', tiny), 'has 1024 bits, fewer than 2048')
  assert.equal(unfitness('HS512', secretKey('short')), 'has 40 bits, fewer than 512')
  assert.equal(unfitness('ES384', exampleKey('es256')), 'is on P-256, not on P-384')
  assert.equal(unfitness('EdDSA', rsa), 'is not of the type OKP')
  for (const e of ['AQ', 'BA']) {
    const { n = '' } = toJwk(rsa)
    assert.equal(
      unfitness('PS256', keyOf({ kty: 'RSA', n, e })),
      'has an exponent that is even or 1',
    )
  }
})

test('knows the orders of the curves', () => {
  for (const { named, order, size } of Object.values(EC_CURVES)) {
    const ecdh = createECDH(named)
    const pointOf = (scalar: bigint): string => {
      ecdh.setPrivateKey(toBytes(scalar, size))
      return ecdh.getPublicKey('hex').slice(2)
    }
    // The scalar n-1 is the negative of 1: its point has the same x and another y.
    const [one, last] = [pointOf(1n), pointOf(order - 1n)]
    assert.equal(one.slice(0, size * 2), last.slice(0, size * 2), named)
    assert.notEqual(one, last, named)
  }
  assert.deepEqual(
    Object.values(ED_CURVES).map(({ order }) => [bitLength(order), checkPrimeSync(order)]),
    [
      [253, true],
      [446, true],
    ],
  )
})

const edKeyOf = (crv: EdCurve, point: Uint8Array): KeyObject =>
  keyOf({ kty: 'OKP', crv, x: Buffer.from(point).toString('base64url') })

test('finds points of small order in every spelling', () => {
  const p = (1n << 255n) - 19n
  const d = (-121665n * (modInverse(121666n, p) ?? 0n)) % p
  const spelt = (y: bigint, sign: bigint, size: number): Buffer =>
    toBytes(y | (sign << BigInt(size * 8 - 1)), size).reverse()
  for (const y of ORDER_EIGHT) {
    // Twice such a point has y = 0, which puts its own y at a root of this polynomial.
    assert.equal((((d * y ** 4n + 2n * y ** 2n - 1n) % p) + p) % p, 0n)
  }
  for (const y of [0n, 1n, p - 1n, p, p + 1n, ...ORDER_EIGHT]) {
    for (const sign of [0n, 1n]) {
      assert.ok(isSmallOrder('Ed25519', edKeyOf('Ed25519', spelt(y, sign, 32))), `${y} ${sign}`)
    }
  }
  assert.ok(isSmallOrder('Ed448', edKeyOf('Ed448', neutralPoint('Ed448'))))
  for (const crv of ['Ed25519', 'Ed448'] as const) {
    assert.ok(!isSmallOrder(crv, generateKey({ kty: 'OKP', crv }, 'order')))
  }
})

test('trusts no key of small order, though its signature holds for any text', () => {
  const point = neutralPoint('Ed25519')
  const key = edKeyOf('Ed25519', point)
  const forged = Buffer.concat([point, Buffer.alloc(32)])
  assert.equal(unfitness('EdDSA', key), 'is a point of small order')
  assert.equal(verify('EdDSA', key, Buffer.from('any text'), forged), false)
})
