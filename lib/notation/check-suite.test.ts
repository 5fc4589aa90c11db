import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Suite } from '../model/case.ts'
import { check, firm, line, lines, suiteOf } from './fixtures/build.ts'
import { denied, sound } from './fixtures/suites.ts'

test('Cases of every kind are as they have to be', () => {
  assert.deepEqual(check(sound), [])
})

test('Ids are unique over all suites', () => {
  const other: Suite = { ...suiteOf(lines(denied)), id: 'other' }
  assert.deepEqual(
    check(suiteOf(lines(denied), lines(denied)), other, { ...other, cases: sound.cases }).map(
      ({ suite, path, say }) => ({ suite, path, say }),
    ),
    [
      {
        suite: 'suite',
        path: '/cases/1/id',
        say: 'The suite "suite" has a case with this id already.',
      },
      {
        suite: 'other',
        path: '/cases/0/id',
        say: 'The suite "suite" has a case with this id already.',
      },
      { suite: 'other', path: '/id', say: 'Another suite is named "other".' },
    ],
  )
})

test('Suggests the clause that was meant', () => {
  const [problem] = check(
    suiteOf(line({ access: 'denied' }, { because: ['rfc7617#2-service-only-when-valdated'] })),
  )
  assert.equal(problem?.suggestion, firm)
})

test('What has not the shape of a suite is named as far as it can be', () => {
  const strange: readonly unknown[] = [null, 5, [], { id: 5, cases: 'x' }, { cases: [null] }]
  for (const value of strange) assert.ok(check(value as Suite).length > 0)
  const nearly = { ...suiteOf(lines(denied)), cases: [{ ...lines(denied), harm: 5 }] }
  const [problem] = check(nearly as unknown as Suite)
  assert.deepEqual(
    [problem?.suite, problem?.case, problem?.path],
    ['suite', 'one', '/cases/0/harm'],
  )
})
