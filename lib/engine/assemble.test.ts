import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clause } from '../model/clause.ts'
import type { PreflightFinding, ReportExchange, ReportLine, ReportResult } from '../model/report.ts'
import {
  citedClauses,
  citedExchanges,
  concludes,
  couldNotJudge,
  coverageOf,
  headlinesOf,
  summarise,
} from './assemble.ts'

const result = (
  verdict: ReportResult['verdict'],
  more: Partial<ReportResult> = {},
): ReportResult => ({
  id: 'a',
  case: 'a',
  suite: 's',
  title: 'T',
  severity: 'medium',
  verdict,
  level: 'must',
  rests: [],
  attempts: 1,
  lines: [],
  sent: 'x',
  harm: 'H',
  fix: 'F',
  exchanges: [],
  reproduce: { command: 'c' },
  durationMs: 1,
  ...more,
})

const many = (
  count: number,
  verdict: ReportResult['verdict'],
  more: Partial<ReportResult> = {},
): ReportResult[] => Array.from({ length: count }, () => result(verdict, more))

const line = (
  because: ReportLine['because'],
  holds: ReportLine['holds'] = true,
  more: Partial<ReportLine> = {},
): ReportLine => ({
  level: 'must',
  severity: 'low',
  because,
  checks: [],
  wanted: 'w',
  got: 'g',
  holds,
  ...more,
})

const blocking: PreflightFinding = { id: 'b', holds: false, say: 'It is down.', blocks: true }
const percent = { percent: 10 } as const

const doubtful = (
  results: readonly ReportResult[],
  limit: Parameters<typeof couldNotJudge>[1] = percent,
  preflight: readonly PreflightFinding[] = [],
): boolean => couldNotJudge({ results, preflight }, limit)

const conclude = (
  results: readonly ReportResult[],
  more: { scope?: 'full' | 'anonymous'; preflight?: readonly PreflightFinding[] } = {},
): ReturnType<typeof concludes> =>
  concludes(
    { results, preflight: [], scope: 'full', summary: summarise(results), ...more },
    percent,
  )

test('verdicts are counted, deviations beside them', () => {
  const deviates = { source: 'x', say: 'y' }
  const verdicts = ['pass', 'fail', 'warn', 'note', 'skip', 'inconclusive', 'broken'] as const
  const results = verdicts.flatMap((verdict, at) => many(at + 1, verdict))
  assert.deepEqual(summarise([...results, result('note', { deviates })]), {
    pass: 1,
    fail: 2,
    warn: 3,
    note: 5,
    skip: 5,
    inconclusive: 6,
    broken: 7,
    deviations: 1,
  })
})

test('a run judges too little where it judged nothing, blundered, was blocked or has grave doubts', () => {
  const fine = many(20, 'pass')
  assert.equal(doubtful(fine), false)
  assert.equal(doubtful([]), true)
  assert.equal(doubtful(many(9, 'skip')), true, 'skips are no passes')
  assert.equal(doubtful([...fine, result('broken')]), true)
  assert.equal(doubtful(fine, percent, [blocking]), true)
  assert.equal(doubtful(fine, percent, [{ ...blocking, holds: true }]), true)
  const { blocks, ...mere } = blocking
  assert.equal(doubtful(fine, percent, [mere]), false)
  for (const severity of ['critical', 'high'] as const) {
    assert.equal(doubtful([...fine, result('inconclusive', { severity })]), true)
    assert.equal(doubtful([...fine, result('inconclusive', { severity, level: 'should' })]), false)
  }
  assert.equal(doubtful([...fine, result('inconclusive')]), false)
})

test('how many doubts are too many is the operator’s choice, of what was asked', () => {
  const doubts = many(2, 'inconclusive')
  assert.equal(doubtful([...many(18, 'pass'), ...doubts]), false, 'ten of a hundred are let pass')
  assert.equal(doubtful([...many(17, 'pass'), ...doubts]), true)
  assert.equal(doubtful([...many(17, 'pass'), ...doubts, ...many(90, 'skip')]), true)
  assert.equal(doubtful([...many(1, 'pass'), ...doubts], { count: 2 }), false)
  assert.equal(doubtful([...many(99, 'pass'), ...doubts], { count: 1 }), true)
  assert.equal(doubtful([...many(99, 'pass'), ...doubts], { percent: 0 }), true)
  const known = { code: 'fault-changes-nothing', say: 'x' }
  const unaskable = many(9, 'inconclusive', { reason: known, severity: 'critical' })
  assert.equal(doubtful([...many(9, 'pass'), ...unaskable]), false)
})

test('a run is concluded in one word and one sentence', () => {
  assert.deepEqual(conclude(many(20, 'pass')), { verdict: 'conforms', say: 'conforms' })
  assert.equal(conclude([...many(20, 'pass'), result('warn')]).say, 'conforms, with 1 warning')
  assert.equal(
    conclude([...many(20, 'pass'), ...many(2, 'warn'), result('inconclusive')]).say,
    'conforms, with 2 warnings, 1 could not be judged',
  )
  assert.deepEqual(conclude([result('fail', { severity: 'low' })]), {
    verdict: 'does-not-conform',
    say: 'does not conform: 1 fail of low severity',
  })
  const fails = [
    ...many(2, 'fail', { severity: 'low' }),
    ...many(1, 'fail', { severity: 'critical' }),
  ]
  assert.equal(conclude(fails).say, 'does not conform: 3 fails, 1 critical, 2 low')
  // A failure that was proven stands, whatever else could not be told.
  assert.equal(conclude([...fails, ...many(90, 'inconclusive')]).verdict, 'does-not-conform')
  assert.deepEqual(conclude([...many(2, 'pass'), ...many(3, 'inconclusive')]), {
    verdict: 'could-not-judge',
    say: 'could not judge: 3 of 5 cases are inconclusive',
  })
  assert.equal(
    conclude([...many(20, 'pass'), result('broken')]).say,
    'could not judge: this tool made a mistake of its own',
  )
  assert.equal(conclude([], { preflight: [blocking] }).say, 'could not judge: It is down.')
})

test('a run without credentials says how little it judged', () => {
  const results = [...many(3, 'pass'), result('note'), ...many(96, 'skip')]
  assert.deepEqual(conclude(results, { scope: 'anonymous' }), {
    verdict: 'conforms',
    say: '4 of 100 cases could be judged without credentials, and they conform',
  })
})

test('doubts with one cause are one headline, and only where the cause is one for all', () => {
  const because = (code: string, say: string): Partial<ReportResult> => ({ reason: { code, say } })
  const headlines = headlinesOf([
    ...many(2, 'inconclusive', because('locked', 'It locked.')),
    ...many(1, 'inconclusive', because('control-refused', 'Refused: A.')),
    ...many(1, 'inconclusive', because('control-refused', 'Refused: B.')),
    ...many(5, 'inconclusive', because('unstable', 'Once.')),
    ...many(5, 'skip', because('locked', 'It locked.')),
    ...many(5, 'inconclusive'),
  ])
  assert.deepEqual(headlines, [
    { code: 'locked', say: 'It locked. 2 cases could not be judged.', count: 2 },
    { code: 'control-refused', say: 'Refused: A. 1 case could not be judged.', count: 1 },
    { code: 'control-refused', say: 'Refused: B. 1 case could not be judged.', count: 1 },
  ])
})

const clause = (id: Clause['id'], more: Partial<Clause> = {}): Clause => ({
  id,
  level: 'must',
  basis: 'keyword',
  keyword: 'MUST',
  area: 'core',
  where: 'RFC 1 §1',
  url: 'https://www.example.test/',
  says: 'Says.',
  observable: 'yes',
  source: 'text',
  ...more,
})

const clauses = new Map<string, Clause>(
  [
    clause('rfc1#a'),
    clause('rfc1#b'),
    clause('rfc1#c'),
    clause('rfc1#draft', { uncounted: true }),
    clause('house#x', { basis: 'house' }),
    clause('vendor#y', { basis: 'documented' }),
  ].map((each) => [each.id, each]),
)

test('a report holds the clauses that its lines cite, and no others', () => {
  const cited = citedClauses(
    [
      result('fail', { lines: [line(['rfc1#a'], false, { despite: ['house#x'] })] }),
      result('skip', { lines: [] }),
      result('pass', { lines: [line(['rfc1#unknown'])] }),
    ],
    clauses,
  )
  assert.deepEqual(Object.keys(cited), ['rfc1#a', 'house#x'])
  assert.deepEqual(cited['rfc1#a'], {
    level: 'must',
    where: 'RFC 1 §1',
    url: 'https://www.example.test/',
    says: 'Says.',
  })
})

test('coverage counts clauses that were decided, out of those that count', () => {
  const results = [
    result('pass', { lines: [line(['rfc1#a', 'rfc1#draft', 'house#x', 'vendor#y'])] }),
    result('fail', { lines: [line(['rfc1#a'], false), line(['rfc1#b'], 'unknown')] }),
    result('inconclusive', { lines: [line(['rfc1#c'])] }),
    result('pass', { proves: 'no-bypass', lines: [line(['rfc1#c'])] }),
  ]
  const applicable = new Set(['rfc1#a', 'rfc1#b', 'house#x'])
  assert.deepEqual(coverageOf(results, applicable, clauses), {
    decided: 1,
    applicable: 2,
    total: 3,
  })
})

const exchange = (n: number): ReportExchange => ({
  n,
  at: '2030-01-01T00:00:00.000Z',
  ms: 1,
  carrier: 'raw',
  connection: n,
  ending: 'complete',
  outcome: 'denied',
  request: { method: 'GET', url: 'http://h/', head: [] },
  answer: {
    version: 'HTTP/1.1',
    status: 401,
    reason: '',
    fields: [],
    bodyBytes: 4,
    body: 'text',
    digest: 'd',
    violations: [],
  },
})

test('a report holds the exchanges it points to, those of passes without content', () => {
  const all = new Map([1, 2, 3, 4, 5, 6].map((n) => [n, exchange(n)]))
  const kept = citedExchanges(
    all,
    [
      result('pass', { control: 1, exchanges: [2, 3] }),
      result('fail', { control: 1, exchanges: [4] }),
      result('pass', { exchanges: [99] }),
    ],
    [{ id: 'x', holds: true, say: 'y', exchanges: [3] }],
  )
  assert.deepEqual(
    kept.map(({ n, answer }) => [n, answer?.body]),
    [
      [1, 'text'],
      [2, undefined],
      [3, 'text'],
      [4, 'text'],
    ],
  )
})
