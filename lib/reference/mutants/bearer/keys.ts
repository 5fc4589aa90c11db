/** Verifiers that find the key where the token says (RFC 7515 §10.3, RFC 8725 §3.10). */
import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { JsonObject, Received, TrustedKey } from '../../bearer/types.ts'
import { type BearerChange, type BearerDefect, tokens } from './types.ts'
import { algOf, claimsText, forTokens, hmacToo } from './ways.ts'

const embedded = 'rfc7515#10.3-embedded-jwk-not-trusted'
const jku = 'rfc7515#10.3-jku-not-blindly-trusted'
const ssrf = 'rfc8725#3.10-jku-x5u-ssrf'
const binding = 'rfc8725#3.8-iss-key-binding'
const mustVerify = 'rfc7515#5.2-signature-must-verify'

/** The key that something can be made into; undefined where it cannot. */
const keyFrom = (make: () => KeyObject): KeyObject | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** A key as trusted as the header wants it to be. */
export const asHeaderSays = (
  received: Received,
  key: KeyObject | undefined,
): readonly TrustedKey[] =>
  key === undefined ? [] : [{ kid: '', alg: String(algOf(received)), key }]

/** The public key of a JSON Web Key, if it is one. */
export const keyOfJwk = (jwk: unknown): KeyObject | undefined =>
  isObject(jwk)
    ? keyFrom(() => createPublicKey({ format: 'jwk', key: { ...jwk } as Record<string, string> }))
    : undefined

const keyOfCertificate = (text: string): KeyObject | undefined =>
  keyFrom(() => {
    const isPem = text.includes('-----')
    return new X509Certificate(isPem ? text : Buffer.from(text, 'base64')).publicKey
  })

/** Milliseconds for which a foreign server is waited for. */
const patience = 2000

/** What lies at a URL, or undefined where nothing came. */
const fetched = async (url: unknown): Promise<string | undefined> => {
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return undefined
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) })
    return answer.ok ? await answer.text() : undefined
  } catch {
    return undefined
  }
}

/** The key of a set that a header means. */
const keyOfSet = (text: string | undefined, header: JsonObject): KeyObject | undefined => {
  const set = parseJson(text ?? '')
  const keys = isObject(set) ? set.keys : undefined
  if (!Array.isArray(keys)) return undefined
  const kid = member(header, 'kid')
  return keyOfJwk(keys.find((key) => isObject(key) && key.kid === kid) ?? keys[0])
}

/** Uses the key that a token brings or leads to; where there is none, one of the trusted ones. */
const broughtBy = (
  find: (received: Received) => KeyObject | undefined | Promise<KeyObject | undefined>,
): BearerChange =>
  tokens(({ keysFor }) => ({
    keysFor: async (rules, received) => {
      const found = asHeaderSays(received, await find(received))
      return found.length > 0 ? found : keysFor(rules, received)
    },
  }))

/** Finds more keys by kid than those of that very name. */
const keysWhere = (means: (kid: unknown, key: TrustedKey) => boolean): BearerChange =>
  tokens(({ keysFor }) => ({
    keysFor: async (rules, received) => {
      const found = await keysFor(rules, received)
      const kid = member(received.header, 'kid')
      return found.length > 0 ? found : rules.keys.filter((key) => means(kid, key))
    },
  }))

/** Asks for a URL of the header and makes nothing of the answer. */
const asksFor = (name: string): BearerChange =>
  broughtBy(async ({ header }) => {
    await fetched(member(header, name))
    return undefined
  })

const inside: readonly BearerDefect[] = [
  {
    id: 'jwt-embedded-jwk-trusted',
    does: 'Verifies a token with the key in its own header.',
    breaks: 'must',
    clauses: [embedded, mustVerify],
    change: broughtBy(({ header }) => keyOfJwk(member(header, 'jwk'))),
  },
  {
    id: 'jwt-embedded-secret-trusted',
    does: 'Verifies an HMAC with the secret in the header of the token.',
    breaks: 'must',
    clauses: [embedded, mustVerify, 'rfc8725#3.1-algorithm-allow-list'],
    change: hmacToo((_key, { header }) => {
      const jwk = member(header, 'jwk')
      return isObject(jwk) && typeof jwk.k === 'string' ? [Buffer.from(jwk.k, 'base64url')] : []
    }),
  },
  {
    id: 'jwt-embedded-certificate-trusted',
    does: 'Verifies a token with the certificate in its own header, without asking who issued it.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.6-x5c-chain-validated', mustVerify],
    change: broughtBy(({ header }) => {
      const chain = member(header, 'x5c')
      const [first] = Array.isArray(chain) ? chain : []
      return typeof first === 'string' ? keyOfCertificate(first) : undefined
    }),
  },
  {
    id: 'jwt-certificate-thumbprint-trusted',
    does: 'Verifies a token with the certificate in its own header if that has the thumbprint beside it.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.7-x5t-hint-only', mustVerify],
    change: broughtBy(({ header }) => {
      const chain = member(header, 'x5c')
      const [first] = Array.isArray(chain) ? chain : []
      const bytes = Buffer.from(typeof first === 'string' ? first : '', 'base64')
      const prints = ['sha1', 'sha256'].map((hash) =>
        createHash(hash).update(bytes).digest('base64url'),
      )
      const named = [member(header, 'x5t'), member(header, 'x5t#S256')]
      return prints.some((print) => named.includes(print))
        ? keyOfCertificate(bytes.toString('base64'))
        : undefined
    }),
  },
]

const elsewhere: readonly BearerDefect[] = [
  {
    id: 'jwt-jku-followed',
    does: 'Fetches the key set that jku in the header names and verifies the token with it.',
    breaks: 'must',
    clauses: [jku, ssrf, mustVerify, 'rfc7515#4.1.2-jku-tls'],
    change: broughtBy(async ({ header }) => keyOfSet(await fetched(member(header, 'jku')), header)),
  },
  {
    id: 'jwt-jku-fetched',
    does: 'Fetches what jku in the header names, by whatever scheme, before it refuses the token.',
    breaks: 'must',
    clauses: [ssrf, 'rfc7515#4.1.2-jku-tls'],
    change: asksFor('jku'),
  },
  {
    id: 'jwt-x5u-followed',
    does: 'Fetches the certificate that x5u in the header names and verifies the token with it.',
    breaks: 'must',
    clauses: [ssrf, 'rfc7515#4.1.5-x5u-tls', mustVerify],
    change: broughtBy(async ({ header }) =>
      keyOfCertificate((await fetched(member(header, 'x5u'))) ?? ''),
    ),
  },
  {
    id: 'jwt-x5u-fetched',
    does: 'Fetches what x5u in the header names, by whatever scheme, before it refuses the token.',
    breaks: 'must',
    clauses: [ssrf, 'rfc7515#4.1.5-x5u-tls'],
    change: asksFor('x5u'),
  },
]

/** The key set of an issuer, found by its metadata (RFC 8414 §3, OpenID Connect Discovery §4). */
const setOfIssuer = async (iss: string): Promise<string | undefined> => {
  const metadata = parseJson(
    (await fetched(`${iss.replace(/\/$/, '')}/.well-known/openid-configuration`)) ?? '',
  )
  return isObject(metadata) ? fetched(metadata.jwks_uri) : undefined
}

const issuerOf = (token: string): unknown => {
  const claims = parseJson(claimsText(token))
  return isObject(claims) ? member(claims, 'iss') : undefined
}

const discovery: readonly BearerDefect[] = [
  {
    id: 'jwt-issuer-discovered',
    does: 'Asks whoever the token calls its issuer for the keys, and believes them.',
    breaks: 'must',
    clauses: [binding, ssrf],
    change: (policy, lab) => {
      const { issuer } = policy.tokens.expected
      const foreign = (token: string): boolean => issuerOf(token) !== issuer
      return forTokens(foreign, (rules) => ({
        keysFor: async (_rules, received) => {
          const iss = issuerOf(`.${received.segments.payload}`)
          const set = typeof iss === 'string' ? await setOfIssuer(iss) : undefined
          return asHeaderSays(received, keyOfSet(set, received.header))
        },
        claims: { ...rules.claims, iss: (value) => typeof value === 'string' },
      }))(policy, lab)
    },
  },
  {
    id: 'jwt-issuer-asked',
    does: 'Asks whoever the token calls its issuer for the keys before it refuses the token.',
    breaks: 'should',
    clauses: ['rfc8725#2.9-other-claims-not-trusted'],
    change: (policy, lab) => {
      const { issuer } = policy.tokens.expected
      const foreign = (token: string): boolean => issuerOf(token) !== issuer
      return forTokens(foreign, ({ keysFor }) => ({
        keysFor: async (rules, received) => {
          const iss = issuerOf(`.${received.segments.payload}`)
          if (typeof iss === 'string') await setOfIssuer(iss)
          return keysFor(rules, received)
        },
      }))(policy, lab)
    },
  },
]

const kids: readonly BearerDefect[] = [
  {
    id: 'jwt-kid-unknown-unverified',
    does: 'Has nothing to verify with where kid names no key that it has, and goes on.',
    breaks: 'must',
    clauses: ['rfc7515#6-undeterminable-key-fails', mustVerify],
    change: tokens(({ keysFor, signed }) => ({
      keysFor: async (rules, received) => {
        const found = await keysFor(rules, received)
        const isNamed = typeof member(received.header, 'kid') === 'string'
        return found.length === 0 && isNamed ? rules.keys : found
      },
      signed: (key, received) => {
        const kid = member(received.header, 'kid')
        return (typeof kid === 'string' && kid !== key.kid) || signed(key, received)
      },
    })),
  },
  {
    id: 'jwt-kid-not-text-accepted',
    does: 'Treats a kid that is no text as if there were none.',
    breaks: 'may',
    clauses: ['rfc7515#4.1.4-kid-string'],
    change: keysWhere((kid) => typeof kid !== 'string'),
  },
  {
    id: 'jwt-kid-any-case',
    does: 'Looks the key up without regard to the letter case of kid.',
    breaks: 'may',
    clauses: ['rfc7515#4.1.4-kid-string'],
    change: keysWhere(
      (kid, key) => typeof kid === 'string' && kid.toLowerCase() === key.kid.toLowerCase(),
    ),
  },
  {
    id: 'jwt-kid-trimmed',
    does: 'Strips blanks and NUL from kid before it looks the key up.',
    breaks: 'may',
    clauses: ['rfc7515#4.1.4-kid-string'],
    change: keysWhere(
      (kid, key) => typeof kid === 'string' && kid.replace(/[\s\0]+$/, '') === key.kid,
    ),
  },
]

export const keys: readonly BearerDefect[] = [...inside, ...elsewhere, ...discovery, ...kids]
