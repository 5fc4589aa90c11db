// The nonces of real servers: OpenSSL's own, nginx, haproxy, and Caddy with the TLS of Go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NonceFacts } from '../../lib/model/channel.ts'
import { createTransport } from '../../lib/transport/open.ts'
import {
  caddySecure,
  haproxy,
  nginxGood,
  nginxOld,
  openssl12,
  openssl13,
  opensslAnything,
  type SecureRecipe,
  startSecure,
} from './https-servers.ts'

const noncesOf = async (recipe: SecureRecipe): Promise<NonceFacts> => {
  const server = await startSecure(recipe)
  const address = { host: 'localhost', port: server.port, address: '127.0.0.1' }
  const transport = createTransport({ timeoutMs: 5000, ca: server.ca, resolve: [address] })
  const { host, port } = address
  const route = { scheme: 'https', host, port, probe: { look: 'nonces' } } as const
  const field = { name: [{ text: 'Host' }], value: [{ text: `localhost:${port}` }] }
  try {
    const { channel, trouble } = await transport.send({
      route,
      method: 'GET',
      target: [{ text: '/protected' }],
      fields: [field],
    })
    assert.ok(channel !== undefined && 'nonces' in channel, trouble?.say)
    return channel.nonces
  } finally {
    await transport.close()
    await server.stop()
  }
}

const counting: readonly (readonly [name: string, recipe: SecureRecipe, from?: bigint])[] = [
  ['openssl', opensslAnything],
  ['nginx', nginxGood],
  ['nginx of long ago', nginxOld],
  ['haproxy', haproxy],
  ['caddy', caddySecure, 0n],
]

for (const [name, recipe, from] of counting) {
  test(`${name}: three nonces or more are read, and each is one more than the one before`, async () => {
    const { nonces } = await noncesOf(recipe)
    const numbers = nonces.map((each) => BigInt(`0x${each}`))
    const [first = -1n] = numbers
    assert.ok(nonces.length >= 3, nonces.join(' '))
    if (from !== undefined) assert.equal(first, from)
    assert.deepEqual(
      numbers,
      numbers.map((_, at) => BigInt.asUintN(64, first + BigInt(at))),
    )
  })
}

for (const [name, recipe] of [
  ['openssl with TLS 1.3 alone', openssl13],
  ['openssl with CBC alone', openssl12],
] as const) {
  test(`${name}: there are none`, async () => {
    assert.deepEqual(await noncesOf(recipe), { nonces: [] })
  })
}
