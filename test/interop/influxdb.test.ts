// Debian's InfluxDB 1.6: Basic, and bearer tokens of a shared secret; it has no scheme of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, requestOf } from './bare.ts'
import { holdReports } from './hold.ts'
import { holdAnswers } from './hold-tokens.ts'
import { influxdb, influxPath, influxSupplied } from './influxdb.ts'
import { judge } from './judge.ts'

const manner = { at: influxPath, supplied: influxSupplied(), seeds: ['1', '2'] }
const held = holdReports('influxdb-1.6', influxdb, manner)

test('A bare socket gets every answer of the record', async () => {
  await holdAnswers(held.running().port, held.expected.nonPasses, manner)
})

test('A bare socket is refused and told how to log in', async () => {
  const { port } = held.running()
  const refused = await ask(port, requestOf(port, { lines: [], target: influxPath }))
  assert.match(refused, /^HTTP\/1\.1 401 .*\r\nWww-Authenticate: Basic realm="Reference"\r\n/s)
})

test('Without --scheme the cases on API tokens are skipped, and the option is named', () => {
  const own = held.first().results.filter(({ suite }) => suite === 'token')
  assert.ok(own.length > 0)
  for (const { id, verdict, reason } of own) {
    assert.equal(verdict, 'skip', id)
    assert.equal(reason?.option, '--scheme WORD=SECRET', id)
  }
})

test('With --scheme it is told before any case that the token is refused', async () => {
  const tokens = { Token: 'a-token-that-this-server-cannot-know' }
  const supplied = { ...influxSupplied(), tokens }
  const only = ['token']
  const report = await judge(held.running(), '1', undefined, { ...manner, supplied, only })
  const found = report.preflight.find(({ id }) => id === 'credential-granted')
  assert.match(found?.say ?? '', /^The valid token credentials were refused \(401\)/)
  assert.match(found?.hint ?? '', /--scheme WORD=SECRET/)
  assert.ok(report.results.every(({ suite, verdict }) => suite !== 'token' || verdict !== 'fail'))
})

test('Bearer in lower case is refused, which is a finding and a true one', () => {
  const lower = held.expected.nonPasses.find(({ result }) => result === 'bearer-scheme-case/lower')
  assert.equal(lower?.verdict, 'fail')
  assert.deepEqual(lower?.clauses, ['rfc9110#11.1-scheme-case-insensitive'])
})
