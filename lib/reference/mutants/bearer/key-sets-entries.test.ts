import {
  type HostedKey,
  hostedKey,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetEntries } from './key-sets-entries.ts'

const es: HostedKey = hostedKey('ES256', 'es')
const other: HostedKey = hostedKey('ES256', 'other')
const rsa: HostedKey = hostedKey('RS256', 'rsa')
const ed: HostedKey = hostedKey('EdDSA', 'ed')
const jwk = JSON.stringify(es.jwk)

/** The status of a token whose key is published among these. */
const among =
  (...entries: readonly unknown[]): Scene['play'] =>
  async ({ publish, ask }) => {
    publish(...entries, es.jwk)
    return ask(es)
  }

/** The status of a token whose key is published in this way alone. */
const alone =
  (entry: unknown, key: HostedKey = es): Scene['play'] =>
  async ({ publish, write, ask }) => {
    if (typeof entry === 'string') write(`{"keys":[${entry}]}`)
    else publish(entry)
    return ask(key)
  }

const letIn = { plain: '401', mutated: '200' }
const keptOut = { plain: '200', mutated: '401' }

/** A key whose `x` begins with a zero, as one of 256 does, and that without it. */
const short = ((): { key: HostedKey; entry: object } => {
  for (;;) {
    const key = hostedKey('ES256', 'es')
    const x = Buffer.from(key.jwk.x ?? '', 'base64url')
    if (x[0] === 0) return { key, entry: { ...key.jwk, x: x.subarray(1).toString('base64url') } }
  }
})()

showHostedDifferences(keySetEntries, {
  'keyset-dropped-for-any-unusable': { play: among({ ...other.jwk, use: 'enc' }), ...keptOut },
  'keyset-dropped-for-unknown-kty': {
    play: among({ kty: 'NEW', kid: 'new', z: 'AAAA' }),
    ...keptOut,
  },
  'keyset-dropped-for-unknown-crv': { play: among({ ...other.jwk, crv: 'P-999' }), ...keptOut },
  'keyset-dropped-for-missing-member': { play: among({ ...other.jwk, y: undefined }), ...keptOut },
  'keyset-dropped-for-off-curve': { play: among({ ...other.jwk, y: other.jwk.x }), ...keptOut },
  'keyset-dropped-for-no-object': { play: among(null), ...keptOut },
  'keyset-dropped-for-akp': {
    play: among({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }),
    ...keptOut,
  },
  'keyset-dropped-for-x25519': {
    play: among({ ...ed.jwk, crv: 'X25519', use: 'enc' }),
    ...keptOut,
  },
  'keyset-unknown-key-member-refused': { play: alone({ ...es.jwk, iat: 1700000000 }), ...keptOut },
  'keyset-first-member-counts': {
    play: alone(`${jwk.slice(0, -1)},"x":${JSON.stringify(other.jwk.x)}}`),
    ...letIn,
  },
  'keyset-escapes-misread': { play: alone(jwk.replace('"crv"', '"cr\\u0076"')), ...keptOut },
  'keyset-kty-any-case': { play: alone({ ...es.jwk, kty: 'ec' }), ...letIn },
  'keyset-crv-any-case': { play: alone({ ...es.jwk, crv: 'p-256' }), ...letIn },
  'keyset-kty-guessed': {
    play: async ({ publish, ask }) => {
      publish(...[es, rsa, ed].map((key) => ({ ...key.jwk, kty: undefined })))
      return [await ask(es), await ask(rsa), await ask(ed)]
    },
    plain: ['401', '401', '401'],
    mutated: ['200', '200', '200'],
  },
  'keyset-crv-guessed': { play: alone({ ...ed.jwk, crv: undefined }, ed), ...letIn },
  'keyset-coordinate-padded': { play: alone(short.entry, short.key), ...letIn },
  'keyset-y-guessed': {
    play: async ({ publish, ask }) => {
      publish(...[es, other].map(({ jwk: { y: _, ...rest } }) => rest))
      return [await ask(es), await ask(other)]
    },
    plain: ['401', '401'],
    mutated: ['200', '200'],
  },
  'keyset-e-guessed': { play: alone({ ...rsa.jwk, e: undefined }, rsa), ...letIn },
})
