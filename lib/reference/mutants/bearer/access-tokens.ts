/** Servers of access tokens after RFC 9068, and what they get wrong of it. */
import { member } from '../../bearer/json.ts'
import type { Reason } from '../../bearer/types.ts'
import { without } from '../types.ts'
import { issuing, issuingUnsecured } from './issued.ts'
import {
  answers,
  type BearerChange,
  type BearerDefect,
  type BearerVariation,
  both,
  claim,
  header,
  refusals,
  tokens,
} from './types.ts'

const required = ['client_id', 'iat', 'jti'] as const

/** Refuses tokens without these claims, which nothing else asks for. */
const requiring = (names: readonly string[]): BearerChange =>
  tokens(({ verify }) => ({
    verify: async (rules, token) => {
      const verdict = await verify(rules, token)
      if ('refused' in verdict) return verdict
      const has = (name: string): boolean => member(verdict.claims, name) !== undefined
      return names.every(has) ? verdict : { refused: 'claims' }
    },
  }))

const typed: BearerChange = header(
  'typ',
  () => (value) => typeof value === 'string' && /^(?:application\/)?at\+jwt$/i.test(value),
)

const asIssuer: BearerChange = issuing(() => ({}), { typ: 'at+jwt' })

/** All that the profile asks for. */
const byProfile: BearerChange = both(asIssuer, typed, requiring(required))

const besides = 'benign-token-by-profile'

/** What a token is refused for whose signature is not that of the issuer. */
const isForged = (reason: Reason): boolean => reason === 'signature' || reason === 'key'

const missing = 'rfc9068#2.2-missing-required-claim-rejected'

export const accessTokens: readonly BearerDefect[] = [
  {
    id: 'at-jwt-typ-ignored',
    does: 'Takes tokens of every type for access tokens, and tokens of none.',
    breaks: 'must',
    clauses: ['rfc9068#4-typ-validated'],
    besides,
    change: both(
      asIssuer,
      requiring(required),
      header('typ', () => () => true),
    ),
  },
  {
    id: 'at-jwt-jwt-accepted',
    does: 'Takes tokens of the general type JWT for access tokens.',
    breaks: 'must',
    clauses: ['rfc9068#4-typ-validated'],
    besides,
    change: both(
      byProfile,
      header('typ', (strict) => (value, expected) => value === 'JWT' || strict(value, expected)),
    ),
  },
  {
    id: 'at-jwt-exp-absent-accepted',
    does: 'Takes access tokens without exp.',
    breaks: 'should',
    clauses: [missing],
    besides,
    change: both(
      byProfile,
      claim('exp', (strict) => (value, expected) => value === undefined || strict(value, expected)),
    ),
  },
  {
    id: 'at-jwt-client-absent-accepted',
    does: 'Takes access tokens that do not say for which client they were issued.',
    breaks: 'may',
    clauses: [missing],
    besides,
    change: both(asIssuer, typed, requiring(['iat', 'jti'])),
  },
  {
    id: 'at-jwt-error-missing',
    does: 'Refuses access tokens that somebody else has signed without an error code.',
    breaks: 'must',
    clauses: ['rfc9068#4-invalid-token-code'],
    besides,
    change: both(
      byProfile,
      answers(({ params }) => ({
        params: (reason) => params(isForged(reason) ? 'missing' : reason),
      })),
    ),
  },
  {
    id: 'at-jwt-challenge-missing',
    does: 'Answers access tokens that somebody else has signed with 403 and no challenge.',
    breaks: 'must',
    clauses: ['rfc9068#4-errors-per-rfc6750', 'rfc9068#4-invalid-token-code'],
    besides,
    change: both(
      byProfile,
      refusals((reply, _request, reason) =>
        isForged(reason) ? { ...without(reply, 'www-authenticate'), status: 403 } : reply,
      ),
    ),
  },
  {
    id: 'at-jwt-refused-with-403',
    does: 'Answers access tokens that somebody else has signed with 403, error code and all.',
    breaks: 'should',
    clauses: ['rfc9068#4-errors-per-rfc6750'],
    besides,
    change: both(
      byProfile,
      answers(({ status }) => ({ status: (reason) => (isForged(reason) ? 403 : status(reason)) })),
    ),
  },
  {
    id: 'at-jwt-issued-unsecured',
    does: 'Issues access tokens that nobody has signed, and knows them by their text.',
    breaks: 'should',
    clauses: ['rfc9068#2.1-signed-never-none', 'rfc8725#3.2-none-not-generated'],
    besides,
    change: both(byProfile, issuingUnsecured),
  },
  {
    id: 'at-jwt-issued-long-typ',
    does: 'Issues access tokens whose typ is a whole media type.',
    breaks: 'may',
    clauses: ['rfc9068#2.1-typ-short-form'],
    besides,
    change: both(
      byProfile,
      issuing(() => ({}), { typ: 'application/at+jwt' }),
    ),
  },
  {
    id: 'at-jwt-issued-without-client',
    does: 'Issues access tokens that do not say for which client, and takes them.',
    breaks: 'should',
    clauses: ['rfc9068#2.2-required-claims-issued'],
    besides,
    change: both(
      typed,
      requiring(['iat', 'jti']),
      issuing(() => ({ client_id: undefined }), { typ: 'at+jwt' }),
    ),
  },
]

const ownType: BearerChange = both(
  issuing(() => ({}), { typ: 'api+jwt' }),
  header(
    'typ',
    () => (value) => typeof value === 'string' && /^(?:application\/)?api\+jwt$/i.test(value),
  ),
)

export const benignAccessTokens: readonly BearerVariation[] = [
  {
    id: 'benign-token-by-profile',
    does: 'Issues access tokens after RFC 9068, and takes none that lacks anything of it.',
    clauses: [],
    change: byProfile,
  },
  {
    id: 'benign-token-own-type',
    does: 'Issues tokens of a type of its own, and takes no others.',
    clauses: [],
    change: ownType,
  },
]
