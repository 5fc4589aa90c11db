// Servers of the runtime check the binder: who computes it wrong is not taken up again.
import assert from 'node:assert/strict'
import { constants } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { ResumptionFacts } from '../../model/channel.ts'
import type { Exchange } from '../../model/exchange.ts'
import { startReference } from '../../reference/start.ts'
import { createAuthority, issue } from '../../x509/authority.ts'
import { createTransport } from '../open.ts'
import { createStop } from '../stop.ts'
import { createTls } from '../tls.ts'
import type { TransportOptions } from '../transport.ts'
import { comeBack, takeSession } from './resumption.ts'

const authority = createAuthority('Root')
const { key, chain: cert } = issue(authority, ['h.test'])

const tls = (options: TlsOptions = {}): Server => {
  const server = createTlsServer({ key, cert, ...options })
  server.on('tlsClientError', () => undefined)
  return server
}

const listening = async (context: TestContext, server: Server): Promise<number> => {
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const looked = async (
  port: number,
  host = 'h.test',
  more: Partial<TransportOptions> = {},
  signal?: AbortSignal,
): Promise<Exchange> => {
  const transport = createTransport({
    timeoutMs: 2000,
    resolve: [{ host, port, address: '127.0.0.1' }],
    ...more,
  })
  const route = { scheme: 'https', host, port, probe: { look: 'resumption' } } as const
  try {
    return await transport.send(
      { route, method: 'GET', target: [], fields: [] },
      signal === undefined ? {} : { signal },
    )
  } finally {
    await transport.close()
  }
}

const factsOf = ({ channel, trouble }: Exchange): ResumptionFacts => {
  assert.ok(channel !== undefined && 'resumption' in channel, trouble?.say)
  return channel.resumption
}

const again: readonly (readonly [name: string, options: TlsOptions])[] = [
  ['SHA-384', { ciphers: 'TLS_AES_256_GCM_SHA384' }],
  ['SHA-256', { ciphers: 'TLS_AES_128_GCM_SHA256' }],
  ['ChaCha20', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
  ['P-384 alone', { ecdhCurve: 'P-384' }],
  ['P-521 alone', { ecdhCurve: 'P-521' }],
  ['a name to choose by', { SNICallback: (_, answer) => answer(null) }],
]

for (const [name, options] of again) {
  test(`A server with ${name} takes up a session again, with a new key`, async (context) => {
    const port = await listening(context, tls(options))
    assert.deepEqual(factsOf(await looked(port)), { came: 'resumed', newKey: true })
  })
}

test('A ticket that is not known any more leads to a whole handshake', async (context) => {
  const options = { secureOptions: constants.SSL_OP_NO_TICKET }
  const port = await listening(context, tls(options))
  assert.deepEqual(factsOf(await looked(port)), { came: 'anew' })
})

test('Without TLS 1.3 there is nothing to come back to', async (context) => {
  const port = await listening(context, tls({ maxVersion: 'TLSv1.2' }))
  assert.deepEqual(factsOf(await looked(port)), { came: 'no-handshake' })
})

test('A wrong secret makes a wrong binder, which servers do not take', async (context) => {
  const port = await listening(context, tls())
  const stop = createStop(2000)
  const dial = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const wrap = createTls({ insecure: true })
  const given = await takeSession(await dial(), wrap, 'h.test', stop)
  assert.ok(given !== undefined)
  const secret = Buffer.from(given.session.secret)
  secret[0] = (secret[0] ?? 0) ^ 1
  const wrong = { ...given, session: { ...given.session, secret } }
  assert.deepEqual(await comeBack(await dial(), wrong, 'h.test', stop), { came: 'open' })
  assert.equal((await comeBack(await dial(), given, 'h.test', stop)).came, 'resumed')
  stop.clear()
})

const ofReference = async (mutant?: string): Promise<ResumptionFacts> => {
  const reference = await startReference({
    system: 'https',
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    return factsOf(await looked(Number(new URL(reference.url).port), 'localhost'))
  } finally {
    await reference.close()
  }
}

test('A key that is not made anew is seen to be missing', async () => {
  assert.deepEqual(await ofReference('resumption-without-key'), { came: 'resumed', newKey: false })
  assert.deepEqual(await ofReference(), { came: 'resumed', newKey: true })
})

test('Early data is seen where the ticket offers it', async () => {
  const facts = { came: 'resumed', newKey: true, earlyData: 16_384 }
  assert.deepEqual(await ofReference('early-data-offered'), facts)
})

test('A server that goes away once the session is given tells nothing', async (context) => {
  const inner = tls()
  let count = 0
  const server = createServer((socket) => {
    count += 1
    if (count > 1) socket.destroy()
    else inner.emit('connection', socket)
  })
  assert.deepEqual(factsOf(await looked(await listening(context, server))), { came: 'open' })
})

test('Who hangs up in a handshake does not end it, and who is silent is waited for in vain', async (context) => {
  const mute = await listening(context, createServer())
  const late = await looked(mute, 'h.test', { timeoutMs: 60 })
  assert.deepEqual([late.channel, late.trouble?.code], [undefined, 'timeout'])
  const gone = await listening(
    context,
    createServer((socket) => socket.destroy()),
  )
  assert.deepEqual(factsOf(await looked(gone)), { came: 'no-handshake' })
})

test('Where nobody listens nothing is found out, and a call to stop is heard', async (context) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  const { channel, trouble } = await looked(port)
  assert.deepEqual([channel, trouble?.code], [undefined, 'refused'])
  const signal = AbortSignal.abort()
  const stopped = await looked(await listening(context, tls()), 'h.test', {}, signal)
  assert.deepEqual([stopped.ending, stopped.trouble?.code], ['unsent', 'aborted'])
})
