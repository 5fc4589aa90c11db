import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClauseId } from '../model/clause.ts'
import type { Profile } from '../model/profile.ts'
import type { ReportResult } from '../model/report.ts'
import { errataOf, unneeded } from './documented.ts'

const profile: Profile = { id: 'p', title: 'P', about: 'P.', operations: {} }

test('a printed example that is not the Base64 of its text is an erratum of the documentation', () => {
  const right = {
    clause: 'a#1',
    text: 'demo:Afu4XjzB1ns',
    printed: 'ZGVtbzpBZnU0WGp6QjFucw==',
  } as const
  const wrong = {
    clause: 'b#2',
    text: 'EMAIL_ADDRESS:PASSWORD',
    printed: 'VVNFUk5BTUU6UEFTU1dPUkQ=',
  } as const
  assert.deepEqual(errataOf(profile), [])
  const [found, ...more] = errataOf({ ...profile, examples: [right, wrong] })
  assert.deepEqual(more, [])
  assert.equal(found?.code, 'documentation-erratum')
  assert.match(found?.say ?? '', /not of this server/)
  assert.match(
    found?.say ?? '',
    /Base64 of USERNAME:PASSWORD; it is RU1BSUxfQUREUkVTUzpQQVNTV09SRA==/,
  )
})

const clause: ClauseId = 'rfc9110#a'
const deviation = { clause, source: 'the manual', say: 'It is so.' }

const result = (holds: boolean | 'unknown', deviates = false): ReportResult =>
  ({
    lines: [{ because: [clause], holds }],
    ...(deviates ? { deviates: { source: 'the manual', say: 'It is so.' } } : {}),
  }) as unknown as ReportResult

test('a deviation is said to be needed no longer only where its rule was seen to hold', () => {
  const said = (...results: readonly ReportResult[]): readonly string[] =>
    unneeded({ ...profile, deviations: [deviation] }, results).map(({ code }) => code)
  assert.deepEqual(said(result(true)), ['deviation-not-needed'])
  assert.deepEqual(said(), [])
  assert.deepEqual(said(result(true), result(false)), [])
  assert.deepEqual(said(result('unknown')), [])
  assert.deepEqual(said(result(true), result(true, true)), [])
})
