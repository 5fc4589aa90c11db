import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closest, didYouMean, distance } from './suggest.ts'

test('counts inserted, dropped, replaced and swapped letters', () => {
  assert.equal(distance('', ''), 0)
  assert.equal(distance('', 'abc'), 3)
  assert.equal(distance('abc', ''), 3)
  assert.equal(distance('target', 'target'), 0)
  assert.equal(distance('targt', 'target'), 1)
  assert.equal(distance('tarrget', 'target'), 1)
  assert.equal(distance('tarket', 'target'), 1)
  assert.equal(distance('tagret', 'target'), 1)
  assert.equal(distance('kitten', 'sitting'), 3)
})

test('names the nearest within two edits, within one for short words', () => {
  assert.equal(closest('tragte', ['timeout', 'target']), 'target')
  assert.equal(closest('TARGET', ['target']), 'target')
  assert.equal(closest('ca', ['data', 'ca']), 'ca')
  assert.equal(closest('u', ['user', 'ca']), undefined)
  assert.equal(closest('xyzzy', ['target', 'user']), undefined)
})

test('names what a longer word begins with', () => {
  assert.equal(closest('conc', ['config', 'concurrency']), 'concurrency')
  assert.equal(closest('co', ['coverage']), undefined)
})

test('asks whether it was meant', () => {
  assert.equal(didYouMean('lst', ['list']), 'Did you mean list?')
  assert.equal(
    didYouMean('usr', ['user'], (name) => `--${name}`),
    'Did you mean --user?',
  )
  assert.equal(didYouMean('xyzzy', ['list']), undefined)
})
