// What stands between TLS and the wire changes tickets, and nothing else that goes by.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:https'
import { test } from 'node:test'
import { connect } from 'node:tls'
import { type Reference, startReference } from '../start.ts'

const started = async (
  mutant: string | undefined,
  look: (reference: Reference, port: number) => Promise<void>,
): Promise<void> => {
  const reference = await startReference({
    system: 'https',
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    await look(reference, Number(new URL(reference.url).port))
  } finally {
    await reference.close()
  }
}

/** The sessions that a client of the runtime is given until the server has no more to say. */
const sessionsOf = async (port: number, session?: Buffer): Promise<readonly Buffer[]> => {
  const found: Buffer[] = []
  const socket = connect({
    host: '127.0.0.1',
    port,
    servername: 'localhost',
    rejectUnauthorized: false,
    ...(session === undefined ? {} : { session }),
  })
  socket.on('session', (each: Buffer) => found.push(each))
  await once(socket, 'secureConnect')
  assert.equal(socket.isSessionReused(), session !== undefined)
  socket.resume().end()
  await once(socket, 'close')
  return found
}

/** 16384 octets of early data, as OpenSSL writes them into a session. */
const offer = Buffer.from('af0402024000', 'hex')

test('Every ticket offers early data, and is good', () =>
  started('early-data-offered', async (_, port) => {
    const given = await sessionsOf(port)
    assert.equal(given.length, 2)
    assert.ok(given.every((each) => each.includes(offer)))
    await sessionsOf(port, given[0])
  }))

test('The conforming server offers none', () =>
  started(undefined, async (_, port) => {
    const given = await sessionsOf(port)
    assert.equal(given.length, 2)
    assert.ok(!given.some((each) => each.includes(offer)))
  }))

test('Large requests and answers go by as they are', () =>
  started('early-data-offered', async ({ url, accounts }) => {
    const { user, password } = accounts.default
    const asked = request(url, {
      host: '127.0.0.1',
      servername: 'localhost',
      rejectUnauthorized: false,
      agent: false,
      auth: `${user}:${password}`,
      headers: { 'X-Bulk': 'a'.repeat(10_000) },
    })
    const [answer] = await once(asked.end(), 'response')
    answer.resume()
    assert.equal(answer.statusCode, 200)
    await once(answer, 'end')
  }))
