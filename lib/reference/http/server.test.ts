import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { strictRules } from './rules.ts'
import { listen } from './server.ts'
import type { Site } from './types.ts'

const site: Site = {
  rules: strictRules,
  respond: () => ({ status: 200, fields: [], body: 'ok' }),
}

const talk = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let came = ''
    socket.on('data', (data: Buffer) => {
      came += data.toString('latin1')
    })
    socket.on('close', () => resolve(came))
    socket.write(bytes)
  })

test('a head that stops half-way is answered with 408', async () => {
  const server = await listen(site, '127.0.0.1', 0, { idle: 20 })
  assert.match(await talk(server.port, 'GET / HTTP/1.1\r\nHost'), /^HTTP\/1\.1 408 /)
  await server.close()
})

test('a kept connection that stays quiet is closed without a word', async () => {
  const server = await listen(site, '127.0.0.1', 0, { idle: 20 })
  const came = await talk(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  assert.match(came, /^HTTP\/1\.1 200 OK\r\n/)
  assert.equal(came.match(/HTTP\/1\.1/g)?.length, 1)
  await server.close()
})

test('what a site throws is answered with 500', async () => {
  const broken: Site = {
    rules: strictRules,
    respond: () => {
      throw new Error('broken')
    },
  }
  const server = await listen(broken, '127.0.0.1', 0)
  assert.match(await talk(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'), /^HTTP\/1\.1 500 /)
  await server.close()
})
