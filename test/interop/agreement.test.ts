// sslscan and the suites say the same of the channels of the same servers.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { compare, place, type Row, tableOf } from './agreement.ts'

let rows: readonly Row[] = []

before(async () => {
  rows = await compare()
})

test('sslscan agrees on versions, suites and certificates of every server', () => {
  assert.ok(new Set(rows.map(({ server }) => server)).size >= 6)
  assert.deepEqual(
    rows.filter(({ ours, theirs }) => ours !== theirs),
    [],
  )
})

test('each case that is compared holds on one server and on another does not, where OpenSSL can', () => {
  const never = ['tls-ssl2', 'tls-ssl3', 'tls-suite-export', 'tls-suite-rc4', 'tls-suite-3des']
  const cases = [...new Set(rows.map((row) => row.case))]
  const onesided = cases.filter(
    (id) => new Set(rows.filter((row) => row.case === id).map(({ ours }) => ours)).size < 2,
  )
  assert.deepEqual(onesided.sort(), [...never, 'tls-suite-static-dh'].sort())
})

test('the table is the one that the servers give', () => {
  assert.equal(readFileSync(place, 'utf8'), tableOf(rows))
})
