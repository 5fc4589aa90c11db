import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verify } from './algorithms.ts'
import { exampleKey } from './fixtures.ts'
import { leadingZerosOf, signPlainly, signUntil } from './leading-zeros.ts'

const bytes = Buffer.from('text')
const key = exampleKey('es256')

test('zeros before each number of a signature are seen', () => {
  const zeros = (text: string) => leadingZerosOf(Buffer.from(text, 'hex'))
  assert.deepEqual(zeros('01000100'), { r: false, s: false })
  assert.deepEqual(zeros('00ff0100'), { r: true, s: false })
  assert.deepEqual(zeros('01ff00ff'), { r: false, s: true })
})

test('signatures with zeros are valid, and as long as all others', () => {
  for (const half of ['r', 's'] as const) {
    const signature = signUntil('ES256', key, bytes, (zeros) => zeros[half])
    assert.equal(leadingZerosOf(signature)[half], true)
    assert.equal(signature.length, 64)
    assert.ok(verify('ES256', key, bytes, signature))
  }
})

test('plain signatures have no zeros there, whatever chance would have', () => {
  for (let n = 0; n < 600; n += 1) {
    assert.deepEqual(leadingZerosOf(signPlainly('ES256', key, bytes)), { r: false, s: false })
  }
  assert.equal(signPlainly('EdDSA', exampleKey('eddsa'), bytes).length, 64)
})
