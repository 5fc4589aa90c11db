import assert from 'node:assert/strict'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { splitToken } from '../../jose/jwt-read.ts'
import { generateKey, type KeySpec } from '../../jose/keys.ts'
import type { JwtFault } from '../../model/case.ts'
import type { Json } from '../../model/json.ts'
import type { Supplied } from '../../model/profile.ts'
import { randomFrom } from '../../text/random.ts'
import type { Moment } from './base.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import { LackError } from './lack-error.ts'
import { type MadeJwt, makeJwt, type TokenInput } from './make.ts'

export const ec: KeyObject = generateKey({ kty: 'EC', crv: 'P-256' }, 'test')
export const issuer = 'https://issuer.test/'
export const audience = 'https://api.test/'

/** The private key as its file has it. */
export const pemOf = (key: KeyObject): string =>
  String(key.export({ type: 'pkcs8', format: 'pem' }))

export const publicPemOf = (key: KeyObject): string =>
  String(createPublicKey(key).export({ type: 'spki', format: 'pem' }))

/** A signing key with everything that an operator can say of it. */
export const signingWith = (key: KeyObject): NonNullable<Supplied['signingKey']> => ({
  key: key.type === 'secret' ? key.export().toString('latin1') : pemOf(key),
  kid: 'k1',
  issuer,
  audience,
})

export const keyOf = (spec: KeySpec): KeyObject => generateKey(spec, 'test')

/** Noon of some day, by a server that sends its time. */
export const noon: Moment = { now: 1_700_000_000, exact: true }

export const supplied = (more: Partial<Supplied> = {}): Supplied => ({
  accounts: {},
  tokens: {},
  ...more,
})

export const signing: Keyring = createKeyring(supplied({ signingKey: signingWith(ec) }), '1')

/** A token that an issuer gave out: its claims are the operator's. */
export const issuedToken: string = makeJwt(
  {
    keyring: createKeyring(
      supplied({ signingKey: { ...signingWith(ec), claims: { sub: 'somebody', role: 'admin' } } }),
      'issuer',
    ),
    account: 'default',
    moment: noon,
    random: randomFrom('issuer'),
  },
  {},
).token

export const issued: Keyring = createKeyring(
  supplied({ bearer: issuedToken, publicKey: publicPemOf(ec) }),
  '1',
)

export const inputOf = (keyring: Keyring, more: Partial<TokenInput> = {}): TokenInput => ({
  keyring,
  account: 'default',
  moment: noon,
  random: randomFrom('1', 'token'),
  ...more,
})

export const make = (keyring: Keyring, but: JwtFault, more: Partial<TokenInput> = {}): MadeJwt =>
  makeJwt(inputOf(keyring, more), but)

/** The texts of the segments of a token. */
export const segmentsOf = (token: string): readonly string[] => token.split('.')

const decoded = (segment: string | undefined): string =>
  Buffer.from(segment ?? '', 'base64url').toString('latin1')

export const headerText = (token: string): string => decoded(segmentsOf(token)[0])
export const claimsText = (token: string): string => decoded(segmentsOf(token)[1])
export const signatureOf = (token: string): Buffer =>
  Buffer.from(segmentsOf(token)[2] ?? '', 'base64url')

/** Header and claims of a token whose JSON is in order. */
export const partsOf = (
  token: string,
): { readonly header: Record<string, Json>; readonly claims: Record<string, Json> } => {
  const { header, claims } = splitToken(token)
  if ('fault' in header) assert.fail(header.fault)
  if ('fault' in claims) assert.fail(claims.fault)
  return { header: { ...header.value }, claims: { ...claims.value } }
}

/** What a fault needs that was not supplied. */
export const lackOf = (keyring: Keyring, but: JwtFault): LackError['what'] => {
  try {
    make(keyring, but)
  } catch (error) {
    if (error instanceof LackError) return error.what
    throw error
  }
  return assert.fail(`nothing is missing for ${JSON.stringify(but)}`)
}
