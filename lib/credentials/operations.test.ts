import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindsOffered, operationOf, urlOf } from './operations.ts'
import { targetOf } from './targets.test.support.ts'

test('a path is appended to the URL of the target, and none is the URL itself', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['http://h/a', '', 'http://h/a'],
    ['http://h/a?x=1', '', 'http://h/a?x=1'],
    ['http://h', '/v1', 'http://h/v1'],
    ['http://h/', '/v1', 'http://h/v1'],
    ['http://h/api/', '/v1', 'http://h/api/v1'],
    ['http://h/api', '/v1?q=1', 'http://h/api/v1?q=1'],
    ['http://h/api?old=1', '/v1?q=1', 'http://h/api/v1?q=1'],
  ]
  for (const [base, path, wanted] of table) {
    const url = new URL(base)
    assert.equal(urlOf(url, path).href, new URL(wanted).href)
    assert.equal(url.href, new URL(base).href, 'the URL of the target is left alone')
  }
})

test('an operation that nothing is bound to is none', () => {
  assert.equal(operationOf(targetOf(), 'signin', 'basic'), undefined)
  assert.equal(operationOf(targetOf(), 'public', 'basic'), undefined)
})

test('metadata lies where the challenge says, or at a URL that is derived from the target', () => {
  const table: readonly (readonly [string, string])[] = [
    ['https://h.test', 'https://h.test/.well-known/oauth-protected-resource'],
    ['https://h.test/', 'https://h.test/.well-known/oauth-protected-resource'],
    ['https://h.test/a/b?c', 'https://h.test/.well-known/oauth-protected-resource/a/b?c'],
  ]
  for (const [from, wanted] of table) {
    const target = targetOf({ url: new URL(from) })
    for (const name of ['metadata', 'well-known-metadata'])
      assert.equal(operationOf(target, name, undefined)?.url.href, wanted)
    assert.equal(target.url.href, new URL(from).href)
  }
  const { accounts } = targetOf().supplied
  const basic = targetOf({ supplied: { accounts, tokens: {} } })
  assert.equal(operationOf(basic, 'metadata', 'basic'), undefined)
  const metadataUrl = new URL('http://127.0.0.1:8080/about')
  const told = targetOf({ metadataUrl })
  assert.equal(operationOf(told, 'metadata', 'basic')?.url.href, metadataUrl.href)
  assert.match(
    operationOf(told, 'well-known-metadata', 'basic')?.url.pathname ?? '',
    /^\/.well-known/,
  )
  const { profile } = targetOf()
  const bound = { ...profile, operations: { metadata: { method: 'GET', path: '/meta' } } }
  const own = operationOf(targetOf({ profile: bound, metadataUrl }), 'metadata', 'basic')
  assert.equal(own?.url.pathname, '/protected/meta')
})

test('the kinds on offer are those that were supplied and that the profile takes', () => {
  const { profile, supplied } = targetOf()
  assert.deepEqual(kindsOffered(targetOf()), ['basic', 'token', 'bearer'])
  const nothing = targetOf({ supplied: { accounts: {}, tokens: {} } })
  assert.deepEqual(kindsOffered(nothing), [])
  // Another account alone is not what the target is asked with.
  const other = { accounts: { colon: { user: 'a', password: 'b:c' } }, tokens: {} }
  assert.deepEqual(kindsOffered(targetOf({ supplied: other })), [])
  const strict = targetOf({ profile: { ...profile, accepts: ['bearer', 'basic'] } })
  assert.deepEqual(kindsOffered(strict), ['basic', 'bearer'])
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = `${encode({ alg: 'HS256' })}.${encode({ sub: 'a' })}.AAAA`
  const issued = targetOf({ supplied: { ...supplied, bearer: jwt } })
  assert.deepEqual(kindsOffered(issued), ['basic', 'token', 'bearer', 'jwt'])
})
