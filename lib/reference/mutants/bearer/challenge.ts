/** Bearer challenges that are wrong as such (RFC 6750 §3). */
import { bearerChallenge } from '../../bearer/answers.ts'
import type { Param } from '../../bearer/types.ts'
import { without } from '../types.ts'
import { answers, type BearerChange, type BearerDefect, refusals } from './types.ts'

const once = 'rfc6750#3-error-members-at-most-once'
const charset = 'rfc6750#3-error-charset'
const present = 'rfc6750#3-challenge-when-token-missing-or-insufficient'
const onEvery401 = 'rfc9110#11.6.1-401-has-www-authenticate'

/** Changes the parameters of challenges that carry an error code. */
const toErrors = (change: (params: readonly Param[]) => readonly Param[]): BearerChange =>
  answers(({ params }) => ({
    params: (reason) => {
      const given = params(reason)
      return given.some(([name]) => name === 'error') ? change(given) : given
    },
  }))

const toAll = (change: (params: readonly Param[]) => readonly Param[]): BearerChange =>
  answers(({ params }) => ({ params: (reason) => change(params(reason)) }))

const adding =
  (...more: readonly Param[]) =>
  (params: readonly Param[]): readonly Param[] => [...params, ...more]

const saying =
  (name: string, value: string) =>
  (params: readonly Param[]): readonly Param[] => [
    ...params.filter(([given]) => given !== name),
    [name, value],
  ]

const forms: readonly BearerDefect[] = [
  {
    id: 'bearer-challenge-without-parameters',
    does: 'Sends a Bearer challenge without any parameter to those who send no token.',
    breaks: 'must',
    clauses: ['rfc6750#3-at-least-one-auth-param'],
    change: answers(() => ({
      challenges: (params) => [
        params.some(([name]) => name === 'error') ? bearerChallenge(params) : 'Bearer',
      ],
    })),
  },
  {
    id: 'bearer-challenge-other-scheme',
    does: 'Calls its scheme JWT in the challenge to a token that is not good.',
    breaks: 'must',
    clauses: ['rfc6750#3-scheme-is-bearer'],
    change: answers(({ challenges }) => ({
      challenges: (params) =>
        challenges(params).map((value) =>
          params.some(([name]) => name === 'error') ? value.replace('Bearer', 'JWT') : value,
        ),
    })),
  },
  {
    id: 'bearer-challenge-realm-twice',
    does: 'Names the realm of its challenge twice.',
    breaks: 'must',
    clauses: ['rfc6750#3-realm-at-most-once'],
    change: toAll(adding(['realm', 'Another'])),
  },
  {
    id: 'bearer-challenge-scope-twice',
    does: 'Names two scopes in two parameters of its challenge.',
    breaks: 'must',
    clauses: ['rfc6750#3-scope-at-most-once'],
    change: toAll(adding(['scope', 'read'], ['scope', 'reports'])),
  },
  {
    id: 'bearer-challenge-scope-charset',
    does: 'Puts letters beyond ASCII into the scope of its challenge.',
    breaks: 'must',
    clauses: ['rfc6750#3-scope-charset'],
    change: toAll(adding(['scope', 'read caf\xe9'])),
  },
  {
    id: 'bearer-challenge-scope-spaced',
    does: 'Puts two spaces between the scopes of its challenge.',
    breaks: 'should',
    clauses: ['rfc6750#3-scope-charset'],
    change: toAll(adding(['scope', 'read  reports'])),
  },
  {
    id: 'bearer-challenge-absent-anonymous',
    does: 'Sends 401 without a challenge to those who send no token.',
    breaks: 'must',
    clauses: [present, onEvery401],
    change: refusals((reply, _request, reason) =>
      reason === 'missing' ? without(reply, 'www-authenticate') : reply,
    ),
  },
  {
    id: 'bearer-challenge-absent-expired',
    does: 'Sends 401 without a challenge where a token has expired.',
    breaks: 'must',
    clauses: [present, onEvery401],
    change: refusals((reply, _request, reason) =>
      reason === 'expired' ? without(reply, 'www-authenticate') : reply,
    ),
  },
]

const errors: readonly BearerDefect[] = [
  {
    id: 'bearer-error-twice',
    does: 'Sends the parameter error twice in a challenge.',
    breaks: 'must',
    clauses: [once],
    change: toErrors(adding(['error', 'invalid_token'])),
  },
  {
    id: 'bearer-error-description-twice',
    does: 'Describes an error twice in a challenge.',
    breaks: 'must',
    clauses: [once],
    change: toErrors(adding(['error_description', 'Get a new one.'])),
  },
  {
    id: 'bearer-error-description-charset',
    does: 'Puts letters beyond ASCII into the description of an error.',
    breaks: 'must',
    clauses: [charset],
    change: toErrors(saying('error_description', 'Jeton refus\xe9')),
  },
  {
    id: 'bearer-error-description-quotes',
    does: 'Puts escaped quotation marks into the description of an error.',
    breaks: 'must',
    clauses: [charset],
    change: toErrors(saying('error_description', 'No \\"good\\" token')),
  },
  {
    id: 'bearer-error-uri-blank',
    does: 'Points to a page about an error by a text that is no URI.',
    breaks: 'must',
    clauses: ['rfc6750#3-error-uri-reference'],
    besides: 'benign-bearer-error-uri',
    change: toErrors(adding(['error_uri', 'see the manual, page 3'])),
  },
  {
    id: 'bearer-error-upper-case',
    does: 'Writes the code of an error in capital letters.',
    breaks: 'should',
    clauses: ['rfc6750#1.1-names-values-case-sensitive', 'rfc6750#3.1-error-code-registered'],
    change: toErrors((params) =>
      params.map(([name, value]): Param => [name, name === 'error' ? value.toUpperCase() : value]),
    ),
  },
]

export const challenges: readonly BearerDefect[] = [...forms, ...errors]
