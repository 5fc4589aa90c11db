import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Base64Change } from '../model/case.ts'
import { encodeWith, labelBase64, sayBase64Change } from './base64-change.ts'

/** What Node's lenient decoder makes of it, which reads both alphabets and skips what is foreign. */
const lenient = (text: string): string => Buffer.from(text, 'base64').toString('latin1')

// Lengths 6, 7 and 8: no padding, two and one equals signs.
const ALICE = 'ab:cde'
const BOB = 'ab:cdef'
const CAROL = 'ab:cdefg'

const changes: readonly Base64Change[] = [
  'padding-absent',
  'padding-excess',
  'url-safe',
  'trailing-bits',
  'dangling-symbol',
  'letters-swapped',
  'in-two-pieces',
  'twice',
  'not-encoded',
  { insert: ' ', at: 'start' },
  { insert: '!', at: 'middle' },
  { insert: { $bytes: 'ff' }, at: 'end' },
]

test('Base64 without a change is the one that RFC 4648 §4 gives', () => {
  assert.equal(encodeWith(ALICE, undefined), 'YWI6Y2Rl')
  assert.equal(encodeWith(BOB, undefined), 'YWI6Y2RlZg==')
  assert.equal(encodeWith(CAROL, undefined), 'YWI6Y2RlZmc=')
})

test('each change of the Base64 text gives exactly these bytes', () => {
  const table: readonly (readonly [string, Base64Change, string])[] = [
    [BOB, 'padding-absent', 'YWI6Y2RlZg'],
    [CAROL, 'padding-absent', 'YWI6Y2RlZmc'],
    [ALICE, 'padding-absent', 'YWI6Y2Rl'],
    [BOB, 'padding-excess', 'YWI6Y2RlZg==='],
    [CAROL, 'padding-excess', 'YWI6Y2RlZmc=='],
    [ALICE, 'padding-excess', 'YWI6Y2Rl'],
    ['\xff\xef\xbe', 'url-safe', '_---'],
    [BOB, 'trailing-bits', 'YWI6Y2RlZh=='],
    [CAROL, 'trailing-bits', 'YWI6Y2RlZmd='],
    [ALICE, 'trailing-bits', 'YWI6Y2Rl'],
    [ALICE, 'dangling-symbol', 'YWI6Y2RlA'],
    [BOB, 'letters-swapped', 'ywi6y2rLzG=='],
    [ALICE, 'in-two-pieces', 'YWI=OmNkZQ=='],
    [CAROL, 'in-two-pieces', 'YWI6Yw==ZGVmZw=='],
    ['a', 'in-two-pieces', 'YQ=='],
    [ALICE, 'twice', 'WVdJNlkyUmw='],
    [ALICE, 'not-encoded', 'ab:cde'],
    [ALICE, { insert: ' ', at: 'start' }, ' YWI6Y2Rl'],
    [ALICE, { insert: ' ', at: 'middle' }, 'YWI6 Y2Rl'],
    [BOB, { insert: '=', at: 'middle' }, 'YWI6=Y2RlZg=='],
    [ALICE, { insert: '~', at: 'end' }, 'YWI6Y2Rl~'],
    [ALICE, { insert: { $bytes: 'ff' }, at: 'middle' }, 'YWI6\xffY2Rl'],
    [ALICE, { insert: { $repeat: '\n', times: 2 }, at: 'middle' }, 'YWI6\n\nY2Rl'],
  ]
  for (const [bytes, change, wanted] of table) {
    assert.equal(encodeWith(bytes, change), wanted, JSON.stringify(change))
  }
})

test('what a lenient decoder reads is the same text, so that the spelling is the only fault', () => {
  const spelled: readonly Base64Change[] = [
    'padding-absent',
    'padding-excess',
    'url-safe',
    'trailing-bits',
    { insert: '!', at: 'start' },
    { insert: ' ', at: 'middle' },
    { insert: '\t', at: 'end' },
  ]
  for (const bytes of [ALICE, BOB, CAROL, '\xff\xef\xbe:\xfb\xff', 'x'.repeat(101)]) {
    for (const change of spelled) {
      assert.equal(lenient(encodeWith(bytes, change)), bytes, JSON.stringify(change))
    }
  }
})

test('a dangling symbol gives a length that no data has', () => {
  for (let length = 3; length <= 12; length += 3) {
    const text = encodeWith('x'.repeat(length), 'dangling-symbol')
    assert.equal(text.length % 4, 1, text)
    assert.match(text, /^[A-Za-z0-9+/]+$/)
  }
  assert.equal(encodeWith(BOB, 'dangling-symbol'), 'YWI6Y2RlZg==', 'padding has no room for it')
})

test('Base64 of Base64 decodes twice', () => {
  assert.equal(lenient(lenient(encodeWith(CAROL, 'twice'))), CAROL)
})

test('each change has words of its own for a sentence and for a label', () => {
  const said = changes.map(sayBase64Change)
  const labels = [undefined, ...changes].map(labelBase64)
  assert.equal(new Set(said).size, changes.length)
  assert.equal(new Set(labels).size, changes.length + 1)
  for (const words of [...said, ...labels]) assert.match(words, /^[\x20-\x7e]{5,}$/)
  assert.equal(
    sayBase64Change({ insert: { $bytes: 'ff' }, at: 'end' }),
    'the bytes ff after the Base64 text',
  )
  assert.equal(sayBase64Change({ insert: ' ', at: 'start' }), 'a space before the Base64 text')
  assert.equal(labelBase64({ insert: '\t', at: 'middle' }), 'Base64, a tab inserted')
})

test('what is inserted in the middle stands inside, however short the text', () => {
  for (const pair of [':', 'a:b', ALICE, BOB]) {
    const plain = encodeWith(pair, undefined)
    const changed = encodeWith(pair, { insert: '!', at: 'middle' })
    assert.equal(changed.replace('!', ''), plain)
    const where = changed.indexOf('!')
    assert.ok(where > 0 && where < plain.length, changed)
  }
})
