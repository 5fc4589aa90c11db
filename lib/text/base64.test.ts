import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Decoded,
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  encodeBase64Url,
} from './base64.ts'
import { randomFrom } from './random.ts'

// RFC 4648 §10.
const VECTORS: readonly (readonly [string, string])[] = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
]

const brief = (decoded: Decoded): string =>
  'bytes' in decoded ? decoded.bytes.toString('latin1') : `${decoded.fault}@${decoded.at}`

for (const [plain, encoded] of VECTORS) {
  test(`agrees with RFC 4648 on ${JSON.stringify(plain)}`, () => {
    const unpadded = encoded.replace(/=/g, '')
    assert.equal(encodeBase64(plain), encoded)
    assert.equal(encodeBase64(new TextEncoder().encode(plain)), encoded)
    assert.equal(encodeBase64Url(plain), unpadded)
    assert.equal(brief(decodeBase64(encoded)), plain)
    assert.equal(brief(decodeBase64Url(unpadded)), plain)
  })
}

test('the two alphabets differ in two characters', () => {
  assert.equal(encodeBase64('\xfb\xff\xfe'), '+//+')
  assert.equal(encodeBase64Url('\xfb\xff\xfe'), '-__-')
  assert.equal(brief(decodeBase64('+//+')), '\xfb\xff\xfe')
  assert.equal(brief(decodeBase64Url('-__-')), '\xfb\xff\xfe')
})

test('encodes the part of a buffer that a view shows', () => {
  assert.equal(encodeBase64(new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 4)), 'AgME')
})

const FAULTS: readonly (readonly [text: string, base64: string, base64url: string])[] = [
  ['Zm9v!', 'foreign-character@4', 'foreign-character@4'],
  ['Zm 9v', 'foreign-character@2', 'foreign-character@2'],
  ['Zm9v\n', 'foreign-character@4', 'foreign-character@4'],
  [' Zm9v', 'foreign-character@0', 'foreign-character@0'],
  ['Zm9v\x00', 'foreign-character@4', 'foreign-character@4'],
  ['Zm9\u0101', 'foreign-character@3', 'foreign-character@3'],
  ['Zm9v,', 'foreign-character@4', 'foreign-character@4'],
  ['ab-_', 'other-alphabet@2', 'i\xbf\xbf'],
  ['ab+/', 'i\xbf\xbf', 'other-alphabet@2'],
  ['Zg', 'missing-padding@2', 'f'],
  ['Zg=', 'missing-padding@3', 'excess-padding@2'],
  ['Zg==', 'f', 'excess-padding@2'],
  ['Zg===', 'excess-padding@4', 'excess-padding@2'],
  ['Zm9v=', 'excess-padding@4', 'excess-padding@4'],
  ['Zm9v====', 'excess-padding@4', 'excess-padding@4'],
  ['=', 'excess-padding@0', 'excess-padding@0'],
  ['Zg==Zg==', 'padding-inside@2', 'padding-inside@2'],
  ['Zg=Z', 'padding-inside@2', 'padding-inside@2'],
  ['Z', 'bad-length@0', 'bad-length@0'],
  ['Zm9vZ', 'bad-length@4', 'bad-length@4'],
  ['Zm9vZ===', 'bad-length@4', 'excess-padding@5'],
  ['Zh==', 'trailing-bits@1', 'excess-padding@2'],
  ['Zh', 'missing-padding@2', 'trailing-bits@1'],
  ['Zm9=', 'trailing-bits@2', 'excess-padding@3'],
  ['Zm9vZm9', 'missing-padding@7', 'trailing-bits@6'],
]

for (const [text, base64, base64url] of FAULTS) {
  test(`names what is wrong with ${JSON.stringify(text)}`, () => {
    assert.equal(brief(decodeBase64(text)), base64)
    assert.equal(brief(decodeBase64Url(text)), base64url)
  })
}

test('decodes what it encodes, whatever the bytes', () => {
  const random = randomFrom('base64')
  for (let length = 0; length < 300; length += 1) {
    const bytes = Buffer.from(random.bytes(length))
    assert.equal(brief(decodeBase64(encodeBase64(bytes))), bytes.toString('latin1'))
    assert.equal(brief(decodeBase64Url(encodeBase64Url(bytes))), bytes.toString('latin1'))
  }
})

test('no bytes have two spellings', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_='
  const seen = { base64: new Set<string>(), base64url: new Set<string>() }
  for (const first of ['Z', '/', '_']) {
    for (const second of alphabet) {
      for (const third of alphabet) {
        const standard = decodeBase64(`${first}${second}${third}=`)
        const url = decodeBase64Url(`${first}${second}${third}`)
        if ('bytes' in standard) addOnce(seen.base64, standard.bytes.toString('hex'))
        if ('bytes' in url) addOnce(seen.base64url, url.bytes.toString('hex'))
      }
    }
  }
  assert.ok(seen.base64.size > 2000 && seen.base64url.size > 2000)
})

function addOnce(seen: Set<string>, bytes: string): void {
  assert.ok(!seen.has(bytes), bytes)
  seen.add(bytes)
}
