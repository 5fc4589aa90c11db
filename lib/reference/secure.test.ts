import assert from 'node:assert/strict'
import { request } from 'node:https'
import { connect } from 'node:net'
import { test } from 'node:test'
import { type Reference, type ReferenceOptions, startReference } from './start.ts'

interface Got {
  readonly status?: number | undefined
  readonly error?: string | undefined
}

const ask = (reference: Reference, ca: string | undefined): Promise<Got> =>
  new Promise((resolve) => {
    const asked = request(
      reference.url,
      { agent: false, ...(ca === undefined ? {} : { ca }) },
      (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode })
      },
    )
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code }))
    asked.end()
  })

const started = async (
  options: ReferenceOptions,
  look: (reference: Reference) => Promise<void>,
): Promise<void> => {
  const reference = await startReference(options)
  try {
    await look(reference)
  } finally {
    await reference.close()
  }
}

for (const system of ['generic', 'bearer'] as const) {
  test(`Serves the ${system} system on https to whoever trusts its authority`, () =>
    started({ system, secure: true }, async (reference) => {
      assert.match(reference.url, /^https:/)
      assert.match(reference.publicUrl, /^https:/)
      assert.deepEqual(await ask(reference, reference.ca), { status: 401 })
      assert.deepEqual(await ask(reference, undefined), {
        error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      })
      assert.equal(reference.log.length, 1)
    }))
}

test('Resets a connection below its TLS', () =>
  started({ system: 'generic', secure: true, mutant: 'resets-10-percent' }, async (reference) => {
    const got: Got[] = []
    for (let asked = 0; asked < 60; asked += 1) got.push(await ask(reference, reference.ca))
    const reset = got.filter(({ error }) => error === 'ECONNRESET')
    assert.ok(reset.length > 0)
    assert.equal(reset.length + got.filter(({ status }) => status === 401).length, got.length)
  }))

test('Drops who does not speak TLS, and closes with connections open', () =>
  started({ system: 'generic', secure: true }, async (reference) => {
    const socket = connect(Number(new URL(reference.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await closed
    assert.equal(reference.log.length, 0)
    connect(Number(new URL(reference.url).port), '127.0.0.1').on('error', () => undefined)
  }))
