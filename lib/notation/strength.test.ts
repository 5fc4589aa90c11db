import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clause, ClauseId, Level } from '../model/clause.ts'
import { clauses } from './fixtures/clauses.ts'
import { carries, levelOf, softenable, strengthOf } from './strength.ts'

function clauseOf(id: ClauseId): Clause {
  const clause = clauses.find((one) => one.id === id)
  assert.ok(clause, id)
  return clause
}

test('A clause allows what its basis and its source allow', () => {
  const allowed: readonly (readonly [ClauseId, Level])[] = [
    ['rfc7617#2-service-only-when-validated', 'must'],
    ['rfc9110#11.1-scheme-case-insensitive', 'must'],
    ['rfc9110#11.4-401-when-credentials-missing', 'should'],
    ['rfc9110#11.6.1-several-challenges', 'may'],
    ['rfc4648#3.2-padding-required', 'should'],
    ['rfc9110#5.3-duplicate-authorization-lines', 'should'],
    ['rfc9700#4.13-proxy-sanitises', 'should'],
    ['house#refetch-is-bounded', 'should'],
    ['influxdb#S3-14', 'documented'],
  ]
  for (const [id, level] of allowed) assert.equal(strengthOf(clauseOf(id)), level, id)
})

test('What was inferred from a permission stays a permission', () => {
  const permission = clauseOf('rfc9110#11.6.1-several-challenges')
  assert.equal(strengthOf({ ...permission, basis: 'inferred' }), 'may')
  assert.equal(strengthOf({ ...permission, source: 'draft' }), 'may')
})

test('A line is as strong as its strongest clause, and documented only on a documented one', () => {
  const table: readonly (readonly [readonly Level[], Level, boolean])[] = [
    [['must'], 'must', true],
    [['should', 'must'], 'must', true],
    [['should'], 'must', false],
    [['documented'], 'must', false],
    [['documented'], 'should', true],
    [['documented', 'should'], 'documented', true],
    [['must'], 'documented', false],
    [['must'], 'should', true],
    [['may'], 'should', false],
    [['may'], 'may', true],
    [['must'], 'may', true],
  ]
  for (const [strengths, level, carried] of table) {
    assert.equal(carries(strengths, level), carried, `${strengths.join()} for ${level}`)
  }
})

test('Only a few broken MUSTs are softened', () => {
  assert.ok(softenable('rfc4648#3.3-reject-non-alphabet'))
  assert.ok(softenable('rfc6750#2.1-multiple-spaces'))
  assert.ok(softenable('rfc7515#2-base64url-no-padding'))
  assert.ok(softenable('rfc7515#5.2-no-whitespace-or-extra-characters'))
  assert.ok(!softenable('rfc4648#3.2-padding-required'))
  assert.ok(!softenable('rfc7617#2-service-only-when-validated'))
})

test('Reads the level of a line off its one member', () => {
  const because = ['a#b'] as const
  const wanted = { access: 'denied' } as const
  assert.deepEqual(levelOf({ must: wanted, because }), { level: 'must', wanted })
  assert.deepEqual(levelOf({ should: wanted, because }), { level: 'should', wanted })
  assert.deepEqual(levelOf({ may: wanted, because }), { level: 'may', wanted })
  assert.deepEqual(levelOf({ documented: wanted, because }), { level: 'documented', wanted })
})
