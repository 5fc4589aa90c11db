import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, says, scripted, transportOf } from './scripted.test.support.ts'
import type { How } from './transport.ts'

const plain = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const carriers: readonly How[] = [{}, { carrier: 'raw' }]

for (const how of carriers) {
  const by = how.carrier ?? 'undici'

  test(`Sends several exchanges on one connection (${by})`, async (t) => {
    const server = await scripted(t, says(plain, true))
    const transport = transportOf(t)
    const line = transport.line(server.route)
    assert.deepEqual([line.alive, line.carried], [false, 0])
    const all = await Promise.all(
      ['GET', 'POST', 'GET'].map((method) =>
        transport.send(get(server.route, { method }), { ...how, on: line }),
      ),
    )
    assert.deepEqual(
      all.map((each) => each.ending),
      ['complete', 'complete', 'complete'],
    )
    assert.deepEqual(
      all.map((each) => each.carrier),
      [by, by, by],
    )
    assert.deepEqual(
      all.map((each) => each.connection),
      [1, 1, 1],
    )
    assert.deepEqual([line.alive, line.carried], [true, 3])
    assert.equal(server.received.length, 1)
    assert.equal(server.received[0]?.match(/connection: keep-alive\r\n/g)?.length, 3)
    line.close()
    assert.equal(line.alive, false)
  })

  test(`Tells that the server closes after each answer (${by})`, async (t) => {
    const server = await scripted(t, says(plain.replace('OK', 'OK\r\nConnection: close'), true))
    const transport = transportOf(t)
    const line = transport.line(server.route)
    const first = await transport.send(get(server.route), { ...how, on: line })
    assert.equal(line.alive, false)
    const second = await transport.send(get(server.route), { ...how, on: line })
    assert.deepEqual([first.connection, second.connection], [1, 2])
    assert.equal(second.resent, undefined)
  })

  test(`Sends once more where a kept connection gives no byte (${by})`, async (t) => {
    const heads = [0, 0]
    const server = await scripted(t, (socket, _request, index) => {
      heads[index] = (heads[index] ?? 0) + 1
      if (index === 0 && heads[0] === 2) socket.destroy()
      else socket.write(plain)
    })
    const transport = transportOf(t)
    const line = transport.line(server.route)
    await transport.send(get(server.route), { ...how, on: line })
    const exchange = await transport.send(get(server.route), { ...how, on: line })
    assert.deepEqual([exchange.n, exchange.connection, exchange.resent], [2, 2, true])
    assert.equal(exchange.ending, 'complete')
    assert.equal(transport.sent, 3)
    assert.deepEqual(heads, [2, 1])
  })

  test(`Does not send again what was answered in part, or what was first (${by})`, async (t) => {
    let heads = 0
    const server = await scripted(t, (socket) => {
      heads += 1
      if (heads === 1) socket.write(plain)
      else socket.end(heads === 2 ? plain.slice(0, 9) : '')
    })
    const transport = transportOf(t)
    const line = transport.line(server.route)
    await transport.send(get(server.route), { ...how, on: line })
    const part = await transport.send(get(server.route), { ...how, on: line })
    assert.deepEqual([part.ending, part.resent], ['silent', undefined])
    const first = await transport.send(get(server.route), { ...how, on: line })
    assert.deepEqual([first.ending, first.resent], ['silent', undefined])
    assert.equal(transport.sent, 3)
  })

  test(`Leaves a connection on which bytes came unasked (${by})`, async (t) => {
    let send: (bytes: string) => void = () => undefined
    const server = await scripted(t, (socket) => {
      send = (bytes) => socket.write(bytes)
      socket.write(plain)
    })
    const transport = transportOf(t)
    const line = transport.line(server.route)
    await transport.send(get(server.route), { ...how, on: line })
    send('HTTP/1.1 408 Late\r\n\r\n')
    while (line.alive) await new Promise((resolve) => setImmediate(resolve))
    const next = await transport.send(get(server.route), { ...how, on: line })
    assert.deepEqual([next.connection, next.answer?.status], [2, 200])
  })
}

test('Refuses to send on the line of another route or transport', async (t) => {
  const server = await scripted(t, says(plain, true))
  const transport = transportOf(t)
  const elsewhere = transport.line({ ...server.route, host: 'localhost' })
  const foreign = transportOf(t).line(server.route)
  for (const on of [elsewhere, foreign]) {
    const exchange = await transport.send(get(server.route), { on })
    assert.deepEqual([exchange.ending, exchange.trouble?.code], ['unsent', 'own'])
  }
  assert.equal(server.received.length, 0)
})

test('Sends nothing more on a line once called off', async (t) => {
  const server = await scripted(t, says(plain, true))
  const transport = transportOf(t)
  const on = transport.line(server.route)
  await transport.send(get(server.route), { on })
  const exchange = await transport.send(get(server.route), { on, signal: AbortSignal.abort() })
  assert.deepEqual([exchange.ending, exchange.trouble?.code], ['unsent', 'aborted'])
  assert.deepEqual([transport.sent, on.alive], [1, true])
})
