/** Refusals that say the wrong thing, or too much (RFC 6750 §3.1). */
import { errorFor } from '../../bearer/answers.ts'
import { isObject, parseJson } from '../../bearer/json.ts'
import type { Param, Reason } from '../../bearer/types.ts'
import { type Reply, type Request, valuesOf } from '../../http/types.ts'
import { serverError, withField, without } from '../types.ts'
import { answers, type BearerChange, type BearerDefect, refusals } from './types.ts'
import { claimsText } from './ways.ts'

const invalidToken = 'rfc6750#3.1-invalid-token-401'
const registered = 'rfc6750#3.1-error-code-registered'
const noError = 'rfc6750#3.1-no-error-without-auth-info'
const noInjection = 'rfc6750#3-error-description-no-injection'
const noEcho = 'house#secrets-are-not-echoed'

const isBadToken = (reason: Reason): boolean => errorFor(reason) === 'invalid_token'

const tokenIn = (request: Request): string =>
  (valuesOf(request.fields, 'authorization')[0] ?? '').replace(/^bearer +/i, '')

/** Another error code, or none, for some refusals. */
const coding = (code: string | undefined, applies: (reason: Reason) => boolean): BearerChange =>
  answers(({ params }) => ({
    params: (reason) => {
      if (!applies(reason)) return params(reason)
      const rest = params(reason).filter(([name]) => !name.startsWith('error'))
      return code === undefined ? rest : [...rest, ['error', code] satisfies Param]
    },
  }))

/** Changes the answers to bad tokens. */
const toBadTokens = (change: (reply: Reply, token: string) => Reply): BearerChange =>
  refusals((reply, request, reason) =>
    isBadToken(reason) ? change(reply, tokenIn(request)) : reply,
  )

/** Describes what is wrong with a bad token in words that come from the token. */
const describing = (describe: (token: string) => string | undefined): BearerChange =>
  toBadTokens((reply, token) => {
    const text = describe(token)
    return text === undefined
      ? reply
      : withField(
          without(reply, 'www-authenticate'),
          'WWW-Authenticate',
          `Bearer realm="Reference", error="invalid_token", error_description="${text}"`,
        )
  })

const issuerIn = (token: string): string | undefined => {
  const claims = parseJson(claimsText(token))
  const iss = isObject(claims) ? claims.iss : undefined
  return typeof iss === 'string' ? Buffer.from(iss, 'utf8').toString('latin1') : undefined
}

const codes: readonly BearerDefect[] = [
  {
    id: 'bearer-error-missing',
    does: 'Sends no error code where a token was not good.',
    breaks: 'should',
    clauses: ['rfc6750#3-error-when-token-failed'],
    change: coding(undefined, isBadToken),
  },
  {
    id: 'bearer-error-unregistered',
    does: 'Sends an error code of its own where a token was not good.',
    breaks: 'should',
    clauses: [registered, invalidToken],
    change: coding('token_invalid', isBadToken),
  },
  {
    id: 'bearer-error-of-requests',
    does: 'Calls a token that was not good an invalid request.',
    breaks: 'should',
    clauses: [invalidToken],
    change: coding('invalid_request', isBadToken),
  },
  {
    id: 'bearer-error-anonymous',
    does: 'Sends an error code to those who send nothing at all.',
    breaks: 'should',
    clauses: [noError],
    change: coding('invalid_token', (reason) => reason === 'missing'),
  },
  {
    id: 'bearer-error-other-scheme',
    does: 'Sends an error code to those who use a scheme it does not take.',
    breaks: 'should',
    clauses: ['rfc6750#3.1-no-error-for-unsupported-scheme'],
    change: coding('invalid_token', (reason) => reason === 'other-scheme'),
  },
]

const statuses: readonly BearerDefect[] = [
  {
    id: 'bearer-unreadable-token-403',
    does: 'Answers 403 to a token that it cannot read.',
    breaks: 'should',
    clauses: [invalidToken, 'rfc9110#11.4-401-when-credentials-invalid'],
    change: refusals((reply, _request, reason) =>
      reason === 'structure' || reason === 'encoding' ? { ...reply, status: 403 } : reply,
    ),
  },
  {
    id: 'bearer-unverified-token-403',
    does: 'Answers 403 to a token whose signature is not good.',
    breaks: 'should',
    clauses: [invalidToken, 'rfc9110#11.4-401-when-credentials-invalid'],
    change: refusals((reply, _request, reason) =>
      reason === 'signature' ? { ...reply, status: 403 } : reply,
    ),
  },
  {
    id: 'bearer-expired-403',
    does: 'Answers 403 to a token that has expired.',
    breaks: 'should',
    clauses: ['rfc6750#3.1-expired-token-401', invalidToken],
    change: refusals((reply, _request, reason) =>
      reason === 'expired' ? { ...reply, status: 403 } : reply,
    ),
  },
  {
    id: 'bearer-expired-500',
    does: 'Answers 500 to a token that has expired.',
    breaks: 'should',
    clauses: ['rfc6750#3.1-expired-token-401'],
    change: refusals((reply, _request, reason) => (reason === 'expired' ? serverError : reply)),
  },
  {
    id: 'bearer-two-methods-500',
    does: 'Answers 500 to a request with two tokens.',
    breaks: 'should',
    clauses: ['rfc6750#2-single-method-per-request', 'rfc6750#3.1-invalid-request-400'],
    change: refusals((reply, _request, reason) => (reason === 'two-methods' ? serverError : reply)),
  },
]

const echoes: readonly BearerDefect[] = [
  {
    id: 'bearer-token-echoed',
    does: 'Repeats a token that was not good in the description of the error.',
    breaks: 'should',
    clauses: [noEcho, noInjection, 'rfc9700#4.9.3-tokens-treated-as-secrets'],
    change: describing((token) => `Not good: ${token.replace(/["\\]/g, '')}`),
  },
  {
    id: 'bearer-claim-reflected',
    does: 'Puts the issuer of an unverified token into the description of the error as it is.',
    breaks: 'must',
    clauses: ['rfc6750#3-error-charset', noInjection],
    change: describing((token) => {
      const issuer = issuerIn(token)
      return issuer === undefined || issuer === '' ? undefined : `Unknown issuer ${issuer}`
    }),
  },
  {
    id: 'bearer-token-in-link',
    does: 'Offers a link to try again, with the token in its query.',
    breaks: 'should',
    clauses: [noEcho, 'rfc6750#5.3-no-tokens-in-page-urls'],
    change: toBadTokens((reply, token) => ({
      ...reply,
      body: reply.body.replace(
        '}',
        `,"again":"/protected?access_token=${encodeURIComponent(token)}"}`,
      ),
    })),
  },
]

export const refusal: readonly BearerDefect[] = [...codes, ...statuses, ...echoes]
