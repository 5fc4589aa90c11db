import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { selfSigned } from '../../../x509/self-signed.ts'
import { minted } from '../../bearer/ask.test.helper.ts'
import {
  type HostedKey,
  hostedKey,
  type Scene,
  type Stage,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetTrust } from './key-sets-trust.ts'

const es: HostedKey = hostedKey('ES256', 'es')
const other: HostedKey = hostedKey('ES256', 'other')
const rsa: HostedKey = hostedKey('RS256', 'rsa')

const published =
  (entry: object, key: HostedKey = es): Scene['play'] =>
  async ({ publish, ask }) => {
    publish(entry)
    return ask(key)
  }

/** A secret of that many octets, as a key that signs HS256. */
const secretOf = (octets: number): HostedKey => {
  const privateKey = createSecretKey(randomBytes(octets))
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'oct', alg: 'HS256' }
  return { alg: 'HS256', privateKey, jwk }
}

const [large, small] = [secretOf(32), secretOf(16)]

const letIn = { plain: '401', mutated: '200' }
const x5c = [selfSigned(other.privateKey, { name: 'Other' }).toString('base64')]

/** Nonsense for a signature, under a name that nobody has. */
const nonsense = ({ server, askWith }: Stage): Promise<string> =>
  askWith(minted(server, { header: { kid: 'nobody' }, sign: () => randomBytes(64) }))

const unsecured = ({ server, askWith }: Stage): Promise<string> =>
  askWith(minted(server, { header: { alg: 'none', kid: 'nobody' }, sign: () => Buffer.alloc(0) }))

/** The server's own keys with another signature, which no state of the set excuses. */
const flipped = ({ server, askWith }: Stage): Promise<string> =>
  askWith(minted(server, { sign: () => randomBytes(64) }))

const everyLie = async (stage: Stage): Promise<readonly string[]> => [
  await nonsense(stage),
  await unsecured(stage),
  await flipped(stage),
]

showHostedDifferences(keySetTrust, {
  'keyset-enc-key-used': { play: published({ ...es.jwk, use: 'enc' }), ...letIn },
  'keyset-key-ops-ignored': { play: published({ ...es.jwk, key_ops: ['sign'] }), ...letIn },
  'keyset-contradiction-used': {
    play: published({ ...es.jwk, use: 'sig', key_ops: ['deriveKey'] }),
    ...letIn,
  },
  'keyset-alg-ignored': {
    play: published({ ...rsa.jwk, alg: 'PS256' }, rsa),
    ...letIn,
  },
  'keyset-x5c-ignored': { play: published({ ...es.jwk, x5c }), ...letIn },
  'keyset-oct-used': {
    play: async ({ publish, ask }) => {
      publish(large.jwk, { ...small.jwk, kid: 'small' })
      return [await ask(large), await ask(small, { kid: 'small' })]
    },
    plain: ['401', '401'],
    mutated: ['200', '401'],
  },
  'keyset-small-oct-used': { play: published(small.jwk, small), ...letIn },
  'keyset-empty-unverified': {
    play: async (stage) => {
      const before = await everyLieWith(stage, { ...es.jwk, use: 'enc' })
      stage.publish()
      stage.pass(30_000)
      return [before, await everyLie(stage)]
    },
    plain: [Array(3).fill('401'), Array(3).fill('401')],
    mutated: [Array(3).fill('401'), ['200', '200', '401']],
  },
  'keyset-empty-unsecured': {
    play: everyLie,
    plain: ['401', '401', '401'],
    mutated: ['401', '200', '401'],
  },
  'keyset-empty-secret': {
    play: async (stage) => {
      const forged = await stage.askWith(
        minted(stage.server, {
          header: { alg: 'HS256', kid: 'nobody' },
          sign: (input) => createHmac('sha256', '').update(input).digest(),
        }),
      )
      return [forged, ...(await everyLie(stage))]
    },
    plain: ['401', '401', '401', '401'],
    mutated: ['200', '401', '401', '401'],
  },
  'keyset-stranger-unverified': {
    play: async ({ publish, ask }) => {
      publish(other.jwk)
      return ask(es)
    },
    ...letIn,
  },
  'keyset-down-unverified': {
    play: async (stage) => {
      stage.fail()
      return everyLie(stage)
    },
    plain: ['401', '401', '401'],
    mutated: ['200', '200', '401'],
  },
})

/** The same while something is published. */
async function everyLieWith(stage: Stage, entry: object): Promise<readonly string[]> {
  stage.publish(entry)
  return everyLie(stage)
}
