/** The valid token that every fault starts from: issued to the operator, or signed here. */
import type { SignatureRecipe } from '../../jose/jwt.ts'
import { BOTH_ALPHABETS } from '../../jose/members.ts'
import type { Json } from '../../model/json.ts'
import type { Random } from '../../text/random.ts'
import type { Issued, Keyring, Trusted } from './keyring.ts'
import { LackError } from './lack-error.ts'

/** When a token is made, by the server's clock. */
export interface Moment {
  /** Seconds since 1970. */
  readonly now: number
  /** False where the server sends no Date: times then keep an hour's distance. */
  readonly exact: boolean
  /** Makes each `jti` of a run another one; left out where two tokens are to be compared. */
  readonly serial?: number
}

/** A valid token before it is written down. */
export interface Base {
  readonly made: 'issued' | 'minted'
  readonly header: { readonly [name: string]: Json }
  readonly claims: { readonly [name: string]: Json }
  readonly headerBytes: Buffer
  readonly claimsBytes: Buffer
  /** Its valid signature, over its own text only. */
  readonly signature: SignatureRecipe
  /** The key that can sign other text. */
  readonly trusted?: Trusted
}

/** How long a token made here is valid, in seconds. */
const LIFETIME = 600
/** Issued this long ago: a clock one second off must not make it a token from the future. */
const AGE = 5
/** The least distance from now where the server's clock is not known. */
const SAFE = 3600

/** Seconds since 1970 at so many seconds from now. */
export function timeAt(moment: Moment, offset: number): number {
  const near = offset !== 0 && Math.abs(offset) < SAFE
  const distance = near && !moment.exact ? Math.sign(offset) * SAFE : offset
  return moment.now + distance
}

/** Claims that are made anew for each token, whatever a template says. */
const FRESH: readonly string[] = ['iat', 'exp', 'nbf', 'jti']

function withoutFresh(claims: Base['claims']): Base['claims'] {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !FRESH.includes(name)))
}

function mint(trusted: Trusted, like: Issued | undefined, moment: Moment, jti: string): Base {
  const { key, alg, kid, issuer, audience } = trusted
  const header = { alg, ...(kid === undefined ? {} : { kid }), typ: like?.header.typ ?? 'JWT' }
  const claims = {
    sub: 'conformance',
    ...withoutFresh(trusted.claims ?? like?.claims ?? {}),
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(audience === undefined ? {} : { aud: audience }),
    iat: timeAt(moment, -AGE),
    exp: timeAt(moment, LIFETIME),
    jti: moment.serial === undefined ? jti : `${jti}-${moment.serial}`,
  }
  return {
    made: 'minted',
    header,
    claims,
    headerBytes: Buffer.from(JSON.stringify(header), 'utf8'),
    claimsBytes: Buffer.from(JSON.stringify(claims), 'utf8'),
    signature: { how: 'signed', alg, key },
    trusted,
  }
}

function asIssued({ header, claims, headerBytes, claimsBytes, signature }: Issued): Base {
  const kept = { how: 'kept', text: signature.text } as const
  return { made: 'issued', header, claims, headerBytes, claimsBytes, signature: kept }
}

const JTI_LENGTH = 16

/** What the valid token of an account is made from. */
export interface BaseInput {
  readonly keyring: Keyring
  readonly account: string
  readonly moment: Moment
  readonly random: Random
}

/**
 * The valid token of an account: for the default one signed with the trusted key where there is one,
 * else the token issued to it; `tried` counts the tokens that did not do. Throws LackError where
 * there is neither.
 */
export function baseOf({ keyring, account, moment, random }: BaseInput, tried = 0): Base {
  // Drawn in any case, so that what follows in the stream is the same with a key and without.
  // A further try has to differ in more than chance: in length, and in symbols that text seldom has.
  const jti = random.text(JTI_LENGTH + tried) + (tried === 0 ? '' : BOTH_ALPHABETS)
  const issued = keyring.issued(account)
  if (account === 'default' && keyring.trusted !== undefined) {
    return mint(keyring.trusted, issued ?? keyring.like, moment, jti)
  }
  if (issued !== undefined) return asIssued(issued)
  throw account === 'default'
    ? new LackError('a JSON Web Token', '--bearer TOKEN')
    : new LackError(`a JSON Web Token of the account ${account}`, `--account ${account}=TOKEN`)
}
