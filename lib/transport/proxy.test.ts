import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Exchange, Route } from '../model/exchange.ts'
import { isLoopback, type ProxyTarget, proxyFromEnvironment } from './proxy.ts'
import { countOf, get, says, scripted, start, transportOf } from './scripted.test.support.ts'
import type { How } from './transport.ts'

const http = (host: string, port = 80): Route => ({ scheme: 'http', host, port })
const https = (host: string, port = 443): Route => ({ scheme: 'https', host, port })

const chosen = (env: Record<string, string>, route: Route): string | undefined => {
  const proxy = proxyFromEnvironment(env)(route)
  return proxy === undefined ? undefined : `${proxy.host}:${proxy.port}`
}

test('Chooses the proxy by scheme, lower case first', () => {
  const env = { HTTP_PROXY: 'http://a:1', https_proxy: 'b:2', HTTPS_PROXY: 'http://c:3' }
  assert.equal(chosen(env, http('x.test')), 'a:1')
  assert.equal(chosen(env, https('x.test')), 'b:2')
  assert.equal(chosen({ ALL_PROXY: 'http://d' }, https('x.test')), 'd:80')
  assert.equal(chosen({ all_proxy: 'https://d' }, http('x.test')), 'd:443')
  assert.equal(chosen({ HTTPS_PROXY: 'http://[::1]:8' }, https('x.test')), '::1:8')
  assert.equal(chosen({ HTTP_PROXY: ' ' }, http('x.test')), undefined)
  assert.equal(chosen({}, http('x.test')), undefined)
})

test('Takes credentials from the URL of the proxy', () => {
  const proxy = proxyFromEnvironment({ HTTP_PROXY: 'http://us%40er:p%3Ass%zz@a:1' })(http('x.test'))
  const pair = Buffer.from((proxy?.authorization ?? '').slice('Basic '.length), 'base64')
  assert.equal(pair.toString(), 'us@er:p%3Ass%zz')
  const plain = proxyFromEnvironment({ HTTP_PROXY: 'http://a:1' })(http('x.test'))
  assert.equal(plain?.authorization, undefined)
})

const spared: readonly (readonly [entry: string, route: Route, spared: boolean])[] = [
  ['*', http('x.test'), true],
  ['x.test', http('x.test'), true],
  ['x.test', http('X.TEST.'), true],
  ['x.test', http('a.x.test'), true],
  ['x.test', http('ax.test'), false],
  ['.x.test', http('a.x.test'), true],
  ['*.x.test', http('a.x.test'), true],
  ['x.test:81', http('x.test', 80), false],
  ['x.test:80', http('x.test', 80), true],
  ['10.1.2.3', http('10.1.2.3'), true],
  ['2.3', http('10.1.2.3'), false],
  ['10.0.0.0/8', http('10.1.2.3'), true],
  ['10.0.0.0/8', http('11.1.2.3'), false],
  ['10.0.0.0/8', http('x.test'), false],
  ['10.0.0.0/99', http('10.1.2.3'), false],
  ['x/8', http('10.1.2.3'), false],
  ['fd00::/8', http('fd00::1'), true],
  ['[fd00::1]:80', http('fd00::1', 80), true],
  ['[fd00::1]', http('fd00::2'), false],
  ['fd00::1', http('fd00::1'), true],
  ['.', http('x.test'), false],
]

for (const [entry, route, wanted] of spared) {
  test(`NO_PROXY ${entry} ${wanted ? 'spares' : 'does not spare'} ${route.host}:${route.port}`, () => {
    const env = { HTTP_PROXY: 'http://a:1', NO_PROXY: `other.test, ${entry}` }
    assert.equal(chosen(env, route), wanted ? undefined : 'a:1')
  })
}

test('Sends loopback through no proxy unless told', () => {
  const env = { HTTP_PROXY: 'http://a:1' }
  for (const host of ['localhost', 'LocalHost.', 'a.localhost', '127.0.0.1', '127.8.8.8', '::1']) {
    assert.equal(isLoopback(host), true)
    assert.equal(chosen(env, http(host)), undefined)
    assert.equal(chosen({ ...env, CONFORMANCE_PROXY_LOOPBACK: '1' }, http(host)), 'a:1')
  }
  for (const host of ['localhost.test', '128.0.0.1', '::2', 'notlocalhost']) {
    assert.equal(isLoopback(host), false)
  }
})

interface Proxy {
  readonly target: ProxyTarget
  readonly heads: readonly string[]
  readonly connections: () => Promise<number>
}

type Reply = (client: Socket, place: string) => void

/** What an honest proxy does: connect, say so, and pass bytes both ways. */
const tunnel: Reply = (client, place) => {
  const port = Number(/:(\d+)$/.exec(place)?.[1])
  const upstream = connect({ host: '127.0.0.1', port }, () => {
    client.write('HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n')
    client.pipe(upstream).pipe(client)
  })
  upstream.on('error', () => client.destroy())
  client.on('close', () => upstream.destroy())
}

const proxyServer = async (t: TestContext, reply: Reply): Promise<Proxy> => {
  const heads: string[] = []
  const server = createServer((client) => {
    client.on('error', () => undefined)
    client.once('data', (chunk) => {
      const head = chunk.toString('latin1')
      heads.push(head)
      reply(client, /^CONNECT (\S+)/.exec(head)?.[1] ?? '')
    })
  })
  const port = await start(t, server)
  const target = { host: '127.0.0.1', port, secure: false, authorization: 'Basic cHJveHk6eA==' }
  return { target, heads, connections: () => countOf(server) }
}

const carriers: readonly How[] = [{}, { carrier: 'raw' }]

for (const how of carriers) {
  test(`Carries an exchange through a tunnel (${how.carrier ?? 'undici'})`, async (t) => {
    const server = await scripted(t, says('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'))
    const proxy = await proxyServer(t, tunnel)
    const transport = transportOf(t, { proxyFor: () => proxy.target })
    const exchange = await transport.send(get(server.route), how)
    assert.equal(exchange.answer?.body, 'hi')
    assert.equal(exchange.proxy, `127.0.0.1:${proxy.target.port}`)
    const place = `127.0.0.1:${server.port}`
    assert.deepEqual(proxy.heads, [
      `CONNECT ${place} HTTP/1.1\r\nhost: ${place}\r\nproxy-authorization: Basic cHJveHk6eA==\r\n\r\n`,
    ])
    assert.doesNotMatch(server.received[0] ?? '', /proxy-authorization/i)
  })
}

test('Keeps bytes that come with the answer of the proxy', async (t) => {
  const early = 'HTTP/1.1 200 Yes\n\nHTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'
  const proxy = await proxyServer(t, (client) => client.end(early))
  const transport = transportOf(t, { proxyFor: () => proxy.target })
  const exchange = await transport.send(get(http('x.test')))
  assert.equal(exchange.answer?.status, 503)
})

const refusals: readonly (readonly [name: string, reply: Reply, says: RegExp])[] = [
  ['407', (client) => client.end('HTTP/1.1 407 Auth\r\n\r\n'), /wants credentials \(407\)/],
  ['403', (client) => client.end('HTTP/1.1 403 No\r\n\r\n'), /no.* tunnel to x\.test:80 \(403\)/],
  ['garbage', (client) => client.end('SOCKS\x1b\r\n\r\n'), /answered "SOCKS\\x1b" to CONNECT/],
  [
    'a hang-up',
    (client) => client.end('HTTP/1.1 200'),
    /opened no tunnel to x\.test:80: ECONNRESET/,
  ],
  ['an endless head', (client) => client.write('a'.repeat(70_000)), /no end/],
]

const troubleOf = (exchange: Exchange): string =>
  `${exchange.ending} ${exchange.trouble?.code ?? ''}`

for (const [name, reply, says] of refusals) {
  test(`Blames the proxy, not the target, for ${name}`, async (t) => {
    const proxy = await proxyServer(t, reply)
    const transport = transportOf(t, { proxyFor: () => proxy.target })
    const exchange = await transport.send(get(http('x.test')))
    assert.equal(troubleOf(exchange), 'unsent proxied')
    assert.match(exchange.trouble?.say ?? '', says)
    assert.equal(exchange.proxy, `127.0.0.1:${proxy.target.port}`)
    assert.equal(transport.sent, 0)
    while ((await proxy.connections()) > 0) await new Promise((resolve) => setImmediate(resolve))
  })
}

test('Blames a proxy that is silent, absent or of an unknown kind', async (t) => {
  const mute = await proxyServer(t, () => undefined)
  const silent = transportOf(t, { proxyFor: () => mute.target, timeoutMs: 60 })
  const waited = await silent.send(get(http('x.test')))
  assert.equal(troubleOf(waited), 'unsent proxied')
  assert.match(waited.trouble?.say ?? '', /nothing within 60 ms/)
  const env = { HTTP_PROXY: 'socks5://127.0.0.1:1', HTTPS_PROXY: 'http://:x' }
  const unknown = transportOf(t, { proxyFor: proxyFromEnvironment(env) })
  const socks = await unknown.send(get(http('x.test')))
  assert.equal(troubleOf(socks), 'unsent proxied')
  assert.match(socks.trouble?.say ?? '', /socks5 proxy is not supported/)
  assert.match((await unknown.send(get(https('x.test')))).trouble?.say ?? '', /holds no URL/)
  const absent = transportOf(t, { proxyFor: () => ({ ...mute.target, port: 1 }) })
  assert.match((await absent.send(get(http('x.test')))).trouble?.say ?? '', /ECONNREFUSED/)
})

test('Calls off a tunnel that is being opened', async (t) => {
  const controller = new AbortController()
  const proxy = await proxyServer(t, () => controller.abort())
  const transport = transportOf(t, { proxyFor: () => proxy.target })
  const exchange = await transport.send(get(http('x.test')), { signal: controller.signal })
  assert.equal(troubleOf(exchange), 'unsent aborted')
})
