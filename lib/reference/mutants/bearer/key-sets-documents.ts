/** Consumers that take for a set what is none, or refuse what is one (RFC 7517 §5). */
import { isObject, member, namesIn, parseJson } from '../../bearer/json.ts'
import { elementsOf, textOf } from '../../bearer/remote/document.ts'
import type { RemoteRules } from '../../bearer/remote/types.ts'
import { remote } from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const isSet = 'rfc7517#5-keys-member-required'
const ssrf = 'rfc8725#3.10-jku-x5u-ssrf'
const undeterminable = 'rfc7515#6-undeterminable-key-fails'
const defensively = 'rfc9110#2.3-parse-defensively'

type Entries = ReturnType<RemoteRules['entries']>

/** Finds entries in documents that the strict rules find none in. */
const setToo = (find: (value: unknown, text: string) => Entries): BearerDefect['change'] =>
  remote(({ entries }) => ({
    entries: (body) => {
      const text = textOf(body) ?? ''
      return entries(body) ?? find(parseJson(text), text)
    },
  }))

/** Refuses some sets. */
const refusing = (isBad: (set: object, text: string) => boolean): BearerDefect['change'] =>
  remote(({ entries }) => ({
    entries: (body) => {
      const found = entries(body)
      const text = textOf(body) ?? ''
      const set = found && parseJson(text)
      return isObject(set) && isBad(set, text) ? undefined : found
    },
  }))

const written = (values: readonly unknown[]): readonly string[] =>
  values.map((value) => JSON.stringify(value))

const taken: readonly BearerDefect[] = [
  {
    id: 'keyset-html-empties',
    does: 'Takes a page that is no JSON for a set without keys, and drops those that it has.',
    breaks: 'should',
    clauses: [isSet],
    hosted: true,
    change: setToo((value) => (value === undefined ? [] : undefined)),
  },
  {
    id: 'keyset-object-empties',
    does: 'Takes an object without keys for a set that has none, and drops those that it has.',
    breaks: 'should',
    clauses: [isSet],
    hosted: true,
    change: setToo((value) =>
      isObject(value) && member(value, 'keys') === undefined ? [] : undefined,
    ),
  },
  {
    id: 'keyset-array-taken',
    does: 'Takes a bare array of keys for a set.',
    breaks: 'should',
    clauses: [isSet],
    hosted: true,
    change: setToo((value) => (Array.isArray(value) ? written(value) : undefined)),
  },
  {
    id: 'keyset-single-key-taken',
    does: 'Takes a single key for a set.',
    breaks: 'should',
    clauses: [isSet],
    hosted: true,
    change: setToo((value) =>
      isObject(value) && member(value, 'kty') !== undefined ? written([value]) : undefined,
    ),
  },
  {
    id: 'keyset-object-of-keys-taken',
    does: 'Takes an object of keys by name for the array that it has to be.',
    breaks: 'should',
    clauses: [isSet],
    hosted: true,
    change: setToo((value) => {
      const keys = isObject(value) ? member(value, 'keys') : undefined
      return isObject(keys) ? written(Object.values(keys)) : undefined
    }),
  },
  {
    id: 'keyset-error-body-used',
    does: 'Uses the keys in an answer that says it is an error.',
    breaks: 'should',
    clauses: [undeterminable],
    hosted: true,
    change: remote(({ isGood }) => ({
      isGood: (answer) => isGood(answer) || answer.status >= 400,
    })),
  },
  {
    id: 'keyset-redirect-followed-elsewhere',
    does: 'Follows a redirect to another origin and believes the keys that are there.',
    breaks: 'should',
    clauses: [ssrf],
    hosted: true,
    change: remote(() => ({ follows: () => true })),
  },
]

const refused: readonly BearerDefect[] = [
  {
    id: 'keyset-own-type-refused',
    does: 'Refuses a set that is sent under the media type registered for key sets.',
    breaks: 'should',
    clauses: ['rfc7517#8.5-jwk-set-media-type'],
    hosted: true,
    change: remote(({ isGood }) => ({
      isGood: (answer) =>
        isGood(answer) && !/jwk-set\+json/i.test(answer.fields['content-type'] ?? ''),
    })),
  },
  {
    id: 'keyset-unknown-member-refused',
    does: 'Refuses a set that has other members besides its keys.',
    breaks: 'must',
    clauses: ['rfc7517#5-set-unknown-members-ignored'],
    hosted: true,
    change: refusing((set) => Object.keys(set).some((name) => name !== 'keys')),
  },
  {
    id: 'keyset-first-keys-count',
    does: 'Uses the first of several arrays of keys in a set.',
    breaks: 'must',
    clauses: ['rfc7517#5-set-duplicate-members'],
    hosted: true,
    change: remote(({ entries }) => ({
      entries: (body) => {
        const found = entries(body)
        const text = textOf(body) ?? ''
        if (!found) return undefined
        const again = namesIn(text).names.find(
          (each) => each.depth === 1 && each.again && each.name === 'keys',
        )
        return again ? elementsOf(`${text.slice(0, again.at)}"":0}`, 'keys') : found
      },
    })),
  },
  {
    id: 'keyset-last-ten-only',
    does: 'Looks at the last ten keys of a set, as if the newest stood at its end.',
    breaks: 'should',
    clauses: ['rfc7517#5.1-order-not-significant'],
    hosted: true,
    change: remote(({ entries }) => ({ entries: (body) => entries(body)?.slice(-10) })),
  },
  {
    id: 'keyset-no-json-500',
    does: 'Answers 500 to the token for which it fetched a page that is no JSON.',
    breaks: 'should',
    clauses: ['rfc6750#3.1-invalid-token-401', defensively],
    hosted: true,
    change: remote(({ entries }) => ({
      entries: (body) => {
        if (parseJson(textOf(body) ?? '') === undefined) throw new SyntaxError('This is no JSON.')
        return entries(body)
      },
    })),
  },
  {
    id: 'keyset-deep-500',
    does: 'Answers 500 to the token for which it fetched a set of hundreds of brackets in brackets.',
    breaks: 'should',
    clauses: [defensively],
    hosted: true,
    change: remote(({ entries }) => ({
      entries: (body) => {
        if (namesIn(textOf(body) ?? '').deepest > 200) throw new RangeError('This is too deep.')
        return entries(body)
      },
    })),
  },
]

export const keySetDocuments: readonly BearerDefect[] = [...taken, ...refused]
