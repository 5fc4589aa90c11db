import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Exchange, Route } from '../model/exchange.ts'
import { countOf, get, line, says, scripted, start, transportOf } from './scripted.test.support.ts'
import type { How } from './transport.ts'

const carriers: readonly How[] = [{}, { carrier: 'raw' }]
const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'

const troubleOf = (exchange: Exchange): string =>
  `${exchange.ending} ${exchange.trouble?.code ?? ''}`

const freePort = async (t: TestContext): Promise<number> => {
  const server = createServer()
  const port = await start(t, server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('Says that a connection was refused', async (t) => {
  const port = await freePort(t)
  const exchange = await transportOf(t).send(get({ scheme: 'http', host: '127.0.0.1', port }))
  assert.equal(troubleOf(exchange), 'closed refused')
  assert.equal(exchange.trouble?.say, `127.0.0.1:${port} refused the connection.`)
  assert.equal(exchange.connection, 1)
  assert.equal(exchange.answer, undefined)
})

test('Takes what cannot be sent as its own fault', async (t) => {
  const transport = transportOf(t)
  const bad = await transport.send(get({ scheme: 'http', host: '127.0.0.1', port: 70_000 }))
  assert.equal(troubleOf(bad), 'unsent own')
  const broken = { ...get({ scheme: 'http', host: 'a', port: 1 }), target: null as never }
  assert.equal(troubleOf(await transport.send(broken)), 'unsent own')
  assert.equal(transport.sent, 0)
})

for (const how of carriers) {
  const by = how.carrier ?? 'undici'

  test(`Says how an answer was missing (${by})`, async (t) => {
    const transport = transportOf(t, { headCap: 4096 })
    const exchange = async (script: Parameters<typeof scripted>[1]): Promise<Exchange> =>
      transport.send(get((await scripted(t, script)).route), how)
    const closed = await exchange((socket) => socket.end())
    assert.equal(troubleOf(closed), 'silent ended')
    assert.equal(
      closed.trouble?.say,
      'The server closed the connection: no byte of an answer came.',
    )
    const half = await exchange(says(`${head}abc`))
    assert.equal(troubleOf(half), 'silent ended')
    assert.match(half.trouble?.say ?? '', /the answer 200 broke off after 3 of 10 bytes/)
    assert.equal(half.answer, undefined)
    const reset = await exchange((socket) => socket.resetAndDestroy())
    assert.equal(troubleOf(reset), 'silent reset')
    const garbage = await exchange(says('<html>'))
    assert.equal(troubleOf(garbage), 'silent garbage')
    const endless = await exchange(says(`HTTP/1.1 200 OK\r\nA: ${'b'.repeat(5000)}`, true))
    assert.equal(troubleOf(endless), 'silent too-large')
  })

  test(`Keeps a refusal whose head came whole (${by})`, async (t) => {
    const refused = 'HTTP/1.1 431 Too Large\r\nContent-Length: 10\r\n\r\nabc'
    const server = await scripted(t, says(refused))
    const exchange = await transportOf(t).send(get(server.route), how)
    assert.equal(troubleOf(exchange), 'complete ')
    assert.equal(exchange.answer?.status, 431)
    assert.equal(exchange.answer?.body, 'abc')
    assert.deepEqual(exchange.answer?.violations, [
      {
        code: 'cut-short',
        say: 'The connection ended too early: the answer 431 broke off after 3 of 10 bytes of content.',
      },
    ])
  })

  test(`Gives up at the deadline (${by})`, async (t) => {
    const server = await scripted(t, says(`${head}abc`, true))
    const transport = transportOf(t)
    const exchange = await transport.send(get(server.route), { ...how, timeoutMs: 60 })
    assert.equal(troubleOf(exchange), 'silent timeout')
    assert.match(
      exchange.trouble?.say ?? '',
      /within 60 ms: the answer 200 broke off after 3 of 10/,
    )
    assert.ok(exchange.ms >= 55)
  })

  test(`Leaves no socket open when called off or closed (${by})`, async (t) => {
    const arrived: (() => void)[] = []
    const server = await scripted(t, () => arrived.shift()?.())
    const transport = transportOf(t)
    const controller = new AbortController()
    const first = new Promise<void>((resolve) => arrived.push(resolve))
    const calledOff = transport.send(get(server.route), { ...how, signal: controller.signal })
    await first
    controller.abort()
    assert.equal(troubleOf(await calledOff), 'unsent aborted')
    const second = new Promise<void>((resolve) => arrived.push(resolve))
    const cut = transport.send(get(server.route), how)
    await second
    await transport.close()
    assert.equal(troubleOf(await cut), 'unsent aborted')
    assert.equal(troubleOf(await transport.send(get(server.route), how)), 'unsent aborted')
    while ((await server.connections()) > 0) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(server.received.length, 2)
  })
}

test('Sends nothing when called off before', async (t) => {
  const server = await scripted(t, says(head))
  const transport = transportOf(t)
  const exchange = await transport.send(get(server.route), { signal: AbortSignal.abort() })
  assert.equal(troubleOf(exchange), 'unsent aborted')
  assert.equal(transport.sent, 0)
})

test('Gives up while connecting', async (t) => {
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  const port = await start(t, server)
  const route: Route = { scheme: 'https', host: '127.0.0.1', port }
  const exchange = await transportOf(t, { timeoutMs: 60 }).send(get(route))
  assert.equal(troubleOf(exchange), 'closed timeout')
  assert.match(exchange.trouble?.say ?? '', /^No connection to 127\.0\.0\.1:\d+ within 60 ms\.$/)
  while ((await countOf(server)) > 0) await new Promise((resolve) => setImmediate(resolve))
})

test('Survives a server that closes before the request', async (t) => {
  const server = createServer((socket) => socket.destroy())
  const port = await start(t, server)
  for (const how of carriers) {
    const exchange = await transportOf(t).send(
      get({ scheme: 'http', host: '127.0.0.1', port }),
      how,
    )
    assert.match(troubleOf(exchange), /^(?:silent|closed) (?:ended|reset)$/)
  }
})

test('Reads an answer that came before the request', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n')
  })
  const port = await start(t, server)
  for (const how of carriers) {
    const exchange = await transportOf(t).send(
      get({ scheme: 'http', host: '127.0.0.1', port }),
      how,
    )
    assert.equal(exchange.answer?.status, 503)
  }
})

test('Reads a refusal that comes while the request is still being written', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.pause()
      socket.end('HTTP/1.1 431 Too Large\r\nContent-Length: 0\r\n\r\n', () => socket.destroy())
    })
  })
  const port = await start(t, server)
  const route: Route = { scheme: 'http', host: '127.0.0.1', port }
  const big = get(route, { method: 'POST', body: [{ text: 'x'.repeat(2_000_000) }] })
  for (const how of carriers) {
    assert.equal((await transportOf(t).send(big, how)).answer?.status, 431)
  }
})

test('Goes to the address it is told', async (t) => {
  const server = await scripted(t, says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  const resolve = [{ host: 'API.example.test', port: server.port, address: '127.0.0.1' }]
  const route: Route = { scheme: 'http', host: 'api.example.test', port: server.port }
  const exchange = await transportOf(t, { resolve }).send(get(route))
  assert.equal(exchange.ending, 'complete')
  assert.match(server.received[0] ?? '', /host: api\.example\.test/)
})

/** A small generator (mulberry32), so that a failing run can be run again. */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

test('Survives hostile answers by undici and raw, with the same account of them', async (t) => {
  const next = seeded(7)
  const pieces = [
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 100 C\r\n\r\n',
    'HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'HTTP/1.0 401\r\n',
    'Content-Length: 3\r\n',
    'Content-Length: 0\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: keep-alive\r\n',
    'Keep-Alive: timeout=0\r\n',
    'A: b\r\n',
    ' c\r\n',
    '\r\n',
    '\n',
    'abc',
    '3\r\nabc\r\n0\r\n\r\n',
    '\x00',
    '\r',
  ]
  let answer = ''
  const server = await scripted(t, (socket) => {
    const cut = answer.length >> 1
    socket.write(answer.slice(0, cut), 'latin1')
    setImmediate(() => socket.end(answer.slice(cut), 'latin1'))
  })
  const transport = transportOf(t, { lingerMs: 200 })
  for (let round = 0; round < 250; round += 1) {
    answer = pieces[next(4)] ?? ''
    for (let more = next(8); more > 0; more -= 1) answer += pieces[next(pieces.length)] ?? ''
    const request = get(server.route, {
      method: next(5) === 0 ? 'HEAD' : 'GET',
      fields: [line('Host', 'a')],
    })
    const byUndici = await transport.send(request)
    const byRaw = await transport.send(request, { carrier: 'raw' })
    const account = ({ ending, trouble, answer: came }: Exchange): unknown => ({
      ending,
      trouble: trouble?.code,
      status: came?.status,
      fields: came?.fields,
      body: came?.body,
    })
    assert.deepEqual(account(byUndici), account(byRaw), JSON.stringify(answer))
  }
})
