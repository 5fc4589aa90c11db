import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, ask, basic, get, request, showDifferences, withServer } from '../ask.test.helper.ts'
import { strictPolicy } from '../generic/policy.ts'
import { benignWire } from './benign-wire.ts'
import { changeOf } from './index.ts'

const good = basic()
const open = as(good).replace('Connection: close\r\n', '')
const onBytes = [
  'benign-split-writes',
  'benign-slow',
  'benign-no-reason-phrase',
  'benign-lower-case-fields',
]

showDifferences(
  benignWire.filter(({ id }) => !onBytes.includes(id)),
  {
    'benign-closes': { send: open + get(), plain: '200+401', mutated: '200' },
    'benign-closes-unannounced': { send: open + get(), plain: '200+401', mutated: '200' },
    'benign-http-1.0': { send: open, end: true, see: 'Connection', plain: '', mutated: 'close' },
    'benign-chunked': { send: get(), see: 'Transfer-Encoding', plain: '', mutated: 'chunked' },
    'benign-early-hints': { send: get(), plain: '401', mutated: '103+401' },
    'benign-fold-replaced': {
      send: get(`Authorization: ${good.replace(' ', '\r\n ')}`),
      plain: '400',
      mutated: '200',
    },
    'benign-nul-replaced': {
      send: get(`Authorization: ${good.replace(' ', '\0')}`),
      plain: '400',
      mutated: '200',
    },
    'benign-first-blank-lines-ignored': {
      send: request(`GET /protected HTTP/1.1\r\n Authorization: ${good}`),
      plain: '400',
      mutated: '401',
    },
    'benign-lf-line-ends': {
      send: as(good).replaceAll('\r\n', '\n'),
      plain: '400',
      mutated: '200',
    },
    'benign-content-read': {
      send: `POST /protected HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc${get()}`,
      plain: '401',
      mutated: '401+401',
    },
    'benign-small-heads-only': {
      send: as(`Basic ${'A'.repeat(5000)}`),
      plain: '401',
      mutated: '431',
    },
  },
)

const came = (mutant: string, bytes: string): Promise<string> =>
  withServer(mutant, (server) => ask(server, bytes))

test('benign-no-reason-phrase leaves the phrase empty', async () => {
  assert.match(await came('benign-no-reason-phrase', get()), /^HTTP\/1\.1 401 \r\nDate: /)
})

test('benign-lower-case-fields writes every name in lower case', async () => {
  const [head = ''] = (await came('benign-lower-case-fields', get())).split('\r\n\r\n')
  const names = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(':')[0] ?? '')
  assert.deepEqual(names, [
    'date',
    'content-type',
    'www-authenticate',
    'content-length',
    'connection',
  ])
})

test('benign-closes-unannounced sends no Connection field', async () => {
  assert.doesNotMatch(await came('benign-closes-unannounced', open), /\r\nConnection:/)
})

test('benign-chunked sends what the length would have measured', async () => {
  assert.match(
    await came('benign-chunked', as(good)),
    /\r\n\r\n12\r\n\{"resource":"prote\r\n11\r\ncted","ok":true\}\n\r\n0\r\n\r\n$/,
  )
})

test('benign-slow takes its time', async () => {
  const begun = performance.now()
  assert.match(await came('benign-slow', as(good)), /^HTTP\/1\.1 200 OK/)
  assert.ok(performance.now() - begun >= 2)
})

test('benign-split-writes cuts an answer that arrives whole', async () => {
  const cut = changeOf('benign-split-writes')
  const { http } = cut?.(strictPolicy([]), { random: () => 0, refusalDelay: 0 }) ?? {}
  assert.deepEqual(
    http?.pieces('x'.repeat(90)).map(({ length }) => length),
    [40, 40, 10],
  )
  assert.match(
    await came('benign-split-writes', as(good)),
    /\{"resource":"protected","ok":true\}\n$/,
  )
})
