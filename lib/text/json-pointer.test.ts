import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointerGet, pointerOf, pointerSteps } from './json-pointer.ts'
import { randomFrom } from './random.ts'

// The document and answers of RFC 6901 §5.
const DOCUMENT = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
}
const ANSWERS: readonly (readonly [string, unknown])[] = [
  ['', DOCUMENT],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
]

test('finds what RFC 6901 says each pointer names', () => {
  for (const [pointer, wanted] of ANSWERS) assert.deepEqual(pointerGet(DOCUMENT, pointer), wanted)
})

test('names nothing where there is nothing', () => {
  for (const pointer of [
    ...['foo', '/bar', '/foo/2', '/foo/-', '/foo/00', '/foo/01', '/foo/-1', '/foo/1e0', '/foo/ 0'],
    ...['/foo/length', '/foo/0/0', '/a~1b/x', '/constructor', '/__proto__', '/toString', '/m~2n'],
    ...['/m~', '#/foo', '//foo'],
  ]) {
    assert.equal(pointerGet(DOCUMENT, pointer), undefined, pointer)
  }
  assert.equal(pointerGet(null, '/a'), undefined)
  assert.equal(pointerGet('abc', '/0'), undefined)
  assert.equal(pointerGet({ a: { b: null } }, '/a/b'), null)
})

test('undoes ~01 in the order the text demands', () => {
  assert.deepEqual(pointerSteps('/~01/~10'), ['~1', '/0'])
  assert.equal(pointerGet({ '~1': 'x' }, '/~01'), 'x')
})

test('writes pointers that it reads back', () => {
  assert.equal(pointerOf([]), '')
  assert.equal(pointerOf(['a/b', 0, 'm~n', '']), '/a~1b/0/m~0n/')
  const random = randomFrom('json-pointer')
  for (let i = 0; i < 500; i += 1) {
    const path = Array.from({ length: random.int(5) }, () => random.text(random.int(4), 'a~/01-"'))
    assert.deepEqual(pointerSteps(pointerOf(path)), path)
  }
})
