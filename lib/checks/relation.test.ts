import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SameFeature } from '../model/case.ts'
import type { Answer, Outcome } from '../model/exchange.ts'
import { answered, contextOf, judgedAs } from './context.test.support.ts'
import { notAll, same } from './relation.ts'

const compared = (
  feature: SameFeature,
  first: Partial<Answer>,
  second: Partial<Answer>,
  outcome: Outcome = 'denied',
): { readonly holds: boolean | 'unknown'; readonly got: string } => {
  const steps = new Map([['first', judgedAs(outcome, answered(first))]])
  const context = contextOf(answered(second), { steps, outcome })
  return same('first', [feature])('first', context)
}

const challenged = (value: string): Partial<Answer> => ({ fields: [['WWW-Authenticate', value]] })

test('answers are compared in one feature and no other', () => {
  assert.equal(compared('status', { status: 401 }, { status: 401, body: 'x' }).holds, true)
  assert.equal(compared('status', { status: 401 }, { status: 403 }).got, 'status: 401 / 403')
  assert.equal(compared('length', { body: 'a' }, { body: 'b' }).holds, true)
  assert.equal(compared('length', { body: 'a' }, { body: 'bb' }).holds, false)
  assert.equal(compared('body', { body: 'a' }, { body: 'b' }).holds, false)
  assert.equal(compared('shape', { body: '{"a":1}' }, { body: '{"a":2}' }).holds, true)
  assert.equal(compared('shape', { body: '{"a":1}' }, { body: '{"b":1}' }).holds, false)
  const html: Partial<Answer> = { fields: [['Content-Type', 'text/html']] }
  assert.equal(compared('media-type', html, html).holds, true)
  assert.equal(compared('media-type', html, {}).holds, false)
})

test('challenges are compared by scheme and realm, since nonces differ by right', () => {
  const digest = (nonce: string) => challenged(`Digest realm="x", nonce="${nonce}"`)
  assert.equal(compared('challenge', digest('1'), digest('2')).holds, true)
  const other = challenged('Basic realm="y"')
  assert.equal(compared('challenge', challenged('Basic realm="x"'), other).holds, false)
  assert.equal(compared('challenge', challenged('Basic realm="x"'), {}).holds, false)
})

test('what is missing, throttled, crashed or cut short cannot be compared', () => {
  const unlike: readonly [Partial<Answer>, Partial<Answer>] = [{ status: 401 }, { status: 403 }]
  assert.equal(compared('status', ...unlike, 'throttled').holds, 'unknown')
  assert.equal(compared('status', ...unlike, 'crashed').holds, 'unknown')
  const short = { body: 'a', violations: [{ code: 'cut-short', say: 'It ended.' }] }
  assert.equal(compared('length', short, { body: 'bb' }).holds, 'unknown')
  assert.equal(compared('length', { body: 'bb' }, short).holds, 'unknown')
  const none = same('first', ['status'])('first', contextOf(answered({})))
  assert.deepEqual([none.holds, none.got], ['unknown', 'first was not sent'])
})

test('not all of several steps had an access', () => {
  const of = (one: Outcome, two: Outcome): boolean | 'unknown' => {
    const steps = new Map([
      ['one', judgedAs(one, answered({}))],
      ['two', judgedAs(two, answered({}))],
    ])
    return notAll(['one', 'two'], 'granted')('', contextOf(answered({}), { steps })).holds
  }
  assert.equal(of('granted', 'denied'), true)
  assert.equal(of('granted', 'granted'), false)
  assert.equal(of('granted', 'silent'), 'unknown')
})
