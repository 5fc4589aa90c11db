import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeatedNames } from './json-repeated.ts'

const found = (text: string): readonly string[] => {
  JSON.parse(text)
  return repeatedNames(text).map(({ of, name }) => [...of, name].join('/'))
}

test('a name that an object has twice is found, wherever the object is', () => {
  assert.deepEqual(found('{"a":1,"b":2}'), [])
  assert.deepEqual(found('{"a":1,"b":2,"a":3}'), ['a'])
  assert.deepEqual(found('{"keys":[{"kty":"EC","x":"1"},{"kty":"EC","kty":"RSA"}]}'), [
    'keys/1/kty',
  ])
  assert.deepEqual(found('[{"a":{"b":1,"b":2}},[{"c":0,"c":0,"c":0}]]'), [
    '0/a/b',
    '1/0/c',
    '1/0/c',
  ])
  assert.deepEqual(found('{"keys":[],"keys":[{"a":1}]}'), ['keys'])
})

test('objects beside and inside one another share no names', () => {
  assert.deepEqual(found('{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}'), [])
  assert.deepEqual(found('[[{"a":1}],{"a":1}]'), [])
})

test('values are no names, and escapes are read', () => {
  assert.deepEqual(found('{"a":"a","b":"a\\":1,\\"a","c":["a","a"]}'), [])
  assert.deepEqual(found('{"kty":1,"\\u006bty":2}'), ['kty'])
  assert.deepEqual(found('{"\\"":1,"\\u0022":2}'), ['"'])
})

test('what is no object has no names', () => {
  for (const text of ['1', '"a"', 'null', '[]', '{}', ' [1, 2, ["a"]] ']) {
    assert.deepEqual(found(text), [], text)
  }
})

test('a deep document is read without running out of stack', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
  assert.deepEqual(repeatedNames(deep), [])
})
