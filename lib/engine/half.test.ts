// One of several credentials does not work: what the others can show is shown with them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Suite } from '../model/case.ts'
import { alice, granted, refused, run, serve } from './servers.test.support.ts'

const words = { severity: 'low', harm: 'H.', fix: 'F.' } as const
const because = ['rfc9110#11.4-401-when-credentials-missing'] as const

const suite: Suite = {
  id: 'own',
  title: 'O',
  about: 'O.',
  cases: [
    {
      ...words,
      id: 'with-any',
      title: 'Takes whatever works',
      send: { to: 'protected', with: { valid: 'any', but: { fieldName: { letters: 'upper' } } } },
      expect: [{ should: { access: 'granted' }, because }],
    },
    {
      ...words,
      id: 'with-password',
      title: 'Takes the password',
      send: { to: 'protected', with: { valid: 'basic', but: { fieldName: { letters: 'upper' } } } },
      expect: [{ should: { access: 'granted' }, because }],
    },
  ],
}

test('a wrong password beside a good token locks nobody out, and the token is judged', async (t) => {
  const url = await serve(t, (head) =>
    /^authorization: token good-token\r$/im.test(head) ? granted() : refused(),
  )
  const supplied = { accounts: { default: alice }, tokens: { Token: 'good-token' } }
  const { report } = await run({ url, supplied }, { suites: [suite] })
  const of = (id: string): readonly unknown[] => {
    const { verdict, reason } = report.results.find((each) => each.id === id) ?? assert.fail(id)
    return [verdict, reason?.code]
  }
  assert.deepEqual(of('anonymous-refused'), ['pass', undefined])
  assert.deepEqual(of('stranger-refused-token'), ['pass', undefined])
  assert.deepEqual(of('with-any'), ['pass', undefined])
  assert.deepEqual(of('with-password'), ['inconclusive', 'credential-refused'])
  assert.ok(report.results.every(({ reason }) => reason?.code !== 'locked'))
})
