import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case } from '../model/case.ts'
import { matchesPattern, selects } from './select.ts'

test('a pattern matches whole words, without regard to letter case', () => {
  const hits: readonly (readonly [string, string])[] = [
    ['basic', 'basic'],
    ['BASIC', 'basic'],
    ['basic*', 'basic-wrong-password'],
    ['*password', 'basic-wrong-password'],
    ['*wrong*', 'basic-wrong-password'],
    ['*', ''],
    ['a*b*c', 'a-b--c'],
    ['jwt-alg-none/mixed', 'jwt-alg-none/mixed'],
    ['rfc9110#11.6.1-*', 'rfc9110#11.6.1-401-has-www-authenticate'],
    ['a@basic', 'a@basic'],
    ['$a(b)[c]{d}|e\\f^g?h+', '$a(b)[c]{d}|e\\f^g?h+'],
  ]
  for (const [pattern, word] of hits) assert.ok(matchesPattern(pattern, word), pattern)
  const misses: readonly (readonly [string, string])[] = [
    ['basic', 'basic-wrong-password'],
    ['password', 'basic-wrong-password'],
    ['basic', 'a-basic'],
    ['basic.wrong', 'basic-wrong'],
    ['a+', 'aa'],
    ['', 'a'],
    ['a|b', 'a'],
    ['[ab]', 'a'],
  ]
  for (const [pattern, word] of misses) assert.ok(!matchesPattern(pattern, word), pattern)
})

const each: Case = {
  id: 'case-one',
  title: 'T',
  severity: 'low',
  harm: 'H',
  fix: 'F',
  steps: [
    {
      send: { to: 'protected', with: 'nothing' },
      expect: [
        { must: { status: 401 }, because: ['rfc9110#11.4-x', 'rfc7617#2-y'] },
        { should: { body: 'some' }, because: ['house#z'] },
      ],
    },
  ],
}

const job = { id: 'case-one/small', suite: 'suite-one', case: each }

const chosen = (only: readonly string[], skip: readonly string[] = []): boolean =>
  selects({ only, skip }, job)

test('a case is chosen by its ids, its suite, its clauses and their documents', () => {
  assert.ok(chosen([]))
  for (const only of [
    'case-one/small',
    'case-one',
    'case-*',
    'suite-one',
    'rfc7617#2-y',
    'rfc9110',
    'house#*',
    'house',
  ]) {
    assert.ok(chosen([only]), only)
    assert.ok(chosen(['nothing-else', only]), only)
    assert.ok(!chosen([], [only]), only)
    assert.ok(!chosen([only], [only]), `${only} is skipped, whatever else is asked for`)
  }
  for (const only of ['case', 'small', 'rfc91', 'rfc9110#11.4', 'case-two', 'suite']) {
    assert.ok(!chosen([only]), only)
    assert.ok(chosen([], [only]), only)
  }
})
