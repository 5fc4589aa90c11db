// A target that is on http itself, where credentials are documented to travel over TLS.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Suite } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import type { ReportResult } from '../model/report.ts'
import { granted, isAlice, refused, run, serve, suppliedAlice } from './servers.test.support.ts'

const suite: Suite = {
  id: 'own',
  title: 'O',
  about: 'O.',
  cases: [
    {
      id: 'in-the-clear',
      title: 'Grants nothing without TLS',
      severity: 'high',
      harm: 'H.',
      fix: 'F.',
      send: { to: 'protected', with: { valid: 'basic' }, but: { over: 'no-tls' } },
      expect: [{ documented: { access: 'denied' }, because: ['singlestore#S0-14'] }],
    },
  ],
}

const judged = async (
  t: TestContext,
  more: Partial<Target>,
  allow: readonly 'cleartext-secret'[] = ['cleartext-secret'],
): Promise<ReportResult> => {
  const url = await serve(t, (head) => (isAlice(head) ? granted() : refused()))
  const target = { url, supplied: suppliedAlice, ...more }
  const { report } = await run(target, { suites: [suite], options: { allow } })
  return report.results.find(({ id }) => id === 'in-the-clear') ?? assert.fail('no result')
}

test('What is granted without TLS to somebody elsewhere is blamed, once', async (t) => {
  const { verdict, level, severity, lines, attempts } = await judged(t, { remote: true })
  assert.deepEqual([verdict, level, severity], ['fail', 'documented', 'high'])
  assert.deepEqual([lines.length, attempts], [1, 2])
})

test('On this machine nobody is blamed, and it says why', async (t) => {
  const { verdict, reason } = await judged(t, {})
  assert.equal(verdict, 'skip')
  assert.deepEqual(reason, {
    code: 'not-supplied',
    say: 'Needs a target on https, or one that is not on this machine.',
    option: '--target https://…',
  })
})

test('Nothing real is sent for it unless that is allowed', async (t) => {
  const { verdict, reason } = await judged(t, { remote: true }, [])
  assert.deepEqual([verdict, reason?.code], ['skip', 'risk'])
})
