import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer as createPlainServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls'
import type { Exchange, Route, TlsVersion } from '../model/exchange.ts'
import { follow, get, says, start, transportOf } from './scripted.test.support.ts'
import type { How } from './transport.ts'

const folder = mkdtempSync(join(tmpdir(), 'transport-tls-'))
after(() => rmSync(folder, { recursive: true }))

interface Pair {
  readonly key: string
  readonly cert: string
}

/** A self-signed certificate for these names, which is its own root. */
const certify = (name: string, names: string, days = '30'): Pair => {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`, '-days', days]
  const files = ['-keyout', keyFile, '-out', certFile]
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, ...files], { stdio: 'ignore' })
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
}

const local = certify('local root', 'IP:127.0.0.1,DNS:localhost')
const named = certify('named root', 'DNS:api.example.test')

const answer = says('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
const carriers: readonly How[] = [{}, { carrier: 'raw' }]

interface Secure {
  readonly route: Route
  readonly names: readonly unknown[]
}

const serve = async (t: TestContext, pair: Pair, options: TlsOptions = {}): Promise<Secure> => {
  const names: unknown[] = []
  const server = createServer({ ...pair, ...options }, (socket: TLSSocket) => {
    names.push(socket.servername)
    follow(socket, [], answer)
  })
  server.on('tlsClientError', () => undefined)
  const port = await start(t, server)
  return { route: { scheme: 'https', host: '127.0.0.1', port }, names }
}

const troubleOf = (exchange: Exchange): string =>
  `${exchange.ending} ${exchange.trouble?.code ?? ''}`

for (const how of carriers) {
  test(`Trusts the roots it is given and tells what was negotiated (${how.carrier ?? 'undici'})`, async (t) => {
    const { route } = await serve(t, local, { ALPNProtocols: ['h2', 'http/1.1'] })
    const transport = transportOf(t, { ca: local.cert })
    const exchange = await transport.send(get(route), how)
    assert.equal(exchange.answer?.body, 'hi')
    assert.equal(exchange.tls?.version, 'TLSv1.3')
    assert.match(exchange.tls?.cipher ?? '', /^TLS_/)
    assert.equal(exchange.tls?.alpn, 'http/1.1')
    assert.equal(exchange.tls?.issuer, 'local root')
    assert.match(exchange.tls?.validTo ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
  })
}

test('Keeps a TLS connection for several exchanges', async (t) => {
  const server = createServer(local, (socket) =>
    follow(socket, [], says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', true)),
  )
  const route: Route = { scheme: 'https', host: 'localhost', port: await start(t, server) }
  const transport = transportOf(t, { ca: local.cert })
  const on = transport.line(route)
  const first = await transport.send(get(route), { on })
  const second = await transport.send(get(route), { on, carrier: 'raw' })
  assert.equal(first.connection, second.connection)
  assert.deepEqual(first.tls, second.tls)
})

test('Refuses certificates that cannot be verified, in words', async (t) => {
  const mine = await serve(t, local)
  const unknown = await transportOf(t).send(get(mine.route))
  assert.equal(troubleOf(unknown), 'closed certificate')
  assert.match(unknown.trouble?.say ?? '', /self-signed.*\(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
  const other = await serve(t, named)
  const misnamed = await transportOf(t, { ca: named.cert }).send(get(other.route))
  assert.equal(troubleOf(misnamed), 'closed certificate')
  assert.match(misnamed.trouble?.say ?? '', /another host name/)
  assert.equal(misnamed.tls, undefined)
})

test('Asks for the name it is told and checks the certificate against it', async (t) => {
  const server = await serve(t, named)
  const transport = transportOf(t, { ca: named.cert, servername: 'api.example.test' })
  assert.equal((await transport.send(get(server.route))).ending, 'complete')
  assert.deepEqual(server.names, ['api.example.test'])
})

test('Asks for no name where the host is an address', async (t) => {
  const server = await serve(t, local)
  await transportOf(t, { ca: local.cert }).send(get(server.route))
  assert.deepEqual(server.names, [false])
})

test('Accepts any certificate where told', async (t) => {
  const server = await serve(t, named)
  const exchange = await transportOf(t, { insecure: true }).send(get(server.route))
  assert.equal(exchange.ending, 'complete')
  assert.equal(exchange.tls?.issuer, 'named root')
})

const versions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

test('Offers only the version of the route', async (t) => {
  const server = await serve(t, local, { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  const transport = transportOf(t, { ca: local.cert })
  for (const version of versions) {
    for (const how of carriers) {
      const exchange = await transport.send(get({ ...server.route, tls: version }), how)
      assert.equal(exchange.tls?.version, version)
    }
  }
})

test('Says that a version is refused', async (t) => {
  const server = await serve(t, local)
  const transport = transportOf(t, { ca: local.cert })
  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    const exchange = await transport.send(get({ ...server.route, tls: version }))
    assert.equal(troubleOf(exchange), 'closed handshake')
    assert.match(exchange.trouble?.say ?? '', /does not speak the TLS version/)
  }
})

test('Says that a port does not speak TLS, or hangs up on it', async (t) => {
  const plain = createPlainServer((socket) => follow(socket, [], answer))
  plain.on('connection', (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')),
  )
  const mute = createPlainServer((socket) => socket.once('data', () => socket.destroy()))
  const transport = transportOf(t)
  for (const [server, says] of [
    [plain, /does not speak TLS/],
    [mute, /closed the connection during the handshake/],
  ] as const) {
    const route: Route = { scheme: 'https', host: '127.0.0.1', port: await start(t, server) }
    const exchange = await transport.send(get(route))
    assert.equal(troubleOf(exchange), 'closed handshake')
    assert.match(exchange.trouble?.say ?? '', says)
  }
})

test('Takes a demand for a client certificate as a refused handshake', async (t) => {
  const server = await serve(t, local, { requestCert: true, rejectUnauthorized: true })
  const exchange = await transportOf(t, { ca: local.cert }).send(get(server.route))
  assert.equal(troubleOf(exchange), 'closed handshake')
  assert.match(exchange.trouble?.say ?? '', /certificate from the client/)
})

test('Says that bytes look like TLS where http was asked for', async (t) => {
  const alert = createPlainServer((socket) => {
    socket.once('data', () => socket.end(Buffer.from('15030300020246', 'hex')))
  })
  const port = await start(t, alert)
  const exchange = await transportOf(t).send(get({ scheme: 'http', host: '127.0.0.1', port }))
  assert.equal(troubleOf(exchange), 'silent garbage')
  assert.match(exchange.trouble?.say ?? '', /is this an https port\?$/)
})

test('Reaches an https server through a proxy that is itself reached over TLS', async (t) => {
  const server = await serve(t, named)
  const heads: string[] = []
  const proxy = createServer(local, (client) => {
    client.on('error', () => undefined)
    client.once('data', (chunk) => {
      heads.push(chunk.toString('latin1'))
      const upstream = connect(server.route.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Yes\r\n\r\n')
        client.pipe(upstream).pipe(client)
      })
      upstream.on('error', () => client.destroy())
    })
  })
  const port = await start(t, proxy)
  const route: Route = { ...server.route, host: 'api.example.test' }
  const transport = transportOf(t, {
    ca: `${local.cert}${named.cert}`,
    proxyFor: () => ({ host: '127.0.0.1', port, secure: true }),
  })
  for (const how of carriers) {
    const exchange = await transport.send(get(route), how)
    assert.equal(exchange.answer?.body, 'hi')
    assert.equal(exchange.tls?.issuer, 'named root')
  }
  assert.match(heads[0] ?? '', /^CONNECT api\.example\.test:\d+ HTTP\/1\.1\r\n/)
})
