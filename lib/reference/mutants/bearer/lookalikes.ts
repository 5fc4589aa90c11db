/** Verifiers that take something else for a signed token in the compact form (RFC 7519 §1 and §7.2). */
import { isObject, member, parseJson, readObject } from '../../bearer/json.ts'
import { splitToken } from '../../bearer/segments.ts'
import type { Granted, JsonObject, TokenRules } from '../../bearer/types.ts'
import { byPrivateKey, byZeros, type ContentKey, decrypted } from './decrypt.ts'
import { access, type BearerChange, type BearerDefect, both, routes, tokens } from './types.ts'
import { secondLook, twoSegments } from './ways.ts'

const compact = 'rfc7519#1-compact-always'
const everyOperation = 'rfc8725#3.3-all-crypto-operations-validated'
const twoKinds = 'rfc8725bis#3.3-distinguish-jws-jwe'

/** Lets JSON through where a b64token belongs. */
const admitsJson: BearerChange = access(({ isToken }) => ({
  isToken: (rest) => isToken(rest) || /^{.*}$/s.test(rest),
}))

const textOf = (value: unknown, name: string): string => {
  const text = isObject(value) ? member(value, name) : undefined
  return typeof text === 'string' ? text : ''
}

/** The compact form of a JSON serialization with one signature. */
const compacted = (token: string): string => {
  const value = parseJson(token)
  const list = isObject(value) ? value.signatures : undefined
  const signed = Array.isArray(list) ? list[0] : value
  const parts = [textOf(signed, 'protected'), textOf(value, 'payload'), textOf(signed, 'signature')]
  return parts.join('.')
}

const isJson = (token: string): boolean => token.startsWith('{')

/** Checks what is asked of claims alone. */
const holds = ({ claims, expected }: TokenRules, given: JsonObject): Granted | undefined =>
  Object.entries(claims).every(([name, check]) => check(member(given, name), expected))
    ? { claims: given }
    : undefined

const claimsOf = (rules: TokenRules, text: string | undefined): Granted | undefined => {
  const given = text === undefined ? undefined : readObject(text)
  return given && holds(rules, given)
}

/** The payload of a token whose algorithm is none. */
const unsecured = (token: string): string | undefined => {
  const segments = splitToken(token) ?? twoSegments(token)
  if (segments?.signature !== '') return undefined
  const header = readObject(Buffer.from(segments.header, 'base64url').toString('utf8'))
  return header?.alg === 'none'
    ? Buffer.from(segments.payload, 'base64url').toString('utf8')
    : undefined
}

/** Opens what was encrypted to the server's own key. */
const opening =
  (read: (text: string) => string | undefined): BearerChange =>
  (policy, lab) =>
    secondLook((rules, token) => {
      const texts = lab.keys.flatMap(
        ({ privateKey }) => decrypted(token, byPrivateKey(privateKey)) ?? [],
      )
      return texts.map((text) => claimsOf(rules, read(text))).find((found) => found !== undefined)
    })(policy, lab)

const openingWith = (contentKey: ContentKey): BearerChange =>
  secondLook((rules, token) => claimsOf(rules, decrypted(token, contentKey)))

const jsonForms: readonly BearerDefect[] = [
  {
    id: 'jwt-json-serialization-accepted',
    does: 'Accepts the JSON serializations of a signed token.',
    breaks: 'must',
    clauses: [compact],
    change: both(
      admitsJson,
      tokens(({ verify }) => ({
        verify: (rules, token) => verify(rules, isJson(token) ? compacted(token) : token),
      })),
    ),
  },
  {
    id: 'jwt-polyglot-accepted',
    does: 'Verifies a token as JSON and then reads its claims as if it were compact.',
    breaks: 'must',
    clauses: [compact, 'rfc8725bis#3.14-token-format-checked'],
    change: both(
      admitsJson,
      tokens(({ verify }) => ({
        verify: async (rules, token) => {
          if (!isJson(token) || token.split('.').length < 3) return verify(rules, token)
          const verdict = await verify(rules, compacted(token))
          const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
          return 'refused' in verdict ? verdict : (claimsOf(rules, text) ?? { refused: 'claims' })
        },
      })),
    ),
  },
]

const encrypted: readonly BearerDefect[] = [
  {
    id: 'jwt-encrypted-claims-trusted',
    does: 'Believes claims that are encrypted to its public key, as anybody can do, and not signed.',
    breaks: 'must',
    clauses: [twoKinds, everyOperation],
    change: opening((text) => text),
  },
  {
    id: 'jwt-encrypted-unsecured-accepted',
    does: 'Accepts an unsecured token if it is encrypted to its public key.',
    breaks: 'must',
    clauses: [everyOperation, 'rfc7518#3.6-none-not-default'],
    change: opening(unsecured),
  },
  {
    id: 'jwt-encrypted-by-zeros-trusted',
    does: 'Believes claims that are encrypted directly with a key of zeros.',
    breaks: 'must',
    clauses: ['rfc8725#3.1-algorithm-allow-list', twoKinds],
    change: openingWith(byZeros),
  },
]

const opaque: readonly BearerDefect[] = [
  {
    id: 'jwt-opaque-fails-open',
    does: 'Takes text without a dot for a token to ask about elsewhere, and nobody there says no.',
    breaks: 'must',
    clauses: ['rfc7519#7.2-at-least-one-period', 'rfc7515#5.2-exactly-two-periods'],
    change: both(
      secondLook((_rules, token) => (/^[\w-]+$/.test(token) ? { claims: {} } : undefined)),
      routes(({ covers }) => ({
        covers: (claims, wanted) => Object.keys(claims).length === 0 || covers(claims, wanted),
      })),
    ),
  },
]

const nested: readonly BearerDefect[] = [
  {
    id: 'jwt-nested-unsecured-accepted',
    does: 'Verifies the outer of two nested tokens and believes the inner one.',
    breaks: 'must',
    clauses: [everyOperation],
    change: tokens(({ headers, json }) => ({
      headers: { ...headers, cty: () => true },
      json: (text, part) => {
        const inner = part === 'payload' ? unsecured(text) : undefined
        return inner === undefined ? json(text, part) : readObject(inner)
      },
    })),
  },
]

export const lookalikes: readonly BearerDefect[] = [
  ...jsonForms,
  ...encrypted,
  ...opaque,
  ...nested,
]
