// What the unmutated server answers, request by request.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountName } from './accounts.ts'
import {
  as,
  ask,
  basic,
  basicOf,
  demo,
  get,
  request,
  shown,
  userPass,
  utf8,
  withServer,
} from './ask.test.helper.ts'

const good = basic()
const authorization = `Authorization: ${good}`
const base64 = good.slice('Basic '.length)
const { user, password } = demo.default
const open = as(good).replace('Connection: close\r\n', '')
const chunked = get(authorization, 'Transfer-Encoding: chunked')
const names: readonly AccountName[] = ['default', 'plus-slash', 'colon', 'utf8', 'long']

const table: Readonly<Record<string, readonly (readonly [bytes: string, status: string])[]>> = {
  'grants good credentials': [
    ...names.map((name) => [as(basic(demo[name])), '200'] as const),
    [as(`bAsIc ${base64}`), '200'],
    [as(`Basic   ${base64}`), '200'],
    [get(`AUTHORIZATION:${good}`), '200'],
    [get(`authorization: \t ${good} \t `), '200'],
    [request('HEAD /protected HTTP/1.1', authorization), '200'],
    [request('GET /protected?a=b HTTP/1.1', authorization), '200'],
    [request('GET http://elsewhere.example:80/protected HTTP/1.1', authorization), '200'],
    [`GET /protected HTTP/1.0\r\n${authorization}\r\n\r\n`, '200'],
    [`\r\n\r\n${as(good)}`, '200'],
  ],
  'forbids the page to an account that may only log in': [
    [as(basic(demo.unprivileged)), '403'],
    [request('HEAD /protected HTTP/1.1', `Authorization: ${basic(demo.unprivileged)}`), '403'],
    [request('GET /public HTTP/1.1', `Authorization: ${basic(demo.unprivileged)}`), '200'],
  ],
  'refuses wrong credentials with 401': [
    [get(), '401'],
    [request('HEAD /protected HTTP/1.1'), '401'],
    [request('POST /protected HTTP/1.1'), '401'],
    [request('GET /protected/unknown HTTP/1.1'), '401'],
    ...[
      `${user}:`,
      `:${password}`,
      ':',
      user,
      `${user}:${password} `,
      `${user}:${password}\0`,
      `${user}:${password.toUpperCase()}`,
      `${user.toLowerCase()}:${password}`,
      `${user}:${password.slice(0, -1)}`,
      `${user}:${password}:x`,
      `${user}:${password}\xff`,
      `${demo.utf8.user}:${demo.utf8.password}`,
      utf8(`${demo.utf8.user}:${demo.utf8.password}`.normalize('NFD')),
    ].map((bytes) => [as(basicOf(bytes)), '401'] as const),
  ],
  'refuses credentials that it cannot read with 401': [
    '',
    'Basic',
    'Basic ',
    `Basic${base64}`,
    `Basic\t${base64}`,
    `XBasic ${base64}`,
    `Bearer ${base64}`,
    base64,
    `Basic ${base64}=`,
    `Basic ${base64.replace(/=+$/, '')}`,
    `Basic ${base64.replace('=', '')}`,
    `Basic ${base64} x`,
    `Basic ${base64}, Basic ${base64}`,
    `Basic "${base64}"`,
    `Basic ${basic(demo['plus-slash']).slice(6).replaceAll('+', '-').replaceAll('/', '_')}`,
    `Basic ${userPass(demo.default)}`,
    'Basic QQQQQ',
    'Basic =',
    '\xe9\xff',
    `Basic ${'A'.repeat(8192)}`,
  ].map((value) => [as(value), '401'] as const),
  'takes credentials from no other place': [
    [get(`Cookie: Authorization=${encodeURIComponent(good)}`), '401'],
    [get(`X-Authorization: ${good}`), '401'],
    [get(`Proxy-Authorization: ${good}`), '401'],
    [request(`GET /protected?authorization=${encodeURIComponent(good)} HTTP/1.1`), '401'],
    [`${get('Transfer-Encoding: chunked')}0\r\n${authorization}\r\n\r\n`, '401'],
  ],
  'ignores conditions and ranges of those it refuses': [
    [get('If-None-Match: *'), '401'],
    [get('If-Match: "x"'), '401'],
    [get('Range: bytes=0-0'), '401'],
  ],
  'refuses malformed requests': [
    [get(authorization, authorization), '400'],
    [get(`Authorization : ${good}`), '400'],
    [get(`Authorization: Basic\r\n ${base64}`), '400'],
    [request(`GET /protected HTTP/1.1\r\n ${authorization}`), '400'],
    [as(`${good}\0`), '400'],
    [as(`${good}\rx`), '400'],
    [as(`${good}\x01`), '400'],
    [as(`${good}\x7f`), '400'],
    [get(authorization, 'no colon'), '400'],
    [get(authorization, ': no name'), '400'],
    [get('Host: localhost', authorization), '400'],
    [as(good).replace('localhost', ''), '400'],
    [as(good).replace('localhost', 'user@localhost'), '400'],
    [as(good).replace('Host: localhost\r\n', ''), '400'],
    [as(good).replaceAll('\r\n', '\n'), '400'],
    ['GET /protected\r\n\r\n', '400'],
    ['GET  /protected HTTP/1.1\r\nHost: localhost\r\n\r\n', '400'],
    [request('GET /protected x HTTP/1.1'), '400'],
    [request('GET /protected#x HTTP/1.1'), '400'],
    [request('GET protected HTTP/1.1'), '400'],
    [request('GET ftp://localhost/protected HTTP/1.1'), '400'],
    [request(`GET http://a:b@localhost/protected HTTP/1.1`, authorization), '400'],
    [request('GET * HTTP/1.1'), '400'],
    [request('CONNECT /protected HTTP/1.1'), '400'],
    [request('GET /protected HTTP/2.0'), '505'],
    [request('GET https://localhost/protected HTTP/1.1', authorization), '421'],
    ['\x16\x03\x01\x02\x00\x01', '400'],
  ],
  'refuses what is too large': [
    [as(`Basic ${'A'.repeat(17000)}`), '431'],
    [as(`Basic ${'A'.repeat(262144)}`), '431'],
    [request(`GET /${'a'.repeat(9000)} HTTP/1.1`), '414'],
    [request(`GET /${'a'.repeat(90000)} HTTP/1.1`), '414'],
    [get(authorization, 'Content-Length: 2000000'), '413'],
    [`${chunked}ffffff\r\n`, '413'],
  ],
  'reads content or closes': [
    [`${open.replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\n')}abc${get()}`, '200+401'],
    [`${chunked}3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n`, '200'],
    [`POST /protected HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n${open}`, '401'],
    [get(authorization, 'Transfer-Encoding: chunked', 'Content-Length: 5'), '400'],
    [get(authorization, 'Transfer-Encoding: chunked, identity'), '400'],
    [get(authorization, 'Transfer-Encoding: gzip, chunked'), '501'],
    [get(authorization, 'Content-Length: 5, 6'), '400'],
    [get(authorization, 'Content-Length: +5'), '400'],
    [get(authorization, 'Content-Length: 1', 'Content-Length: 1'), '400'],
    [get(authorization, 'Content-Length: 0'), '200'],
    [`${chunked}x\r\n`, '400'],
    [`${chunked}1\r\nabc\r\n`, '400'],
    [`${chunked}${'1'.repeat(300)}`, '400'],
    [`${chunked}0\r\nno colon\r\n\r\n`, '400'],
    [`${chunked}0\r\n${'X: y\r\n'.repeat(70)}\r\n`, '400'],
    [`GET /protected HTTP/1.0\r\n${authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`, '400'],
  ],
  'waits for 100-continue where it is asked to': [
    [`${get(authorization, 'Expect: 100-continue', 'Content-Length: 3')}abc`, '100+200'],
    [get('Expect: 100-continue', 'Content-Length: 3'), '401'],
    [get(authorization, 'Expect: 100-continue'), '200'],
  ],
  'knows its methods and paths': [
    [request('OPTIONS /protected HTTP/1.1'), '204'],
    [request('OPTIONS * HTTP/1.1'), '204'],
    [request('POST /protected HTTP/1.1', authorization), '405'],
    [request('get /protected HTTP/1.1', authorization), '501'],
    [request('BREW /protected HTTP/1.1', authorization), '501'],
    [request('TRACE /protected HTTP/1.1', authorization), '501'],
    [request('CONNECT localhost:80 HTTP/1.1'), '501'],
    [request('GET /public HTTP/1.1'), '200'],
    [request('GET http://localhost HTTP/1.1'), '404'],
    [request('GET /protected/../public HTTP/1.1', authorization), '404'],
    [request('GET /Protected HTTP/1.1'), '404'],
  ],
  'keeps connections but no identity': [
    [open + get(), '200+401'],
    [open + as('Basic eDp5'), '200+401'],
    [open + open + as(good), '200+200+200'],
    [`GET /protected HTTP/1.0\r\n${authorization}\r\n\r\n${get()}`, '200'],
  ],
}

for (const [title, rows] of Object.entries(table)) {
  test(title, async () => {
    await withServer(undefined, async (server) => {
      for (const [send, status] of rows) {
        const seen = await shown(server, { send, plain: '', mutated: '' })
        assert.equal(seen, status, JSON.stringify(send.slice(0, 300)))
      }
    })
  })
}

test('closes after a malformed request, and says so', async () => {
  await withServer(undefined, async (server) => {
    const answer = await ask(server, `${open.replace('Authorization', 'Authorization ')}${open}`)
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*Connection: close\r\n/)
    assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1)
  })
})

test('reads a head that arrives in pieces', async () => {
  await withServer(undefined, async (server) => {
    const bytes = as(good)
    const how = { later: bytes.slice(60), pause: 20 }
    assert.match(await ask(server, bytes.slice(0, 60), how), /^HTTP\/1\.1 200/)
  })
})

test('lets go of a connection whose other end is gone', async () => {
  await withServer(undefined, async (server) => {
    assert.equal(await ask(server, 'GET /protected HTTP/1.1\r\nHost: a\r\n', { end: true }), '')
    assert.match(await ask(server, open, { end: true }), /^HTTP\/1\.1 200/)
  })
})
