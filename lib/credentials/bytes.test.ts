import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bytes } from '../model/case.ts'
import { base64, bytesOf, nameBytes, utf8 } from './bytes.ts'
import { bytesOfSpans, plain, secret, secretsOf } from './spans.ts'

test('bytes are text in UTF-8, hexadecimal or a repetition', () => {
  const table: readonly (readonly [Bytes, readonly number[]])[] = [
    ['a\0', [0x61, 0]],
    ['é', [0xc3, 0xa9]],
    ['💡', [0xf0, 0x9f, 0x92, 0xa1]],
    [{ $bytes: '00ff7F' }, [0, 255, 127]],
    [{ $repeat: 'é', times: 2 }, [0xc3, 0xa9, 0xc3, 0xa9]],
    [{ $repeat: 'ab', times: 0 }, []],
  ]
  for (const [value, wanted] of table) {
    assert.deepEqual(
      [...bytesOf(value)].map((char) => char.charCodeAt(0)),
      wanted,
      JSON.stringify(value),
    )
  }
  assert.equal(utf8('ü'), 'Ã¼')
})

test('Base64 is that of RFC 4648 §10', () => {
  const vectors: readonly (readonly [string, string])[] = [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ]
  for (const [bytes, wanted] of vectors) assert.equal(base64(bytes), wanted)
  assert.equal(base64('\xff\xef\xbe'), '/+++')
})

test('bytes are named in words, and never shown where they cannot be printed', () => {
  const table: readonly (readonly [Bytes, string])[] = [
    ['', 'nothing'],
    [' ', 'a space'],
    ['  ', 'two spaces'],
    ['\t', 'a tab'],
    ['\0', 'a NUL'],
    ['\r', 'a CR'],
    ['\n', 'an LF'],
    ['\r\n', 'a CRLF'],
    [',', 'a comma'],
    ['"', 'a double quote'],
    ['x', '"x"'],
    [{ $repeat: 'x', times: 3 }, '3 times "x"'],
    [{ $bytes: '00' }, 'a NUL'],
    [{ $bytes: '1b5b' }, 'the bytes 1b 5b'],
    [{ $bytes: '000102030405060708' }, '9 bytes'],
    ['a'.repeat(41), '41 bytes'],
  ]
  for (const [value, wanted] of table) assert.equal(nameBytes(value), wanted)
})

test('spans keep what is secret and what is the fault apart from the bytes', () => {
  const spans = [plain('a'), plain('b', true), secret('c', 'C'), secret('d', 'D', true)]
  assert.equal(bytesOfSpans(spans), 'abcd')
  assert.deepEqual(secretsOf(spans), ['c', 'd'])
  assert.deepEqual(spans, [
    { text: 'a' },
    { text: 'b', fault: true },
    { text: 'c', secret: 'C' },
    { text: 'd', secret: 'D', fault: true },
  ])
})
