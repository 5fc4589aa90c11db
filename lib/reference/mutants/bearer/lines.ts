/** Wrong ways with the line that carries a token: its name, its ends, and what cannot be read. */
import { isFault } from '../../http/types.ts'
import { withField, without } from '../types.ts'
import { access, type BearerChange, type BearerDefect, refusals } from './types.ts'

const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization'

/** Leaves the blanks after the value of Authorization where they are. */
const endKept: BearerChange = (policy) => {
  const { fieldValue } = policy.http
  return {
    ...policy,
    http: {
      ...policy.http,
      fieldValue: (value, name) => {
        const strict = fieldValue(value, name)
        const [blanks = ''] = /[ \t]*$/.exec(value) ?? []
        return isFault(strict) || !isAuthorization(name) ? strict : `${strict}${blanks}`
      },
    },
  }
}

export const lines: readonly BearerDefect[] = [
  {
    id: 'bearer-field-name-exact-case',
    does: 'Finds a token in the field "Authorization" only, not in "authorization".',
    breaks: 'must',
    clauses: ['rfc9110#5.1-field-name-case-insensitive'],
    change: access(({ locate }) => ({
      locate: (rules, request) =>
        locate(rules, {
          ...request,
          fields: request.fields.filter(
            ([name]) => name === 'Authorization' || !isAuthorization(name),
          ),
        }),
    })),
  },
  {
    id: 'bearer-blank-at-end-refused',
    does: 'Does not strip blanks after the token before it reads it.',
    breaks: 'must',
    clauses: ['rfc9110#5.5-trim-surrounding-whitespace'],
    change: endKept,
  },
  {
    id: 'bearer-scheme-twice-accepted',
    does: 'Strips the word Bearer from before the token as often as it stands there.',
    breaks: 'should',
    clauses: ['rfc6750#2.1-b64token-syntax'],
    change: access(({ parse }) => ({
      parse: (value) => parse(value.replace(/^(?:bearer +){2,}/i, 'Bearer ')),
    })),
  },
  {
    id: 'bearer-unreadable-field-403',
    does: 'Answers 403 to a Bearer field that it cannot read.',
    breaks: 'should',
    clauses: [
      'rfc6750#3.1-invalid-request-400',
      'rfc9110#15.5.1-400-for-malformed-authorization',
      'rfc9110#11.4-401-when-credentials-invalid',
    ],
    change: refusals((reply, _request, reason) =>
      reason === 'not-a-token' ? { ...reply, status: 403 } : reply,
    ),
  },
  {
    id: 'bearer-opaque-token-other-scheme',
    does: 'Leaves what is no JWT to another part of the program, which asks for a scheme of its own.',
    breaks: 'must',
    clauses: [
      'rfc6750#3-scheme-is-bearer',
      'rfc6750#3-challenge-when-token-missing-or-insufficient',
    ],
    change: refusals((reply, _request, reason) =>
      reason === 'structure'
        ? withField(without(reply, 'www-authenticate'), 'WWW-Authenticate', 'Session realm="Pages"')
        : reply,
    ),
  },
]
