import assert from 'node:assert/strict'
import { constants, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { CertificateFacts, Hello, HelloFacts, Probe } from '../../model/channel.ts'
import type { Exchange, Request } from '../../model/exchange.ts'
import { type Authority, createAuthority, type Identity, issue } from '../../x509/authority.ts'
import { createTransport } from '../open.ts'
import type { TransportOptions } from '../transport.ts'
import { ticketIn } from './session.ts'

const authority = createAuthority('Root')
const good = issue(authority, ['h.test'])
const rsa = issue(authority, ['h.test'], {
  key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
})

const asking = (port: number, probe: Probe): Request => ({
  route: { scheme: 'https', host: 'h.test', port, probe },
  method: 'GET',
  target: [{ text: '/' }],
  fields: [],
})

const probed = async (
  server: Server,
  probe: Probe,
  more: Partial<TransportOptions> = {},
): Promise<Exchange> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const transport = createTransport({
    timeoutMs: 1000,
    ca: authority.pem,
    resolve: [{ host: 'h.test', port, address: '127.0.0.1' }],
    ...more,
  })
  try {
    return await transport.send(asking(port, probe))
  } finally {
    await transport.close()
    server.close()
  }
}

const tls = ({ key, chain }: Identity, options: TlsOptions = {}): Server => {
  const server = createTlsServer({ key, cert: chain, ALPNProtocols: ['http/1.1'], ...options })
  server.on('tlsClientError', () => undefined)
  return server
}

const hello = async (server: Server, said: Hello): Promise<HelloFacts> => {
  const { channel, ending, answer } = await probed(server, { hello: said })
  assert.ok(channel !== undefined && 'hello' in channel)
  assert.equal(ending, 'closed')
  assert.equal(answer, undefined)
  return channel.hello
}

const any: TlsOptions = {
  minVersion: 'TLSv1',
  ciphers: 'ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0',
  dhparam: 'auto',
}

for (const [said, version, family] of [
  [{}, 'TLSv1.3', 'tls13-256'],
  [{ versions: ['TLSv1.3'] }, 'TLSv1.3', 'tls13-256'],
  [{ versions: ['TLSv1.2'], suites: ['ecdhe-gcm-128'] }, 'TLSv1.2', 'ecdhe-gcm-128'],
  [{ versions: ['TLSv1.1'], suites: ['ecdhe-cbc'] }, 'TLSv1.1', 'ecdhe-cbc'],
  [{ versions: ['TLSv1'], suites: ['static-rsa'] }, 'TLSv1', 'static-rsa'],
  [{ versions: ['TLSv1.2'], suites: ['null'] }, 'TLSv1.2', 'null'],
  [{ versions: ['TLSv1.2'], suites: ['anonymous'] }, 'TLSv1.2', 'anonymous'],
  [{ versions: ['TLSv1.2'], suites: ['dhe'] }, 'TLSv1.2', 'dhe'],
] as const) {
  test(`A server that takes anything answers ${JSON.stringify(said)}`, async () => {
    const facts = await hello(tls(rsa, any), said)
    assert.deepEqual([facts.reply, facts.version, facts.family], ['answered', version, family])
    assert.equal(facts.usual, true)
  })
}

for (const said of [
  { versions: ['SSLv2'] },
  { versions: ['SSLv3'], suites: ['ecdhe-cbc', 'static-rsa'] },
  { versions: ['TLSv1'], suites: ['ecdhe-cbc'] },
  { versions: ['TLSv1.2'], suites: ['rc4', '3des', 'export', 'des', 'null', 'anonymous'] },
  { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-128'], groups: ['small'] },
] as const) {
  test(`A usual server refuses ${JSON.stringify(said)}, and answers what is usual`, async () => {
    const { reply, usual } = await hello(tls(good), said)
    assert.match(reply, /^(?:alert|ended)$/)
    assert.equal(usual, true)
  })
}

test('What a server of TLS 1.2 agrees to is read off its first messages', async () => {
  const chained = createAuthority('Middle', authority)
  const { key, chain } = issue(chained, ['h.test'])
  const facts = await hello(tls({ key, chain: chain + chained.pem }), { versions: ['TLSv1.2'] })
  assert.deepEqual(facts.extensions, ['renegotiation-info', 'alpn', 'extended-master-secret'])
  assert.deepEqual(
    [facts.protocol, facts.group, facts.hash, facts.compressed, facts.inOrder],
    ['http/1.1', 'X25519', 'sha256', false, true],
  )
})

test('Certificates in the wrong order are seen to be', async () => {
  const upper = createAuthority('Upper', authority)
  const lower = createAuthority('Lower', upper)
  const { key, chain } = issue(lower, ['h.test'])
  const server = tls({ key, chain: chain + upper.pem + lower.pem })
  assert.equal((await hello(server, { versions: ['TLSv1.2'] })).inOrder, false)
})

test('A prime and its key are read, and the key is another each time', async () => {
  const said: Hello = { versions: ['TLSv1.2'], suites: ['dhe'] }
  const one = await hello(tls(rsa, any), said)
  const other = await hello(tls(rsa, any), said)
  assert.ok((one.primeBits ?? 0) >= 1024)
  assert.notEqual(one.share, other.share)
})

test('A name that nobody has is asked for, or none, or its own', async () => {
  const names: (string | undefined)[] = []
  const options: TlsOptions = {
    SNICallback: (name, answer) => {
      names.push(name)
      answer(null)
    },
  }
  for (const said of [{}, { name: 'unknown' }, { name: 'absent' }] as const) {
    await hello(tls(good, options), said)
  }
  assert.deepEqual(names, ['h.test', 'nobody.invalid'])
})

test('What is no TLS is another answer, and no refusal where nothing usual is answered', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n'))
  })
  const facts = await hello(server, { versions: ['TLSv1'] })
  assert.deepEqual([facts.reply, facts.usual], ['other', false])
})

test('A server that says nothing is silent, and is not taken for one that refuses', async () => {
  const open = new Set<{ destroy: () => void }>()
  const server = createServer((socket) => open.add(socket.on('error', () => undefined)))
  const { channel } = await probed(server, { hello: {} }, { timeoutMs: 60 })
  for (const socket of open) socket.destroy()
  assert.deepEqual(channel, { hello: { reply: 'silent', usual: false } })
})

test('Where nobody listens nothing is found out', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  const transport = createTransport({
    timeoutMs: 500,
    resolve: [{ host: 'h.test', port, address: '127.0.0.1' }],
  })
  for (const probe of [{ hello: {} }, { look: 'certificate' }] as const) {
    const { channel, ending, trouble } = await transport.send(asking(port, probe))
    assert.deepEqual([channel, ending, trouble?.code], [undefined, 'closed', 'refused'])
  }
  await transport.close()
})

const ticket = async (options: TlsOptions): Promise<unknown> => {
  const { channel } = await probed(tls(good, options), { look: 'ticket' })
  return channel !== undefined && 'ticket' in channel ? channel.ticket : channel
}

test('A ticket says for how long it holds', async () => {
  assert.deepEqual(await ticket({ sessionTimeout: 3600 }), { lifetime: 3600 })
  assert.deepEqual(await ticket({ sessionTimeout: 2_592_000 }), { lifetime: 2_592_000 })
  assert.deepEqual(await ticket({ secureOptions: constants.SSL_OP_NO_TICKET }), {})
  assert.deepEqual(await ticket({ minVersion: 'TLSv1.3' }), { failed: true })
})

test('What is no session has no ticket', () => {
  for (const hex of ['', '30', '3003020101', '3080', '3005a90302', '3008a903020101aa0100']) {
    assert.equal(ticketIn(Buffer.from(hex, 'hex')).failed, undefined)
  }
  assert.deepEqual(ticketIn(Buffer.from('3008a903020105aa0100', 'hex')), { lifetime: 5 })
})

test('A server that asks for another hello has chosen a group, and no key yet', async () => {
  const facts = await hello(tls(good, { ecdhCurve: 'P-384' }), {})
  assert.deepEqual(
    [facts.reply, facts.version, facts.group, facts.again, facts.share],
    ['answered', 'TLSv1.3', 'P-384', true, undefined],
  )
})

test('A responder is read off the certificate', async () => {
  const named = issue(authority, ['h.test'], { ocsp: 'http://ocsp.test/' })
  assert.equal((await hello(tls(named), { versions: ['TLSv1.2'] })).responder, true)
  assert.equal((await hello(tls(good), { versions: ['TLSv1.2'] })).responder, false)
})

const DAY = 86_400_000
const inDays = (days: number): Date => new Date(Date.now() + days * DAY)

const shown = async (identity: Identity, options: TlsOptions = {}): Promise<CertificateFacts> => {
  const { channel } = await probed(tls(identity, options), { look: 'certificate' })
  assert.ok(channel !== undefined && 'certificate' in channel)
  return channel.certificate
}

test('A good certificate is found to be good', async () => {
  const facts = await shown(good)
  assert.deepEqual(
    [facts.trusted, facts.forHost, facts.selfSigned, facts.keyType, facts.curve, facts.hashes],
    [true, true, false, 'ec', 'P-256', ['sha256']],
  )
  assert.ok(facts.from < facts.now && facts.now < facts.until)
})

test('An expired certificate is trusted all the same, where a path leads to its authority', async () => {
  const dates = { from: inDays(-9), until: inDays(-1) }
  assert.equal((await shown(issue(authority, ['h.test'], dates))).trusted, true)
  const strange = createAuthority('Root')
  assert.match(String((await shown(issue(strange, ['h.test'], dates))).trusted), /expired|issuer/)
  const middle = createAuthority('Middle', authority)
  const { key, chain } = issue(middle, ['h.test'], dates)
  assert.equal((await shown({ key, chain: chain + middle.pem })).trusted, true)
  assert.notEqual((await shown({ key, chain })).trusted, true)
})

test('Who may not certify leads to no trust', async () => {
  const impostor: Authority = { ...createAuthority('x'), name: 'h.test' }
  const own = { ...impostor, pem: issue(authority, ['h.test'], { key: impostor.key }).chain }
  const { key, chain } = issue(own, ['h.test'], { until: inDays(-1), from: inDays(-2) })
  assert.notEqual((await shown({ key, chain: chain + own.pem })).trusted, true)
})

test('A certificate for nobody, for somebody else or for a common name is not for the host', async () => {
  assert.equal((await shown(issue(authority, ['other.test']))).forHost, 'DNS:other.test')
  const named = issue(authority, [], { name: 'h.test' })
  assert.equal((await shown(named)).forHost, 'no subjectAltName')
})

test('A certificate that signs itself, with a short key and an old hash, is told from others', async () => {
  const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const by = { name: 'h.test', key }
  const identity = issue(by, ['h.test'], { key, name: 'h.test', hash: 'sha1' })
  const facts = await shown(identity, { ciphers: 'DEFAULT@SECLEVEL=0' })
  assert.deepEqual(
    [facts.selfSigned, facts.keyType, facts.keyBits, facts.hashes],
    [true, 'rsa', 1024, ['sha1']],
  )
  assert.match(String(facts.trusted), /self-signed/)
})

test('A server that hangs up once is asked again, and believed the second time', async () => {
  let connections = 0
  const inner = tls(good)
  const server = createServer((socket) => {
    connections += 1
    if (connections === 1) socket.destroy()
    else inner.emit('connection', socket)
  })
  assert.equal((await hello(server, {})).reply, 'answered')
  assert.equal(connections, 2)
})

test('Closing calls a probe off', async () => {
  const open = new Set<{ destroy: () => void }>()
  const server = createServer((socket) => open.add(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const transport = createTransport({
    timeoutMs: 60_000,
    resolve: [{ host: 'h.test', port, address: '127.0.0.1' }],
  })
  const sending = transport.send(asking(port, { hello: {} }))
  await once(server, 'connection')
  await transport.close()
  assert.equal((await sending).ending, 'unsent')
  for (const socket of open) socket.destroy()
  server.close()
})
