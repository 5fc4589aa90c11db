import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange, Outcome } from '../model/exchange.ts'
import { access } from './access.ts'
import { callback } from './callback.ts'
import { type Checked, noAnswer, quote } from './check.ts'
import { answered, contextOf, judgedAs } from './context.test.support.ts'
import { checkAll, holdsAll } from './index.ts'
import { orderly } from './orderly.ts'
import { matches, sayStatus, status, statusFits } from './status.ts'

const unanswered = (ending: Exchange['ending'], more: Partial<Exchange> = {}): Exchange => {
  const { answer, ...rest } = answered({})
  return { ...rest, ending, ...more }
}

test('only granted and denied decide a check on access', () => {
  const outcomes: readonly (readonly [Outcome, Checked['holds'], Checked['holds']])[] = [
    ['granted', true, false],
    ['denied', false, true],
    ['redirected', 'unknown', 'unknown'],
    ['unclear', 'unknown', 'unknown'],
    ['throttled', 'unknown', 'unknown'],
    ['crashed', 'unknown', 'unknown'],
    ['silent', 'unknown', 'unknown'],
    ['closed', 'unknown', 'unknown'],
  ]
  for (const [outcome, granted, denied] of outcomes) {
    const context = contextOf(answered({ status: 418 }), { outcome })
    assert.equal(access('granted', context).holds, granted, outcome)
    assert.equal(access('denied', context).holds, denied, outcome)
  }
  const said = (outcome: Outcome): string =>
    access('denied', contextOf(answered({ status: 418 }), { outcome })).got
  assert.equal(said('granted'), 'granted')
  assert.equal(said('unclear'), 'neither the granted answer nor a refusal (418)')
  assert.equal(said('throttled'), 'throttled (418)')
})

test('a route that is closed to a fault of route is a refusal without an answer', () => {
  const closed = contextOf(unanswered('closed'), { outcome: 'denied' })
  assert.deepEqual(access('denied', closed), {
    check: 'access',
    wanted: 'denied',
    got: 'denied',
    holds: true,
  })
})

test('a status code fits itself, its class, and lists of both', () => {
  assert.equal(matches(401, 401), true)
  assert.equal(matches(401, 403), false)
  assert.equal(matches('4xx', 499), true)
  assert.equal(matches('4xx', 500), false)
  assert.equal(matches('2xx', 20), false)
  assert.equal(statusFits({ anyOf: [401, '3xx'] }, 302), true)
  assert.equal(statusFits({ anyOf: [401, '3xx'] }, 400), false)
  assert.equal(statusFits({ noneOf: ['2xx', 302] }, 200), false)
  assert.equal(statusFits({ noneOf: ['2xx', 302] }, 301), true)
  assert.equal(sayStatus(401), '401')
  assert.equal(sayStatus({ anyOf: [400, '5xx'] }), '400 or 5xx')
  assert.equal(sayStatus({ noneOf: ['2xx'] }), 'not 2xx')
})

test('a throttled answer is no word on the matter, unless it is what was wanted', () => {
  const throttled = contextOf(answered({ status: 429, reason: '' }), { outcome: 'throttled' })
  assert.equal(status(401, throttled).holds, 'unknown')
  assert.equal(status(429, throttled).holds, true)
  assert.equal(status({ noneOf: ['4xx'] }, throttled).holds, false)
  assert.equal(status({ noneOf: ['2xx'] }, throttled).holds, 'unknown')
  assert.equal(status(401, contextOf(unanswered('silent'))).holds, 'unknown')
  assert.equal(status(401, throttled).got, '429')
})

test('an answer is in good order unless it is a crash or did not come', () => {
  const cases: readonly (readonly [Exchange, Outcome, Checked['holds']])[] = [
    [answered({ status: 400 }), 'denied', true],
    [answered({ status: 200 }), 'unclear', true],
    [answered({ status: 500 }), 'crashed', false],
    [unanswered('silent'), 'silent', false],
    [unanswered('closed'), 'closed', false],
    [unanswered('unsent'), 'unclear', 'unknown'],
  ]
  for (const [exchange, outcome, holds] of cases) {
    assert.equal(orderly(true, contextOf(exchange, { outcome })).holds, holds, outcome)
  }
})

test('that nothing came back to us counts only where the target can reach us', () => {
  const seen = (fetched: readonly string[], reached: boolean): Checked =>
    callback(
      'untouched',
      contextOf(answered({}), { callbacks: { fetched, reached, scheme: 'http' } }),
    )
  assert.equal(seen([], true).holds, true)
  assert.equal(seen([], false).holds, 'unknown')
  assert.equal(seen(['GET /x'], false).holds, false)
  assert.equal(seen(['GET /x'], true).got, 'GET /x')
  assert.equal(seen(['GET /x', 'GET /y'], true).got, 'GET /x, 2 requests in all')
  assert.equal(callback('untouched', contextOf(answered({}))).holds, 'unknown')
})

test('what came instead of an answer is told in words', () => {
  const told = (exchange: Exchange): string => noAnswer({ exchange, outcome: 'silent' })
  assert.equal(told(unanswered('silent')), 'no complete answer')
  assert.equal(told(unanswered('closed')), 'the connection was refused')
  assert.equal(told(unanswered('unsent')), 'not sent')
  const trouble = { code: 'reset', say: 'The connection was reset.' } as const
  assert.equal(told(unanswered('silent', { trouble })), 'The connection was reset.')
})

test('what is quoted has lost its secrets before it is cut', () => {
  const mask = (text: string): string => text.replaceAll('secret-word', '‹›')
  assert.equal(quote({}, 'a\nb', 10), 'a\\nb')
  assert.doesNotMatch(quote({ mask }, `${'x'.repeat(10)}secret-word`, 16), /secr/)
  assert.match(quote({}, `${'x'.repeat(10)}secret-word`, 16), /secret/)
})

test('every check of a line is evaluated, and none stops the others', () => {
  const found = checkAll(
    {
      access: 'denied',
      status: 401,
      challenge: 'any',
      challengeFreeOf: ['junk'],
      answerFreeOf: ['obs-fold'],
      field: { name: 'X', present: true },
      body: 'some',
      orderly: true,
      echo: 'none',
      connection: 'closes',
      callback: 'untouched',
      same: 'first',
      in: ['status'],
    },
    contextOf(answered({ status: 200 }), { steps: new Map() }),
  )
  assert.deepEqual(
    found.map(({ check, holds }) => [check, holds]),
    [
      ['access', false],
      ['status', false],
      ['challenge', false],
      ['syntax', true],
      ['answer', true],
      ['field', false],
      ['content', false],
      ['orderly', true],
      ['echo', true],
      ['connection', 'unknown'],
      ['callback', 'unknown'],
      ['same', 'unknown'],
    ],
  )
  for (const each of found) assert.ok(each.wanted !== '' && each.got !== '', each.check)
})

test('with a relation among steps, access belongs to the relation', () => {
  const steps = new Map([
    ['a', judgedAs('granted', answered({}))],
    ['b', judgedAs('granted', answered({}))],
  ])
  const found = checkAll(
    { access: 'granted', notAll: ['a', 'b'] },
    contextOf(answered({}), { steps }),
  )
  assert.deepEqual(
    found.map(({ check, holds }) => [check, holds]),
    [['relation', false]],
  )
  const [same] = checkAll({ same: 'a' }, contextOf(answered({}), { steps }))
  assert.equal(same?.wanted, 'the same status as a')
})

test('a line holds if all its checks do, and is broken by one', () => {
  const of = (...holds: readonly Checked['holds'][]): boolean | 'unknown' =>
    holdsAll(holds.map((each) => ({ check: 'c', wanted: 'w', got: 'g', holds: each })))
  assert.equal(of(true, true), true)
  assert.equal(of(true, 'unknown'), 'unknown')
  assert.equal(of('unknown', false), false)
  assert.equal(of(true, false, true), false)
})
