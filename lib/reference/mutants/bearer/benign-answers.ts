/** Bearer servers whose refusals look unusual; all of them legitimate. */
import { bearerChallenge } from '../../bearer/answers.ts'
import type { Param, Reason } from '../../bearer/types.ts'
import { without } from '../types.ts'
import { alsoFrom, postServed } from './places.ts'
import { answers, type BearerChange, type BearerVariation, both, refusals } from './types.ts'

/** More challenges beside the Bearer one. */
const beside = (make: (bearer: string) => readonly string[]): BearerChange =>
  answers(({ challenges }) => ({ challenges: (params) => challenges(params).flatMap(make) }))

const basic = 'Basic realm="Reference", charset="UTF-8"'

const descriptions: Readonly<Partial<Record<Reason, string>>> = {
  structure: 'The token does not have three parts',
  encoding: 'The token is not base64url',
  header: 'The header of the token cannot be used',
  key: 'The key of the token is not known',
  algorithm: 'The algorithm of the token is not allowed',
  signature: 'The signature of the token is not good',
  payload: 'The claims of the token cannot be read',
  claims: 'The token is not for us, or not yet good',
  expired: 'The token has expired',
}

const unreadable: readonly Reason[] = ['structure', 'encoding', 'header']

export const benignAnswers: readonly BearerVariation[] = [
  {
    id: 'benign-bearer-basic-beside',
    does: 'Offers Basic in a line of its own after Bearer.',
    clauses: [],
    change: beside((bearer) => [bearer, basic]),
  },
  {
    id: 'benign-bearer-basic-one-line',
    does: 'Offers Basic and Bearer in one line.',
    clauses: [],
    change: beside((bearer) => [`${basic}, ${bearer}`]),
  },
  {
    id: 'benign-bearer-lower-case',
    does: 'Writes the scheme of its challenge in small letters.',
    clauses: [],
    change: answers(() => ({
      challenges: (params) => [bearerChallenge(params).replace('Bearer', 'bearer')],
    })),
  },
  {
    id: 'benign-bearer-scope-for-realm',
    does: 'Names a scope and no realm in its challenge.',
    clauses: [],
    change: answers(({ params }) => ({
      params: (reason) =>
        params(reason).map(
          ([name, value]): Param => (name === 'realm' ? ['scope', 'read'] : [name, value]),
        ),
    })),
  },
  {
    id: 'benign-bearer-described',
    does: 'Describes in its challenge what is wrong with a token, and where to read about it.',
    clauses: [],
    change: answers(({ params }) => ({
      params: (reason) => {
        const text = descriptions[reason]
        if (text === undefined) return params(reason)
        const rest = params(reason).filter(([name]) => name !== 'error_description')
        return [
          ...rest,
          ['error_description', text],
          ['error_uri', 'https://api.example.test/errors#token'],
        ]
      },
    })),
  },
  {
    id: 'benign-bearer-error-uri',
    does: 'Points to a page about each error, by its path.',
    clauses: [],
    change: answers(({ params }) => ({
      params: (reason) => {
        const given = params(reason)
        const failed = given.some(([name]) => name === 'error')
        return failed ? [...given, ['error_uri', '/errors#token']] : given
      },
    })),
  },
  {
    id: 'benign-bearer-malformed-401',
    does: 'Answers 401 where others answer 400 to a malformed request.',
    clauses: [],
    change: answers(() => ({ status: () => 401 })),
  },
  {
    id: 'benign-bearer-malformed-token-400',
    does: 'Answers 400 to a token that it cannot read.',
    clauses: [],
    change: answers(({ status, params }) => ({
      status: (reason) => (unreadable.includes(reason) ? 400 : status(reason)),
      params: (reason) => params(unreadable.includes(reason) ? 'not-a-token' : reason),
    })),
  },
  {
    id: 'benign-bearer-plain-400',
    does: 'Answers 400 to a malformed request without any challenge.',
    clauses: [],
    change: refusals((reply) =>
      reply.status === 400 ? without(reply, 'www-authenticate') : reply,
    ),
  },
  {
    id: 'benign-bearer-form-accepted',
    does: 'Takes the token from form content as well, with POST.',
    clauses: [],
    change: both(
      alsoFrom(({ form }, { method }) => (method === 'POST' ? form[0] : undefined)),
      postServed,
    ),
  },
  {
    id: 'benign-bearer-scope-hidden',
    does: 'Hides a page behind 404 from good tokens without its scope.',
    clauses: [],
    change: answers(({ notFound }) => ({ forbidden: () => notFound() })),
  },
]
