import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviating, result } from './fixtures/build.ts'
import { counted, duration, holdsWord, levelOf, outcomeWord, summaryParts } from './words.ts'

test('names a softened MUST, and what strictness makes of it', () => {
  const soft = result('a', {
    verdict: 'warn',
    lines: [deviating({ softened: 'why' }, 'access', 'denied', 'granted')],
  })
  assert.equal(levelOf(soft, false), 'MUST (softened)')
  assert.equal(levelOf(soft, true), 'MUST (softened, strict)')
  assert.equal(levelOf({ ...soft, verdict: 'fail' }, false), 'MUST (softened, strict)')
  assert.equal(levelOf({ ...soft, level: 'should' }, false), 'SHOULD')
  assert.equal(levelOf(result('b', { level: 'documented' }), true), 'documented')
})

test('counts, times and judges in words', () => {
  assert.equal(counted(1, 'case'), '1 case')
  assert.equal(counted(0, 'more', 'more'), '0 more')
  assert.deepEqual([0.4, 999.4, 999.5, 9949, 9950, 61_000].map(duration), [
    '0 ms',
    '999 ms',
    '1.0 s',
    '9.9 s',
    '10 s',
    '61 s',
  ])
  assert.deepEqual([true, false, 'unknown' as const].map(holdsWord), [
    'holds',
    'does not hold',
    'unknown',
  ])
  assert.equal(outcomeWord('unclear'), 'neither granted nor denied')
})

test('leaves out what is zero, but for passes', () => {
  const none = {
    pass: 0,
    fail: 0,
    warn: 0,
    note: 0,
    skip: 0,
    inconclusive: 0,
    broken: 0,
    deviations: 0,
  }
  assert.deepEqual(summaryParts(none), [{ key: 'pass', text: '0 passed' }])
  assert.deepEqual(
    summaryParts({ ...none, warn: 1, deviations: 2 }).map(({ text }) => text),
    ['0 passed', '1 warning', '2 documented deviations'],
  )
})
