/** Issuers that give out tokens which are worse than they could be (RFC 6750 §5.2, RFC 8725 §3). */
import { issueToken, lifetime } from '../../bearer/issuer.ts'
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { JsonObject } from '../../bearer/types.ts'
import type { BearerChange, BearerDefect } from './types.ts'
import { both, claim, header, routes, tokens } from './types.ts'
import { claimsText } from './ways.ts'

type Members = Parameters<typeof issueToken>[2]

/** Issues tokens whose claims and header have these laid over them. */
export const issuing =
  (claims: () => NonNullable<Members>, head: Members = {}): BearerChange =>
  (policy) => ({
    ...policy,
    issue: (key, more) => issueToken(key, { ...claims(), ...more }, head),
  })

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

/** Gives out tokens that nobody has signed, and knows them by their text. */
export const issuingUnsecured: BearerChange = (policy) => {
  const known = new Map<string, JsonObject>()
  return {
    ...policy,
    issue: (key, claims) => {
      const [head = '', payload = ''] = policy.issue(key, claims).split('.')
      const { typ } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
      const unsecured = Buffer.from(JSON.stringify({ alg: 'none', typ })).toString('base64url')
      const token = `${unsecured}.${payload}.`
      const given = parseJson(claimsText(token))
      if (isObject(given)) known.set(token, given)
      return token
    },
    tokens: {
      ...policy.tokens,
      verify: async (rules, token) => {
        const claims = known.get(token)
        return claims === undefined ? policy.tokens.verify(rules, token) : { claims }
      },
    },
  }
}

/** A subject with a colon that is no URI: no scheme begins with a digit. */
const oddSubject = '42:demo'

export const issued: readonly BearerDefect[] = [
  {
    id: 'jwt-issued-for-ever',
    does: 'Issues tokens that never expire.',
    breaks: 'should',
    clauses: ['rfc6750#5.2-lifetime-limited'],
    change: both(
      issuing(() => ({ exp: undefined })),
      claim('exp', (strict) => (value, expected) => value === undefined || strict(value, expected)),
    ),
  },
  {
    id: 'jwt-issued-for-a-day',
    does: 'Issues tokens that live for a day.',
    breaks: 'may',
    clauses: ['rfc6750#5.3-short-lived-tokens'],
    change: issuing(() => ({ exp: inSeconds(24 * lifetime) })),
  },
  {
    id: 'jwt-issued-without-scope',
    does: 'Issues tokens that reach everywhere and name no scope.',
    breaks: 'may',
    clauses: ['rfc6750#5.2-scope-restricted'],
    change: both(
      issuing(() => ({ scope: undefined })),
      routes(({ covers }) => ({
        covers: (claims, scope) => member(claims, 'scope') === undefined || covers(claims, scope),
      })),
    ),
  },
  {
    id: 'jwt-issued-for-nobody',
    does: 'Issues tokens that name no audience, and takes them.',
    breaks: 'should',
    clauses: [
      'rfc6750#5.3-audience-restricted-tokens',
      'rfc8725#3.9-aud-issued-when-shared-issuer',
      'rfc8725#3.9-aud-required-when-shared-issuer',
    ],
    change: both(
      issuing(() => ({ aud: undefined })),
      claim('aud', (strict) => (value, expected) => value === undefined || strict(value, expected)),
    ),
  },
  {
    id: 'jwt-issued-unsecured',
    does: 'Issues tokens that nobody has signed, and knows them by their text.',
    breaks: 'should',
    clauses: ['rfc8725#3.2-none-not-generated'],
    change: issuingUnsecured,
  },
  {
    id: 'jwt-issued-untyped',
    does: 'Issues tokens of a kind of its own that do not say so.',
    breaks: 'may',
    clauses: ['rfc8725#3.11-explicit-typing'],
    besides: 'benign-token-own-type',
    change: both(
      issuing(() => ({}), { typ: undefined }),
      header(
        'typ',
        (strict) => (value, expected) =>
          value === undefined || value === 'api+jwt' || strict(value, expected),
      ),
    ),
  },
  {
    id: 'jwt-issued-odd-subject',
    does: 'Issues tokens whose subject has a colon and is no URI.',
    breaks: 'should',
    clauses: ['rfc7519#2-stringoruri-colon-is-uri'],
    change: both(
      issuing(() => ({ sub: oddSubject })),
      tokens(({ expected }) => ({
        expected: { ...expected, subjects: [...expected.subjects, oddSubject] },
      })),
    ),
  },
]
