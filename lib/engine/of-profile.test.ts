import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from '../credentials/build.ts'
import type { CredentialKind, Send, SendStep, Suite } from '../model/case.ts'
import type { Profile, Target } from '../model/profile.ts'
import type { Reason } from '../model/report.ts'
import { randomFrom } from '../text/random.ts'
import { sparedReason, statedPrint, suitesOf } from './of-profile.ts'
import { controlFor, statedKind } from './stated.ts'

const profile: Profile = {
  id: 'p',
  title: 'P',
  about: 'P.',
  operations: {
    protected: {
      by: { basic: { method: 'GET', path: '/key' }, bearer: { method: 'GET', path: '/jwt' } },
    },
    other: { method: 'GET', path: '/other', witness: { status: 204 } },
  },
  suites: ['own'],
  withholds: [
    { what: 'unknown-user', say: 'it would end the server.' },
    { what: 'origin', say: 'it would be answered with an error.' },
  ],
  ignoresUser: 'The user is not looked at.',
}

const target: Target = {
  profile,
  url: new URL('http://127.0.0.1/'),
  supplied: { accounts: { default: { user: 'Key', password: 'Secret' } }, tokens: {} },
  fields: [],
}

const suite = (id: string, own?: true): Suite => ({
  id,
  title: 'S',
  about: 'S.',
  ...(own === undefined ? {} : { byProfile: own }),
  cases: [] as unknown as Suite['cases'],
})

const spared = (
  send: Send,
  allow: readonly 'intrusive'[] = [],
  own = profile,
): Reason | undefined => {
  const options = { allow } as unknown as Parameters<typeof sparedReason>[0]['options']
  const steps: readonly SendStep[] = [{ send }]
  const kind: CredentialKind = 'basic'
  return sparedReason({ target: { ...target, profile: own }, options }, { steps }, (each) =>
    build({ target, send: each, kind, random: randomFrom('1', 't'), agent: 'a' }),
  )
}

const protectedBy = (what: Send['with'], but?: Send['but']): Send => ({
  to: 'protected',
  with: what,
  ...(but === undefined ? {} : { but }),
})

test('suites that rest on documentation run for the profiles that name them alone', () => {
  const all = [suite('everybody'), suite('own', true), suite('another', true)]
  assert.deepEqual(
    suitesOf(profile, all).map(({ id }) => id),
    ['everybody', 'own'],
  )
  const { suites: _, ...nobody } = profile
  assert.deepEqual(
    suitesOf(nobody, all).map(({ id }) => id),
    ['everybody'],
  )
})

test('where an operation says how a grant is told, nothing is learned', () => {
  const print = statedPrint(profile, { to: 'other', with: 'nothing' }, 'basic')
  assert.deepEqual(print?.witness, { status: 204 })
  assert.deepEqual(print?.tells, ['witness'])
  assert.equal(statedPrint(profile, protectedBy('nothing'), 'basic'), undefined)
  assert.equal(statedPrint(profile, { to: 'nowhere', with: 'nothing' }, undefined), undefined)
})

test('users that the operator did not name are not sent, however they are spelt', () => {
  const { ignoresUser: _, ...own } = profile
  const other = protectedBy({ valid: 'basic', but: { user: 'other' } })
  assert.deepEqual(spared(other, [], own), {
    code: 'withheld',
    say: 'Is only run when allowed: it would end the server.',
    option: '--allow intrusive',
  })
  assert.equal(spared(other, ['intrusive'], own), undefined)
  const written = (value: string): Reason | undefined =>
    spared(protectedBy({ authorization: value }), [], own)
  const encoded = Buffer.from('root:x').toString('base64')
  for (const value of [`Basic ${encoded}`, `XBasicY  ${encoded}`, `"basic ${encoded}"`]) {
    assert.equal(written(value)?.code, 'withheld', value)
  }
  // Without both parts nobody is looked up.
  for (const text of ['root', ':x', 'root:', 'Key:wrong']) {
    assert.equal(written(`Basic ${Buffer.from(text).toString('base64')}`), undefined, text)
  }
  assert.equal(spared(protectedBy({ valid: 'basic' }), [], own), undefined)
  assert.equal(
    spared(protectedBy({ valid: 'basic', but: { password: 'other' } }), [], own),
    undefined,
  )
})

test('an Origin field is not sent where the profile withholds it', () => {
  const fields = [{ name: 'origin', value: 'https://a.test' }]
  assert.equal(spared(protectedBy({ valid: 'basic' }, { fields }))?.code, 'withheld')
})

test('where the user is not looked at, another one is no fault', () => {
  const other = protectedBy({ valid: 'basic', but: { user: 'other' } })
  assert.deepEqual(spared(other), { code: 'user-ignored', say: 'The user is not looked at.' })
  assert.equal(spared(protectedBy({ valid: 'basic', but: { password: 'other' } })), undefined)
})

test('a case of steps has the kind of its steps where its own exchange has none', () => {
  const bearer: SendStep = { role: 'control', send: protectedBy({ valid: 'bearer' }) }
  const nothing = protectedBy('nothing')
  const base = { id: 'c', title: 'C', severity: 'low', harm: 'H.', fix: 'F.' } as const
  const steps = { ...base, steps: [bearer, { send: nothing }] as const }
  assert.equal(statedKind(steps, nothing), 'bearer')
  assert.equal(statedKind(steps, protectedBy({ valid: 'basic' })), 'basic')
  const expect = [{ must: { access: 'denied' }, because: ['rfc9110#a'] }] as const
  assert.equal(statedKind({ ...base, send: nothing, expect }, nothing), undefined)
})

test('a plain request to another place is controlled by the control of its steps', () => {
  const control: SendStep = { role: 'control', send: protectedBy({ valid: 'basic' }) }
  const other: Send = { to: 'other', with: { valid: 'basic' } }
  assert.deepEqual(controlFor([control, { send: other }], other, 'basic'), control.send)
  assert.deepEqual(controlFor([{ send: other }], other, 'basic'), other)
  const faulty: Send = { to: 'other', with: { valid: 'basic', but: { password: 'other' } } }
  assert.deepEqual(controlFor([control, { send: faulty }], faulty, 'basic'), other)
})
