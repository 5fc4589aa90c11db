import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Carried, carry } from './carry.ts'
import type { Connection, Listener } from './connection.ts'
import { createStop } from './stop.ts'

const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

/** Carries one exchange over a connection that does what the script says once a request was sent. */
const carried = async (script: (listener: Listener) => void): Promise<Carried> => {
  let listener: Listener | undefined
  const socket = {
    writable: true,
    write: () => queueMicrotask(() => listener && script(listener)),
  }
  const connection = {
    socket,
    alive: () => true,
    begin: (next: Listener) => {
      listener = next
    },
    finish: () => undefined,
  } as unknown as Connection
  const stop = createStop(5000)
  try {
    return await carry(connection, {
      method: 'GET',
      bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      where: 'h.test:80',
      limits: { headCap: 4096, bodyCap: 4096, bodyStop: 4096 },
      timeoutMs: 5000,
      lingerMs: 1,
      stop,
    })
  } finally {
    stop.clear()
  }
}

const says = (bytes: string) => (listener: Listener) => {
  listener.data(Buffer.from(bytes, 'latin1'))
  listener.error(reset)
}

test('A refusal whose head came whole is an answer, though the connection broke behind it', async () => {
  const { answer, failure } = await carried(says('HTTP/1.1 431 No\r\nContent-Length: 9\r\n\r\nab'))
  assert.equal(failure, undefined)
  assert.equal(answer?.status, 431)
  assert.equal(answer?.body, 'ab')
  assert.deepEqual(
    answer?.violations.map(({ code }) => code),
    ['cut-short'],
  )
})

test('A grant that broke off is none, nor is a refusal whose head did', async () => {
  const half = [
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab',
    'HTTP/1.1 401 No\r\nContent-Le',
    'HTTP/1.1 100 Continue\r\n\r\n',
    '',
  ]
  for (const bytes of half) {
    const { answer, failure } = await carried(says(bytes))
    assert.equal(answer, undefined, bytes)
    assert.equal(failure?.trouble.code, 'reset', bytes)
  }
})

test('What was whole before the connection broke is not called cut short', async () => {
  const { answer } = await carried(says('HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nab'))
  assert.deepEqual(answer?.violations, [])
})
