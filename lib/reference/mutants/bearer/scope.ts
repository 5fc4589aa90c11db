/** Answers to a good token that does not cover the scope of a page (RFC 6750 §3.1). */
import { member } from '../../bearer/json.ts'
import type { Param } from '../../bearer/types.ts'
import type { Reply } from '../../http/types.ts'
import { without } from '../types.ts'
import { answers, type BearerChange, type BearerDefect, routes } from './types.ts'

const is403 = 'rfc6750#3.1-insufficient-scope-403'

const params = (change: (given: readonly Param[]) => readonly Param[]): BearerChange =>
  answers(({ scopeParams }) => ({ scopeParams: (scope) => change(scopeParams(scope)) }))

const replies = (change: (reply: Reply) => Reply): BearerChange =>
  answers(({ forbidden }) => ({
    forbidden: (policy, request, wanted) => change(forbidden(policy, request, wanted)),
  }))

export const scope: readonly BearerDefect[] = [
  {
    id: 'bearer-scope-ignored',
    does: 'Serves pages that need a scope to every good token.',
    breaks: 'should',
    clauses: [is403],
    change: routes(() => ({ covers: () => true })),
  },
  {
    id: 'bearer-scope-absent-accepted',
    does: 'Serves pages that need a scope to tokens that name none.',
    breaks: 'should',
    clauses: [is403],
    change: routes(({ covers }) => ({
      covers: (claims, wanted) => {
        const held = member(claims, 'scope')
        return held === undefined || held === '' || covers(claims, wanted)
      },
    })),
  },
  {
    id: 'bearer-scope-401',
    does: 'Answers 401 to a good token without the scope of the page.',
    breaks: 'should',
    clauses: [is403],
    change: replies((reply) => ({ ...reply, status: 401 })),
  },
  {
    id: 'bearer-scope-challenge-absent',
    does: 'Sends 403 without a challenge to a good token without the scope of the page.',
    breaks: 'should',
    clauses: ['rfc6750#3-challenge-on-403-insufficient-scope'],
    change: replies((reply) => without(reply, 'www-authenticate')),
  },
  {
    id: 'bearer-scope-unnamed',
    does: 'Does not say which scope a good token lacks.',
    breaks: 'may',
    clauses: ['rfc6750#3.1-insufficient-scope-scope-attr'],
    change: params((given) => given.filter(([name]) => name !== 'scope')),
  },
  {
    id: 'bearer-scope-code-wrong',
    does: 'Calls a good token without the scope of the page invalid.',
    breaks: 'should',
    clauses: [is403],
    change: params((given) =>
      given.map(([name, value]): Param => [name, name === 'error' ? 'invalid_token' : value]),
    ),
  },
]
