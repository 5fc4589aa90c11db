// Real servers are come back to: OpenSSL's own, nginx, haproxy, and Caddy with the TLS of Go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ResumptionFacts } from '../../lib/model/channel.ts'
import { createTransport } from '../../lib/transport/open.ts'
import {
  caddySecure,
  haproxy,
  nginxEarly,
  nginxGood,
  openssl12,
  openssl13,
  type SecureRecipe,
  startSecure,
} from './https-servers.ts'

const comeBack = async (recipe: SecureRecipe): Promise<ResumptionFacts> => {
  const server = await startSecure(recipe)
  const address = { host: 'localhost', port: server.port, address: '127.0.0.1' }
  const transport = createTransport({ timeoutMs: 5000, ca: server.ca, resolve: [address] })
  const { host, port } = address
  const route = { scheme: 'https', host, port, probe: { look: 'resumption' } } as const
  try {
    const { channel, trouble } = await transport.send({
      route,
      method: 'GET',
      target: [],
      fields: [],
    })
    assert.ok(channel !== undefined && 'resumption' in channel, trouble?.say)
    return channel.resumption
  } finally {
    await transport.close()
    await server.stop()
  }
}

const resumed = { came: 'resumed', newKey: true } as const

const servers: readonly (readonly [name: string, recipe: SecureRecipe, facts: ResumptionFacts])[] =
  [
    ['openssl', openssl13, resumed],
    ['openssl without TLS 1.3', openssl12, { came: 'no-handshake' }],
    ['nginx', nginxGood, resumed],
    ['nginx with ssl_early_data', nginxEarly, { ...resumed, earlyData: 16_384 }],
    ['haproxy', haproxy, resumed],
    ['caddy', caddySecure, resumed],
  ]

for (const [name, recipe, facts] of servers) {
  test(`${name}: the binder is taken, and what is chosen is read`, async () => {
    assert.deepEqual(await comeBack(recipe), facts)
  })
}
