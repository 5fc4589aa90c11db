import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send } from '../model/case.ts'
import type { Operation } from '../model/profile.ts'
import { type Built, build, routeOf } from './build.ts'
import type { Missing } from './missing.ts'
import { bytesOfSpans } from './spans.ts'
import { inputOf, targetOf } from './targets.test.support.ts'

type Change = Parameters<typeof inputOf>[1]

const built = (send: Send, change?: Change): Built => {
  const found = build(inputOf(send, change))
  return 'missing' in found ? assert.fail(found.missing) : found
}

const missing = (send: Send, change?: Change): Missing => {
  const found = build(inputOf(send, change))
  return 'missing' in found ? found : assert.fail('nothing was missing')
}

const linesOf = ({ request }: Built): string[] =>
  request.fields.map((line) => `${bytesOfSpans(line.name)}: ${bytesOfSpans(line.value)}`)

const profileOf = (operations: Record<string, Operation>): ReturnType<typeof targetOf> => {
  const { profile } = targetOf()
  return targetOf({ profile: { ...profile, operations } })
}

test('a URL leads to a scheme, a host and a port', () => {
  const routes: readonly (readonly [string, string, string, number])[] = [
    ['http://a.test/x', 'http', 'a.test', 80],
    ['https://a.test/x', 'https', 'a.test', 443],
    ['https://a.test:8443/', 'https', 'a.test', 8443],
    ['http://[::1]:81/', 'http', '::1', 81],
    ['http://127.0.0.1:82/', 'http', '127.0.0.1', 82],
  ]
  for (const [url, scheme, host, port] of routes) {
    assert.deepEqual(routeOf(new URL(url)), { scheme, host, port })
  }
})

test('a plain exchange is the operation, our own lines and the credential', () => {
  const send: Send = { to: 'protected', with: { valid: 'bearer' } }
  const found = built(send, { kind: 'bearer' })
  assert.equal(found.request.method, 'GET')
  assert.equal(bytesOfSpans(found.request.target), '/protected')
  assert.deepEqual(linesOf(found), [
    'Host: 127.0.0.1:8080',
    'User-Agent: agent/1',
    'Accept: */*',
    'Authorization: Bearer bearer-secret-1',
  ])
  assert.equal(found.say, 'GET /protected with the token by Bearer')
  assert.equal(found.fault, undefined)
  assert.equal(found.login, undefined)
  assert.deepEqual(found.secrets, ['bearer-secret-1'])
})

test('fields of the target are secret, and those of the operation are not', () => {
  const post: Operation = {
    method: 'POST',
    path: '/it?b=2',
    fields: [['X-Kind', 'open']],
    body: { type: 'application/json', text: '{}' },
  }
  const target = { ...profileOf({ protected: post }), fields: [['X-Tenant', 'hidden']] as const }
  const found = built({ to: 'protected', with: 'nothing' }, { target, pastCache: true })
  assert.equal(found.request.method, 'POST')
  assert.equal(bytesOfSpans(found.request.target), '/protected/it?b=2')
  assert.deepEqual(linesOf(found), [
    'Host: 127.0.0.1:8080',
    'User-Agent: agent/1',
    'Accept: */*',
    'Cache-Control: no-cache',
    'X-Tenant: hidden',
    'X-Kind: open',
    'Content-Type: application/json',
    'Content-Length: 2',
  ])
  const secrets = found.request.fields.flatMap((line) => line.value.filter((it) => it.secret))
  assert.deepEqual(
    secrets.map(({ text }) => text),
    ['hidden'],
  )
})

test('the faults of credential and request are one sentence', () => {
  const found = built({
    to: 'protected',
    with: { valid: 'basic', but: { user: 'empty', beforeColon: ' ' } },
    but: { method: 'HEAD' },
  })
  assert.equal(
    found.fault,
    'the user-id left empty, and a space before the colon, and the method HEAD',
  )
  assert.equal(found.say, 'HEAD /protected with the default account by Basic')
  assert.deepEqual(found.login, {})
})

test('an operation may be bound for each kind of credential', () => {
  const { profile } = targetOf()
  const by = {
    basic: { method: 'GET', path: '/key' },
    bearer: { method: 'GET', path: '/jwt' },
  } as const
  const target = targetOf({ profile: { ...profile, operations: { protected: { by } } } })
  const nothing: Send = { to: 'protected', with: 'nothing' }
  const path = (kind: 'basic' | 'bearer'): string =>
    bytesOfSpans(built(nothing, { target, kind }).request.target)
  assert.equal(path('basic'), '/protected/key')
  assert.equal(path('bearer'), '/protected/jwt')
  assert.equal(missing(nothing, { target, kind: 'token' }).option, '--profile NAME|FILE')
  assert.equal(missing(nothing, { target, kind: undefined }).option, '--profile NAME|FILE')
})

test('the metadata is asked for where bearer tokens may be taken', () => {
  const { accounts } = targetOf().supplied
  const basic = targetOf({ supplied: { accounts, tokens: {} } })
  const send: Send = { to: 'metadata', with: 'nothing' }
  assert.deepEqual(missing(send, { target: basic, kind: 'basic' }), {
    missing: 'a bearer token',
    option: '--bearer TOKEN',
  })
  const { request } = built(send, { kind: 'bearer' })
  assert.equal(bytesOfSpans(request.target), '/.well-known/oauth-protected-resource/protected')
})

test('the public operation is the URL that the operator named, or one of the profile', () => {
  const open: Send = { to: 'public', with: 'nothing' }
  assert.deepEqual(missing(open), {
    missing: 'a URL that needs no credentials',
    option: '--public URL',
  })
  const named = targetOf({ publicUrl: new URL('http://127.0.0.1:8080/open') })
  assert.equal(bytesOfSpans(built(open, { target: named }).request.target), '/open')
  const bound = profileOf({ public: { method: 'GET', path: '/health' } })
  assert.equal(bytesOfSpans(built(open, { target: bound }).request.target), '/protected/health')
})

test('the key set is at the URL that the operator named, or where the profile says', () => {
  const keys: Send = { to: 'key-set', with: 'nothing' }
  assert.deepEqual(missing(keys), {
    missing: 'the URL of the key set that the server publishes',
    option: '--key-set URL',
  })
  const named = targetOf({ keySetUrl: new URL('http://127.0.0.1:8080/keys?all') })
  assert.equal(bytesOfSpans(built(keys, { target: named }).request.target), '/keys?all')
  const bound = profileOf({ 'key-set': { method: 'GET', path: '/jwks' } })
  assert.equal(bytesOfSpans(built(keys, { target: bound }).request.target), '/protected/jwks')
})

test('what is not there is named with the option that supplies it', () => {
  assert.deepEqual(missing({ to: 'signin', with: 'nothing' }), {
    missing: 'the operation signin',
    option: '--profile NAME|FILE',
  })
  assert.equal(
    missing({ to: 'protected', with: { valid: 'basic', account: 'colon' } }).option,
    '--account colon=USER:PASSWORD',
  )
})

test('the same input gives the same bytes', () => {
  const send: Send = { to: 'protected', with: { valid: 'basic', but: { password: 'other' } } }
  assert.deepEqual(linesOf(built(send)), linesOf(built(send)))
})
