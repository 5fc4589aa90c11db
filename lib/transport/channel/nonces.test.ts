// Servers of the runtime count from a random number; the reference server is made to do otherwise.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { NonceFacts } from '../../model/channel.ts'
import type { Exchange, FieldLine, Request } from '../../model/exchange.ts'
import { startReference } from '../../reference/start.ts'
import { createAuthority, issue } from '../../x509/authority.ts'
import { createTransport } from '../open.ts'
import type { TransportOptions } from '../transport.ts'
import { createReader } from './nonces.ts'

const authority = createAuthority('Root')
const { key, chain: cert } = issue(authority, ['h.test'])

const listening = async (context: TestContext, server: Server): Promise<number> => {
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.on('error', () => undefined)))
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const field = (name: string, value: string): FieldLine => ({
  name: [{ text: name }],
  value: [{ text: value }],
})

interface Looked {
  readonly exchange: Exchange
  /** Requests that were counted. */
  readonly sent: number
}

const looked = async (
  port: number,
  more: Partial<TransportOptions> = {},
  host = 'h.test',
  signal?: AbortSignal,
): Promise<Looked> => {
  const transport = createTransport({
    timeoutMs: 2000,
    resolve: [{ host, port, address: '127.0.0.1' }],
    ca: authority.pem,
    ...more,
  })
  const request: Request = {
    route: { scheme: 'https', host, port, probe: { look: 'nonces' } },
    method: 'POST',
    target: [{ text: '/page?token=secret' }],
    fields: [field('Host', `${host}:${port}`), field('X-Operator', 'secret')],
    body: [{ text: 'secret' }],
  }
  try {
    const exchange = await transport.send(request, signal === undefined ? {} : { signal })
    return { exchange, sent: transport.sent }
  } finally {
    await transport.close()
  }
}

const factsOf = ({ exchange: { channel, trouble, ending } }: Looked): NonceFacts => {
  assert.ok(channel !== undefined && 'nonces' in channel, trouble?.say)
  assert.equal(ending, 'closed')
  return channel.nonces
}

/** What each nonce adds to the one before. */
const stepsOf = ({ nonces }: NonceFacts): readonly bigint[] =>
  nonces
    .slice(1)
    .map((each, at) => BigInt.asUintN(64, BigInt(`0x${each}`) - BigInt(`0x${nonces[at]}`)))

const counts = (facts: NonceFacts): boolean => stepsOf(facts).every((step) => step === 1n)

/** Answers every request, and keeps what came. */
const pages = (
  options: TlsOptions = {},
  body = 'Hello.\n',
): { server: Server; heard: (string | undefined)[] } => {
  const heard: (string | undefined)[] = []
  const server = createHttpsServer({ key, cert, ...options }, (request, response) => {
    heard.push(request.method, request.url, ...request.rawHeaders)
    response.end(body)
  })
  return { server, heard }
}

const rsa = issue(authority, ['h.test'], {
  key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
})

const suites: readonly (readonly [suite: string, options: TlsOptions])[] = [
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }],
  [
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    {
      key: rsa.key,
      cert: rsa.chain,
      ciphers: 'ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256',
    },
  ],
  [
    'TLS_RSA_WITH_AES_128_GCM_SHA256',
    { key: rsa.key, cert: rsa.chain, ciphers: 'AES128-GCM-SHA256' },
  ],
]

for (const [suite, options] of suites) {
  test(`A server with ${suite} counts, and its last word is counted too`, async (context) => {
    const { server } = pages(options)
    const facts = factsOf(await looked(await listening(context, server)))
    assert.equal(facts.suite, suite)
    assert.ok(facts.nonces.length >= 4, facts.nonces.join(' '))
    assert.ok(counts(facts), facts.nonces.join(' '))
  })
}

test('Nothing of what the operator says is told, and no more than a page is asked for', async (context) => {
  const { server, heard } = pages()
  const port = await listening(context, server)
  assert.equal((await looked(port)).sent, 2)
  const host = ['Host', `h.test:${port}`]
  const first = ['GET', '/page', ...host]
  assert.deepEqual(heard, [...first, ...first, 'Connection', 'close'])
})

test('Who shows a certificate that nobody trusts is not told the page', async (context) => {
  const { server, heard } = pages()
  const port = await listening(context, server)
  const other = createAuthority('Other').pem
  assert.ok(counts(factsOf(await looked(port, { ca: other }))))
  assert.deepEqual(heard.slice(0, 2), ['GET', '/'])
  assert.ok(!heard.includes('/page'))
})

test('A large answer is read until enough of it has come', async (context) => {
  const { server } = pages({}, 'a'.repeat(2_000_000))
  const facts = factsOf(await looked(await listening(context, server)))
  assert.equal(facts.nonces.length, 8)
  assert.ok(counts(facts))
})

const without: readonly (readonly [name: string, options: TlsOptions])[] = [
  ['TLS 1.3 alone', { minVersion: 'TLSv1.3' }],
  ['ChaCha20 alone', { ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE+CHACHA20' }],
  ['CBC alone', { ciphers: 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0' }],
]

for (const [name, options] of without) {
  test(`A server with ${name} writes no nonces`, async (context) => {
    const { server } = pages(options)
    assert.deepEqual(factsOf(await looked(await listening(context, server))), { nonces: [] })
  })
}

test('A server that hangs up after the handshake tells little', async (context) => {
  const server = createTlsServer({ key, cert }, (socket) => socket.end())
  const { suite, nonces } = factsOf(await looked(await listening(context, server)))
  assert.ok(suite !== undefined)
  // What ends the connection is a record as well.
  assert.ok(nonces.length <= 2)
})

test('What came before time ran out is looked at', async (context) => {
  const stalled = createHttpsServer({ key, cert }, (_, response) => {
    response.writeHead(200)
    response.write('one')
    response.write('two')
  })
  const port = await listening(context, stalled)
  const facts = factsOf(await looked(port, { timeoutMs: 800 }))
  assert.ok(facts.nonces.length >= 2)
  assert.ok(counts(facts))
})

test('Who is silent in the handshake is waited for in vain', async (context) => {
  const mute = await listening(context, createServer())
  const { exchange } = await looked(mute, { timeoutMs: 60 })
  assert.deepEqual([exchange.channel, exchange.trouble?.code], [undefined, 'timeout'])
})

test('Where nobody listens nothing is found out, and a call to stop is heard', async (context) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  assert.equal((await looked(port)).exchange.trouble?.code, 'refused')
  const mute = await listening(context, createServer())
  const stopped = await looked(mute, {}, 'h.test', AbortSignal.abort())
  assert.equal(stopped.exchange.trouble?.code, 'aborted')
  const controller = new AbortController()
  const late = createHttpsServer({ key, cert }, () => controller.abort())
  const heard = await looked(await listening(context, late), {}, 'h.test', controller.signal)
  assert.deepEqual([heard.exchange.channel, heard.exchange.trouble?.code], [undefined, 'aborted'])
})

const ofReference = async (mutant?: string): Promise<NonceFacts> => {
  const reference = await startReference({
    system: 'https',
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    const port = Number(new URL(reference.url).port)
    return factsOf(await looked(port, { ca: reference.ca ?? '' }, 'localhost'))
  } finally {
    await reference.close()
  }
}

test('Nonces that come twice, that are random, and that begin with zero are seen to be so', async () => {
  const repeated = await ofReference('gcm-nonce-repeated')
  assert.deepEqual(stepsOf(repeated).slice(0, 3), [0n, 1n, 1n])
  const random = await ofReference('gcm-nonce-random')
  assert.ok(random.nonces.length >= 4)
  assert.equal(new Set(random.nonces).size, random.nonces.length)
  assert.ok(!counts(random))
  const zero = await ofReference('benign-gcm-nonce-from-zero')
  assert.equal(zero.nonces[0], '0000000000000000')
  assert.ok(zero.nonces.length >= 4 && counts(zero))
  const own = await ofReference()
  assert.ok(own.nonces.length >= 4 && counts(own))
})

const record = (type: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 0xff]), content])

const numbered = (type: number, octet: number): Buffer =>
  record(type, Buffer.concat([Buffer.alloc(8, octet), Buffer.alloc(20)]))

test('Records are read in whatever pieces they come, and no further than one key goes', () => {
  const all = Buffer.concat([
    record(22, Buffer.alloc(40, 0xee)),
    record(20, Buffer.from([1])),
    numbered(22, 1),
    numbered(23, 2),
    // Too short for a nonce and a tag, so that it is none.
    record(23, Buffer.alloc(23, 9)),
    numbered(21, 3),
    numbered(20, 4),
    numbered(22, 1),
  ])
  for (const size of [1, 3, 7, all.length]) {
    const reader = createReader()
    for (let at = 0; at < all.length; at += size) reader.see(all.subarray(at, at + size))
    assert.deepEqual(
      reader.nonces,
      ['01', '02', '03'].map((each) => each.repeat(8)),
    )
    assert.ok(reader.over())
  }
})
