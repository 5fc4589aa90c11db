import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { AddressesFacts } from '../../model/channel.ts'
import type { Exchange, Request } from '../../model/exchange.ts'
import { createAuthority, issue } from '../../x509/authority.ts'
import { createTransport } from '../open.ts'
import type { How, TransportOptions } from '../transport.ts'

const authority = createAuthority('Root')
const good = issue(authority, ['h.test'])
const expired = issue(authority, ['h.test'], {
  from: new Date(Date.now() - 2e9),
  until: new Date(Date.now() - 1e8),
})

const anything: TlsOptions = {
  minVersion: 'TLSv1',
  ciphers: 'ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0',
}

const tls = (options: TlsOptions = {}, { key, chain } = good): Server => {
  const server = createTlsServer({ key, cert: chain, ...options })
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

const freed = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const asking = (host: string, port: number): Request => ({
  route: { scheme: 'https', host, port, probe: { look: 'addresses' } },
  method: 'GET',
  target: [],
  fields: [],
})

const looked = async (
  options: Partial<TransportOptions>,
  host = 'h.test',
  port = 443,
  how: How = {},
): Promise<Exchange> => {
  const transport = createTransport({ timeoutMs: 2000, ca: authority.pem, ...options })
  try {
    return await transport.send(asking(host, port), how)
  } finally {
    await transport.close()
  }
}

const factsOf = ({ channel }: Exchange): AddressesFacts => {
  assert.ok(channel !== undefined && 'addresses' in channel)
  return channel.addresses
}

const at = (...ports: readonly number[]): Pick<TransportOptions, 'resolve'> => ({
  resolve: ports.map((port) => ({ host: 'h.test', port: 443, address: '127.0.0.1', at: port })),
})

test('Each address says by itself what it takes, refuses and shows', async (context) => {
  const first = await listening(context, tls())
  const second = await listening(context, tls(anything, expired))
  const { known, servers, hidden } = factsOf(await looked(at(first, second)))
  assert.deepEqual(known, [`127.0.0.1:${first}`, `127.0.0.1:${second}`])
  assert.equal(hidden, undefined)
  assert.deepEqual(
    servers.map(({ offers }) => offers),
    [
      {
        'TLSv1.3': 'taken',
        'TLSv1.2': 'taken',
        'weak-suites': 'refused',
        'TLSv1.1': 'refused',
        TLSv1: 'refused',
        SSLv3: 'refused',
        SSLv2: 'refused',
      },
      {
        'TLSv1.3': 'taken',
        'TLSv1.2': 'taken',
        'weak-suites': 'taken',
        'TLSv1.1': 'taken',
        TLSv1: 'taken',
        SSLv3: 'refused',
        SSLv2: 'refused',
      },
    ],
  )
  const [one, other] = servers.map(({ certificate }) => certificate)
  assert.ok(one && other && one.until > one.now && other.until < other.now)
  assert.deepEqual([one.trusted, other.trusted, other.forHost], [true, true, true])
})

test('An address where nobody listens, or nobody speaks, says nothing', async (context) => {
  const first = await listening(context, tls())
  const mute = await listening(context, createServer())
  const ports = [first, await freed(), mute]
  const { known, servers } = factsOf(await looked({ ...at(...ports), timeoutMs: 300 }))
  assert.equal(known.length, 3)
  assert.deepEqual(
    servers.map(({ address }) => address),
    [`127.0.0.1:${first}`],
  )
})

test('An address that knows no such name says nothing', async (context) => {
  const first = await listening(context, tls())
  const SNICallback: TlsOptions['SNICallback'] = (_, answer) => answer(new Error('no such name'))
  const second = await listening(context, tls({ SNICallback }))
  const { servers } = factsOf(await looked(at(first, second)))
  assert.equal(servers.length, 1)
})

test('Who hangs up in the end has refused nothing', async (context) => {
  const inner = tls({ maxVersion: 'TLSv1.2' })
  let count = 0
  const patience = 5
  const server = createServer((socket) => {
    count += 1
    if (count > patience) socket.destroy()
    else inner.emit('connection', socket)
  })
  const first = await listening(context, tls())
  const second = await listening(context, server)
  const { servers } = factsOf(await looked(at(first, second)))
  assert.deepEqual(servers[1], {
    address: `127.0.0.1:${second}`,
    offers: { 'TLSv1.2': 'taken' },
  })
})

test('A name is looked up, and its addresses are looked at one by one', async (context) => {
  const port = await listening(context, tls())
  const asked: string[] = []
  const lookup = async (host: string): Promise<readonly string[]> => {
    asked.push(host)
    return ['127.0.0.1', '::1', '127.0.0.1']
  }
  const { known, servers } = factsOf(await looked({ lookup }, 'h.test', port))
  assert.deepEqual(asked, ['h.test'])
  assert.deepEqual(known, ['127.0.0.1', '::1'])
  // Whether there is a second loopback address here or not, nobody listens on it.
  assert.deepEqual(
    servers.map(({ address }) => address),
    ['127.0.0.1'],
  )
})

test('The system looks up what nobody else does', async () => {
  const { known } = factsOf(await looked({}, '127.0.0.1', await freed()))
  assert.deepEqual(known, ['127.0.0.1'])
  const { known: local } = factsOf(await looked({}, 'localhost', await freed()))
  assert.ok(local.includes('127.0.0.1') || local.includes('::1'), local.join())
})

test('A name that cannot be looked up is nobody’s address', async () => {
  const lookup = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
  const { channel, trouble } = await looked({ lookup })
  assert.deepEqual([channel, trouble?.code], [undefined, 'dns'])
  const never = (): Promise<never> => new Promise(() => undefined)
  const late = await looked({ lookup: never, timeoutMs: 50 })
  assert.deepEqual([late.channel, late.trouble?.code], [undefined, 'timeout'])
})

test('One address is not connected to, and more than eight are not all', async (context) => {
  let connections = 0
  const server = tls().on('connection', () => {
    connections += 1
  })
  const port = await listening(context, server)
  const alone = factsOf(await looked({ lookup: async () => ['127.0.0.1'] }, 'h.test', port))
  assert.deepEqual(alone, { known: ['127.0.0.1'], servers: [] })
  const chosen = factsOf(await looked(at(port)))
  assert.deepEqual(chosen, { known: [`127.0.0.1:${port}`], servers: [], hidden: 'chosen' })
  assert.equal(connections, 0)
  const many = factsOf(await looked(at(...Array.from({ length: 9 }, () => port))))
  assert.deepEqual([many.known.length, many.servers.length], [9, 8])
})

test('A proxy hides the addresses, and is not asked for them', async () => {
  const proxyFor = (): never => ({ host: '127.0.0.1', port: 1, secure: false }) as never
  assert.deepEqual(factsOf(await looked({ ...at(1, 2), proxyFor })), {
    known: [],
    servers: [],
    hidden: 'proxy',
  })
})

test('Each probe waits for its turn, and an end is an end', async (context) => {
  const ports = [await listening(context, tls()), await listening(context, tls())]
  let turns = 0
  const turn = async (): Promise<void> => {
    turns += 1
  }
  await looked(at(...ports), 'h.test', 443, { turn })
  // For each: what is usual, seven offers, a certificate.
  assert.equal(turns, 18)
  const stop = new AbortController()
  const sent = await looked(at(...ports), 'h.test', 443, {
    signal: stop.signal,
    turn: async () => stop.abort(),
  })
  assert.deepEqual([sent.ending, sent.trouble?.code], ['unsent', 'aborted'])
})
