/** The issuer of the demo: its keys, and the tokens it gives out. */
import {
  createSecretKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Json } from '../../model/json.ts'
import { makeSignature } from './algorithms.ts'
import type { KeyAlgorithm, SigningKey, TrustedKey } from './types.ts'

interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

const generate = promisify(generateKeyPair)

/** The first octet of a modulus below which a signature with the modulus added still fits its length. */
const ROOMY = 0xc0

// A server with a key of any other number cannot be shown to refuse such a signature.
const generateRsa = async (): Promise<Pair> => {
  for (;;) {
    const pair = await generate('rsa', { modulusLength: 2048 })
    const { n = '' } = pair.publicKey.export({ format: 'jwk' })
    if (Buffer.from(n, 'base64url').readUInt8(0) < ROOMY) return pair
  }
}

const generators: Readonly<Record<Exclude<KeyAlgorithm, 'HS256'>, () => Promise<Pair>>> = {
  ES256: () => generate('ec', { namedCurve: 'P-256' }),
  ES384: () => generate('ec', { namedCurve: 'P-384' }),
  EdDSA: () => generate('ed25519'),
  RS256: () => generateRsa(),
  PS256: () => generateRsa(),
}

/** A secret as frameworks keep it, in a line of text, as long as RFC 7518 §3.2 wants it at least. */
const makeSecret = (kid: string): SigningKey => {
  const pem = randomBytes(32).toString('hex')
  const key = createSecretKey(Buffer.from(pem, 'utf8'))
  const jwk = { ...key.export({ format: 'jwk' }), kid, alg: 'HS256' }
  return { alg: 'HS256', kid, pem, jwk, privateKey: key, publicKey: key }
}

/** Makes a key. RSA takes tenths of a second, so nobody should ask for it in vain. */
export const makeKey = async (alg: KeyAlgorithm, kid: string): Promise<SigningKey> => {
  if (alg === 'HS256') return makeSecret(kid)
  const { privateKey, publicKey } = await generators[alg]()
  const about = { kid, alg, use: 'sig' }
  return {
    alg,
    kid,
    pem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    jwk: { ...privateKey.export({ format: 'jwk' }), ...about },
    publicKeyPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    publicJwk: { ...publicKey.export({ format: 'jwk' }), ...about },
    privateKey,
    publicKey,
  }
}

/** The half of a key that a verifier has. */
export const trusted = ({ alg, kid, publicKey }: SigningKey): TrustedKey => ({
  alg,
  kid,
  key: publicKey,
})

type Members = Readonly<Record<string, Json | undefined>>

const encoded = (value: Members): string =>
  Buffer.from(JSON.stringify(value), 'utf8').toString('base64url')

/** A token of this header and these claims, without what is undefined, signed with the key by the key's own algorithm. */
export const signToken = (key: SigningKey, header: Members, claims: Members): string => {
  const input = `${encoded(header)}.${encoded(claims)}`
  const signature = makeSignature(key.alg, key.privateKey, Buffer.from(input, 'latin1'))
  return `${input}.${signature.toString('base64url')}`
}

/** Who the demo's tokens come from and whom they are for. */
export const issuer = 'https://issuer.example.test/'
export const audience = 'https://api.example.test/'

/** The subjects that the demo has; `default` and `other` have a token of their own. */
export const subjects: readonly string[] = ['demo-user', 'other-user']

/** Seconds for which a token is good. */
export const lifetime = 3600

/** A token of the issuer that is good from now on; claims and header are laid over its own. */
export const issueToken = (key: SigningKey, claims: Members = {}, header: Members = {}): string => {
  const now = Math.floor(Date.now() / 1000)
  return signToken(
    key,
    { alg: key.alg, typ: 'JWT', kid: key.kid, ...header },
    {
      iss: issuer,
      sub: 'demo-user',
      aud: audience,
      client_id: 'demo-client',
      scope: 'read reports',
      iat: now,
      nbf: now,
      exp: now + lifetime,
      jti: randomUUID(),
      ...claims,
    },
  )
}
