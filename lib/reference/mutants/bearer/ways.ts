/** Ways round the verifier that several defects have in common. */
import { createHmac } from 'node:crypto'
import { checkSignature } from '../../bearer/algorithms.ts'
import { member } from '../../bearer/json.ts'
import { signingInput } from '../../bearer/segments.ts'
import type {
  Granted,
  JsonObject,
  Received,
  Refused,
  Segments,
  TokenRules,
  TrustedKey,
} from '../../bearer/types.ts'
import type { BearerChange } from './types.ts'
import { tokens } from './types.ts'

/** A header's `alg`, whatever it is. */
export const algOf = ({ header }: { readonly header: JsonObject }): unknown => member(header, 'alg')

/** Verifies some tokens by other rules. */
export const forTokens = (
  which: (token: string) => boolean,
  make: (rules: TokenRules) => Partial<TokenRules>,
): BearerChange =>
  tokens(({ verify }) => ({
    verify: (rules, token) => verify(which(token) ? { ...rules, ...make(rules) } : rules, token),
  }))

/** Looks a second time at tokens that were refused; `rules.verify` is the first look. */
export const secondLook = (
  look: (
    rules: TokenRules,
    token: string,
    refused: Refused,
  ) => Granted | undefined | Promise<Granted | undefined>,
): BearerChange =>
  tokens(({ verify }) => ({
    verify: async (rules, token) => {
      const verdict = await verify(rules, token)
      if (!('refused' in verdict)) return verdict
      return (await look({ ...rules, verify }, token, verdict)) ?? verdict
    },
  }))

/** Lets signatures pass that the strict check does not know, or does not want. */
export const signedToo = (check: (key: TrustedKey, received: Received) => boolean): BearerChange =>
  tokens(({ signed }) => ({
    signed: (key, received) => signed(key, received) || check(key, received),
  }))

/** Lets some algorithms pass that no key is trusted for, by a check of their own. */
export const algorithmToo = (
  applies: (alg: unknown, key: TrustedKey) => boolean,
  check: (key: TrustedKey, received: Received) => boolean,
): BearerChange =>
  tokens(({ allows, signed }) => ({
    allows: (key, header) => allows(key, header) || applies(algOf({ header }), key),
    signed: (key, received) =>
      applies(algOf(received), key) ? check(key, received) : signed(key, received),
  }))

/** Checks by the key's own algorithm. */
export const byKey = ({ alg, key }: TrustedKey, { segments, signature }: Received): boolean =>
  checkSignature(alg, key, signingInput(segments), signature)

type Secrets = (key: TrustedKey, received: Received) => readonly (string | Uint8Array)[]

const hmacHash = (alg: unknown): string | undefined =>
  /^HS(256|384|512)$/.exec(String(alg))?.[1] && `sha${String(alg).slice(2)}`

const isHmac = (alg: unknown): boolean => typeof alg === 'string' && hmacHash(alg) !== undefined

const matches = (secrets: Secrets) => (key: TrustedKey, received: Received) => {
  const hash = hmacHash(algOf(received)) ?? ''
  return secrets(key, received).some((secret) =>
    createHmac(hash, secret)
      .update(signingInput(received.segments))
      .digest()
      .equals(received.signature),
  )
}

/** Lets tokens with an HMAC pass, by what such a verifier may take for the secret. */
export const hmacToo = (secrets: Secrets): BearerChange => algorithmToo(isHmac, matches(secrets))

/** The same for secrets that are looked up by a `kid` which names no key. */
export const hmacByKid = (secretOf: (kid: string) => string | undefined): BearerChange => {
  const secrets: Secrets = (_key, { header }) => {
    const kid = member(header, 'kid')
    const secret = typeof kid === 'string' ? secretOf(kid) : undefined
    return secret === undefined ? [] : [secret]
  }
  return (policy, lab) => {
    const looked = tokens(({ keysFor }) => ({
      keysFor: async (rules, received) => {
        const [key] = rules.keys
        const found = key && secrets(key, received).length > 0 && isHmac(algOf(received))
        return found ? [key] : keysFor(rules, received)
      },
    }))
    return hmacToo(secrets)(looked(policy, lab), lab)
  }
}

/** The two texts of a token without a last dot, as if the signature were empty. */
export const twoSegments = (token: string): Segments | undefined => {
  const [header, payload, ...more] = token.split('.')
  if (header === undefined || payload === undefined || more.length > 0) return undefined
  return { header, payload, signature: '' }
}

/** The text of the claims of a token, unverified. */
export const claimsText = (token: string): string =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
