import type { BearerCredential, JwtCredential, JwtFault } from '../model/case.ts'
import type { Random } from '../text/random.ts'
import type { Credential, Missing, Source } from './credential.ts'
import { type Presented, place, sayFieldFault, valueSpans } from './field.ts'
import { bearerOf, hostedRing, type Keyring } from './jwt/keyring.ts'
import { LackError } from './jwt/lack-error.ts'
import { type MadeJwt, makeJwt } from './jwt/make.ts'
import { labelJwt, sayJwtFault } from './jwt/say.ts'
import { changeText, sayTextChange } from './text-change.ts'

/** Characters a bearer token nobody described is long. */
const USUAL_LENGTH = 24

/** Random text of a token's length and alphabet: its dots and other marks stay where they are. */
function textLike(token: string, random: Random): string {
  return token
    .split('')
    .map((char) => {
      if (!/[A-Za-z0-9]/.test(char)) return char
      const other = random.text(1)
      return other === char ? (char === 'x' ? 'y' : 'x') : other
    })
    .join('')
}

function made(
  source: Source,
  account: string,
  but: JwtFault,
  keyring: Keyring = source.keyring,
): MadeJwt {
  const { moment, random, callback } = source
  return makeJwt(
    { keyring, account, moment, random, ...(callback === undefined ? {} : { callback }) },
    but,
  )
}

/** Gives what is missing where the making of a token found that something is. */
function orMissing<T>(make: () => T): T | Missing {
  try {
    return make()
  } catch (error) {
    if (error instanceof LackError) return error.what
    throw error
  }
}

/** The bearer token of an account as text; one signed here stands in for the default account's. */
function bearerText(source: Source, account: string): string | Missing {
  const given = bearerOf(source.target.supplied, account)
  if (given !== undefined) return given
  if (account !== 'default') {
    return {
      missing: `a bearer token of the account ${account}`,
      option: `--account ${account}=TOKEN`,
    }
  }
  if (source.keyring.trusted === undefined) {
    return { missing: 'a bearer token', option: '--bearer TOKEN' }
  }
  return made(source, account, {}).token
}

/** The signature of a signed token, which tells it from all others in whatever a server repeats. */
function secretsIn(token: string): readonly string[] {
  const [, , signature = ''] = token.split('.')
  return signature === '' ? [token] : [token, signature]
}

/** Whoever decodes what was encoded once more has the token itself, and may repeat that. */
function secretsOf({ token }: MadeJwt, but: JwtFault): readonly string[] {
  // What is forged from public numbers may be one of them, as a modulus is that everybody can read.
  if (isForged(but)) return [token]
  if (but.lookalike !== 'base64-of-token') return secretsIn(token)
  return [token, ...secretsIn(Buffer.from(token, 'base64').toString('latin1'))]
}

function isForged({ signature }: JwtFault): boolean {
  return typeof signature === 'object' && 'forged' in signature
}

/** A token that nobody issued. */
export function strangerBearer(source: Source): Presented {
  const like = bearerText(source, 'default')
  const text = typeof like === 'string' ? like : 'x'.repeat(USUAL_LENGTH)
  const credentials = textLike(text, source.random)
  return { scheme: 'Bearer', credentials, label: 'a random token', faulty: true }
}

/** The valid token with a bit of its signature flipped; a random token where there is none. */
export function strangerJwt(source: Source): Presented {
  const flipped: JwtFault = { signature: 'flipped' }
  const token = orMissing(() => made(source, 'default', flipped))
  if ('missing' in token) return strangerBearer(source)
  const label = labelJwt(token.made, flipped)
  return { scheme: 'Bearer', credentials: token.token, label, faulty: true }
}

/** A bearer token as opaque text, with the faults laid over it. */
export function bearerCredential(source: Source, what: BearerCredential): Credential | Missing {
  const { account = 'default', but = {} } = what
  const text = bearerText(source, account)
  if (typeof text !== 'string') return text
  const { token: change } = but
  const token = change === undefined ? text : changeText(text, change, source.random)
  const label = change === undefined ? 'the token' : `the token ${sayTextChange(change)}`
  const presented = { scheme: 'Bearer', credentials: token, label, faulty: change !== undefined }
  const stranger = but.beside === undefined ? [] : valueSpans(strangerBearer(source), {})
  return {
    placed: place(presented, but, { stranger, userinfo: text }),
    say: account === 'default' ? 'the token by Bearer' : `the ${account} account's token by Bearer`,
    faults: [...(change === undefined ? [] : [label]), ...sayFieldFault(but)],
    secrets: secretsIn(token),
  }
}

/** A JSON Web Token with its faults, or what it takes to make one. */
export function jwtCredential(source: Source, what: JwtCredential): Credential | Missing {
  const { account = 'default', key, but = {} } = what
  const keyring = key === undefined ? source.keyring : hostedRing(source.keyring, key)
  if (keyring === undefined) {
    return { missing: 'a key set that the server reads', option: '--jwks-listen HOST:PORT' }
  }
  const jwt = orMissing(() => made(source, account, but, keyring))
  if ('missing' in jwt) return jwt
  const faults = sayJwtFault(but)
  const label = labelJwt(jwt.made, but, key)
  const presented = {
    scheme: 'Bearer',
    credentials: jwt.token,
    label,
    faulty: faults.length > 0,
  }
  const stranger = but.beside === undefined ? [] : valueSpans(strangerJwt(source), {})
  return {
    placed: place(presented, but, { stranger, userinfo: jwt.token }),
    say: `${key === undefined ? sayToken(jwt.made, account) : sayHosted(key)}, by Bearer`,
    faults: [...faults, ...sayFieldFault(but)],
    secrets: secretsOf(jwt, but),
    token: { text: jwt.token, essence: jwt.essence },
  }
}

function sayHosted(key: string): string {
  return `a token of the hosted key ${key}`
}

function sayToken(how: MadeJwt['made'], account: string): string {
  if (how === 'minted') return 'a token of the signing key'
  return account === 'default' ? 'the issued token' : `the token of the account ${account}`
}
