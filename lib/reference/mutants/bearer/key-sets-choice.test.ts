import { calculateJwkThumbprint } from 'jose'
import { selfSigned } from '../../../x509/self-signed.ts'
import {
  type HostedKey,
  hostedKey,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetChoice } from './key-sets-choice.ts'

const a: HostedKey = hostedKey('ES256', 'a')
const b: HostedKey = hostedKey('ES256', 'b')
const p384: HostedKey = hostedKey('ES384', 'a')

/** The statuses of tokens of these keys where all of them are published. */
const all =
  (keys: readonly HostedKey[], header: Readonly<Record<string, unknown>> = {}): Scene['play'] =>
  async ({ publish, ask }) => {
    publish(...keys.map(({ jwk }) => jwk))
    const seen: string[] = []
    for (const key of keys) seen.push(await ask(key, header))
    return seen
  }

const published =
  (entry: object, header: Readonly<Record<string, unknown>> = {}): Scene['play'] =>
  async ({ publish, ask }) => {
    publish(entry)
    return ask(a, header)
  }

const keptOut = { plain: '200', mutated: '401' }
const { kid: _kid, ...nameless } = a.jwk

showHostedDifferences(keySetChoice, {
  'keyset-nameless-key-unused': { play: published(nameless, { kid: undefined }), ...keptOut },
  'keyset-alg-required': { play: published({ ...a.jwk, use: 'sig' }), ...keptOut },
  'keyset-use-required': { play: published({ ...a.jwk, alg: 'ES256' }), ...keptOut },
  'keyset-operations-refused': {
    play: published({ ...a.jwk, key_ops: ['verify'] }),
    ...keptOut,
  },
  'keyset-certified-key-refused': {
    play: published({
      ...a.jwk,
      x5c: [selfSigned(a.privateKey, { name: 'Tester' }).toString('base64')],
    }),
    ...keptOut,
  },
  'keyset-thumbprint-compared': {
    play: async ({ publish, ask, pass }) => {
      const [own, foreign] = [
        await calculateJwkThumbprint(a.jwk),
        await calculateJwkThumbprint(b.jwk),
      ]
      const seen: string[] = []
      for (const kid of [own, foreign]) {
        publish({ ...a.jwk, kid }, b.jwk)
        seen.push(await ask(a, { kid }))
        pass(30_000)
      }
      return seen
    },
    plain: ['200', '200'],
    mutated: ['200', '401'],
  },
  'keyset-first-key-always': { play: all([a, b]), plain: ['200', '200'], mutated: ['200', '401'] },
  'keyset-last-key-always': { play: all([a, b]), plain: ['200', '200'], mutated: ['401', '200'] },
  'keyset-same-kid-first-only': {
    play: all([a, p384]),
    plain: ['200', '200'],
    mutated: ['200', '401'],
  },
  'keyset-same-kid-first-entry': {
    play: async ({ publish, ask }) => {
      publish({ ...b.jwk, kid: 'a', use: 'enc' }, a.jwk)
      return ask(a)
    },
    ...keptOut,
  },
  'keyset-one-signer-only': {
    play: async (stage) => {
      const first = await all([b, a])(stage)
      stage.publish(a.jwk)
      stage.pass(30_000)
      return [first, await stage.ask(a)]
    },
    plain: [['200', '200'], '200'],
    mutated: [['200', '401'], '200'],
  },
})
