import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '../text/random.ts'
import { der, derInteger, derNull, derObjectId, derOctets, derSequence } from './der.ts'
import { bitLength, cubeRootUp, gcd, modInverse, modPow, toBytes, toNumber } from './numbers.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('turns octets into numbers and back', () => {
  assert.equal(toNumber(Buffer.alloc(0)), 0n)
  assert.equal(toNumber(Buffer.from('0100', 'hex')), 256n)
  assert.equal(hex(toBytes(0n)), '00')
  assert.equal(hex(toBytes(0n, 3)), '000000')
  assert.equal(hex(toBytes(256n)), '0100')
  assert.equal(hex(toBytes(5n, 4)), '00000005')
  const random = randomFrom('numbers')
  for (let times = 0; times < 50; times += 1) {
    const bytes = random.bytes(1 + random.int(40))
    assert.equal(hex(toBytes(toNumber(bytes), bytes.length)), hex(bytes))
  }
})

test('refuses numbers that the octets cannot hold', () => {
  assert.throws(() => toBytes(-1n), RangeError)
  assert.throws(() => toBytes(256n, 1), RangeError)
})

test('counts bits', () => {
  assert.deepEqual([0n, 1n, 255n, 256n].map(bitLength), [0, 1, 8, 9])
})

test('computes with a modulus', () => {
  assert.equal(modPow(3n, 200n, 13n), 9n)
  assert.equal(modPow(5n, 0n, 1n), 0n)
  assert.equal(modInverse(3n, 11n), 4n)
  assert.equal(modInverse(-8n, 11n), 4n)
  assert.equal(modInverse(6n, 9n), undefined)
  assert.equal(gcd(48n, 36n), 12n)
})

test('finds cube roots, rounded up', () => {
  assert.deepEqual([0n, 1n, 8n, 9n, 26n, 27n].map(cubeRootUp), [0n, 1n, 2n, 3n, 3n, 3n])
  const large = 12345678901234567890123456789n
  assert.equal(cubeRootUp(large ** 3n), large)
  assert.equal(cubeRootUp(large ** 3n + 1n), large + 1n)
})

test('writes DER', () => {
  assert.equal(hex(derInteger(0n)), '020100')
  assert.equal(hex(derInteger(127n)), '02017f')
  assert.equal(hex(derInteger(128n)), '02020080')
  assert.equal(hex(derObjectId('1.2.840.113549')), '06062a864886f70d')
  assert.equal(hex(derSequence(derNull(), derOctets(Buffer.from([1])))), '30050500040101')
  assert.equal(hex(der(4, Buffer.alloc(200))).slice(0, 6), '0481c8')
  assert.equal(hex(der(4, Buffer.alloc(300))).slice(0, 8), '0482012c')
})
