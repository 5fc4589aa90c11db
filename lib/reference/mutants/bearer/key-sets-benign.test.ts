import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import {
  type HostedKey,
  hostedKey,
  hostedKeyOf,
  onStage,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { benignKeySets } from './key-sets-benign.ts'

const es: HostedKey = hostedKey('ES256', 'es')
const other: HostedKey = hostedKey('ES256', 'other')
const twin: HostedKey = hostedKey('ES256', 'es')
const rsa: HostedKey = hostedKey('RS256', 'rsa')
const ed: HostedKey = hostedKey('EdDSA', 'ed')
const rsa3 = hostedKeyOf(
  'RS256',
  'rsa',
  generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
)
const jwk = JSON.stringify(es.jwk)
const { kid: _kid, ...nameless } = es.jwk

const published =
  (
    entry: unknown,
    key: HostedKey = es,
    header: Readonly<Record<string, unknown>> = {},
  ): Scene['play'] =>
  async ({ publish, write, ask }) => {
    if (typeof entry === 'string') write(entry)
    else publish(entry)
    return ask(key, header)
  }

/** How many fetches there were when a set without a lifetime had been used for a while. */
const after =
  (milliseconds: number, header: Readonly<Record<string, unknown>> = {}): Scene['play'] =>
  async ({ publish, ask, pass, fetches }) => {
    publish(es.jwk)
    await ask(es)
    pass(milliseconds)
    await ask(es, header)
    return fetches.length
  }

const tolerates = { plain: '401', mutated: '200' }
const declines = { plain: '200', mutated: '401' }

showHostedDifferences(benignKeySets, {
  'benign-keyset-long-lived': { play: after(60_000), plain: 2, mutated: 1 },
  'benign-keyset-slow-cooldown': { play: after(1499, { kid: 'new' }), plain: 2, mutated: 1 },
  'benign-keyset-lifetime-only': { play: after(29_000, { kid: 'new' }), plain: 2, mutated: 1 },
  'benign-keyset-never-stale': {
    play: async ({ publish, fail, ask, pass }) => {
      publish(es.jwk)
      await ask(es)
      fail()
      pass(30_000)
      return ask(es)
    },
    ...declines,
  },
  'benign-keyset-conditional': {
    play: async ({ write, behave, ask, pass, fetches }) => {
      write(`{"keys":[${jwk}]}`, { ETag: '"1"' })
      await ask(es)
      behave({ status: 304 })
      pass(30_000)
      const seen = [await ask(es), fetches[1]?.['if-none-match'], fetches.length]
      pass(29_000)
      return [...seen, await ask(es), fetches.length]
    },
    plain: ['200', undefined, 2, '200', 3],
    mutated: ['200', '"1"', 2, '200', 2],
  },
  'benign-keyset-no-redirects': {
    play: async ({ behave, ask }) => {
      behave((response, path) => {
        if (path === '/keys.json') response.writeHead(302, { Location: '/moved' }).end()
        else response.end(`{"keys":[${jwk}]}`)
      })
      return ask(es)
    },
    ...declines,
  },
  'benign-keyset-small-only': {
    play: published(`{"keys":[${jwk}]${' '.repeat(70_000)}}`),
    ...declines,
  },
  'benign-keyset-exponent-three': { play: published(rsa3.jwk, rsa3), ...tolerates },
  'benign-keyset-leading-zeros': {
    play: published({ ...rsa.jwk, e: 'AAEAAQ' }, rsa),
    ...tolerates,
  },
  'benign-keyset-operations-repeated': {
    play: published({ ...es.jwk, key_ops: ['verify', 'verify'] }),
    ...tolerates,
  },
  'benign-keyset-last-member-counts': {
    play: published(`{"keys":[${jwk.replace('{', '{"kty":"RSA",')}]}`),
    ...tolerates,
  },
  'benign-keyset-duplicates-refused': {
    play: published(`{"keys":[],"keys":[${jwk}]}`),
    ...declines,
  },
  'benign-keyset-private-refused': {
    play: published({ ...es.jwk, ...es.privateKey.export({ format: 'jwk' }) }),
    ...declines,
  },
  'benign-keyset-two-algorithms': { play: published(ed.jwk, ed), ...declines },
  'benign-keyset-any-rsa': {
    play: published(rsa.jwk, { ...rsa, alg: 'PS256' }),
    ...tolerates,
  },
  'benign-keyset-kid-advisory': { play: published(es.jwk, es, { kid: 'of-nobody' }), ...tolerates },
  'benign-keyset-names-required': { play: published(es.jwk, es, { kid: undefined }), ...declines },
  'benign-keyset-nameless-apart': { play: published(nameless, es, { kid: 'es' }), ...declines },
  'benign-keyset-pair-refused': {
    play: async ({ publish, ask }) => {
      publish(es.jwk, twin.jwk, other.jwk)
      return [await ask(es), await ask(twin), await ask(other)]
    },
    plain: ['200', '200', '200'],
    mutated: ['401', '401', '200'],
  },
})

test('each takes up a new key, drops a withdrawn one and survives a broken set', async () => {
  for (const { id } of benignKeySets) {
    await onStage({ mutant: id }, async ({ write, publish, behave, ask, pass }) => {
      const fields = { 'Cache-Control': 'max-age=5' }
      const set = (...keys: readonly HostedKey[]): string =>
        JSON.stringify({ keys: keys.map((key) => key.jwk) })
      write(set(es), fields)
      assert.equal(await ask(es), '200', id)
      write(set(es, other), fields)
      pass(5000)
      assert.equal(await ask(other), '200', id)
      write(set(other), fields)
      pass(5000)
      assert.deepEqual([await ask(other), await ask(es)], ['200', '401'], id)
      behave({ status: 500 })
      pass(2000)
      assert.deepEqual([await ask(es), await ask(other)], ['401', '200'], id)
      publish(es.jwk, { kty: 'NEW' }, null)
      pass(5000)
      assert.deepEqual([await ask(es), await ask(other)], ['200', '401'], id)
    })
  }
})
