/** Wrong answers to fields that are larger than a server likes (RFC 9110 §5.4, RFC 6585). */
import { type Pair, type Reply, valuesOf } from '../http/types.ts'
import { around, type Change, type Defect, http, serverError, withField } from './types.ts'

const oversized = 'rfc9110#5.4-oversized-field-4xx'
const besides = 'benign-throttles-large-fields'

const isAuthorization = (partial: string): boolean => /\nauthorization:.{8192}/i.test(partial)

const sizeOf = (pairs: readonly Pair[]): number =>
  Math.max(0, ...valuesOf(pairs, 'authorization').map((value) => value.length))

/** Does something to requests whose Authorization field has at least that many bytes. */
const fromSize = (bytes: number, change: Parameters<typeof around>[0]): Change =>
  around((lab, policy) => {
    const handle = change(lab, policy)
    return (request, next, whole) =>
      sizeOf(request.fields) >= bytes ? handle(request, next, whole) : next(request)
  })

const throttled = (fields: readonly Pair[], body: string): Reply => ({
  status: 429,
  fields: [['Content-Type', 'text/plain'], ...fields],
  body,
})

/** 429 as a server gives it that counts large fields for more than others. */
export const tooMany = (fields: readonly Pair[], body: string): Change =>
  fromSize(4096, () => () => throttled(fields, body))

/** Shows all answers but the first as old as a cache would that kept the first one. */
const replayed = <Given extends readonly unknown[]>(
  answer: (...given: Given) => Reply,
): ((...given: Given) => Reply) => {
  let age = -1
  return (...given) => {
    age += 1
    const reply = answer(...given)
    return age === 0 ? reply : withField(reply, 'Age', String(age))
  }
}

/** What a good 429 says. */
export const slowDown = 'Too much at once. Come back in a second.\n'
/** When to come back: in a second. */
export const soon: Pair = ['Retry-After', '1']

export const sizes: readonly Defect[] = [
  {
    id: 'large-field-500',
    does: 'Answers 500 when the Authorization field has 8000 bytes or more.',
    breaks: 'must',
    clauses: [oversized, 'rfc9110#2.3-parse-defensively'],
    change: fromSize(8000, () => () => serverError),
  },
  {
    id: 'huge-authorization-cut',
    does: 'Closes the connection without an answer when the Authorization field is too large.',
    breaks: 'must',
    clauses: [oversized],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => {
        const reply = tooLarge(partial, limits)
        return isAuthorization(partial) ? { ...reply, instead: 'cut' } : reply
      },
    })),
  },
  {
    id: 'huge-field-500',
    does: 'Answers 500 when a field other than Authorization is too large.',
    breaks: 'must',
    clauses: [oversized],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) =>
        isAuthorization(partial) ? tooLarge(partial, limits) : { ...serverError, close: true },
    })),
  },
  {
    id: 'huge-head-unexplained',
    does: 'Answers 431 without content, so that nobody learns which field is too large.',
    breaks: 'should',
    clauses: ['rfc6585#5-431-names-field'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => ({ ...tooLarge(partial, limits), fields: [], body: '' }),
    })),
  },
  {
    id: 'huge-head-unnamed',
    does: 'Says in a 431 that the fields are too large, and not which one.',
    breaks: 'may',
    clauses: ['rfc6585#5-431-names-field'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => {
        const reply = tooLarge(partial, limits)
        return reply.status === 431 ? { ...reply, body: 'The fields are too large.\n' } : reply
      },
    })),
  },
  {
    id: 'huge-head-cacheable',
    does: 'Sends 431 with leave for every cache to keep it.',
    breaks: 'should',
    clauses: ['rfc6585#5-431-not-cached'],
    change: http(({ tooLarge }) => ({
      tooLarge: (partial, limits) => {
        const reply = tooLarge(partial, limits)
        return { ...reply, fields: [...reply.fields, ['Cache-Control', 'public, max-age=600']] }
      },
    })),
  },
  {
    id: 'huge-head-replayed',
    does: 'Answers the second request with too large fields from a cache that kept the first 431.',
    breaks: 'must',
    clauses: ['rfc6585#5-431-not-cached'],
    change: http(({ tooLarge }) => ({ tooLarge: replayed(tooLarge) })),
  },
  {
    id: 'throttle-unexplained',
    does: 'Answers 429 without content when the Authorization field has 4096 bytes or more.',
    breaks: 'should',
    clauses: ['rfc6585#4-429-explains'],
    besides,
    change: tooMany([soon], ''),
  },
  {
    id: 'throttle-cacheable',
    does: 'Answers large Authorization fields with a 429 that every cache may keep.',
    breaks: 'should',
    clauses: ['rfc6585#4-429-not-cached'],
    besides,
    change: tooMany([soon, ['Cache-Control', 'public, max-age=600']], slowDown),
  },
  {
    id: 'throttle-replayed',
    does: 'Answers every large Authorization field but the first from a cache that kept its 429.',
    breaks: 'must',
    clauses: ['rfc6585#4-429-not-cached'],
    besides,
    change: fromSize(4096, () => replayed(() => throttled([soon], slowDown))),
  },
  {
    id: 'throttle-without-end',
    does: 'Answers large Authorization fields with a 429 that does not say when to come back.',
    breaks: 'may',
    clauses: ['rfc6585#4-429-retry-after'],
    besides,
    change: tooMany([], 'Too much at once.\n'),
  },
  {
    id: 'retry-after-malformed',
    does: 'Answers large Authorization fields with a 429 whose Retry-After is no whole number.',
    breaks: 'must',
    clauses: ['rfc9110#10.2.3-retry-after-grammar'],
    besides,
    change: tooMany([['Retry-After', '1.5s']], slowDown),
  },
]
