/** Keys and tokens of nobody, so that a case about tokens can be shown without a server. */
import { createPublicKey } from 'node:crypto'
import { build } from '../credentials/build.ts'
import { createKeyring } from '../credentials/jwt/keyring.ts'
import { makeJwt } from '../credentials/jwt/make.ts'
import { generateKey, type KeySpec } from '../jose/keys.ts'
import type { CredentialKind, Send } from '../model/case.ts'
import type { Supplied, Target } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'

type Tokens = Pick<Supplied, 'bearer' | 'bearers' | 'publicKey' | 'signingKey' | 'hosted'>

/** From the quick to the slow: most cases can be shown with the first. */
const examplesOfKeys: readonly { readonly spec: KeySpec; readonly alg?: string }[] = [
  { spec: { kty: 'EC', crv: 'P-256' } },
  { spec: { kty: 'RSA' } },
  { spec: { kty: 'OKP', crv: 'Ed25519' } },
  { spec: { kty: 'oct' } },
  { spec: { kty: 'RSA' }, alg: 'PS256' },
  // The cube root of a number is a forgery for this exponent only.
  { spec: { kty: 'RSA', exponent: 3 } },
]

const accounts = ['other', 'unprivileged'] as const

function signing({ spec, alg }: (typeof examplesOfKeys)[number]): {
  readonly own: Tokens
  readonly publicKey: Tokens
} {
  const key = generateKey(spec, 'explain')
  const text =
    key.type === 'secret'
      ? key.export().toString('hex')
      : String(key.export({ type: 'pkcs8', format: 'pem' }))
  const about = { issuer: 'https://issuer.example.test/', audience: 'https://api.example.test/' }
  const publicKey =
    key.type === 'secret'
      ? {}
      : { publicKey: String(createPublicKey(key).export({ type: 'spki', format: 'pem' })) }
  const named = alg === undefined ? {} : { alg }
  return { own: { signingKey: { key: text, kid: 'example', ...named, ...about } }, publicKey }
}

function issued(own: Tokens, name: string): string {
  const keyring = createKeyring({ accounts: {}, tokens: {}, ...own }, 'explain')
  const moment = { now: Math.floor(Date.now() / 1000), exact: true }
  return makeJwt({ keyring, account: 'default', moment, random: randomFrom('explain', name) }, {})
    .token
}

/** What could be supplied, from the least to the most: an issued token first, then its key. */
function* examples(): Generator<Tokens> {
  for (const key of examplesOfKeys) {
    const { own, publicKey } = signing(key)
    const bearers = Object.fromEntries(accounts.map((name) => [name, issued(own, name)]))
    const tokens = { bearer: issued(own, 'default'), bearers, ...publicKey }
    yield tokens
    yield { ...tokens, ...own }
    if (key.spec.kty === 'RSA' && key.alg === undefined) {
      yield { ...tokens, publicKey: withExponentOne(publicKey) }
    }
  }
}

/** A key under which every number is its own signature: nobody makes one, and some take it. */
function withExponentOne({ publicKey = '' }: Tokens): string {
  const jwk = createPublicKey(publicKey).export({ format: 'jwk' })
  return JSON.stringify({ ...jwk, e: 'AQ' })
}

/** Where a document of the tool's own listener would lie. */
export function exampleCallback(tag: string, alg: string, document: string): string {
  return `https://listener.example.test/${tag}/${alg}/${document}`
}

function canBeBuilt(target: Target, send: Send, kind: CredentialKind): boolean {
  const random = randomFrom('explain', 'try')
  const callback = exampleCallback
  return !('missing' in build({ target, send, kind, random, agent: '', callback }))
}

const hostedExample = {
  alg: 'ES256',
  issuer: 'https://issuer.example.test/',
  audience: 'https://api.example.test/',
} as const

function signsWithHosted({ with: what }: Send): boolean {
  return typeof what === 'object' && 'key' in what && what.key !== undefined
}

/** The target with the least of tokens and keys that these requests can be shown with, if any is. */
export function withTokens(target: Target, sends: readonly Send[], kind: CredentialKind): Target {
  const known = sends.some(signsWithHosted) ? [{ hosted: hostedExample }] : examples()
  for (const tokens of known) {
    const supplied = { ...target, supplied: { ...target.supplied, ...tokens } }
    if (sends.every((send) => canBeBuilt(supplied, send, kind))) return supplied
  }
  return target
}
