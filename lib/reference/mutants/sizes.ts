/** Wrong answers to fields that are larger than a server likes (RFC 9110 §5.4, RFC 6585). */
import { type Pair, valuesOf } from '../http/types.ts'
import { around, type Change, type Defect, http, serverError } from './types.ts'

const sizeOf = (pairs: readonly Pair[]): number =>
  Math.max(0, ...valuesOf(pairs, 'authorization').map((value) => value.length))

/** Does something to requests whose Authorization field has at least that many bytes. */
const fromSize = (bytes: number, change: Parameters<typeof around>[0]): Change =>
  around((lab, policy) => {
    const handle = change(lab, policy)
    return (request, next, whole) =>
      sizeOf(request.fields) >= bytes ? handle(request, next, whole) : next(request)
  })

/** 429 as a server gives it that counts large fields for more than others. */
const tooMany = (fields: readonly Pair[], body: string): Change =>
  fromSize(4096, () => () => ({
    status: 429,
    fields: [['Content-Type', 'text/plain'], ...fields],
    body,
  }))

const slowDown = 'Too much at once. Come back in a second.\n'
const soon: Pair = ['Retry-After', '1']

export const sizes: readonly Defect[] = [
  {
    id: 'large-field-500',
    does: 'Answers 500 when the Authorization field has 8000 bytes or more.',
    breaks: 'must',
    clauses: ['rfc9110#5.4-oversized-field-4xx', 'rfc9110#2.3-parse-defensively'],
    change: fromSize(8000, () => () => serverError),
  },
  {
    id: 'huge-head-cut',
    does: 'Closes the connection without an answer when the fields are too large.',
    breaks: 'must',
    clauses: ['rfc9110#5.4-oversized-field-4xx'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => ({ ...tooLarge(partial, limits), instead: 'cut' }),
    })),
  },
  {
    id: 'huge-head-500',
    does: 'Answers 500 when the fields are too large.',
    breaks: 'must',
    clauses: ['rfc9110#5.4-oversized-field-4xx'],
    change: http(() => ({ tooLarge: () => ({ ...serverError, close: true }) })),
  },
  {
    id: 'huge-head-unnamed',
    does: 'Answers 431 without saying which field is too large.',
    breaks: 'should',
    clauses: ['rfc6585#5-431-names-field'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => ({
        ...tooLarge(partial, limits),
        fields: [['Content-Type', 'text/plain']],
        body: 'A field is too large, now and later.\n',
      }),
    })),
  },
  {
    id: 'huge-head-cacheable',
    does: 'Sends 431 with leave for every cache to keep it.',
    breaks: 'must',
    clauses: ['rfc6585#5-431-not-cached'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => {
        const reply = tooLarge(partial, limits)
        return { ...reply, fields: [...reply.fields, ['Cache-Control', 'public, max-age=600']] }
      },
    })),
  },
  {
    id: 'throttle-unexplained',
    does: 'Answers 429 without content when the Authorization field has 4096 bytes or more.',
    breaks: 'should',
    clauses: ['rfc6585#4-429-explains'],
    change: tooMany([soon], ''),
  },
  {
    id: 'throttle-cacheable',
    does: 'Answers large Authorization fields with a 429 that every cache may keep.',
    breaks: 'must',
    clauses: ['rfc6585#4-429-not-cached'],
    change: tooMany([soon, ['Cache-Control', 'public, max-age=600']], slowDown),
  },
  {
    id: 'throttle-without-end',
    does: 'Answers large Authorization fields with a 429 that does not say when to come back.',
    breaks: 'may',
    clauses: ['rfc6585#4-429-retry-after'],
    change: tooMany([], 'Too much at once.\n'),
  },
  {
    id: 'retry-after-malformed',
    does: 'Answers large Authorization fields with a 429 whose Retry-After is no whole number.',
    breaks: 'must',
    clauses: ['rfc9110#10.2.3-retry-after-grammar'],
    change: tooMany([['Retry-After', '1.5s']], slowDown),
  },
]
