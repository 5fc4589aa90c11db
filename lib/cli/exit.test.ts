import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Severity } from '../model/case.ts'
import type { Level } from '../model/clause.ts'
import type { Report, ReportResult, Verdict } from '../model/report.ts'
import { exitCodeFor } from './exit.ts'
import type { GateOptions } from './gate-options.ts'

const result = (
  verdict: Verdict,
  severity: Severity = 'medium',
  level: Level = 'must',
): ReportResult => ({
  id: 'a-case',
  case: 'a-case',
  suite: 'a-suite',
  title: 'Refuses something',
  severity,
  verdict,
  level,
  rests: [],
  attempts: 1,
  lines: [],
  sent: '',
  harm: '',
  fix: '',
  exchanges: [],
  reproduce: { command: '' },
  durationMs: 0,
})

const count = (results: readonly ReportResult[], verdict: Verdict): number =>
  results.filter((each) => each.verdict === verdict).length

const report = (results: readonly ReportResult[], more: Partial<Report> = {}): Report => ({
  schema: '1.0',
  tool: { name: 'http-auth-conformance', version: '0', node: '20' },
  suites: { version: '0', sha256: '' },
  options: {},
  target: {
    url: 'http://127.0.0.1/',
    profile: 'generic',
    title: '',
    offers: [],
    capabilities: [],
    route: {},
    witness: {},
  },
  startedAt: '',
  durationMs: 0,
  seed: '1',
  requests: 0,
  failedLogins: 0,
  verdict: 'conforms',
  say: '',
  scope: 'full',
  interrupted: false,
  summary: {
    pass: count(results, 'pass'),
    fail: count(results, 'fail'),
    warn: count(results, 'warn'),
    note: count(results, 'note'),
    skip: count(results, 'skip'),
    inconclusive: count(results, 'inconclusive'),
    broken: count(results, 'broken'),
    deviations: 0,
  },
  preflight: [],
  headlines: [],
  results,
  exchanges: [],
  clauses: {},
  coverage: { decided: 0, applicable: 0, total: 0 },
  ...more,
})

const gate: GateOptions = {
  failOn: [{ verdict: 'fail', from: 'low' }],
  maxInconclusive: { percent: 10 },
}
const passes = (n: number): readonly ReportResult[] =>
  Array.from({ length: n }, () => result('pass'))

test('0 where nothing closes the gate', () => {
  const quiet = [
    ...passes(3),
    result('warn', 'critical'),
    result('note'),
    result('skip', 'critical'),
  ]
  assert.equal(exitCodeFor(report(quiet), gate), 0)
})

test('130 before everything else', () => {
  const results = [result('fail'), result('broken')]
  assert.equal(exitCodeFor(report(results, { interrupted: true }), gate), 130)
})

test('1 for a failure, even where much could not be judged', () => {
  const preflight = [{ id: 'reachable', holds: false, say: 'x', blocks: true }] as const
  const results = [result('fail', 'low'), result('inconclusive', 'critical'), result('broken')]
  assert.equal(exitCodeFor(report(results, { preflight }), gate), 1)
})

test('1 for what --fail-on adds, from its severity on', () => {
  const strict: GateOptions = {
    ...gate,
    failOn: [...gate.failOn, { verdict: 'warn', from: 'high' }],
  }
  assert.equal(exitCodeFor(report([...passes(1), result('warn', 'medium')]), strict), 0)
  assert.equal(exitCodeFor(report([...passes(1), result('warn', 'high')]), strict), 1)
  assert.equal(exitCodeFor(report([...passes(1), result('warn', 'critical')]), strict), 1)
  assert.equal(exitCodeFor(report([...passes(1), result('note', 'critical')]), strict), 0)
})

test('3 where the preflight failed or the tool is broken', () => {
  const failed = [{ id: 'credentials', holds: false, say: 'x', blocks: true }] as const
  const remark = [{ id: 'clock', holds: false, say: 'x' }] as const
  assert.equal(exitCodeFor(report(passes(5), { preflight: failed }), gate), 3)
  assert.equal(exitCodeFor(report(passes(5), { preflight: remark }), gate), 0)
  assert.equal(exitCodeFor(report([...passes(50), result('broken', 'low')]), gate), 3)
})

test('3 where a must of high or critical severity is open', () => {
  for (const [severity, level, code] of [
    ['critical', 'must', 3],
    ['high', 'must', 3],
    ['medium', 'must', 0],
    ['high', 'should', 0],
  ] as const) {
    const results = [...passes(50), result('inconclusive', severity, level)]
    assert.equal(exitCodeFor(report(results), gate), code, `${severity} ${level}`)
  }
})

test('3 where more is open than the limit, skips apart', () => {
  const open = (n: number, of: number, maxInconclusive: GateOptions['maxInconclusive']) =>
    exitCodeFor(
      report([
        ...passes(of - n),
        ...Array.from({ length: n }, () => result('inconclusive', 'low')),
        ...Array.from({ length: 100 }, () => result('skip')),
      ]),
      { ...gate, maxInconclusive },
    )
  assert.equal(open(1, 10, { percent: 10 }), 0)
  assert.equal(open(2, 10, { percent: 10 }), 3)
  assert.equal(open(1, 10, { count: 0 }), 3)
  assert.equal(open(4, 10, { count: 4 }), 0)
  assert.equal(open(5, 10, { count: 4 }), 3)
})

test('3 where nothing at all was judged', () => {
  assert.equal(exitCodeFor(report([]), gate), 3)
  assert.equal(exitCodeFor(report([result('skip'), result('skip')]), gate), 3)
  const patient: GateOptions = { ...gate, maxInconclusive: { percent: 100 } }
  assert.equal(exitCodeFor(report([result('inconclusive', 'low')]), patient), 3)
})
