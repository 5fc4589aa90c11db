// What the writer of hellos makes of stacks that agree to what nobody should.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hello, HelloFacts } from '../../model/channel.ts'
import { startReference } from '../../reference/start.ts'
import { createTransport } from '../open.ts'

const hello = async (mutant: string, said: Hello): Promise<HelloFacts> => {
  const reference = await startReference({ system: 'https', mutant })
  const port = Number(new URL(reference.url).port)
  const transport = createTransport({
    timeoutMs: 2000,
    resolve: [{ host: 'localhost', port, address: '127.0.0.1' }],
  })
  try {
    const route = { scheme: 'https', host: 'localhost', port, probe: { hello: said } } as const
    const sent = await transport.send({ route, method: 'GET', target: [], fields: [] })
    assert.ok(sent.channel !== undefined && 'hello' in sent.channel)
    return sent.channel.hello
  } finally {
    await transport.close()
    await reference.close()
  }
}

const twelve = { versions: ['TLSv1.2'] } as const

const stacks: readonly (readonly [mutant: string, said: Hello, facts: Partial<HelloFacts>])[] = [
  ['ssl-20-spoken', { versions: ['SSLv2'] }, { version: 'SSLv2' }],
  ['ssl-30-spoken', { versions: ['SSLv3'], suites: ['static-rsa'] }, { version: 'SSLv3' }],
  ['suite-export', { ...twelve, suites: ['export'] }, { family: 'export' }],
  ['suite-des', { ...twelve, suites: ['des'] }, { family: 'des' }],
  ['suite-rc4', { ...twelve, suites: ['rc4'] }, { family: 'rc4', group: 'P-256' }],
  ['suite-3des', { ...twelve, suites: ['3des'] }, { family: '3des' }],
  ['suite-static-dh', { ...twelve, suites: ['static-dh'] }, { family: 'static-dh' }],
  ['prime-1024', { ...twelve, suites: ['dhe'] }, { primeBits: 1024 }],
  ['prime-key-kept', { ...twelve, suites: ['dhe'] }, { primeBits: 2048 }],
  ['compression-taken', { ...twelve, also: 'compression' }, { compressed: true }],
  ['compression-taken', twelve, { compressed: false }],
  ['renegotiation-unprotected', twelve, { extensions: ['extended-master-secret', 'alpn'] }],
  ['master-secret-plain', twelve, { extensions: ['renegotiation-info', 'alpn'] }],
  [
    'hmac-truncated',
    { ...twelve, also: 'truncated-hmac' },
    { extensions: ['renegotiation-info', 'extended-master-secret', 'alpn', 'truncated-hmac'] },
  ],
  ['signature-sha1', twelve, { hash: 'sha1' }],
  [
    'group-small',
    { ...twelve, suites: ['ecdhe-gcm-128'], groups: ['small'] },
    { group: 'group 19' },
  ],
  ['staple-missing', twelve, { responder: true }],
]

for (const [mutant, said, facts] of stacks) {
  test(`${mutant} is seen by ${JSON.stringify(said)}`, async () => {
    const found = await hello(mutant, said)
    assert.deepEqual(
      { ...found, ...facts },
      found,
      `${JSON.stringify(found)} without ${JSON.stringify(facts)}`,
    )
    assert.equal(found.reply, 'answered')
  })
}
