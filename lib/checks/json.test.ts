import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonForm, JsonWanted } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import type { Checked } from './check.ts'
import { answered, contextOf } from './context.test.support.ts'
import { json } from './json.ts'

const look = (wanted: JsonWanted, answer: Partial<Answer>, target = 'https://h.test/a'): Checked =>
  json(wanted, contextOf(answered(answer), { target: new URL(target) }))

const holds = (form: JsonForm, value: unknown, target?: string): boolean | 'unknown' =>
  look({ '/a': form }, { body: JSON.stringify({ a: value }) }, target).holds

test('a value has a form', () => {
  const table: readonly (readonly [JsonForm, unknown, boolean])[] = [
    ['present', null, true],
    ['present', undefined, false],
    ['object', {}, true],
    ['object', [], false],
    ['object', null, false],
    ['filled', [0], true],
    ['filled', undefined, true],
    ['filled', '', true],
    ['filled', [], false],
    ['url', 'http://h.test/a?b', true],
    ['url', 'https://h.test/#a', false],
    ['url', 'https://h.test/#', false],
    ['url', '/a', false],
    ['url', 1, false],
    ['url', undefined, false],
    ['https-url', 'https://h.test', true],
    ['https-url', 'http://h.test', false],
    [{ hasAny: ['b', 'c'] }, { c: null }, true],
    [{ hasAny: ['b'] }, { c: 1 }, false],
    [{ hasAny: ['length'] }, ['a'], false],
    [{ hasAny: ['toString'] }, {}, false],
    [{ lists: ['b'] }, ['b', 'c'], true],
    [{ lists: ['b', 'd'] }, ['b', 'c'], false],
    [{ lists: ['b'] }, undefined, false],
    [{ lists: ['b'] }, 'b', false],
    [{ omits: ['b'] }, undefined, true],
    [{ omits: ['b'] }, ['c'], true],
    [{ omits: ['d', 'b'] }, ['b'], false],
    [{ lists: ['b'], omits: ['c'] }, ['b', 'd'], true],
    [{ lists: ['b'], omits: ['c'] }, ['b', 'c'], false],
  ]
  for (const [form, value, wanted] of table)
    assert.equal(holds(form, value), wanted, `${JSON.stringify(form)} ${JSON.stringify(value)}`)
})

test('a URL is the one that was asked for, or leads to it', () => {
  const table: readonly (readonly [string, string, 'same' | 'above' | 'other'])[] = [
    ['https://h.test/a', 'https://h.test/a', 'same'],
    ['https://h.test/', 'https://h.test', 'same'],
    ['https://h.test/a?x', 'https://h.test/a?x', 'same'],
    ['https://h.test/a', 'https://h.test/', 'above'],
    ['https://h.test/a/b', 'https://h.test/a', 'above'],
    ['https://h.test/a?x', 'https://h.test/a', 'above'],
    ['https://h.test/a', 'https://h.test/ab', 'other'],
    ['https://h.test/ab', 'https://h.test/a', 'other'],
    ['https://h.test/a', 'https://h.test/a/', 'other'],
    ['https://h.test/a', 'http://h.test/a', 'other'],
    ['https://h.test/a', 'https://h.test:8443/a', 'other'],
    ['https://h.test/a', 'https://other.test/a', 'other'],
    ['http://h.test:8080/a', 'https://h.test/a', 'same'],
    ['http://h.test/a', 'https://other.test/a', 'other'],
    ['http://127.0.0.1:1234/a', 'https://h.test/a', 'same'],
    ['http://[::1]:1234/a', 'https://h.test/a', 'same'],
    ['http://api:1234/a', 'https://h.test/a', 'same'],
    ['http://api.localhost/a', 'https://h.test/a', 'same'],
    ['http://127.0.0.1:1234/a', 'https://h.test/b', 'other'],
  ]
  for (const [target, named, wanted] of table) {
    const say = `${named} for ${target}`
    assert.equal(holds('target', named, target), wanted === 'same', say)
    assert.equal(holds('target-or-above', named, target), wanted !== 'other', say)
  }
  const body = '{"a":"https://h.test/a"}'
  assert.equal(json({ '/a': 'target' }, contextOf(answered({ body }))).holds, false)
})

test('all places have to be as wanted, and the first that is not is told', () => {
  const body = '{"a":[],"b":{"c":"d\\u001b"}}'
  const wanted: JsonWanted = { '': 'object', '/a': 'present', '/b/c': 'url', '/d': 'present' }
  const found = look(wanted, { body })
  assert.equal(found.holds, false)
  assert.equal(
    found.wanted,
    'the content is an object, /a is there, /b/c is an absolute URL without a fragment, /d is there',
  )
  assert.equal(found.got, '/b/c is "d\\\\u001b"')
  assert.equal(look({ '/d': 'present' }, { body }).got, '/d is nothing')
  assert.equal(
    look({ '': { hasAny: ['b', 'e'] } }, { body }).wanted,
    'the content is an object with b or e',
  )
  assert.equal(
    look({ '/a': { lists: ['x'], omits: ['y', 'z'] } }, { body }).wanted,
    '/a is with x and without y, z',
  )
})

test('what is private of a key is not told, however short it is', () => {
  const body = '{"keys":[{"kty":"oct","k":"short","kid":"a"}]}'
  const got = (pointer: string, operation: string): string =>
    json({ [pointer]: 'url' }, contextOf(answered({ body }), { operation })).got
  assert.equal(got('/keys/0/k', 'key-set'), '/keys/0/k is "[secret]"')
  assert.equal(got('/keys/0/kid', 'key-set'), '/keys/0/kid is "a"')
  assert.doesNotMatch(got('/keys/0', 'protected'), /short/)
  assert.doesNotMatch(got('', 'key-set'), /short/)
})

test('content that is no JSON has no place in it, and nothing is known of content that was cut', () => {
  assert.deepEqual(
    { got: 'no JSON', holds: false },
    (({ got, holds }) => ({ got, holds }))(look({ '': 'object' }, { body: '<html>' })),
  )
  assert.equal(look({ '': 'object' }, { body: '{"a":', cut: true }).holds, 'unknown')
  const violations = [{ code: 'cut-short', say: '' }]
  assert.equal(look({ '': 'object' }, { body: '{"a":', violations }).holds, 'unknown')
  const silent = json({ '': 'object' }, contextOf({ ...answered({}), answer: undefined }))
  assert.equal(silent.holds, 'unknown')
})
