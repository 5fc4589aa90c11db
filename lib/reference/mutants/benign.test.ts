import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  as,
  basic,
  basicOf,
  demo,
  get,
  type Row,
  request,
  showDifferences,
  shown,
  withServer,
} from '../ask.test.helper.ts'
import { benign } from './benign.ts'

const challenge = 'Basic realm="Reference", charset="UTF-8"'

const says = (mutated: string): Row => ({
  send: get(),
  see: 'WWW-Authenticate',
  plain: challenge,
  mutated,
})

const length = (send: string, plain: string, mutated: string): Row => ({
  send,
  see: 'Content-Length',
  plain,
  mutated,
})

showDifferences(
  benign.filter(
    ({ id }) => !id.includes('counted') && !id.includes('failures') && !id.includes('ids'),
  ),
  {
    'benign-challenges-one-line': says(`${challenge}, Bearer realm="Reference"`),
    'benign-challenges-many-lines': says(`${challenge} | Bearer realm="Reference" | Negotiate`),
    'benign-challenge-extra-parameter': says(`${challenge}, title="Demo"`),
    'benign-challenge-lower-case': says('basic REALM="Reference", Charset="utf-8"'),
    'benign-charset-token': says('Basic realm="Reference", charset=UTF-8'),
    'benign-charset-absent': { send: as(basic(demo.utf8)), plain: '200', mutated: '401' },
    'benign-realm-quoted-comma': says('Basic realm="Demo, \\"Basic\\" realm=x", charset="UTF-8"'),
    'benign-challenge-on-200': { ...says(challenge), send: as(basic()), plain: '' },
    'benign-malformed-400': { send: as('Basic !'), plain: '401', mutated: '400' },
    'benign-hidden-404': {
      send: [get(), as(basicOf('a:b')), as(basic())],
      plain: '401 401 200',
      mutated: '404 404 200',
    },
    'benign-large-html-401': length(get(), '109', '52055'),
    'benign-empty-401': length(get(), '109', '0'),
    'benign-throttles-large-fields': {
      send: as(`Basic ${'A'.repeat(4096)}`),
      see: 'Retry-After',
      plain: '',
      mutated: '1',
    },
    'benign-options-401': {
      send: request('OPTIONS /protected HTTP/1.1'),
      plain: '204',
      mutated: '401',
    },
    'benign-head-405': {
      send: request('HEAD /protected HTTP/1.1', `Authorization: ${basic()}`),
      plain: '200',
      mutated: '405',
    },
    'benign-duplicates-401': {
      send: get(`Authorization: ${basic()}`, `Authorization: ${basic()}`),
      plain: '400',
      mutated: '401',
    },
    'benign-success-204': { send: as(basic()), plain: '200', mutated: '204' },
    'benign-upgrade-offered': { send: get(), see: 'Upgrade', plain: '', mutated: 'h2c' },
    'benign-cookie': {
      send: as(basic()),
      see: 'Set-Cookie',
      plain: '',
      mutated: 'session=demo; HttpOnly; SameSite=Strict; Path=/',
    },
    'benign-vary': { send: as(basic()), see: 'Vary', plain: '', mutated: 'Accept-Encoding' },
    'benign-content-location': {
      send: as(basic()),
      see: 'Content-Location',
      plain: '',
      mutated: '/protected',
    },
    'benign-hsts-everywhere': {
      send: get(),
      see: 'Strict-Transport-Security',
      plain: '',
      mutated: 'max-age=31536000; includeSubDomains',
    },
  },
)

test('benign-refusals-counted says another number each time', async () => {
  const body = await withServer('benign-refusals-counted', (server) =>
    shown(server, { send: [get(), as('Basic eDp5')], see: 'body', plain: '', mutated: '' }),
  )
  assert.equal(
    body,
    '{"message":"Credentials are needed.","attempt":1} {"message":"The credentials are wrong.","attempt":2}',
  )
})

test('benign-request-ids numbers and dates every answer', async () => {
  const ids = await withServer('benign-request-ids', (server) =>
    shown(server, { send: [get(), as(basic())], see: 'X-Request-Id', plain: '', mutated: '' }),
  )
  assert.equal(ids, 'r-1 r-2')
  const body = await withServer('benign-request-ids', (server) =>
    shown(server, { send: as(basic()), see: 'body', plain: '', mutated: '' }),
  )
  assert.match(body, /^\{"request":1,"time":"\d+-[0-9a-z]+","resource":"protected","ok":true\}$/)
})

test('benign-throttles-after-200-failures grants good credentials for ever', async () => {
  const burst = `${get().replace('Connection: close\r\n', '').repeat(200)}${get()}`
  const seen = await withServer('benign-throttles-after-200-failures', async (server) => [
    await shown(server, { send: burst, plain: '', mutated: '' }),
    await shown(server, { send: as(basic()), plain: '', mutated: '' }),
  ])
  assert.deepEqual(seen, [`${'401+'.repeat(200)}429`, '200'])
})
