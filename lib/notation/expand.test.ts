import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case, SendCase, Suite } from '../model/case.ts'
import { isRequestMember, variationsOf } from './expand.ts'
import { denied, sound } from './fixtures/suites.ts'

function sends(send: SendCase['send'], examples?: SendCase['examples']): SendCase {
  return {
    id: 'one',
    title: 'Refuses it',
    severity: 'low',
    harm: 'None.',
    fix: 'None.',
    send,
    ...(examples === undefined ? {} : { examples }),
    expect: [denied],
  }
}

function suiteOf(case_: Case): Suite {
  return { id: 'suite', title: 'x', about: 'x', cases: [case_] }
}

test('A case without examples, with steps or that watches has one variation', () => {
  for (const case_ of sound.cases) {
    if (case_.examples !== undefined) continue
    const [only, ...more] = variationsOf(sound, case_)
    assert.deepEqual(more, [])
    assert.equal(only?.id, case_.id)
    assert.equal(only?.suite, 'every-kind')
    assert.equal(only?.case, case_)
    assert.equal(only?.send, case_.send)
    assert.ok(!('example' in (only ?? {})))
  }
})

test('With examples only the merged ones run, in their order', () => {
  const case_ = sends(
    { to: 'protected', with: { valid: 'jwt', but: { header: { typ: 'JWT' }, signature: 'kept' } } },
    { lower: { header: { alg: 'none' } }, empty: { signature: 'empty' } },
  )
  assert.deepEqual(
    variationsOf(suiteOf(case_), case_).map(({ id, example, send }) => ({ id, example, send })),
    [
      {
        id: 'one/lower',
        example: 'lower',
        send: {
          to: 'protected',
          with: {
            valid: 'jwt',
            but: { header: { typ: 'JWT', alg: 'none' }, signature: 'kept' },
          },
        },
      },
      {
        id: 'one/empty',
        example: 'empty',
        send: {
          to: 'protected',
          with: { valid: 'jwt', but: { header: { typ: 'JWT' }, signature: 'empty' } },
        },
      },
    ],
  )
})

test('Header and claims merge one level deep, other members replace, null is null', () => {
  const case_ = sends(
    {
      to: 'protected',
      with: {
        valid: 'jwt',
        but: {
          claims: { aud: { a: 1 }, sub: 'x' },
          claimsJson: { before: ' ', written: 'spaced' },
        },
      },
    },
    {
      one: {
        claims: { aud: { b: 2 }, exp: null, iat: { $absent: true } },
        claimsJson: { nested: 9 },
      },
    },
  )
  const [only] = variationsOf(suiteOf(case_), case_)
  assert.deepEqual(only?.send?.with, {
    valid: 'jwt',
    but: {
      claims: { aud: { b: 2 }, sub: 'x', exp: null, iat: { $absent: true } },
      claimsJson: { nested: 9 },
    },
  })
})

test('Members of the request go to the request, the rest to the credential', () => {
  const case_ = sends(
    { to: 'protected', with: { valid: 'basic', account: 'colon' }, but: { host: 'twice' } },
    { both: { method: 'HEAD', user: 'other' }, none: {} },
  )
  const [both, none] = variationsOf(suiteOf(case_), case_)
  assert.deepEqual(both?.send, {
    to: 'protected',
    with: { valid: 'basic', account: 'colon', but: { user: 'other' } },
    but: { host: 'twice', method: 'HEAD' },
  })
  assert.deepEqual(none?.send, case_.send)
  assert.ok(isRequestMember('bulk') && !isRequestMember('user'))
})

test('What carries no fault of a credential is sent as it stands', () => {
  for (const credential of ['nothing', { stranger: 'jwt' }, { authorization: 'x' }] as const) {
    const case_ = sends({ to: 'protected', with: credential }, { one: { user: 'other' } })
    assert.deepEqual(variationsOf(suiteOf(case_), case_)[0]?.send, case_.send)
  }
})

test('An example writes the field of a written credential otherwise', () => {
  const case_ = sends(
    { to: 'protected', with: { authorization: 'x' } },
    { one: { authorization: { $bytes: 'ff' } }, two: { method: 'HEAD' } },
  )
  assert.deepEqual(
    variationsOf(suiteOf(case_), case_).map(({ send }) => send),
    [
      { to: 'protected', with: { authorization: { $bytes: 'ff' } } },
      { to: 'protected', with: { authorization: 'x' }, but: { method: 'HEAD' } },
    ],
  )
})

test('Expanding changes nothing in the suite', () => {
  const before = structuredClone(sound)
  for (const case_ of sound.cases) variationsOf(sound, case_)
  assert.deepEqual(sound, before)
})
