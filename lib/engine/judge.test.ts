import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answered, contextOf } from '../checks/context.test.support.ts'
import type { CheckContext } from '../checks/index.ts'
import type { Expectation, Line } from '../model/case.ts'
import type { Level } from '../model/clause.ts'
import type { Outcome } from '../model/exchange.ts'
import type { Deviation } from '../model/profile.ts'
import type { Verdict } from '../model/report.ts'
import { deciding, type JudgedLine, judgeLine, levelOf, ranking } from './judge.ts'

const wanted: Expectation = { access: 'denied' }

const lineAt = (level: Level, more: Partial<Pick<Line, 'softened' | 'severity'>> = {}): Line => {
  const base = { because: ['rfc9110#a'] as const, ...more }
  if (level === 'must') return { ...base, must: wanted }
  if (level === 'documented') return { ...base, documented: wanted }
  return level === 'should' ? { ...base, should: wanted } : { ...base, may: wanted }
}

const seen = (outcome: Outcome): CheckContext => contextOf(answered({ status: 200 }), { outcome })

const deviation: Deviation = { clause: 'rfc9110#a', source: 'The manual', say: 'It is so.' }

interface Given {
  readonly strict?: boolean
  readonly deviations?: readonly Deviation[]
}

const judge = (line: Line, outcome: Outcome, given: Given = {}): JudgedLine =>
  judgeLine(line, { severity: 'medium' }, seen(outcome), {
    options: { strict: given.strict ?? false },
    deviations: given.deviations ?? [],
    operation: 'protected',
  })

const brokenAt: readonly (readonly [Level, Verdict])[] = [
  ['must', 'fail'],
  ['documented', 'fail'],
  ['should', 'warn'],
  ['may', 'note'],
]

const circumstances = [false, true].flatMap((softened) =>
  [false, true].flatMap((strict) =>
    [false, true].map((documented) => ({ softened, strict, documented })),
  ),
)

for (const [level, broken] of brokenAt) {
  for (const { softened, strict, documented } of circumstances) {
    const how = [
      ...(softened ? ['softened'] : []),
      ...(strict ? ['strict'] : []),
      ...(documented ? ['a documented deviation'] : []),
    ]
    const title = [level, ...how].join(', ')
    const own = softened && !strict ? 'warn' : broken
    const wants = documented ? 'note' : own
    test(`${title}: ${wants} where it is broken`, () => {
      const line = lineAt(level, softened ? { softened: 'Half of the field does so.' } : {})
      const given = { strict, deviations: documented ? [deviation] : [] }
      assert.equal(levelOf(line), level)
      assert.equal(judge(line, 'denied', given).verdict, 'pass')
      for (const unknown of ['unclear', 'throttled', 'crashed', 'silent'] as const) {
        assert.equal(judge(line, unknown, given).verdict, 'inconclusive')
      }
      const { verdict, deviates } = judge(line, 'granted', given)
      assert.equal(verdict, wants)
      assert.equal(deviates !== undefined, documented)
    })
  }
}

test('a deviation covers a line only with all its clauses, and on its operation', () => {
  const two: Line = { must: wanted, because: ['rfc9110#a', 'rfc7617#b'] }
  const of = (...deviations: readonly Deviation[]): Verdict =>
    judge(two, 'granted', { deviations }).verdict
  assert.equal(of(deviation), 'fail')
  assert.equal(of(deviation, { ...deviation, clause: 'rfc7617#b' }), 'note')
  const elsewhere = { ...deviation, operation: 'signin' }
  assert.equal(judge(lineAt('must'), 'granted', { deviations: [elsewhere] }).verdict, 'fail')
  const here = { ...deviation, operation: 'protected' }
  assert.equal(judge(lineAt('must'), 'granted', { deviations: [here] }).verdict, 'note')
  // What holds deviates from nothing.
  assert.equal(judge(lineAt('must'), 'denied', { deviations: [here] }).deviates, undefined)
})

test('a deviation covers what a line cites beside its clause in that line alone, and on its kind', () => {
  const beside: Deviation = { ...deviation, beside: ['rfc7617#b'] }
  const two: Line = { must: wanted, because: ['rfc9110#a', 'rfc7617#b'] }
  const alone: Line = { must: wanted, because: ['rfc7617#b'] }
  assert.equal(judge(two, 'granted', { deviations: [beside] }).verdict, 'note')
  assert.equal(judge(alone, 'granted', { deviations: [beside] }).verdict, 'fail')
  const ofKind = (kind: 'basic' | 'jwt', on: 'basic' | undefined): Verdict =>
    judgeLine(lineAt('must'), { severity: 'medium' }, seen('granted'), {
      options: { strict: false },
      deviations: [{ ...deviation, kind }],
      operation: 'protected',
      kind: on,
    }).verdict
  assert.equal(ofKind('basic', 'basic'), 'note')
  assert.equal(ofKind('jwt', 'basic'), 'fail')
  assert.equal(ofKind('basic', undefined), 'fail')
})

test('documentation excuses nothing that is critical, and is told less loudly than the rest', () => {
  const at = (severity: 'critical' | 'high' | 'low'): readonly [Verdict, string] => {
    const { verdict, report } = judgeLine(lineAt('must'), { severity }, seen('granted'), {
      options: { strict: false },
      deviations: [deviation],
      operation: 'protected',
    })
    return [verdict, report.severity]
  }
  assert.deepEqual(at('critical'), ['fail', 'critical'])
  assert.deepEqual(at('high'), ['note', 'medium'])
  assert.deepEqual(at('low'), ['note', 'low'])
})

test('a line tells its level, severity, clauses, checks and what came', () => {
  const line: Line = {
    must: { access: 'denied', status: 401 },
    because: ['rfc9110#a'],
    despite: ['rfc7617#b'],
    softened: 'why',
    severity: 'critical',
  }
  const { report } = judgeLine(
    line,
    { severity: 'low' },
    seen('granted'),
    { options: { strict: false }, deviations: [], operation: 'protected' },
    'first',
  )
  assert.equal(report.level, 'must')
  assert.equal(report.severity, 'critical')
  assert.deepEqual(report.because, ['rfc9110#a'])
  assert.deepEqual(report.despite, ['rfc7617#b'])
  assert.equal(report.softened, 'why')
  assert.equal(report.of, 'first')
  assert.deepEqual(
    report.checks.map(({ check, holds }) => [check, holds]),
    [
      ['access', false],
      ['status', false],
    ],
  )
  assert.equal(report.holds, false)
  assert.deepEqual([report.wanted, report.got], ['denied', 'granted'])
  assert.equal(judge(lineAt('may'), 'denied').report.severity, 'medium')
})

test('a break outweighs what is unknown in the same line', () => {
  const line: Line = { must: { access: 'denied', status: 401 }, because: ['rfc9110#a'] }
  assert.equal(judge(line, 'unclear').verdict, 'fail')
  assert.equal(judge(line, 'unclear').report.wanted, 'denied')
})

const judged = (verdict: Verdict, more: Partial<JudgedLine['report']> = {}): JudgedLine => {
  const base = judge(lineAt('must'), 'denied')
  return { ...base, verdict, report: { ...base.report, ...more } }
}

test('the worst line decides, by verdict, then severity, then level', () => {
  assert.deepEqual(ranking, ['fail', 'broken', 'inconclusive', 'warn', 'note', 'pass'])
  assert.equal(deciding([]), undefined)
  for (const [at, worse] of ranking.entries()) {
    const rest: readonly Verdict[] = ranking.slice(at)
    for (const better of rest) {
      const lines: readonly JudgedLine[] = [judged(better), judged(worse), judged(better)]
      assert.equal(deciding(lines)?.verdict, worse)
    }
  }
  const mild = judged('fail', { severity: 'low' })
  const severe = judged('fail', { severity: 'high', level: 'should' })
  assert.equal(deciding([mild, severe]), severe)
  const should = judged('fail', { severity: 'low', level: 'should' })
  assert.equal(deciding([should, mild]), mild)
  assert.equal(deciding([judged('inconclusive', { severity: 'critical' }), mild]), mild)
})

test('where all hold, the strongest line speaks for the case', () => {
  const may = judged('pass', { level: 'may', severity: 'critical' })
  const must = judged('pass', { level: 'must', severity: 'low' })
  const documented = judged('pass', { level: 'documented' })
  assert.equal(deciding([may, documented, must]), must)
  assert.equal(deciding([may, documented]), documented)
})

test('what could not be seen to happen decides nothing beside a line that could', () => {
  const line: Line = { should: { callback: 'untouched' }, because: ['rfc9110#a'] }
  const unseen = judge(line, 'denied')
  assert.equal(unseen.verdict, 'inconclusive')
  assert.equal(unseen.unseen, true)
  const pass = judged('pass')
  assert.equal(deciding([unseen, pass]), pass)
  assert.equal(deciding([unseen]), unseen)
  assert.equal(judge(lineAt('must'), 'unclear').unseen, undefined)
})
