/** The tests that hold for every server that reads the key set of its issuer, whatever its record says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../lib/model/report.ts'
import { ask, requestOf } from './bare.ts'
import { type BareHost, type BareKey, hostKeys, onCurve, rsaOf, tokenOf } from './bare-keys.ts'
import { consumerOf, trusting } from './consumers.ts'
import { expectedOf } from './expected.ts'
import { holdRuns } from './hold.ts'
import { judge } from './judge.ts'
import { freePort, start } from './servers.ts'

/** A server that is new in each run has read nothing of another run's keys. */
const runOf =
  (name: string) =>
  async (seed: string): Promise<Report> => {
    const keySet = trusting(name, await freePort())
    const server = await start(consumerOf(name, keySet))
    try {
      return await judge(server, seed, undefined, { keySet })
    } finally {
      await server.stop()
    }
  }

/** A set of one state, and a token: what a case comes to that needs no history and no odd bytes. */
interface Scene {
  /** The result that it makes again. */
  readonly result: string
  readonly status?: number
  readonly published: readonly BareKey[]
  readonly signer: BareKey
  /** What a server answers whose record has nothing to say of it. */
  readonly otherwise: 200 | 401
}

const good = (kid: string): BareKey => onCurve('P-256', { kid, use: 'sig' })

const alone = (result: string, signer: BareKey, otherwise: Scene['otherwise'] = 401): Scene => ({
  result,
  published: [good('beside'), signer],
  signer,
  otherwise,
})

const scenes = (): readonly Scene[] => {
  const shared = good('shared')
  return [
    alone('jwks-every-key-used', good('own'), 200),
    alone('jwks-use-enc-refused', onCurve('P-256', { kid: 'own', use: 'enc' })),
    alone('jwks-key-ops-refused', onCurve('P-256', { kid: 'own', key_ops: ['encrypt'] })),
    alone('jwks-rsa-1024-refused', rsaOf(1024, { kid: 'own', use: 'sig' })),
    alone('jwks-p-384-for-es256-refused', onCurve('P-384', { kid: 'own', use: 'sig' })),
    {
      result: 'jwks-unlisted-key-refused',
      published: [good('beside')],
      signer: good('own'),
      otherwise: 401,
    },
    {
      result: 'jwks-kid-shared-with-encryption',
      published: [onCurve('P-256', { kid: 'shared', use: 'enc' }), shared],
      signer: shared,
      otherwise: 200,
    },
    {
      result: 'jwks-status-500-refused',
      status: 500,
      published: [shared],
      signer: shared,
      otherwise: 401,
    },
  ]
}

/** What a new server answers to the token, and to none, by a bare socket. */
const answersIn = async (
  name: string,
  host: BareHost,
  { published, signer, status = 200 }: Scene,
): Promise<readonly string[]> => {
  host.publish({ status, keys: published.map(({ jwk }) => jwk) })
  const keySet = trusting(name, host.port)
  const { port, stop } = await start(consumerOf(name, keySet))
  const token = tokenOf(signer, keySet.hosted)
  try {
    const granted = await ask(port, requestOf(port, { lines: [`Authorization: Bearer ${token}`] }))
    return [granted, await ask(port, requestOf(port, { lines: [] }))]
  } finally {
    await stop()
  }
}

/**
 * Judges a server by what it makes of a key set that the tool hosts. What hangs on what it has
 * fetched before, on how often it does, or on bytes that no JSON writer makes, has no scene: such
 * answers cannot be had again without hosting like the tool's.
 */
export const holdKeysToRecord = (name: string, seeds: readonly string[] = ['1']): void => {
  const { nonPasses } = expectedOf(name)
  holdRuns(name, seeds, runOf(name))

  test(`${name}: a bare socket gets the answers of the record with keys of nobody's suites`, async () => {
    const host = await hostKeys()
    try {
      for (const scene of scenes()) {
        const entry = nonPasses.find(({ result }) => result === scene.result)
        const wanted = entry?.answer.status.split(' ')[1] ?? String(scene.otherwise)
        const [told = '', anonymous = ''] = await answersIn(name, host, scene)
        assert.equal(told.split(' ')[1], wanted, scene.result)
        assert.match(anonymous, /^HTTP\/1\.1 401 /)
      }
    } finally {
      host.stop()
    }
  })
}
