import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer, Exchange, Outcome } from '../model/exchange.ts'
import {
  type Circumstance,
  type Fingerprint,
  featuresOf,
  isCrash,
  isThrottled,
  learn,
  outcomeOf,
  sayWitness,
} from './fingerprint.ts'

type Given = Partial<Answer> & { readonly method?: string }

const answerOf = (given: Given): Answer => {
  const { method, ...own } = given
  const body = own.body ?? ''
  return {
    version: 'HTTP/1.1',
    status: 200,
    reason: '',
    fields: [],
    body,
    bodyBytes: body.length,
    cut: false,
    trailers: [],
    interim: [],
    violations: [],
    ...own,
  }
}

const exchangeOf = (given: Given | Exchange['ending']): Exchange => {
  const base = {
    n: 1,
    request: {
      route: { scheme: 'http', host: 'h', port: 80 } as const,
      method: (typeof given === 'object' ? given.method : undefined) ?? 'GET',
      target: [{ text: '/' }],
      fields: [],
    },
    carrier: 'raw' as const,
    connection: 1,
    at: 0,
    ms: 1,
  }
  return typeof given === 'string'
    ? { ...base, ending: given }
    : { ...base, ending: 'complete', answer: answerOf(given) }
}

const json = ['Content-Type', 'application/json'] as const
const html = ['Content-Type', 'text/html; charset=utf-8'] as const
const asks = ['WWW-Authenticate', 'Basic realm="x"'] as const
const to = (place: string): readonly [string, string] => ['Location', place]

const page: Given = { fields: [json], body: '{"user":"a","id":1}' }
const bare401: Given = { status: 401, fields: [asks] }
const told401: Given = { status: 401, fields: [asks, json], body: '{"error":"wrong"}' }

const usual = learn([answerOf(page), answerOf(page)], [answerOf(bare401), answerOf(told401)])

const table = (
  print: Fingerprint,
  rows: readonly (readonly [Given | Exchange['ending'], Outcome, Circumstance?])[],
): void => {
  for (const [given, wanted, circumstance] of rows) {
    assert.equal(outcomeOf(print, exchangeOf(given), circumstance), wanted, JSON.stringify(given))
  }
}

test('where the status tells granted from refused, it decides', () => {
  assert.deepEqual(usual.tells, ['status', 'challenge', 'members'])
  table(usual, [
    [page, 'granted'],
    // Values are not compared: another account is still a grant.
    [{ fields: [json], body: '{"id":2,"user":"b"}' }, 'granted'],
    [{ fields: [json], body: '{"user":"a"}' }, 'unclear'],
    [{ fields: [html], body: '{"user":"a","id":1}' }, 'unclear'],
    [{ fields: [], body: '' }, 'unclear'],
    [bare401, 'denied'],
    [{ status: 400 }, 'denied'],
    [{ status: 403, fields: [json], body: '{"never":"seen"}' }, 'denied'],
    [{ status: 404 }, 'denied'],
    [{ status: 407 }, 'denied'],
    [{ status: 418 }, 'denied'],
    [{ status: 501 }, 'denied'],
    [{ status: 505 }, 'unclear'],
    [{ status: 302, fields: [to('/login')] }, 'redirected'],
    [{ status: 304 }, 'redirected'],
    [{ status: 204 }, 'unclear'],
    [{ status: 999 }, 'unclear'],
  ])
})

test('throttling and crashes are neither, and decide nothing', () => {
  for (const status of [408, 423, 425, 429, 503]) {
    assert.ok(isThrottled(status))
    assert.equal(outcomeOf(usual, exchangeOf({ status })), 'throttled')
  }
  for (const status of [500, 502, 504]) {
    assert.ok(isCrash(status))
    assert.equal(outcomeOf(usual, exchangeOf({ status })), 'crashed')
  }
  assert.equal(isThrottled(401) || isCrash(501), false)
  // A server that grants with 503 has told us so.
  const odd = learn([answerOf({ ...page, status: 503 })], [answerOf(bare401)])
  table(odd, [
    [{ ...page, status: 503 }, 'granted'],
    [{ status: 429 }, 'throttled'],
  ])
})

test('an exchange without an answer is silent, closed or not sent', () => {
  table(usual, [
    ['silent', 'silent'],
    ['closed', 'closed'],
    ['closed', 'denied', { routeFault: true }],
    ['silent', 'silent', { routeFault: true }],
    ['unsent', 'unclear'],
  ])
})

test('whoever comes without TLS and is sent elsewhere or cut off was given nothing', () => {
  const without = { routeFault: true, withoutTls: true }
  table(usual, [
    [{ status: 308, fields: [to('/login')] }, 'redirected'],
    [{ status: 308, fields: [to('/login')] }, 'denied', without],
    ['closed', 'denied', without],
  ])
  const cut = (code: 'reset' | 'ended' | 'garbage' | 'timeout'): Exchange => ({
    ...exchangeOf('silent'),
    trouble: { code, say: '' },
  })
  for (const code of ['reset', 'ended', 'garbage'] as const) {
    assert.equal(outcomeOf(usual, cut(code), without), 'denied')
    assert.equal(outcomeOf(usual, cut(code)), 'silent')
  }
  assert.equal(outcomeOf(usual, cut('timeout'), without), 'silent')
})

test('a refusal of size says nothing where the exchange ought to be granted', () => {
  for (const status of [413, 414, 431]) {
    table(usual, [
      [{ status }, 'denied'],
      [{ status }, 'unclear', { mustBeGranted: true }],
    ])
  }
  table(usual, [[{ status: 400 }, 'denied', { mustBeGranted: true }]])
})

test('who may miss a part of the request has not refused the credential by saying so', () => {
  for (const status of [400, 411, 415, 422]) {
    table(usual, [[{ status }, 'unclear', { incomplete: true }]])
  }
  for (const status of [401, 403, 404, 405, 421, 426]) {
    table(usual, [[{ status }, 'denied', { incomplete: true }]])
  }
})

test('for HEAD, status and media type alone are compared', () => {
  table(usual, [
    [{ method: 'HEAD', fields: [json] }, 'granted'],
    [{ method: 'HEAD', fields: [html] }, 'unclear'],
    [{ method: 'HEAD', status: 401 }, 'denied'],
  ])
})

test('redirects and 2xx answers are refusals where this target refuses so', () => {
  const login = learn(
    [answerOf(page)],
    [answerOf({ status: 302, fields: [to('/login?next=1')] }), answerOf({ status: 204 })],
  )
  table(login, [
    [{ status: 302, fields: [to('/login?next=2#top')] }, 'denied'],
    [{ status: 302, fields: [to('/elsewhere')] }, 'redirected'],
    [{ status: 307, fields: [to('/login')] }, 'redirected'],
    [{ status: 204 }, 'denied'],
    [{ status: 204, fields: [html] }, 'unclear'],
    [{ status: 202 }, 'unclear'],
    [{ status: 401 }, 'denied'],
  ])
})

test('where the status is the same, all features that tell apart have to match', () => {
  const form: Given = { fields: [html], body: '<form>' }
  const error: Given = { fields: [json], body: '{"error":1}' }
  const alike = learn([answerOf(page), answerOf(page)], [answerOf(form), answerOf(error)])
  assert.deepEqual(alike.tells, ['members'])
  table(alike, [
    [page, 'granted'],
    [{ fields: [html], body: '{"user":"a","id":1}' }, 'granted'],
    [form, 'denied'],
    [{ fields: [json], body: '{"error":2}' }, 'denied'],
    [{ fields: [json], body: '{"new":1}' }, 'unclear'],
    [{ status: 401 }, 'denied'],
    [{ status: 501 }, 'denied'],
    [{ status: 302, fields: [to('/x')], body: '{"new":1}' }, 'unclear'],
    [{ status: 429 }, 'throttled'],
    [{ status: 500 }, 'crashed'],
  ])
})

test('what varies among granted answers tells nothing', () => {
  const one = answerOf({ fields: [json], body: '{"a":1}' })
  const two = answerOf({ fields: [html], body: '<a>' })
  const print = learn([one, two], [answerOf(bare401)])
  assert.deepEqual(print.tells, ['status', 'challenge'])
  assert.equal(print.granted?.members, undefined)
  table(print, [
    [{ fields: [html], body: 'x' }, 'granted'],
    [{ fields: [], body: '{"z":1}' }, 'granted'],
  ])
})

test('refused is a set: a value that any refusal has tells nothing', () => {
  const print = learn([answerOf(page)], [answerOf(bare401), answerOf({ ...page, status: 404 })])
  assert.deepEqual(print.tells, ['status'])
  const none = learn([answerOf(page)], [answerOf(page)])
  assert.deepEqual(none.tells, [])
  assert.equal(sayWitness(none), 'nothing tells them apart')
  assert.equal(outcomeOf(none, exchangeOf(page)), 'denied', 'nothing is granted by guess')
})

test('a witness that tells apart decides before everything else', () => {
  const witness = { text: 'Welcome' }
  const welcome = (name: string): Given => ({ fields: [html], body: `<p>Welcome ${name}</p>` })
  const refusal: Given = { fields: [html], body: '<p>Log in</p>' }
  const print = learn([answerOf(welcome('a'))], [answerOf(refusal)], witness)
  assert.deepEqual(print.tells, ['witness'])
  table(print, [
    [welcome('b'), 'granted'],
    [{ status: 203, body: 'Welcome' }, 'granted'],
    [refusal, 'denied'],
    [{ status: 401 }, 'denied'],
    [{ fields: [json], body: '{}' }, 'unclear'],
    [{ status: 503 }, 'throttled'],
    [{ status: 413 }, 'unclear', { mustBeGranted: true }],
  ])
  // One that every answer has is no witness.
  const everywhere = learn([answerOf(page)], [answerOf(bare401)], { status: 401 })
  assert.ok(!everywhere.tells.includes('witness'))
  assert.equal(outcomeOf(everywhere, exchangeOf(page)), 'granted')
})

test('without a granted answer, refusals are told from what nobody has seen', () => {
  const print = learn([], [answerOf(bare401)])
  assert.equal(print.granted, undefined)
  assert.equal(sayWitness(print), 'nothing granted was seen')
  table(print, [
    [bare401, 'denied'],
    [{ status: 404 }, 'denied'],
    [page, 'unclear'],
    [{ status: 302, fields: [to('/x')] }, 'redirected'],
    [{ status: 500 }, 'crashed'],
  ])
})

test('features are compared without what varies by nature', () => {
  const found = featuresOf(
    answerOf({
      status: 302,
      fields: [['content-type', 'Text/HTML;x=y'], to('/a?b#c'), asks],
      body: '{"b":1,"a":{"c":[]}}',
    }),
  )
  const again = featuresOf(
    answerOf({
      status: 302,
      fields: [asks, to('/a?d'), ['Content-Type', 'text/html']],
      body: '{"a":null,"b":2}',
    }),
  )
  assert.deepEqual({ ...found, members: '' }, { ...again, members: '' })
  assert.equal(found.media, 'text/html')
  assert.equal(found.location, '/a')
  assert.equal(found.challenge, 'yes')
  assert.equal(found.witness, 'no')
})

test('how answers are told apart is said in words', () => {
  assert.equal(sayWitness(usual), 'told apart by status, a challenge, JSON member names')
})
