/** Wrong ways of reading the scheme, the blanks after it and what follows the credentials. */

import type { Reason } from '../generic/types.ts'
import { type Request, valuesOf } from '../http/types.ts'
import { hasToken, hasUnregistered } from './refusal.ts'
import { access, around, type Change, type Defect, refusals, serverError } from './types.ts'

const token68 = 'rfc7617#2-token68-credentials'
const grammar = 'rfc9110#11.2-token68-credentials-grammar'
const partial = 'rfc9110#11.4-401-when-credentials-partial'
const validated = 'rfc7617#2-service-only-when-validated'
const invalid = 'rfc9110#11.4-401-when-credentials-invalid'
const defensively = 'rfc9110#2.3-parse-defensively'

/** Lets some of those in who bring the field and no credentials that could be checked. */
const waving =
  (lets: (request: Request, reason: Reason) => boolean): Change =>
  (policy) => ({
    ...policy,
    authenticate: async (whole, request) => {
      const verdict = await policy.authenticate(whole, request)
      const [account] = whole.access.accounts
      const tried = valuesOf(request.fields, 'authorization').length > 0
      const waved = 'refused' in verdict && tried && lets(request, verdict.refused)
      return waved && account ? { account } : verdict
    },
  })

const words: readonly Defect[] = [
  {
    id: 'scheme-exact-case',
    does: 'Knows the scheme as "Basic" only, not as "basic" or "BASIC".',
    breaks: 'must',
    clauses: ['rfc9110#11.1-scheme-case-insensitive'],
    change: access(() => ({ isBasic: (scheme) => scheme === 'Basic' })),
  },
  {
    id: 'scheme-ignored',
    does: 'Accepts Basic credentials under any scheme word.',
    breaks: 'should',
    clauses: [invalid],
    change: access(() => ({ isBasic: () => true })),
  },
  {
    id: 'scheme-unanchored',
    does: 'Looks for "Basic" anywhere in the scheme word, so that XBasic passes.',
    breaks: 'should',
    clauses: [invalid],
    change: access(() => ({ isBasic: (scheme) => /basic/i.test(scheme) })),
  },
  {
    id: 'scheme-left-out-accepted',
    does: 'Accepts Basic credentials that stand alone, without a scheme.',
    breaks: 'should',
    clauses: [invalid],
    change: access(({ parse }) => ({
      parse: (value) => parse(/^[A-Za-z0-9+/]{12,}=*$/.test(value) ? `Basic ${value}` : value),
    })),
  },
  {
    id: 'scheme-without-blank-accepted',
    does: 'Needs no blank between "Basic" and the credentials.',
    breaks: 'should',
    clauses: [grammar],
    change: access(({ parse }) => ({
      parse: (value) => parse(value.replace(/^basic(?=[A-Za-z0-9+/=])/i, '$& ')),
    })),
  },
  {
    id: 'scheme-alone-500',
    does: 'Answers 500 to a scheme without credentials.',
    breaks: 'should',
    clauses: [partial],
    change: refusals((reply, _request, reason) =>
      reason === 'no-credentials' ? serverError : reply,
    ),
  },
  {
    id: 'scheme-alone-accepted',
    does: 'Lets in whoever sends the scheme without credentials.',
    breaks: 'must',
    clauses: [partial, validated],
    change: waving((_request, reason) => reason === 'no-credentials'),
  },
  {
    id: 'empty-field-accepted',
    does: 'Looks whether Authorization was sent before it looks what is in it, and lets in an empty one.',
    breaks: 'must',
    clauses: [validated],
    change: waving(({ fields }) => valuesOf(fields, 'authorization').join() === ''),
  },
  {
    id: 'unregistered-scheme-accepted',
    does: 'Refuses the schemes that are registered and leaves a token of any other to the page.',
    breaks: 'must',
    clauses: [validated],
    change: waving((request, reason) => reason === 'other-scheme' && hasUnregistered(request)),
  },
  {
    id: 'scheme-alone-403',
    does: 'Answers 403 to a scheme without credentials.',
    breaks: 'should',
    clauses: [partial],
    change: refusals((reply, _request, reason) =>
      reason === 'no-credentials' ? { ...reply, status: 403 } : reply,
    ),
  },
]

const blanks: readonly Defect[] = [
  {
    id: 'tab-after-scheme-accepted',
    does: 'Takes a tab for the blank between scheme and credentials.',
    breaks: 'may',
    clauses: [grammar],
    change: access(({ parse }) => ({
      parse: (value) => parse(value.replace(/^([A-Za-z]+)\t+/, '$1 ')),
    })),
  },
  {
    id: 'two-blanks-refused',
    does: 'Refuses credentials that stand more than one blank behind the scheme.',
    breaks: 'should',
    clauses: [grammar],
    change: access(({ parse }) => ({
      parse: (value) => parse(value.replace(/^(\S+) {2,}/, '$1 *')),
    })),
  },
]

const tails: readonly Defect[] = [
  {
    id: 'quoted-credentials-accepted',
    does: 'Accepts credentials in quotation marks.',
    breaks: 'should',
    clauses: [token68, grammar],
    change: access(({ decode }) => ({
      decode: (rest) => decode(/^"(.*)"$/.exec(rest)?.[1] ?? rest),
    })),
  },
  {
    id: 'scheme-twice-accepted',
    does: 'Passes over the scheme as often as it is written.',
    breaks: 'should',
    clauses: [token68, grammar],
    change: access(({ decode }) => ({
      decode: (rest) => decode(rest.replace(/^(?:basic +)+/i, '')),
    })),
  },
  {
    id: 'word-after-credentials-ignored',
    does: 'Ignores anything that follows the credentials after a blank.',
    breaks: 'should',
    clauses: [grammar],
    change: access(({ decode }) => ({ decode: (rest) => decode(rest.replace(/ .*$/s, '')) })),
  },
  {
    id: 'list-after-credentials-ignored',
    does: 'Ignores anything that follows the credentials after a comma.',
    breaks: 'should',
    clauses: [token68, grammar],
    change: access(({ decode }) => ({ decode: (rest) => decode(rest.replace(/ *,.*$/s, '')) })),
  },
]

const upsets: readonly Defect[] = [
  {
    id: 'obs-text-500',
    does: 'Answers 500 when the Authorization field holds bytes beyond ASCII.',
    breaks: 'should',
    clauses: ['rfc9110#5.5-obs-text-opaque'],
    change: access(({ parse }) => ({
      parse: (value) => {
        if (/[\x80-\xff]/.test(value)) throw new Error('The field is not ASCII.')
        return parse(value)
      },
    })),
  },
  {
    id: 'unbalanced-quote-hangs',
    does: 'Never answers when the Authorization field holds an odd number of quotation marks.',
    breaks: 'should',
    clauses: [defensively],
    change: around(() => async (request, next) => {
      const [value = ''] = valuesOf(request.fields, 'authorization')
      const reply = await next(request)
      return value.split('"').length % 2 === 0 ? { ...reply, instead: 'hang' } : reply
    }),
  },
  {
    id: 'empty-field-cut',
    does: 'Closes the connection without an answer when the Authorization field is empty.',
    breaks: 'should',
    clauses: [defensively],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      const empty = valuesOf(request.fields, 'authorization').includes('')
      return empty ? { ...reply, instead: 'cut' } : reply
    }),
  },
  {
    id: 'other-scheme-500',
    does: 'Answers 500 to a token of a scheme it does not know.',
    breaks: 'should',
    clauses: [defensively, invalid],
    change: refusals((reply, request, reason) =>
      reason === 'other-scheme' && hasToken(request) ? serverError : reply,
    ),
  },
]

export const scheme: readonly Defect[] = [...words, ...blanks, ...tails, ...upsets]
