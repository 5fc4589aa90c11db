import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BasicFault } from '../model/case.ts'
import type { Operation } from '../model/profile.ts'
import { type Built, build } from './build.ts'
import { bytesOfSpans, secretsOf } from './spans.ts'
import { inputOf, targetOf } from './targets.test.support.ts'

const signin: Operation = {
  method: 'POST',
  path: '/signin',
  body: { type: 'application/json', text: '{}' },
  account: 'person',
  members: { user: 'username', password: 'password' },
}

const person = { user: 'Pérson', password: 'a"quoted\\secret' }

const target = targetOf({
  profile: { ...targetOf().profile, operations: { signin }, stranger: 'known-user' },
  supplied: { accounts: { person }, tokens: {} },
})

const built = (sent: 'nothing' | { but?: BasicFault } | 'stranger'): Built => {
  const what =
    sent === 'stranger'
      ? ({ stranger: 'basic' } as const)
      : sent === 'nothing'
        ? sent
        : ({ valid: 'basic', ...sent } as const)
  const found = build(inputOf({ to: 'signin', with: what }, { target }))
  return 'missing' in found ? assert.fail(found.missing) : found
}

const contentOf = ({ request }: Built): Record<string, string> =>
  JSON.parse(Buffer.from(bytesOfSpans(request.body ?? []), 'latin1').toString('utf8'))

test('credentials are members of JSON content and no field, of the account that is meant', () => {
  const found = built({})
  assert.deepEqual(contentOf(found), { username: person.user, password: person.password })
  const names = found.request.fields.map(({ name }) => bytesOfSpans(name).toLowerCase())
  assert.ok(!names.includes('authorization'))
  assert.deepEqual(secretsOf(found.request.body ?? []), ['a\\"quoted\\\\secret'])
  assert.equal(found.say, 'POST /protected/signin with the person account by JSON')
  assert.equal(found.fault, undefined)
})

test('a part that is changed is the fault, and the other part stays', () => {
  const wrong = built({ but: { password: 'other' } })
  assert.equal(contentOf(wrong).username, person.user)
  assert.notEqual(contentOf(wrong).password, person.password)
  assert.match(wrong.fault ?? '', /^the password /)
  assert.ok(wrong.secrets.includes(contentOf(wrong).password ?? ''))
  const other = built({ but: { user: 'other' } })
  assert.equal(contentOf(other).password, person.password)
  assert.match(other.fault ?? '', /^the user-id /)
})

test('a stranger is the known name with another password, and nothing is an empty object', () => {
  const stranger = contentOf(built('stranger'))
  assert.equal(stranger.username, person.user)
  assert.notEqual(stranger.password, person.password)
  assert.deepEqual(contentOf(built('nothing')), {})
})

test('an account that is meant and was not supplied is named', () => {
  const bare = { ...target, supplied: { accounts: {}, tokens: {} } }
  const found = build(inputOf({ to: 'signin', with: { valid: 'basic' } }, { target: bare }))
  assert.deepEqual(found, {
    missing: 'an account named person',
    option: '--account person=USER:PASSWORD',
  })
})
