import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldWanted } from '../model/case.ts'
import { answered, contextOf } from './context.test.support.ts'
import { field } from './field.ts'

const holds = (wanted: FieldWanted, ...values: readonly string[]): boolean | 'unknown' => {
  const fields = values.map((value) => [wanted.name.toLowerCase(), value] as const)
  return field(wanted, contextOf(answered({ fields }))).holds
}

test('a field is present or absent', () => {
  assert.equal(holds({ name: 'Age', present: true }, '1'), true)
  assert.equal(holds({ name: 'Age', present: true }), false)
  assert.equal(holds({ name: 'Age', present: false }), true)
  assert.equal(holds({ name: 'Age', present: false }, ''), false)
})

test('lists are compared by member, without arguments and without letter case', () => {
  const name = 'Cache-Control'
  assert.equal(holds({ name, freeOf: ['public'] }, 'private, max-age=1'), true)
  assert.equal(holds({ name, freeOf: ['public'] }, 'max-age=1', 'PUBLIC'), false)
  assert.equal(holds({ name, freeOf: ['public'] }), true)
  assert.equal(holds({ name, lists: ['no-store', 'private'] }, 'private', 'no-store'), true)
  assert.equal(holds({ name, lists: ['no-store', 'private'] }, 'private'), false)
  assert.equal(holds({ name, listsAny: ['no-store', 'private'] }, 'max-age=0, Private="x"'), true)
  assert.equal(holds({ name, listsAny: ['no-store', 'private'] }, 'max-age=0'), false)
  assert.equal(holds({ name, listsAny: ['no-store', 'private'] }, 'privately'), false)
  assert.equal(holds({ name, listsAny: ['no-store', 'private'] }), false)
})

test('values are held to their syntax, each of them', () => {
  const retry: FieldWanted = { name: 'Retry-After', syntax: 'retry-after' }
  assert.equal(holds(retry, '120'), true)
  assert.equal(holds(retry, 'Sun, 06 Nov 1994 08:49:37 GMT'), true)
  assert.equal(holds(retry, '1.5'), false)
  const info: FieldWanted = { name: 'Authentication-Info', syntax: 'auth-params' }
  assert.equal(holds(info, 'rspauth="6a4f", qop=auth'), true)
  assert.equal(holds(info, 'logged in; realm: "x"'), false)
  const uri: FieldWanted = { name: 'Location', syntax: 'uri-without-userinfo' }
  assert.equal(holds(uri, '/a@b'), true)
  assert.equal(holds(uri, 'http://h.test/a@b'), true)
  assert.equal(holds(uri, 'http://demo@h.test/'), false)
})

test('a cookie that holds a secret of the request has an attribute', () => {
  const secrets = ['correct-Horse-battery']
  const looked = (...cookies: readonly string[]): boolean | 'unknown' => {
    const fields = cookies.map((value) => ['set-cookie', value] as const)
    return field(
      { name: 'Set-Cookie', secretsAre: 'Secure' },
      contextOf(answered({ fields }), { secrets }),
    ).holds
  }
  assert.equal(looked(), true)
  assert.equal(looked('sid=1; Path=/'), true)
  assert.equal(looked('t=correct-Horse-battery; Path=/; secure', 'sid=1'), true)
  assert.equal(looked('sid=1; Secure', 't=correct-Horse-battery; Path=/'), false)
  assert.equal(looked('Secure=correct-Horse-battery; X-Secure'), false)
})

test('every cookie has an attribute', () => {
  const looked = (...cookies: readonly string[]): boolean | 'unknown' => {
    const fields = cookies.map((value) => ['set-cookie', value] as const)
    return field({ name: 'Set-Cookie', cookiesAre: 'Secure' }, contextOf(answered({ fields })))
      .holds
  }
  assert.equal(looked(), true)
  assert.equal(looked('a=1; SECURE; Path=/', 'b=2; Path=/; Secure'), true)
  assert.equal(looked('a=1; Secure', 'b=2; Path=/'), false)
  assert.equal(looked('Secure=1; Path=/Secure'), false)
})

test('what is wanted and what came is told in words', () => {
  const wanted: FieldWanted = {
    name: 'Cache-Control',
    present: true,
    freeOf: ['public'],
    lists: ['max-age'],
    listsAny: ['private', 'no-store'],
    secretsAre: 'Secure',
    cookiesAre: 'Secure',
  }
  const found = field(wanted, contextOf(answered({ fields: [['Cache-Control', 'public\u001b']] })))
  assert.equal(
    found.wanted,
    'Cache-Control: present, without public, with max-age, with private or no-store, Secure where it holds a secret that was sent, Secure in every cookie',
  )
  assert.equal(found.got, 'public\\x1b')
  assert.equal(field(wanted, contextOf(answered({}))).got, 'no Cache-Control')
  assert.equal(field(wanted, contextOf({ ...answered({}), answer: undefined })).holds, 'unknown')
})
