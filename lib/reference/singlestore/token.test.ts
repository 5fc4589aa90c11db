import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueToken, makeKey, signToken, trusted } from '../bearer/issuer.ts'
import { documentedDataApi } from './policy.ts'
import type { ListedKey, Verdict } from './types.ts'

const key = await makeKey('ES256', 'listed')
const other = await makeKey('ES256', 'other')
const own = trusted(key)

const verdict = (listed: readonly ListedKey[], token: string): Verdict => {
  const state = { users: {}, tokenUsers: ['demo-user', 'Mapped'], listed: () => listed }
  const policy = documentedDataApi(state)
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
  const audience = (aud: string | string[]): Verdict =>
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

test('a key that is listed anew counts once the set was fetched', () => {
  let listed: readonly ListedKey[] = [own]
  const policy = documentedDataApi({ users: {}, tokenUsers: ['demo-user'], listed: () => listed })
  const token = issueToken(other)
  listed = [trusted(other)]
  assert.deepEqual(policy.bearer(policy, token), refused)
  policy.refresh()
  assert.deepEqual(policy.bearer(policy, token), granted())
  assert.deepEqual(policy.bearer(policy, issueToken(key)), refused)
})
