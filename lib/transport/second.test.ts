import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import { test } from 'node:test'
import { get } from './scripted.test.support.ts'
import { createSecond, type UndiciModule } from './second.ts'

/** A client that writes what it likes, as a later undici may. */
const writing = (...chunks: readonly string[]): UndiciModule => {
  const client = (_origin: string, options: { connect: (o: object, done: Done) => void }) => ({
    dispatch: () =>
      options.connect({}, (_error, socket) => {
        for (const chunk of chunks) socket.write(chunk)
      }),
    destroy: () => Promise.resolve(),
  })
  type Done = (error: null, socket: Duplex) => void
  const Client = function Client(...args: Parameters<typeof client>) {
    return client(...args)
  }
  return { Client: Client as unknown as UndiciModule['Client'] }
}

const written = async (undici: UndiciModule, bytes: string): Promise<string[]> => {
  const out: string[] = []
  const request = get({ scheme: 'http', host: 'a', port: 80 })
  const second = createSecond(undici, request, Buffer.from(bytes), 1024, (chunk) => {
    out.push(chunk.toString())
  })
  second.start()
  await new Promise((resolve) => setTimeout(resolve, 5))
  second.close()
  return out
}

test('Passes on what undici writes as it should', async () => {
  assert.deepEqual(await written(writing('head', 'body'), 'headbody'), ['head', 'body'])
})

test('Writes the rest by itself from where undici differs, or stops', async () => {
  assert.deepEqual(await written(writing('head', 'bode'), 'headbody'), ['head', 'body'])
  assert.deepEqual(await written(writing('Head', 'body'), 'headbody'), ['headbody'])
  assert.deepEqual(await written(writing('head'), 'headbody'), ['head', 'body'])
  assert.deepEqual(await written(writing('head', 'body', 'more'), 'headbody'), ['head', 'body'])
  assert.deepEqual(await written(writing(), 'headbody'), ['headbody'])
})
