/**
 * What must not compile: each line under `@ts-expect-error` is a mistake that the compiler refuses,
 * and the same values are refused by the validator when they come from a file.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case, Expectation, Line, Send, Severity, StepsCase, With } from '../model/case.ts'
import type { Account } from '../model/profile.ts'
import { denied, granted, sound } from './fixtures/suites.ts'
import { anyText, literal, object, optional, type Shape, union } from './shape.ts'
import { sendShape, suiteShape } from './suite-shape.ts'
import { validate } from './validate.ts'

const base = {
  id: 'one',
  title: 'Refuses it',
  severity: 'low',
  harm: 'None.',
  fix: 'None.',
} as const
const send: Send = { to: 'protected', with: 'nothing' }
const because = ['rfc7617#2-service-only-when-validated'] as const
const to = 'protected'

function refusedInSuite(case_: unknown): boolean {
  return validate(suiteShape, { ...sound, cases: [case_] }).length > 0
}

test('Faults are those of the credential', () => {
  const sends: readonly Send[] = [
    // @ts-expect-error: a claim is nothing that Basic has
    { to, with: { valid: 'basic', but: { claims: { exp: 1 } } } },
    // @ts-expect-error: an opaque token has no header
    { to, with: { valid: 'bearer', but: { header: { alg: 'none' } } } },
    // @ts-expect-error: a token has no password
    { to, with: { valid: 'token', but: { password: 'other' } } },
    // @ts-expect-error: nor has a JSON Web Token
    { to, with: { valid: 'jwt', but: { base64: 'url-safe' } } },
    // @ts-expect-error: only a JSON Web Token has a key
    { to, with: { valid: 'basic', key: 'current' } },
    // @ts-expect-error: not every kind has a password
    { to, with: { valid: 'any', but: { password: 'other' } } },
    // @ts-expect-error: nor accounts
    { to, with: { valid: 'any', account: 'colon' } },
    // @ts-expect-error: there is no such kind
    { to, with: { valid: 'digest' } },
    // @ts-expect-error: a fault of the request is none of the credential
    { to, with: { valid: 'basic', but: { method: 'HEAD' } } },
    // @ts-expect-error: and the other way round
    { to, with: 'nothing', but: { password: 'other' } },
  ]
  for (const one of sends) assert.ok(validate(sendShape, one).length > 0, JSON.stringify(one))
})

test('A line has one level and expects something', () => {
  const access = { access: 'denied' } as const
  const lines: readonly Line[] = [
    // @ts-expect-error: nothing is expected
    { must: {}, because },
    // @ts-expect-error: two levels
    { must: access, should: access, because },
    // @ts-expect-error: no level
    { because },
    // @ts-expect-error: an unknown level
    { shall: access, because },
    // @ts-expect-error: it rests on nothing
    { must: access, because: [] },
    // @ts-expect-error: it rests on no clause
    { must: access, because: ['RFC 7617'] },
    // @ts-expect-error: an unknown check
    { must: { acess: 'denied' }, because },
  ]
  for (const one of lines) {
    assert.ok(refusedInSuite({ ...base, send, expect: [one] }), JSON.stringify(one))
  }
})

test('An expectation has at least one member', () => {
  const some: Expectation = { orderly: true }
  // @ts-expect-error: a pass of nothing
  const none: Expectation = {}
  assert.ok(!refusedInSuite({ ...base, send, expect: [{ must: some, because }] }))
  assert.ok(refusedInSuite({ ...base, send, expect: [{ must: none, because }] }))
})

test('A case sends one request, or has steps, or watches', () => {
  const steps: StepsCase['steps'] = [{ send, expect: [denied] }]
  const cases: readonly Case[] = [
    // @ts-expect-error: steps and a request
    { ...base, send, steps, expect: [denied] },
    // @ts-expect-error: steps and a watch
    { ...base, steps, watch: 'every-exchange', expect: [denied] },
    // @ts-expect-error: a watch that sends
    { ...base, send, watch: 'every-exchange', expect: [denied] },
    // @ts-expect-error: none of them
    { ...base, expect: [denied] },
    // @ts-expect-error: no expectation
    { ...base, send },
    // @ts-expect-error: no line
    { ...base, send, expect: [] },
    // @ts-expect-error: no step
    { ...base, steps: [] },
    // @ts-expect-error: examples of steps
    { ...base, steps, examples: {} },
    // @ts-expect-error: no severity
    { id: 'one', title: 'x', harm: 'x', fix: 'x', send, expect: [granted] },
    // @ts-expect-error: an unknown risk
    { ...base, risk: ['harmless'], send, expect: [granted] },
  ]
  for (const one of cases) assert.ok(refusedInSuite(one), JSON.stringify(one))
})

test('A table that is wider or narrower than its type does not compile', () => {
  const user = anyText()
  const tables: readonly unknown[] = [
    // @ts-expect-error: a word is missing
    literal('critical', 'high', 'medium') satisfies Shape<Severity>,
    // @ts-expect-error: a word too many
    literal('critical', 'high', 'medium', 'low', 'none') satisfies Shape<Severity>,
    // @ts-expect-error: a variant is missing
    union(literal('nothing')) satisfies Shape<With>,
    // @ts-expect-error: a member is missing
    object<Account>({ user }),
    // @ts-expect-error: a member too many
    object<Account>({ user, password: user, more: user }),
    // @ts-expect-error: a member is optional that must be there
    object<Account>({ user, password: optional(user) }),
    // @ts-expect-error: a member must be there that is optional
    object<{ readonly user?: string }>({ user }),
  ]
  assert.equal(tables.length, 7)
})

test('Cases of every kind compile and have their shape', () => {
  assert.deepEqual(validate(suiteShape, sound), [])
})
