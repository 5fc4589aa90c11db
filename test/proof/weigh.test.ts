import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Verdict } from '../../lib/model/report.ts'
import type { Mutant } from '../../lib/reference/start.ts'
import type { Observation, Observed } from './observe.ts'
import { catchersOf, changesBetween, decidedBy, type Weighed, widest, worstOf } from './weigh.ts'

const result = (id: string, verdict: Verdict, more: Partial<Observed> = {}): Observed => ({
  id,
  case: id.split('/')[0] ?? id,
  suite: 'demo',
  verdict,
  level: 'must',
  broken: [],
  ...more,
})

const run = (...results: readonly Observed[]): Observation => ({
  order: '',
  results,
  findings: [],
})

const mutant = (id: string, more: Partial<Mutant> = {}): Mutant => ({
  id,
  system: 'generic',
  kind: 'narrow',
  does: 'Does something.',
  clauses: [],
  ...more,
})

test('a case changes once, however many of its examples do', () => {
  const before = run(result('a/x', 'pass'), result('a/y', 'pass'), result('b', 'pass'))
  const after = run(result('a/x', 'fail'), result('a/y', 'warn'), result('b', 'pass'))
  assert.deepEqual(changesBetween(before, after), [
    {
      case: 'a',
      suite: 'demo',
      verdicts: ['fail', 'warn'],
      codes: [],
      catches: true,
      clauses: [],
    },
  ])
})

test('only what passed before and says so itself now is a catch', () => {
  const says = (before: Verdict, after: Verdict): boolean | undefined =>
    changesBetween(run(result('a', before)), run(result('a', after)))[0]?.catches
  assert.equal(says('pass', 'fail'), true)
  assert.equal(says('pass', 'warn'), true)
  assert.equal(says('pass', 'note'), true)
  assert.equal(says('skip', 'fail'), false)
  assert.equal(says('inconclusive', 'fail'), false)
  assert.equal(says('pass', 'inconclusive'), false)
  assert.equal(says('pass', 'skip'), false)
  assert.equal(says('pass', 'broken'), false)
  assert.equal(says('pass', 'pass'), undefined)
})

test('a result that came or went is a change, and a catch only where preflight asked for it', () => {
  const [gone] = changesBetween(run(result('a', 'pass')), run())
  assert.deepEqual(gone, {
    case: 'a',
    suite: 'demo',
    verdicts: [],
    codes: [],
    catches: false,
    clauses: [],
  })
  const came = (suite: string): boolean | undefined =>
    changesBetween(run(), run(result('a', 'fail', { suite })))[0]?.catches
  assert.equal(came('demo'), false)
  assert.equal(came('preflight'), true)
})

const weighed = (id: string, after: readonly Observed[], more: Partial<Mutant> = {}): Weighed => ({
  mutant: mutant(id, more),
  changes: changesBetween(
    run(...after.map((each) => ({ ...each, verdict: 'pass' as const }))),
    run(...after),
  ),
})

test('the narrowest mutant comes first, and of two alike the first by name', () => {
  const all = [
    weighed('wide', [result('a', 'fail'), result('b', 'fail')]),
    weighed('narrow-b', [result('a', 'fail')]),
    weighed('narrow-a', [result('a', 'warn')]),
    weighed('elsewhere', [result('b', 'fail')]),
    weighed('silent', [result('a', 'inconclusive')]),
  ]
  const ids = catchersOf('a', all).map((each) => each.mutant.id)
  assert.deepEqual(ids, ['narrow-a', 'narrow-b', 'wide'])
})

test('the worst verdict is that of a case that catches', () => {
  assert.equal(worstOf(weighed('m', [result('a', 'note'), result('b', 'warn')])), 'warn')
  assert.equal(worstOf(weighed('m', [result('a', 'inconclusive')])), undefined)
})

test('a clause is decided only by a mutant made for it and a line that cites it', () => {
  const clause = 'rfc0000#1-something'
  const cited: readonly Observed[] = [result('a', 'fail', { broken: [clause] })]
  const other: readonly Observed[] = [result('a', 'fail', { broken: ['rfc0000#2-else'] })]
  const made = { clauses: [clause] } as const
  assert.deepEqual([...decidedBy([weighed('m', cited, made)])], [[clause, 'm']])
  assert.deepEqual([...decidedBy([weighed('m', other, made)])], [])
  assert.deepEqual([...decidedBy([weighed('m', cited)])], [])
  const wide = weighed('wide', [...cited, result('b', 'fail')], made)
  assert.deepEqual([...decidedBy([wide, weighed('narrow', cited, made)])], [[clause, 'narrow']])
})

test('a mutant that proves changes three cases, or a tenth of a large suite', () => {
  assert.deepEqual([1, 29, 30, 40, 45].map(widest), [3, 3, 3, 4, 4])
})
