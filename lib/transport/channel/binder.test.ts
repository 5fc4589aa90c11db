// Pinned to the handshake that is resumed in RFC 8448 §4.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { binderOf, hashOfSuite, lengthOf } from './binder.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex')

/** The resumption secret that both sides computed in §3. */
const secret = bytes('4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3')

/** The hello up to its binders, 477 octets. */
const partial = bytes(`
  010001fc03031bc3ceb6bbe39cff938355b5a50adb6db21b7a6af649d7b4bc41
  9d7876487d95000006130113031302010001cd0000000b000900000673657276
  6572ff01000100000a00140012001d0017001800190100010101020103010400
  3300260024001d0020e4ffb68ac05f8d96c99da26698346c6be16482badddafe
  051a66b4f18d668f0b002a0000002b0003020304000d0020001e040305030603
  020308040805080604010501060102010402050206020202002d00020101001c
  00024001001500570000
${'00'.repeat(85)}
  002900dd00b800b22c035d829359ee5ff7af4ec900000000262a6494dc486d2c
  8a34cb33fa90bf1b0070ad3c498883c9367c09a2be785abc55cd226097a3a982
  117283f82a03a143efd3ff5dd36d64e861be7fd61d2827db279cce145077d454
  a3664d4e6da4d29ee03725a6a4dafcd0fc67d2aea70529513e3da2677fa5906c
  5b3f7d8f92f228bda40dda721470f9fbf297b5aea617646fac5c03272e970727
  c621a79141ef5f7de6505e5bfbc388e93343694093934ae4d357fad6aacb`)

test('The binder is the one of the published handshake', () => {
  assert.equal(partial.length, 477)
  assert.equal(
    createHash('sha256').update(partial).digest('hex'),
    '63224b2e4573f2d3454ca84b9d009a04f6be9e05711a8396473aefa01e924a14',
  )
  assert.equal(
    binderOf('sha256', secret, partial).toString('hex'),
    '3add4fb2d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d',
  )
})

test('The hash is that of the suite, and gives as many octets', () => {
  assert.deepEqual([0x1301, 0x1302, 0x1303].map(hashOfSuite), ['sha256', 'sha384', 'sha256'])
  assert.equal(binderOf('sha384', secret, partial).length, lengthOf('sha384'))
})
