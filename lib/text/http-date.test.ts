import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHttpDate, parseRetryAfter } from './http-date.ts'

const NOW = Date.UTC(2025, 5, 15, 12, 0, 0)
const EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37)

test('reads the three formats of RFC 9110', () => {
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    ' Sun, 06 Nov 1994 08:49:37 GMT ',
    'Mon, 06 Nov 1994 08:49:37 GMT',
  ]) {
    assert.equal(parseHttpDate(text, NOW), EXAMPLE, text)
  }
  assert.equal(parseHttpDate('Wed Nov 16 08:49:37 1994'), Date.UTC(1994, 10, 16, 8, 49, 37))
})

test('reads what the platform writes', () => {
  for (const ms of [0, 951_782_400_000, NOW, 4_102_444_799_000, -2_208_988_800_000]) {
    assert.equal(parseHttpDate(new Date(ms).toUTCString()), ms)
  }
  assert.equal(parseHttpDate('Sat, 01 Jan 0050 00:00:00 GMT'), Date.parse('0050-01-01T00:00:00Z'))
})

test('reads nothing else as a date', () => {
  for (const text of [
    '',
    '0',
    'now',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06  Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 94 08:49:37 GMT',
    'Sun, 06-Nov-94 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 30 Feb 1994 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Wed, 29 Feb 1995 08:49:37 GMT',
    '1994-11-06T08:49:37Z',
    'Sun Nov 6 08:49:37 1994',
    'x Sun, 06 Nov 1994 08:49:37 GMT',
  ]) {
    assert.equal(parseHttpDate(text, NOW), undefined, text)
  }
})

test('a leap second is the start of the next minute', () => {
  assert.equal(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT'), Date.UTC(2017, 0, 1))
})

test('a two-digit year is at most fifty years ahead', () => {
  const yearOf = (text: string, now: number): number | undefined => {
    const ms = parseHttpDate(text, now)
    return ms === undefined ? undefined : new Date(ms).getUTCFullYear()
  }
  assert.equal(yearOf('Monday, 14-Jun-75 12:00:00 GMT', NOW), 2075)
  assert.equal(yearOf('Monday, 15-Jun-75 12:00:00 GMT', NOW), 2075)
  assert.equal(yearOf('Monday, 15-Jun-75 12:00:01 GMT', NOW), 1975)
  assert.equal(yearOf('Monday, 15-Jun-76 12:00:00 GMT', NOW), 1976)
  assert.equal(yearOf('Monday, 15-Jun-25 12:00:00 GMT', NOW), 2025)
  assert.equal(yearOf('Monday, 15-Jun-05 12:00:00 GMT', Date.UTC(2060, 0, 1)), 2105)
  assert.equal(yearOf('Monday, 15-Jun-15 12:00:00 GMT', Date.UTC(2060, 0, 1)), 2015)
  assert.equal(yearOf('Monday, 29-Feb-00 12:00:00 GMT', Date.UTC(2060, 0, 1)), 2000)
  assert.equal(yearOf('Monday, 29-Feb-23 12:00:00 GMT', NOW), undefined)
})

test('reads Retry-After as seconds from now', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['120', { seconds: 120 }],
    [' 0 ', { seconds: 0 }],
    ['007', { seconds: 7 }],
    ['99999999999999999999', { seconds: 2 ** 31 }],
    ['Sun, 15 Jun 2025 12:01:00 GMT', { seconds: 60 }],
    ['Sunday, 15-Jun-25 12:01:00 GMT', { seconds: 60 }],
    ['Sun Jun 15 12:01:00 2025', { seconds: 60 }],
    ['Sun, 15 Jun 2025 11:00:00 GMT', { seconds: 0 }],
    ['Sun, 15 Jun 9999 11:00:00 GMT', { seconds: 2 ** 31 }],
    ['', { fault: 'empty' }],
    ['-1', { fault: 'negative' }],
    ['1.5', { fault: 'fraction' }],
    ['.5', { fault: 'fraction' }],
    ['5s', { fault: 'unreadable' }],
    ['1e3', { fault: 'unreadable' }],
    ['+5', { fault: 'unreadable' }],
    ['soon', { fault: 'unreadable' }],
  ]
  for (const [value, wanted] of rows) assert.deepEqual(parseRetryAfter(value, NOW), wanted, value)
  assert.deepEqual(parseRetryAfter('Sun, 15 Jun 2025 12:00:01 GMT', NOW + 1), { seconds: 1 })
})
