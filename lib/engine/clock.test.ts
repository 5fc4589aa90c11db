import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../model/exchange.ts'
import { createClock } from './clock.ts'

const AT = Date.UTC(2030, 0, 1, 12, 0, 0, 250)

const dated = (seconds: number | string, more: Answer['fields'] = []): Answer => ({
  version: 'HTTP/1.1',
  status: 401,
  reason: '',
  fields: [
    ['date', typeof seconds === 'string' ? seconds : new Date(AT + seconds * 1000).toUTCString()],
    ...more,
  ],
  body: '',
  bodyBytes: 0,
  cut: false,
  trailers: [],
  interim: [],
  violations: [],
})

test('nothing is known of a server that sends no date', () => {
  const clock = createClock()
  assert.equal(clock.skew(), undefined)
  clock.note({ ...dated(0), fields: [] }, AT, 10)
  clock.note(dated('yesterday'), AT, 10)
  assert.equal(clock.skew(), undefined)
})

test('the skew is the median, so that single answers do not move it', () => {
  const clock = createClock()
  for (const seconds of [3600, 3599, -99_999, 3601, 50_000]) clock.note(dated(seconds), AT, 10)
  assert.equal(clock.skew(), 3600)
  const behind = createClock()
  behind.note(dated(-3600), AT, 10)
  assert.equal(behind.skew(), -3600)
})

test('a clock that is right is right to the second, however long the answer took', () => {
  for (const ms of [1, 400, 900]) {
    const clock = createClock()
    for (let n = 0; n < 5; n += 1) {
      // The server's date was cut to the second in the middle of the exchange.
      const at = AT + n * 370
      clock.note(dated((at + ms / 2 - AT) / 1000), at, ms)
    }
    assert.ok(Math.abs(clock.skew() ?? 99) <= 1, `${ms} ms: ${clock.skew()}`)
  }
})

test('what a cache has kept says nothing of the clock', () => {
  const clock = createClock()
  clock.note(dated(-9000, [['Age', '9000']]), AT, 10)
  assert.equal(clock.skew(), undefined)
  clock.note(dated(0), AT, 10)
  assert.equal(clock.skew(), 0)
})

test('the first answers are enough', () => {
  const clock = createClock()
  for (let n = 0; n < 25; n += 1) clock.note(dated(0), AT, 10)
  for (let n = 0; n < 100; n += 1) clock.note(dated(7200), AT, 10)
  assert.equal(clock.skew(), 0)
})
