import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  citedBy,
  controlOf,
  exchangesOf,
  headlined,
  itemsOf,
  judgedOf,
  reasonsOf,
  witnessOf,
} from './digest.ts'
import { deviating, exchange, refused, report, result, undecided } from './fixtures/build.ts'

test('makes one item of one deviation, seen in cases or in examples', () => {
  const fail = { verdict: 'fail', severity: 'low' } as const
  const items = itemsOf(
    report(
      [
        result('a/x', fail),
        result('a/y', fail),
        result('a/z', { ...fail, severity: 'critical' }),
        result('b', { ...fail, group: 'g' }),
        result('c', { ...fail, group: 'g', level: 'should' }),
        result('d', { verdict: 'warn', group: 'g' }),
      ],
      [],
    ),
    'fail',
  )
  assert.deepEqual(
    items.map(({ head, also }) => [head.id, ...also.map(({ id }) => id)]),
    [['a/z'], ['a/x', 'a/y'], ['b', 'c']],
  )
})

test('orders reasons by how many results have them and counts cases once', () => {
  const skip = (id: string, code: string, option?: string) =>
    result(id, { verdict: 'skip', reason: { code, say: code, ...(option && { option }) } })
  const groups = reasonsOf(
    report(
      [skip('a', 'one'), skip('b/x', 'two', '-k'), skip('b/y', 'two', '-k'), skip('b/z', 'two')],
      [],
    ),
    'skip',
  )
  assert.deepEqual(
    groups.map(({ reason, results, cases }) => [reason.code, results.length, cases]),
    [
      ['two', 2, 1],
      ['one', 1, 1],
      ['two', 1, 1],
    ],
  )
})

test('knows when headlines account for every case with a reason', () => {
  const reason = { code: 'locked', say: 'Locked.' }
  const cases = ['a', 'b', 'c'].map((id) => result(id, { verdict: 'inconclusive', reason }))
  const headline = (count: number) => ({ code: 'locked', say: '', count })
  const told = (...counts: readonly number[]) =>
    headlined(report(cases, [], { headlines: counts.map(headline) }), reason)
  assert.deepEqual([told(), told(2), told(3), told(1, 2)], [false, false, true, true])
})

test('shows the exchange with the outcome of the result', () => {
  const all = exchangesOf(report([], [exchange(1), refused(2, undefined), exchange(3)]))
  const one = result('a', { outcome: 'denied', exchanges: [1, 2, 3], control: 3 })
  assert.equal(judgedOf(one, all)?.n, 2)
  assert.equal(judgedOf({ ...one, outcome: 'crashed' }, all)?.n, 1)
  assert.equal(judgedOf({ ...one, exchanges: [9] }, all), undefined)
  assert.equal(controlOf(one, all)?.n, 3)
  assert.equal(controlOf(result('b'), all), undefined)
})

test('cites the clauses of the lines that decide', () => {
  const holding = result('a').lines
  const broken = deviating({ because: ['x#1'], despite: ['x#2'] }, 'a', 'b', 'c')
  assert.deepEqual(citedBy(result('a', { lines: [...holding, undecided, broken, broken] })), {
    because: ['x#1'],
    despite: ['x#2'],
  })
  const open = { ...undecided, because: ['x#3'] as const }
  assert.deepEqual(citedBy(result('a', { lines: [...holding, open] })).because, ['x#3'])
})

test('has one sentence on telling apart only where it is one', () => {
  const one = report([], [])
  const two = { ...one, target: { ...one.target, witness: { a: 'status', b: 'status' } } }
  const differing = { ...one, target: { ...one.target, witness: { a: 'status', b: 'text' } } }
  assert.deepEqual([one, two, differing].map(witnessOf), [
    'status and media type',
    'status',
    undefined,
  ])
})
