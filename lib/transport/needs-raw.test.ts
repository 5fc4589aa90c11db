import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request, Route } from '../model/exchange.ts'
import { needsRaw, settled } from './needs-raw.ts'
import { line } from './scripted.test.support.ts'
import { serialise, textOf } from './serialise.ts'

const route: Route = { scheme: 'http', host: 'a.test', port: 80 }
const request = (change: Partial<Request> = {}): Request => ({
  route,
  method: 'GET',
  target: [{ text: '/x' }],
  fields: [line('X-First', '1'), line('Host', 'a.test'), line('Authorization', 'Basic eA==')],
  ...change,
})
const withFields = (...fields: Request['fields']): Request =>
  request({ fields: [line('Host', 'a.test'), ...fields] })
const bytes = (given: Request): string => textOf(serialise(given))

const carriedByUndici: readonly (readonly [string, Request])[] = [
  ['an ordinary request', request()],
  ['bytes from 80 to ff in a value', withFields(line('A', '\x80\xff\t!'))],
  ['an empty value', withFields(line('A', ''))],
  ['blanks around a value', withFields(line('A', '  b  '))],
  ['the same name twice', withFields(line('A', '1'), line('a', '2'))],
  ['a body', request({ method: 'POST', body: [{ text: 'a=b' }] })],
  ['a body on GET', request({ body: [{ text: 'a=b' }] })],
  [
    'a stated length',
    request({ body: [{ text: 'abc' }], fields: [line('Content-Length', '3'), line('Host', 'h')] }),
  ],
  ['a payload method without content', request({ method: 'PUT' })],
  ['an unusual method', request({ method: 'get-it' })],
  ['an absolute target', request({ target: [{ text: 'http://b.test/x' }] })],
  ['bytes above 7f in the target', request({ target: [{ text: '/\xe9' }] })],
  ['Connection stated', withFields(line('Connection', 'keep-alive'))],
]

for (const [name, given] of carriedByUndici) {
  test(`Lets undici carry ${name}`, () => {
    assert.equal(needsRaw(given), undefined)
    assert.equal(needsRaw(settled(given, 'keep-alive')), undefined)
  })
}

const carriedRaw: readonly (readonly [string, Request, RegExp])[] = [
  ['what says so', request({ raw: 'because' }), /^because$/],
  ['another version', request({ version: 'HTTP/1.0' }), /HTTP\/1\.1 only/],
  ['a pause', request({ pause: 'before-content' }), /one go/],
  ['a request line of its own', request({ start: [{ text: 'hello' }] }), /request lines/],
  ['a line that is no field', withFields({ ...line('hello', ''), bare: true }), /field lines/],
  ['CONNECT', request({ method: 'CONNECT' }), /method/],
  ['a method that is no token', request({ method: 'G ET' }), /method/],
  ['a target without a slash', request({ target: [{ text: '*' }] }), /target/],
  ['a blank in the target', request({ target: [{ text: '/a b' }] }), /target/],
  ['trailers', request({ body: [{ text: 'x' }], trailers: [line('A', 'b')] }), /trailers|transfer/],
  ['no Host', request({ fields: [] }), /Host/],
  ['two Hosts', withFields(line('host', 'b')), /Host/],
  [
    'two lengths',
    withFields(line('Content-Length', '0'), line('Content-Length', '0')),
    /Content-Length/,
  ],
  [
    'a wrong length',
    request({ body: [{ text: 'x' }], fields: [line('Host', 'h'), line('Content-Length', '2')] }),
    /Content-Length/,
  ],
  ['a needless length', withFields(line('Content-Length', '0')), /Content-Length/],
  ['Transfer-Encoding', withFields(line('Transfer-Encoding', 'chunked')), /transfer-encoding/],
  ['Upgrade', withFields(line('Upgrade', 'x')), /upgrade/],
  ['Expect', withFields(line('Expect', '100-continue')), /expect/],
  ['another Connection option', withFields(line('Connection', 'authorization')), /Connection/],
  ['a control byte', withFields(line('A', 'a\x00b')), /control/],
  ['a folded value', withFields(line('A', 'a\r\n b')), /control/],
  ['DEL', withFields(line('A', 'a\x7fb')), /control/],
  ['a name that is no token', withFields(line('A b', 'c')), /token/],
  ['a name with a blank before it', withFields(line(' A', 'c')), /token/],
  [
    'a blank before the colon',
    withFields({ ...line('A', 'b'), beforeColon: [{ text: ' ' }] }),
    /one space/,
  ],
  ['no blank after the colon', withFields({ ...line('A', 'b'), afterColon: [] }), /one space/],
]

for (const [name, given, why] of carriedRaw) {
  test(`Carries raw ${name}`, () => {
    assert.match(needsRaw(given) ?? '', why)
    assert.equal(needsRaw(settled(given, 'close')), needsRaw(given))
  })
}

test("Puts an ordinary request in undici's order and spelling", () => {
  const given = request({
    method: 'POST',
    body: [{ text: '\xe9' }],
    fields: [line('Content-Length', '1'), line('A-b', 'C'), line('Host', 'a.test')],
  })
  assert.equal(
    bytes(settled(given, 'close')),
    'POST /x HTTP/1.1\r\nhost: a.test\r\nconnection: close\r\nA-b: C\r\ncontent-length: 1\r\n\r\n\xe9',
  )
  assert.match(
    bytes(settled(request(), 'keep-alive')),
    /\r\nconnection: keep-alive\r\nX-First: 1\r\n/,
  )
})

test('Leaves the order and spelling of a raw request, and only adds what is missing', () => {
  const given = request({ method: 'POST', raw: 'order', body: [{ text: 'ab' }] })
  assert.equal(
    bytes(settled(given, 'close')),
    'POST /x HTTP/1.1\r\nX-First: 1\r\nHost: a.test\r\nAuthorization: Basic eA==\r\n' +
      'connection: close\r\ncontent-length: 2\r\n\r\nab',
  )
  const stated = withFields(line('connection ', 'x'), line('Content-Length', '9'))
  assert.equal(bytes(settled(stated, 'close')), bytes(stated))
})

test('Writes odd lines, trailers and versions to the byte', () => {
  const odd = request({
    version: 'HTTP/1.0',
    method: 'GET\t',
    fields: [
      {
        name: [{ text: ' H' }],
        beforeColon: [{ text: '\t' }],
        afterColon: [],
        value: [{ text: 'a\r\n b' }],
      },
    ],
  })
  assert.equal(bytes(odd), 'GET\t /x HTTP/1.0\r\n H\t:a\r\n b\r\n\r\n')
  const trailed = request({
    fields: [],
    body: [{ text: 'x'.repeat(17) }],
    trailers: [line('T', 'u')],
  })
  assert.equal(
    bytes(settled(trailed, 'close')),
    `GET /x HTTP/1.1\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n11\r\n${'x'.repeat(17)}\r\n0\r\nT: u\r\n\r\n`,
  )
  assert.match(bytes(request({ trailers: [line('T', 'u')] })), /\r\n\r\n0\r\nT: u\r\n\r\n$/)
})

test('Keeps labels through settling and serialising', () => {
  const given = withFields(
    {
      name: [{ text: 'Connection', fault: true }],
      value: [{ text: 'close', fault: true }],
    },
    { name: [{ text: 'A' }], value: [{ text: 'b' }, { text: 'c', secret: 'password' }] },
  )
  const spans = serialise(settled(given, 'close'))
  assert.deepEqual(
    spans.filter((span) => span.fault || span.secret),
    [
      { text: 'connection', fault: true },
      { text: 'close', fault: true },
      { text: 'c', secret: 'password' },
    ],
  )
})

test('Settles twice to the same', () => {
  for (const given of [...carriedByUndici, ...carriedRaw].map(([, each]) => each)) {
    const once = settled(given, 'close')
    assert.deepEqual(settled(once, 'keep-alive'), once)
  }
})

test('A request line of its own and a line that is no field are written as they are', () => {
  const given = request({
    start: [{ text: 'hello' }],
    fields: [line('Host', 'a.test'), { ...line('no field', ''), bare: true }],
  })
  assert.equal(bytes(given), 'hello\r\nHost: a.test\r\nno field\r\n\r\n')
  assert.equal(
    bytes(settled(given, 'close')),
    'hello\r\nHost: a.test\r\nno field\r\nconnection: close\r\n\r\n',
  )
})
