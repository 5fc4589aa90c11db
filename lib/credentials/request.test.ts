import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFault } from '../model/case.ts'
import type { Request } from '../model/exchange.ts'
import { type Bare, composeRequest, sayRequestFault } from './request.ts'
import { bytesOfSpans, plain, secret } from './spans.ts'

const bare: Bare = {
  route: { scheme: 'http', host: 'h.test', port: 81 },
  method: 'GET',
  target: '/a?b=1',
  authority: 'h.test:81',
  fields: [{ name: [plain('Accept')], value: [plain('*/*')] }],
}

const credential = {
  lines: [{ name: [plain('Authorization')], value: [secret('Basic YTpi', 'L')] }],
  trailers: [],
}
const nowhere = { lines: [], trailers: [] }

const linesOf = (request: Request): string[] =>
  request.fields.map((line) => `${bytesOfSpans(line.name)}: ${bytesOfSpans(line.value)}`)

const compose = (but: RequestFault, placed: typeof credential = credential): Request =>
  composeRequest(bare, placed, but)

test('a request without a fault is its operation with the credential last', () => {
  const request = compose({})
  assert.equal(request.method, 'GET')
  assert.equal(bytesOfSpans(request.target), '/a?b=1')
  assert.deepEqual(linesOf(request), [
    'Host: h.test:81',
    'Accept: */*',
    'Authorization: Basic YTpi',
  ])
  assert.equal(request.body, undefined)
  assert.equal(request.version, undefined)
  assert.deepEqual(
    [...request.target, ...request.fields.flatMap((line) => [...line.name, ...line.value])].filter(
      (span) => span.fault,
    ),
    [],
  )
})

test('Host lines are left out, doubled, broken or another host', () => {
  const hosts = (host: RequestFault['host']): string[] =>
    linesOf(compose(host === undefined ? {} : { host })).filter((line) => line.startsWith('Host'))
  assert.deepEqual(hosts('absent'), [])
  assert.deepEqual(hosts('twice'), ['Host: h.test:81', 'Host: h.test:81'])
  assert.deepEqual(hosts('invalid'), ['Host: a b/c'])
  assert.deepEqual(hosts('foreign'), ['Host: other.invalid'])
})

test('the request-target is written as the fault says', () => {
  const targets: readonly (readonly [RequestFault['target'], string])[] = [
    ['absolute-form', 'http://h.test:81/a?b=1'],
    ['absolute-form-https', 'https://h.test:81/a?b=1'],
    ['absolute-form-userinfo', 'http://someone:something@h.test:81/a?b=1'],
    [{ is: '*' }, '*'],
    [{ append: ' x' }, '/a?b=1 x'],
  ]
  for (const [target, wanted] of targets) {
    const request = compose(target === undefined ? {} : { target })
    assert.equal(bytesOfSpans(request.target), wanted)
    assert.ok(request.target.some((span) => span.fault))
  }
})

test('a credential in query or userinfo becomes part of the request-target', () => {
  const query = { ...nowhere, query: [secret('t=1', 'L')] }
  assert.equal(bytesOfSpans(composeRequest(bare, query, {}).target), '/a?b=1&t=1')
  assert.equal(bytesOfSpans(composeRequest({ ...bare, target: '/a' }, query, {}).target), '/a?t=1')
  assert.equal(
    bytesOfSpans(composeRequest(bare, query, { target: { append: '&c' } }).target),
    '/a?b=1&c&t=1',
  )
  const userinfo = { ...nowhere, userinfo: [secret('u:p', 'L'), plain('@')] }
  const { target } = composeRequest(bare, userinfo, {})
  assert.equal(bytesOfSpans(target), 'http://u:p@h.test:81/a?b=1')
  assert.deepEqual(
    target.filter((span) => span.secret).map((span) => span.text),
    ['u:p'],
  )
})

test('framing faults contradict themselves in exactly one way', () => {
  const table: readonly (readonly [RequestFault['framing'], readonly string[], string])[] = [
    ['te-and-cl', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['bad-content-length', ['Content-Length: 1x'], 'a'],
    ['two-content-lengths', ['Content-Length: 1', 'Content-Length: 2'], 'a'],
    ['chunked-not-final', ['Transfer-Encoding: chunked, identity'], '1\r\na\r\n0\r\n\r\n'],
    ['unread-body', ['Content-Length: 40'], 'GET /a?b=1 HTTP/1.1\r\nHost: h.test:81\r\n\r\n'],
  ]
  for (const [framing, fields, body] of table) {
    const request = compose(framing === undefined ? {} : { framing }, nowhere)
    assert.deepEqual(linesOf(request).slice(2), fields)
    assert.equal(bytesOfSpans(request.body ?? []), body)
  }
  const waiting = compose({ framing: 'awaits-continue' }, nowhere)
  assert.deepEqual(linesOf(waiting).slice(2), ['Content-Length: 16', 'Expect: 100-continue'])
  assert.equal(waiting.pause, 'before-content')
  const [te] = table
  assert.equal(te?.[2].length, 5, 'the chunked content is as long as Content-Length says')
})

test('the content of an operation is sent with its length in bytes, framing faults instead of it', () => {
  const post: Bare = { ...bare, method: 'POST', body: { type: 'text/plain', text: 'é' } }
  const request = composeRequest(post, nowhere, {})
  assert.deepEqual(linesOf(request).slice(2), ['Content-Type: text/plain', 'Content-Length: 2'])
  assert.equal(bytesOfSpans(request.body ?? []), '\xc3\xa9')
  assert.equal(
    bytesOfSpans(composeRequest(post, nowhere, { framing: 'bad-content-length' }).body ?? []),
    'a',
  )
})

test('the other faults of a request change method, version, fields and order', () => {
  assert.equal(compose({ method: 'HEAD' }).method, 'HEAD')
  assert.equal(compose({ afterMethod: ' ' }).method, 'GET ')
  assert.equal(compose({ version: 'HTTP/1.0' }).version, 'HTTP/1.0')
  assert.equal(compose({ tls: 'TLSv1.1' }).route.tls, 'TLSv1.1')
  assert.deepEqual(linesOf(compose({ beforeFields: ' ' })), [
    ' Authorization: Basic YTpi',
    'Host: h.test:81',
    'Accept: */*',
  ])
  assert.deepEqual(
    linesOf(
      compose({ fields: [{ name: 'X', value: { $bytes: 'ff' } }], bulk: { bytes: 3 } }),
    ).slice(3),
    ['X: \xff', 'X-Bulk: aaa'],
  )
  const odd = compose({ headLine: 'no field' }).fields.at(-1)
  assert.deepEqual(odd, { name: [plain('no field', true)], value: [], bare: true })
  assert.deepEqual(compose({ requestLine: 'hello' }).start, [plain('hello', true)])
  assert.equal(compose({ pause: 'before-credentials' }).pause, 'before-authorization')
  assert.equal(compose({}).pause, undefined)
  const trailer = { lines: [], trailers: credential.lines }
  assert.deepEqual(composeRequest(bare, trailer, {}).trailers, credential.lines)
})

test('each fault of a request is one phrase', () => {
  const table: readonly (readonly [RequestFault, string])[] = [
    [{ method: 'HEAD' }, 'the method HEAD'],
    [{ requestLine: 'hello' }, 'the request line "hello"'],
    [{ pause: 'before-credentials' }, 'a pause before the Authorization line'],
    [{ framing: 'awaits-continue' }, 'content that is held back until 100 Continue has come'],
    [{ headLine: 'no field' }, 'the line "no field" after the fields'],
    [{ over: 'cleartext' }, 'sent in cleartext'],
    [{ tls: 'TLSv1' }, 'only TLSv1 offered'],
    [{ version: 'HTTP/1.0' }, 'sent as HTTP/1.0'],
    [{ fields: [{ name: 'X', value: 'y' }] }, 'the added field X: y'],
    [{ fields: [{ name: 'X', value: '' }] }, 'the added field X: nothing'],
    [{ target: 'absolute-form' }, 'the request-target in absolute-form'],
    [{ target: 'absolute-form-https' }, 'an https URL as request-target'],
    [{ target: 'absolute-form-userinfo' }, 'an absolute-form request-target with userinfo'],
    [{ target: { is: '*' } }, 'the request-target "*"'],
    [{ target: { append: ' ' } }, 'a space appended to the request-target'],
    [{ host: 'absent' }, 'no Host line'],
    [{ host: 'twice' }, 'two Host lines'],
    [{ host: 'invalid' }, 'an invalid Host value'],
    [{ host: 'foreign' }, 'another host in the Host line'],
    [{ beforeFields: '\t' }, 'a tab before the first field line'],
    [{ afterMethod: ' ' }, 'a space more after the method'],
    [{ framing: 'te-and-cl' }, 'both Transfer-Encoding and Content-Length'],
    [{ framing: 'bad-content-length' }, 'a Content-Length that is no number'],
    [{ framing: 'two-content-lengths' }, 'two different Content-Length lines'],
    [{ framing: 'chunked-not-final' }, 'a Transfer-Encoding whose last coding is not chunked'],
    [{ framing: 'unread-body' }, 'content that reads like a request of its own'],
    [{ bulk: { bytes: 9 } }, 'a field of 9 bytes'],
  ]
  for (const [but, wanted] of table) assert.deepEqual(sayRequestFault(but), [wanted])
  assert.deepEqual(sayRequestFault({}), [])
})
