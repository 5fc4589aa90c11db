/** Wrong ways of finding the token in the Authorization field (RFC 6750 §2.1). */
import { valuesOf } from '../../http/types.ts'
import { serverError } from '../types.ts'
import { access, type BearerChange, type BearerDefect, refusals } from './types.ts'

const grammar = 'rfc6750#2.1-b64token-syntax'
const invalid = 'rfc9110#11.4-401-when-credentials-invalid'
const partial = 'rfc9110#11.4-401-when-credentials-partial'
const repeated = 'rfc9110#5.3-duplicate-authorization-lines'

/** Reads an Authorization value after it was put right. */
const repairing = (repair: (value: string) => string): BearerChange =>
  access(({ parse }) => ({ parse: (value) => parse(repair(value)) }))

const words: readonly BearerDefect[] = [
  {
    id: 'bearer-scheme-exact-case',
    does: 'Knows the scheme as "Bearer" only, not as "bearer" or "BEARER".',
    breaks: 'must',
    clauses: ['rfc9110#11.1-scheme-case-insensitive'],
    change: access(() => ({ isBearer: (scheme) => scheme === 'Bearer' })),
  },
  {
    id: 'bearer-scheme-ignored',
    does: 'Accepts a token under any scheme word.',
    breaks: 'should',
    clauses: [invalid],
    change: access(() => ({ isBearer: () => true })),
  },
  {
    id: 'bearer-scheme-left-out',
    does: 'Accepts a token that stands alone, without a scheme.',
    breaks: 'should',
    clauses: [grammar, invalid],
    change: repairing((value) =>
      /^[^\s.]+\.[^\s.]+\.[^\s.]*$/.test(value) ? `Bearer ${value}` : value,
    ),
  },
  {
    id: 'bearer-blank-left-out',
    does: 'Needs no blank between "Bearer" and the token.',
    breaks: 'should',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^bearer(?=ey)/i, '$& ')),
  },
  {
    id: 'bearer-colon-accepted',
    does: 'Accepts a colon after "Bearer".',
    breaks: 'should',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^bearer: */i, 'Bearer ')),
  },
  {
    id: 'bearer-tab-accepted',
    does: 'Takes a tab for the blank between "Bearer" and the token.',
    breaks: 'may',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^bearer\t+/i, 'Bearer ')),
  },
  {
    id: 'bearer-two-blanks-refused',
    does: 'Refuses a token that stands more than one blank behind "Bearer".',
    breaks: 'must',
    softened: true,
    clauses: ['rfc6750#2.1-multiple-spaces'],
    change: repairing((value) => value.replace(/^(\S+) {2,}/, '$1 *')),
  },
]

const tails: readonly BearerDefect[] = [
  {
    id: 'bearer-quoted-accepted',
    does: 'Accepts a token in quotation marks.',
    breaks: 'should',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^(\S+ +)"([^"]*)"$/, '$1$2')),
  },
  {
    id: 'bearer-word-after-ignored',
    does: 'Ignores anything that follows the token after a blank.',
    breaks: 'should',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^(\S+ +[^\s,]+) [^,]*$/, '$1')),
  },
  {
    id: 'bearer-list-after-ignored',
    does: 'Ignores anything that follows the token after a comma.',
    breaks: 'should',
    clauses: [grammar],
    change: repairing((value) => value.replace(/^(\S+ +[^\s,]+) *,.*$/, '$1')),
  },
  {
    id: 'bearer-alone-500',
    does: 'Answers 500 to "Bearer" without a token.',
    breaks: 'should',
    clauses: [partial],
    change: refusals((reply, _request, reason) => (reason === 'no-token' ? serverError : reply)),
  },
  {
    id: 'bearer-alone-403',
    does: 'Answers 403 to "Bearer" without a token.',
    breaks: 'should',
    clauses: [partial, 'rfc6750#3.1-invalid-request-400'],
    change: refusals((reply, _request, reason) =>
      reason === 'no-token' ? { ...reply, status: 403 } : reply,
    ),
  },
]

/** Settles on one of several lines; undefined leaves it to the strict rule. */
const picks = (pick: (values: readonly string[]) => string | undefined): BearerChange =>
  access(({ locate }) => ({
    locate: async (rules, request) => {
      const values = valuesOf(request.fields, 'authorization')
      const picked = values.length > 1 ? pick(values) : undefined
      if (picked === undefined) return locate(rules, request)
      const others = request.fields.filter(([name]) => name.toLowerCase() !== 'authorization')
      return locate(rules, { ...request, fields: [...others, ['Authorization', picked]] })
    },
  }))

const isSame = (values: readonly string[]): boolean => new Set(values).size === 1

const duplicates: readonly BearerDefect[] = [
  {
    id: 'bearer-duplicate-first-wins',
    does: 'Uses the first of several Authorization lines, unless they are all the same.',
    breaks: 'may',
    clauses: [repeated],
    change: picks((values) => (isSame(values) ? undefined : values[0])),
  },
  {
    id: 'bearer-duplicate-last-wins',
    does: 'Uses the last of several Authorization lines, unless they are all the same.',
    breaks: 'may',
    clauses: [repeated],
    change: picks((values) => (isSame(values) ? undefined : values.at(-1))),
  },
  {
    id: 'bearer-duplicate-same-accepted',
    does: 'Does not notice a second Authorization line that repeats the first.',
    breaks: 'may',
    clauses: [repeated],
    change: picks((values) => (isSame(values) ? values[0] : undefined)),
  },
  {
    id: 'bearer-duplicate-any-wins',
    does: 'Lets in whoever sends a good token in any of several different Authorization lines.',
    breaks: 'should',
    clauses: [repeated],
    change: (policy) => ({
      ...policy,
      authenticate: async (whole, request) => {
        const verdict = await policy.authenticate(whole, request)
        if (!('refused' in verdict) || verdict.refused !== 'duplicate') return verdict
        const values = valuesOf(request.fields, 'authorization')
        for (const value of isSame(values) ? [] : values) {
          const token = value.replace(/^bearer +/i, '')
          const one = await whole.tokens.verify(whole.tokens, token)
          if (!('refused' in one)) return one
        }
        return verdict
      },
    }),
  },
]

export const field: readonly BearerDefect[] = [...words, ...tails, ...duplicates]
