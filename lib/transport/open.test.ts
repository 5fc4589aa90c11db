import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange, Request, Route } from '../model/exchange.ts'
import { needsRaw } from './needs-raw.ts'
import { get, line, says, scripted, transportOf } from './scripted.test.support.ts'
import { serialise, textOf } from './serialise.ts'

const plain = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'

test('Writes the same bytes by undici and raw, and records them', async (t) => {
  const server = await scripted(t, says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  const transport = transportOf(t)
  const { route } = server
  const all = [...Array(128).keys()].map((index) => String.fromCharCode(index + 128)).join('')
  const body = [{ text: `a=${all}\r\n` }]
  const host = line('HOST', '127.0.0.1')
  const requests: readonly Request[] = [
    get(route),
    get(route, { method: 'HEAD' }),
    get(route, { method: 'POST' }),
    get(route, { method: 'DELETE' }),
    get(route, { method: 'OPTIONS', target: [{ text: 'http://x.test/a?b=\xe9' }] }),
    get(route, { method: 'POST', body }),
    get(route, { method: 'GET', body }),
    get(route, { fields: [line('aCCept', all), host, line('a', ''), line('A', ' b\t')] }),
    get(route, { fields: [line('Connection', 'keep-alive'), host] }),
    get(route, { method: 'HEAD', fields: [line('Connection', 'keep-alive'), host] }),
    get(route, {
      method: 'PUT',
      body,
      fields: [line('Content-Length', '132'), line('Content-Type', 'x'), host],
    }),
    get(route, { fields: [host, line('Authorization', `Bearer ${'a'.repeat(200_000)}`)] }),
  ]
  for (const request of requests) {
    const before = server.received.length
    const byUndici = await transport.send(request)
    const byRaw = await transport.send(request, { carrier: 'raw' })
    assert.equal(byUndici.carrier, 'undici')
    assert.equal(byRaw.carrier, 'raw')
    const [first, second] = server.received.slice(before)
    assert.equal(first, second)
    assert.equal(first, textOf(serialise(byUndici.request)))
    assert.equal(first, textOf(serialise(byRaw.request)))
  }
})

const shape = ({ answer, ending, trouble }: Exchange): unknown => ({ answer, ending, trouble })

const answers: readonly (readonly [name: string, bytes: string, method?: string])[] = [
  ['length', plain],
  ['until close', 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="a"\r\n\r\nno'],
  [
    'chunks and trailers',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nT: 1\r\nt: 2\r\n\r\n',
  ],
  ['HTTP/1.0', 'HTTP/1.0 403 Forbidden\r\nA: b\r\n\r\nold'],
  [
    'repeated fields and their case',
    'HTTP/1.1 200 OK\r\nSet-cookie: a\r\nSET-Cookie:   b\t\r\nx:\r\nContent-Length: 0\r\n\r\n',
  ],
  ['obs-text', 'HTTP/1.1 200 D\xe9j\xe0\r\nA: \x80\xff\r\nContent-Length: 1\r\n\r\n\xff'],
  ['no reason', 'HTTP/1.1 204 \r\n\r\n'],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', 'HEAD'],
  ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n'],
  [
    'early hints',
    'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ],
  [
    'a head of 200 KiB',
    `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(200_000)}\r\nContent-Length: 0\r\n\r\n`,
  ],
  [
    'content beyond what is kept',
    `HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n${'x'.repeat(400_000)}`,
  ],
  [
    'content beyond what is read',
    `HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n${'x'.repeat(5_000_000)}`,
  ],
]

for (const [name, bytes, method = 'GET'] of answers) {
  test(`Reads the same by undici and raw: ${name}`, async (t) => {
    const server = await scripted(t, says(bytes))
    const transport = transportOf(t)
    const request = get(server.route, { method })
    const byUndici = await transport.send(request)
    const byRaw = await transport.send(request, { carrier: 'raw' })
    assert.equal(byUndici.carrier, 'undici')
    assert.equal(byUndici.ending, 'complete')
    assert.deepEqual(shape(byUndici), shape(byRaw))
    assert.deepEqual(byUndici.answer?.violations, [])
  })
}

const unreadable: readonly (readonly [name: string, bytes: string, status: number | undefined])[] =
  [
    ['100 before the answer', `HTTP/1.1 100 Continue\r\n\r\n${plain}`, 200],
    ['LF only', 'HTTP/1.1 401 No\nContent-Length: 0\n\n', 401],
    ['304 with the length it stands for', 'HTTP/1.1 304 Same\r\nContent-Length: 10\r\n\r\n', 304],
    ['two lengths', 'HTTP/1.1 401 No\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n', 401],
    ['101', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 101],
    ['a blank before the colon', 'HTTP/1.1 401 No\r\nA : b\r\nContent-Length: 0\r\n\r\n', 401],
    ['HTTP/1.2', 'HTTP/1.2 401 No\r\nContent-Length: 0\r\n\r\n', 401],
    ['garbage', 'SSH-2.0-OpenSSH\r\n', undefined],
  ]

for (const [name, bytes, status] of unreadable) {
  test(`Reads what undici cannot, from one request: ${name}`, async (t) => {
    const server = await scripted(t, says(bytes))
    const transport = transportOf(t)
    const exchange = await transport.send(get(server.route))
    assert.equal(exchange.carrier, 'raw')
    assert.equal(exchange.answer?.status, status)
    assert.equal(server.received.length, 1)
    assert.equal(transport.sent, 1)
  })
}

test('Uses a new connection for each exchange, and numbers both', async (t) => {
  const server = await scripted(t, says(plain, true))
  const transport = transportOf(t, { now: () => 1234 })
  for (const carrier of [undefined, 'raw'] as const) {
    const how = carrier === undefined ? {} : { carrier }
    const first = await transport.send(get(server.route), how)
    const second = await transport.send(get(server.route), how)
    assert.equal(second.n, first.n + 1)
    assert.equal(second.connection, first.connection + 1)
    assert.equal(first.at, 1234)
    assert.ok(first.ms >= 0)
  }
  assert.equal(server.received.length, 4)
  assert.equal(transport.sent, 4)
})

test('Finds content after the head of an answer to HEAD, even when it comes late', async (t) => {
  const server = await scripted(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n')
    setImmediate(() => setImmediate(() => socket.end('hi')))
  })
  for (const carrier of [{}, { carrier: 'raw' }] as const) {
    const { answer } = await transportOf(t).send(get(server.route, { method: 'HEAD' }), carrier)
    assert.deepEqual(
      answer?.violations.map((violation) => violation.code),
      ['content-on-head'],
    )
  }
})

test('Looks whether the server closes, where asked', async (t) => {
  const closing = await scripted(t, says(plain))
  const open = await scripted(t, says(plain, true))
  const transport = transportOf(t)
  const seen = async (route: Route, ms: number): Promise<Exchange> =>
    transport.send(get(route), { watchCloseMs: ms })
  assert.equal((await seen(closing.route, 5000)).closed, true)
  assert.equal((await seen(open.route, 50)).closed, false)
  assert.equal((await transport.send(get(open.route))).closed, undefined)
  assert.match(open.received[0] ?? '', /\r\nconnection: keep-alive\r\n/)
})

test('Reads a refusal that comes before the request was taken whole', async (t) => {
  const answer = 'HTTP/1.1 431 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
  const server = await scripted(t, says(answer))
  const big = get(server.route, {
    method: 'POST',
    body: [{ text: 'x'.repeat(8_000_000) }],
  })
  for (const carrier of [{}, { carrier: 'raw' }] as const) {
    const exchange = await transportOf(t).send(big, carrier)
    assert.equal(exchange.answer?.status, 431)
  }
})

test('Sends raw what undici would throw on', async (t) => {
  const server = await scripted(t, says(plain))
  const request = get(server.route, { fields: [line('Host', 'a'), line('A', 'b\x00\r\n c')] })
  assert.notEqual(needsRaw(request), undefined)
  const exchange = await transportOf(t).send(request)
  assert.equal(exchange.carrier, 'raw')
  assert.equal(
    server.received[0],
    'GET / HTTP/1.1\r\nHost: a\r\nA: b\x00\r\n c\r\nconnection: close\r\n\r\n',
  )
})

test('Sends by undici what makes undici fail by surprise', async (t) => {
  const server = await scripted(t, says(plain))
  // An opening bracket alone trips an assertion of undici's.
  const request = get(server.route, { fields: [line('Host', '[x')] })
  const exchange = await transportOf(t).send(request)
  assert.equal(exchange.ending, 'complete')
  assert.equal(exchange.carrier, 'raw')
  assert.equal(server.received[0], textOf(serialise(exchange.request)))
})
