/** Bearer servers with other keys than usual, or with other tokens; all of them legitimate. */
import { issueToken } from '../../bearer/issuer.ts'
import { member } from '../../bearer/json.ts'
import type { JsonObject } from '../../bearer/types.ts'
import { type BearerChange, type BearerVariation, both, header, tokens } from './types.ts'

/** Nothing is changed but the keys that the server is started with. */
const same: BearerChange = (policy) => policy

const keyed: readonly BearerVariation[] = [
  {
    id: 'benign-key-rs256',
    does: 'Trusts one RSA key, for RS256.',
    clauses: [],
    keys: ['RS256'],
    change: same,
  },
  {
    id: 'benign-key-ps256',
    does: 'Trusts one RSA key, for PS256.',
    clauses: [],
    keys: ['PS256'],
    change: same,
  },
  {
    id: 'benign-key-es384',
    does: 'Trusts one key on P-384, for ES384.',
    clauses: [],
    keys: ['ES384'],
    change: same,
  },
  {
    id: 'benign-key-eddsa',
    does: 'Trusts one Ed25519 key, for EdDSA.',
    clauses: [],
    keys: ['EdDSA'],
    change: same,
  },
  {
    id: 'benign-key-hs256',
    does: 'Trusts one secret, for HS256, which it shares with the issuer alone.',
    clauses: [],
    keys: ['HS256'],
    change: same,
  },
  {
    id: 'benign-keys-several',
    does: 'Trusts two keys on P-256 and one on P-384.',
    clauses: [],
    keys: ['ES256', 'ES256', 'ES384'],
    change: same,
  },
  {
    id: 'benign-kid-required',
    does: 'Refuses tokens that do not name their key.',
    clauses: [],
    change: tokens(({ keysFor }) => ({
      keysFor: (rules, received) =>
        member(received.header, 'kid') === undefined ? [] : keysFor(rules, received),
    })),
  },
  {
    id: 'benign-kid-advisory',
    does: 'Tries every key that it trusts, whatever kid says.',
    clauses: [],
    change: tokens(({ keys }) => ({ keysFor: () => keys })),
  },
]

/** Issues tokens of another kind than usual. */
const issuing =
  (claims: JsonObject, head: JsonObject = {}): BearerChange =>
  (policy) => ({
    ...policy,
    issue: (key, more) => issueToken(key, { ...claims, ...more }, head),
  })

const issued: readonly BearerVariation[] = [
  {
    id: 'benign-token-for-several',
    does: 'Issues tokens for several audiences.',
    clauses: [],
    change: issuing({ aud: ['https://other.example.test/', 'https://api.example.test/'] }),
  },
  {
    id: 'benign-token-many-claims',
    does: 'Issues tokens with claims of its own, some of them structured.',
    clauses: [],
    change: issuing({
      roles: ['reader', 'auditor'],
      'https://example.test/claims/address': { town: 'Malmö', lines: [1, 2.5, null, true] },
      name: 'Ünïcode 用户 🙂',
    }),
  },
  {
    id: 'benign-token-for-access',
    does: 'Issues access tokens that say so in their typ, and takes no others.',
    clauses: [],
    change: both(
      issuing({}, { typ: 'at+jwt' }),
      header(
        'typ',
        (strict) => (value, expected) => strict(value, expected) && /at\+jwt$/i.test(String(value)),
      ),
    ),
  },
  {
    id: 'benign-token-without-typ',
    does: 'Issues tokens whose header names no type, and looks at none.',
    clauses: [],
    change: (policy) => ({
      ...policy,
      issue: (key, claims) => issueToken(key, claims, { typ: undefined }),
    }),
  },
]

export const benignKeys: readonly BearerVariation[] = [...keyed, ...issued]
