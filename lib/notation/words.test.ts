import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyText, array, boolean, finite, json, pair, record, union, whole } from './shape.ts'
import { allowed, found, listed, nearest, quoted } from './words.ts'

test('Says what a value is', () => {
  const said: readonly (readonly [unknown, string])[] = [
    [null, 'null'],
    ['', 'an empty text'],
    ['a"b', 'the text "a"b"'],
    [5, 'the number 5'],
    [false, 'false'],
    [[], 'an empty array'],
    [[1], 'an array'],
    [{}, 'an empty object'],
    [{ a: 1, b: 2 }, 'an object with "a" and "b"'],
    [10n, 'a value of type bigint, which JSON cannot say'],
  ]
  for (const [value, words] of said) assert.equal(found(value), words)
})

test('Says what is allowed', () => {
  const parts = union(
    anyText(),
    finite(),
    whole(1),
    whole(1, 2),
    boolean(),
    array(json()),
    pair(json(), json()),
    record<{ readonly [name: string]: string }>(anyText(), anyText()),
    json(),
  )
  assert.equal(
    allowed(parts.node),
    'a text, a number, a whole number from 1, a whole number from 1 to 2, true or false, ' +
      'an array, an array of two, an object or any JSON value',
  )
})

test('Cuts long text between characters', () => {
  assert.equal(quoted('😀'.repeat(40)), `"${'😀'.repeat(40)}"`)
  assert.equal(quoted('😀'.repeat(41)), `"${'😀'.repeat(40)}…"`)
  assert.equal(quoted('x'.repeat(1_000_000)), `"${'x'.repeat(40)}…"`)
})

test('Lists words', () => {
  assert.equal(listed([], 'or'), '')
  assert.equal(listed(['a'], 'or'), 'a')
  assert.equal(listed(['a', 'b', 'c'], 'and'), 'a, b and c')
})

test('Finds the word that was meant, and none where none is near', () => {
  const words = ['access', 'status', 'challenge', 'challengeFreeOf', 'in']
  const meant: readonly (readonly [string, string | undefined])[] = [
    ['acess', 'access'],
    ['Status', 'status'],
    ['sttaus', 'status'],
    ['challange', 'challenge'],
    ['challengeF', 'challenge'],
    ['challengeFree', 'challengeFreeOf'],
    ['im', 'in'],
    ['xy', undefined],
    ['body', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ]
  for (const [word, expected] of meant)
    assert.equal(nearest(word, words), expected, word.slice(0, 20))
})
