import assert from 'node:assert/strict'
import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { issueToken, makeKey, signToken, trusted } from '../bearer/issuer.ts'
import { documentedDataApi } from './policy.ts'
import type { ListedKey, Verdict } from './types.ts'

const key = await makeKey('ES256', 'listed')
const other = await makeKey('ES256', 'other')
const own = trusted(key)

const verdict = (loaded: readonly ListedKey[], token: string): Verdict | Promise<Verdict> => {
  const state = { users: {}, tokenUsers: ['demo-user', 'Mapped'], loaded }
  const policy = documentedDataApi({ ...state, fetched: async () => loaded })
  return policy.bearer(policy, token)
}

const granted = (user = 'demo-user'): Verdict => ({ user })
const refused: Verdict = { refused: 'bad-token' }

test('a kid finds the keys of its name and no others', () => {
  assert.deepEqual(verdict([own], issueToken(key)), granted())
  assert.deepEqual(verdict([own], issueToken(key, {}, { kid: 'unlisted' })), refused)
  assert.deepEqual(verdict([own, trusted(other)], issueToken(key, {}, { kid: 'other' })), refused)
  assert.deepEqual(verdict([], issueToken(key)), refused)
})

test('without a kid the issuer may name the key, else the algorithm finds it', () => {
  const token = (iss: string): string =>
    signToken(key, { alg: 'ES256' }, { iss, sub: 'demo-user', exp: Date.now() })
  assert.deepEqual(verdict([trusted(other), own], token('anybody')), granted())
  assert.deepEqual(verdict([trusted(other), own], token('listed')), granted())
  assert.deepEqual(verdict([trusted(other), own], token('other')), refused)
})

test('a listed key may want an audience, and may say where the name of the user is', () => {
  const audience = (aud: string | string[]): Verdict | Promise<Verdict> =>
    verdict([{ ...own, aud: ['api', 'more'] }], issueToken(key, { aud }))
  assert.deepEqual(audience('api'), granted())
  assert.deepEqual(audience(['x', 'more']), granted())
  assert.deepEqual(audience('x'), refused)
  const mapped: ListedKey = { ...own, usernameFrom: 'upn' }
  assert.deepEqual(verdict([mapped], issueToken(key, { upn: 'Mapped' })), granted('Mapped'))
  assert.deepEqual(verdict([mapped], issueToken(key, { upn: 'mapped' })), refused)
  assert.deepEqual(verdict([mapped], issueToken(key)), refused)
})

test('times count where they are claimed, and an end need not be', () => {
  const now = Math.floor(Date.now() / 1000)
  assert.deepEqual(verdict([own], issueToken(key, { exp: now - 600 })), refused)
  assert.deepEqual(verdict([own], issueToken(key, { nbf: now + 600 })), refused)
  assert.deepEqual(verdict([own], issueToken(key, { exp: undefined as never })), granted())
  assert.deepEqual(verdict([own], issueToken(key, {}, { crit: ['b64'] })), refused)
})

test('a key that is listed anew counts once the set was fetched', async () => {
  let listed: readonly ListedKey[] | undefined = [own]
  const state = { users: {}, tokenUsers: ['demo-user'], loaded: listed }
  const policy = documentedDataApi({ ...state, fetched: async () => listed })
  const token = issueToken(other)
  listed = [trusted(other)]
  assert.deepEqual(policy.bearer(policy, token), refused)
  assert.equal(await policy.refresh(policy), true)
  assert.deepEqual(policy.bearer(policy, token), granted())
  assert.deepEqual(policy.bearer(policy, issueToken(key)), refused)
  listed = undefined
  assert.equal(await policy.refresh(policy), false)
  assert.deepEqual(policy.bearer(policy, token), granted())
})

test('HMAC of each length is verified with a secret of the set', () => {
  const secret = createSecretKey(randomBytes(64))
  for (const [alg, hash] of [
    ['HS256', 'sha256'],
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ] as const) {
    const input = [{ alg, kid: 'secret' }, { sub: 'demo-user' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const mac = createHmac(hash, secret).update(input).digest('base64url')
    const listed: ListedKey = { kid: 'secret', alg, key: secret }
    assert.deepEqual(verdict([listed], `${input}.${mac}`), granted(), alg)
    assert.deepEqual(verdict([listed], `${input}.${mac.slice(0, -4)}`), refused, alg)
    assert.deepEqual(verdict([listed], `${input}.${'A'.repeat(mac.length)}`), refused, alg)
  }
})
