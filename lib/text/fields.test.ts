import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldValue, fieldValues, locationShape, mediaTypeOf, parseCacheControl } from './fields.ts'

test('finds lines by name in any letter case', () => {
  const fields = [
    ['Via', 'a'],
    ['Date', 'x'],
    ['VIA', 'b'],
  ] as const
  assert.deepEqual(fieldValues(fields, 'via'), ['a', 'b'])
  assert.equal(fieldValue(fields, 'vIA'), 'a')
  assert.deepEqual(fieldValues(fields, 'server'), [])
  assert.equal(fieldValue(fields, 'server'), undefined)
})

test('reads the media type without its parameters', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['application/json', 'application/json'],
    ['Application/JSON; charset=utf-8', 'application/json'],
    ['text/html;charset=utf-8', 'text/html'],
    [' text/plain ', 'text/plain'],
    ['application/problem+json', 'application/problem+json'],
    ['text/html, text/plain', 'text/html'],
    ['', undefined],
    ['json', undefined],
    ['text/', undefined],
    ['text /html', undefined],
    ['text/html x', undefined],
  ]
  for (const [value, wanted] of rows) assert.equal(mediaTypeOf([['Content-Type', value]]), wanted)
  assert.equal(mediaTypeOf([]), undefined)
})

test('reads cache directives in both notations, over all lines', () => {
  assert.deepEqual(parseCacheControl(['No-Store, max-age=60', 'private="Set-Cookie, X"']), [
    { name: 'no-store', quoted: false },
    { name: 'max-age', value: '60', quoted: false },
    { name: 'private', value: 'Set-Cookie, X', quoted: true },
  ])
  assert.deepEqual(parseCacheControl(['max-age="60",,max-age = 5 , x="a\\"b"']), [
    { name: 'max-age', value: '60', quoted: true },
    { name: 'max-age', value: '5', quoted: false },
    { name: 'x', value: 'a"b', quoted: true },
  ])
})

test('keeps reading cache directives past what is none', () => {
  assert.deepEqual(parseCacheControl(['', ',', '"x", public; y, =5, s-maxage=, no-cache="a']), [
    { name: 'public', quoted: false },
    { name: 's-maxage', value: '', quoted: false },
    { name: 'no-cache', value: 'a', quoted: true },
  ])
})

test('a location is known by what precedes query and fragment', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['/login?next=/a%3Fb#top', '/login'],
    ['https://example.test/login#a?b', 'https://example.test/login'],
    [' /login ', '/login'],
    ['?a=b', ''],
    ['', ''],
    ['/a?b\nc', '/a'],
  ]
  for (const [value, wanted] of rows) assert.equal(locationShape(value), wanted)
})
