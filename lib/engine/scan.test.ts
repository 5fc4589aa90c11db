import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../model/report.ts'
import { createMasker, MARK } from './mask.ts'
import { scan } from './scan.ts'

const report: Report = {
  schema: '1.0',
  tool: { name: 't', version: '0', node: 'v20' },
  suites: { version: '0', sha256: '0' },
  options: {},
  target: {
    url: 'https://api.example.test/known-word/',
    profile: 'generic',
    title: 'T',
    offers: [],
    capabilities: [],
    route: { Server: 'x-secret-word' },
    witness: {},
  },
  startedAt: '2030-01-01T00:00:00.000Z',
  durationMs: 1,
  seed: '1',
  requests: 1,
  failedLogins: 0,
  verdict: 'conforms',
  say: 'conforms',
  scope: 'full',
  interrupted: false,
  summary: {
    pass: 0,
    fail: 0,
    warn: 0,
    note: 0,
    skip: 0,
    inconclusive: 0,
    broken: 0,
    deviations: 0,
  },
  preflight: [],
  headlines: [],
  results: [],
  exchanges: [],
  clauses: {},
  coverage: { decided: 0, applicable: 0, total: 0 },
}

const input = { suites: [], clauses: [], options: { maxInconclusive: { percent: 10 } } }

test('a report without a secret is left as it is', () => {
  assert.equal(scan(report, [], input), report)
  assert.equal(scan(report, ['another-secret'], input), report)
  // Too short to be searched for, and words that the report may well hold.
  assert.equal(scan(report, ['x', 'T', 'known-word', 'password'], input), report)
})

test('a secret in a report is replaced and confessed, and the verdict follows', () => {
  for (const secret of ['secret-word', 'x-secret-word']) {
    const found = scan(report, [secret], input)
    assert.ok(!JSON.stringify(found).includes('secret-word'))
    assert.match(found.target.route.Server ?? '', new RegExp(MARK))
    const [confessed] = found.results
    assert.equal(confessed?.verdict, 'broken')
    assert.equal(confessed?.reason?.code, 'secret-in-report')
    assert.equal(found.summary.broken, 1)
    assert.equal(found.verdict, 'could-not-judge')
    assert.equal(found.say, 'could not judge: this tool made a mistake of its own')
  }
})

test('a mask takes out what it has learned, in any spelling, and learns as it goes', () => {
  const masker = createMasker(['first-secret'])
  const hex = Buffer.from('first-secret').toString('hex')
  const base64 = Buffer.from('first-secret').toString('base64')
  assert.equal(masker.mask('a first-secret b'), `a ${MARK} b`)
  assert.equal(masker.mask(hex), MARK)
  assert.equal(masker.mask(base64), MARK)
  assert.equal(masker.mask('second-secret'), 'second-secret')
  masker.add('second-secret')
  masker.add('second-secret')
  masker.add('short')
  assert.equal(masker.mask('second-secret short'), `${MARK} short`)
  assert.deepEqual(masker.secrets(), ['first-secret', 'second-secret'])
})
