import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from '../model/exchange.ts'
import { settled } from './needs-raw.ts'
import { createSender, type Pause, pauseOf } from './pieces.ts'
import { createReader } from './reader.ts'
import { get, scripted, transportOf } from './scripted.test.support.ts'
import { bytesOf, serialise } from './serialise.ts'

const route = { scheme: 'http', host: '127.0.0.1', port: 80 } as const

const cutOf = (change: Partial<Request>): readonly string[] => {
  const request = settled(get(route, change), 'close')
  const bytes = bytesOf(serialise(request)).toString('latin1')
  const at = pauseOf(request, 1000)?.at ?? 0
  return [bytes.slice(0, at), bytes.slice(at)]
}

test('A request pauses before its Authorization line or before its content', () => {
  const [before = '', after = ''] = cutOf({ pause: 'before-authorization' })
  assert.match(before, /^GET \/ HTTP\/1\.1\r\nHost: [^\r]*\r\n$/)
  assert.match(after, /^Authorization: Basic YTpi\r\n/)
  const [head = '', content] = cutOf({ pause: 'before-content', body: [{ text: 'abc' }] })
  assert.match(head, /\r\n\r\n$/)
  assert.equal(content, 'abc')
})

test('A request without a pause, or without the line to pause at, goes out in one piece', () => {
  assert.equal(pauseOf(get(route), 1000), undefined)
  assert.equal(pauseOf(get(route, { fields: [], pause: 'before-authorization' }), 1000), undefined)
})

test('A pause ends in time for an answer', () => {
  const ms = (pause: Request['pause'], timeoutMs: number): number | undefined =>
    pauseOf(get(route, pause === undefined ? {} : { pause }), timeoutMs)?.ms
  assert.equal(ms('before-authorization', 10_000), 300)
  assert.equal(ms('before-authorization', 200), 100)
  assert.equal(ms('before-content', 10_000), 5000)
})

const sending = (pause: Pause | undefined) => {
  const written: string[] = []
  const reader = createReader('GET', { headCap: 1024, bodyCap: 1024, bodyStop: 1024 })
  const sender = createSender(Buffer.from('headbody'), pause, reader, (chunk) =>
    written.push(chunk.toString('latin1')),
  )
  const hear = (bytes: string): void => {
    reader.feed(Buffer.from(bytes, 'latin1'))
    sender.progressed()
  }
  return { written, reader, sender, hear }
}

const hold: Pause = { at: 4, interim: true, ms: 100 }
const done = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

test('Content goes out as soon as an interim answer came, once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { written, reader, sender, hear } = sending(hold)
  sender.start()
  assert.deepEqual(written, ['head'])
  hear('HTTP/1.1 100 Continue\r\n\r\n')
  assert.deepEqual(written, ['head', 'body'])
  hear('HTTP/1.1 102 Processing\r\n\r\n')
  t.mock.timers.tick(200)
  hear(done)
  assert.deepEqual(written, ['head', 'body'])
  assert.deepEqual(reader.answer()?.violations, [])
})

test('Content that nobody asked for goes out late, and the answer is known to have been withheld', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { written, reader, sender, hear } = sending(hold)
  sender.start()
  t.mock.timers.tick(99)
  assert.deepEqual(written, ['head'])
  t.mock.timers.tick(1)
  assert.deepEqual(written, ['head', 'body'])
  hear(done)
  assert.deepEqual(
    reader.answer()?.violations.map(({ code }) => code),
    ['continue-withheld'],
  )
})

test('Nothing more goes out to a server that has begun its answer', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  for (const pause of [hold, { ...hold, interim: false }]) {
    const { written, reader, sender, hear } = sending(pause)
    sender.start()
    hear('HTTP/1.1 401 No\r\n')
    t.mock.timers.tick(100)
    hear('Content-Length: 0\r\n\r\n')
    assert.deepEqual(written, ['head'])
    assert.deepEqual(reader.answer()?.violations, [])
  }
})

test('A sender that was stopped writes nothing more', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { written, sender } = sending({ ...hold, interim: false })
  sender.start()
  sender.stop()
  t.mock.timers.tick(200)
  assert.deepEqual(written, ['head'])
})

test('A pause is kept on the wire, and ended by 100 Continue', async (t) => {
  const heads: string[] = []
  const server = await scripted(t, (socket, request) => {
    heads.push(request)
    socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    socket.once('data', () => socket.end(done))
  })
  const body = [{ text: 'abc' }]
  const exchange = await transportOf(t).send(get(server.route, { pause: 'before-content', body }))
  assert.equal(exchange.carrier, 'raw')
  assert.equal(exchange.answer?.status, 200)
  assert.deepEqual(exchange.answer?.interim, [100])
  assert.match(server.received[0] ?? '', /\r\n\r\nabc$/)
  assert.equal(heads.length, 1)
})
