import { malformed, type Published, type PublishedKey, readPublished } from '../jose/published.ts'
import {
  ecFault,
  mayVerify,
  paddedNumber,
  rsaFault,
  smallModulus,
} from '../jose/published-numbers.ts'
import { privateMembers } from '../jose/published-private.ts'
import {
  contradiction,
  hasKid,
  hasOperations,
  hasUse,
  type KeyFault,
  namesake,
  twice,
  twoUses,
  unrelated,
} from '../jose/published-rules.ts'
import type { KeySetHas, KeySetWanted } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { fieldValue } from '../text/fields.ts'
import { parseTargetJson } from '../text/json.ts'
import { repeatedNames } from '../text/json-repeated.ts'
import { decodeUtf8 } from '../text/visible.ts'
import { type Check, isCutShort, quote, withAnswer } from './check.ts'

interface Rule {
  /** What is wanted of a key set, in words that follow "a key set". */
  readonly say: string
  readonly finding: (set: Published) => string | undefined
}

const callOf = ({ kid }: PublishedKey, index: number): string =>
  `key ${index + 1}${typeof kid === 'string' ? ` (kid ${JSON.stringify(kid)})` : ''}`

function firstIn(
  keys: readonly PublishedKey[],
  look: (key: PublishedKey, index: number) => KeyFault,
): string | undefined {
  for (const [index, key] of keys.entries()) {
    const fault = look(key, index)
    if (fault !== undefined) return `${callOf(key, index)} ${fault}`
  }
  return undefined
}

const eachKey =
  (look: (key: PublishedKey) => KeyFault): Rule['finding'] =>
  ({ keys }) =>
    firstIn(keys, look)

const ofType = (kty: string, look: (key: PublishedKey) => KeyFault): Rule['finding'] =>
  eachKey((key) => (key.kty === kty ? look(key) : undefined))

// Names alone: what a private member holds is nobody's to see.
function disclosed(key: PublishedKey): KeyFault {
  const names = privateMembers(key)
  return names.length === 0 ? undefined : `has ${names.join(', ')}`
}

const rules: Readonly<Record<KeySetWanted, Rule>> = {
  'well-formed': {
    say: 'with an array keys of objects, each with a kty, and no member twice',
    finding: malformed,
  },
  public: {
    say: 'without private and symmetric keys',
    finding: ({ all }) => firstIn(all, disclosed),
  },
  'one-purpose': { say: 'whose keys have use or key_ops, not both', finding: eachKey(twoUses) },
  'agreeing-purpose': {
    say: 'whose keys have key_ops that agree with their use',
    finding: eachKey(contradiction),
  },
  'related-operations': {
    say: 'whose keys have no unrelated operations',
    finding: eachKey(unrelated),
  },
  'operations-once': {
    say: 'whose keys list each operation once',
    finding: eachKey(twice),
  },
  'kids-distinct': {
    say: 'whose keys of one kty have different kids',
    finding: ({ keys }) =>
      firstIn(keys, (key, index) => {
        const other = namesake(key, keys.slice(0, index))
        return other === undefined ? undefined : `has the kid of key ${other + 1}`
      }),
  },
  'ec-members': {
    say: 'whose EC keys have crv and all octets of x and y',
    finding: ofType('EC', ecFault),
  },
  'rsa-members': { say: 'whose RSA keys have n and e', finding: ofType('RSA', rsaFault) },
  'rsa-minimal': {
    say: 'whose RSA keys have n and e in the fewest octets',
    finding: ofType('RSA', paddedNumber),
  },
  'rsa-2048': {
    say: 'whose RSA keys for signatures have 2048 bits or more',
    finding: eachKey(smallModulus),
  },
}

interface Having {
  readonly say: string
  readonly holds: (set: Published) => boolean
}

const havings: Readonly<Record<KeySetHas, Having>> = {
  json: { say: 'JSON for its content', holds: () => true },
  keys: { say: 'a key', holds: ({ all }) => all.length > 0 },
  purpose: {
    say: 'a key with use or key_ops',
    holds: ({ keys }) => keys.some((key) => hasUse(key) || hasOperations(key)),
  },
  'two-purposes': {
    say: 'a key with use and key_ops',
    holds: ({ keys }) => keys.some((key) => twoUses(key) !== undefined),
  },
  operations: { say: 'a key with key_ops', holds: ({ keys }) => keys.some(hasOperations) },
  kids: {
    say: 'two keys of one kty with a kid',
    holds: ({ keys }) => {
      const types = keys.filter(hasKid).map(({ kty }) => kty)
      return new Set(types).size < types.length
    },
  },
  EC: { say: 'an EC key', holds: ({ keys }) => keys.some(({ kty }) => kty === 'EC') },
  RSA: { say: 'an RSA key', holds: ({ keys }) => keys.some(({ kty }) => kty === 'RSA') },
  'RSA-for-signatures': {
    say: 'an RSA key for signatures',
    holds: ({ keys }) => keys.some(mayVerify),
  },
}

/** What was published, or why it says nothing, or that it is no JSON. */
type Reading =
  | { readonly set: Published }
  | { readonly unknown: string }
  | { readonly broken: string }

const textOf = ({ body }: Answer): string => (decodeUtf8(body) ?? body).replace(/^\ufeff/, '')

// Whether the URL is the right one is the operator's word: what is clearly another document is not
// held against the server.
function elsewhere({ document, all }: Published): string | undefined {
  const names = typeof document === 'object' && document !== null ? Object.keys(document) : []
  if (names.includes('keys') || all.length > 0) return undefined
  return names.includes('jwks_uri')
    ? 'a document that names its key set in jwks_uri; give that URL'
    : 'JSON without any key in it'
}

function readAnswer(answer: Answer): Reading {
  if (answer.status !== 200) return { unknown: `${answer.status} instead of a key set` }
  if (answer.cut || isCutShort(answer)) return { unknown: 'content that was cut' }
  const coding = fieldValue(answer.fields, 'Content-Encoding')
  if (coding !== undefined) return { unknown: 'content in a coding that was not asked for' }
  const text = textOf(answer)
  const parsed = parseTargetJson(answer.body)
  if (parsed === undefined) {
    const page = /^\s*</.test(text)
    return page ? { unknown: 'a page instead of a key set' } : { broken: 'no JSON' }
  }
  const set = readPublished(parsed.value, repeatedNames(text))
  const other = elsewhere(set)
  return other === undefined ? { set } : { unknown: other }
}

/** What of a key set a line looks at, in words. */
export const sayKeySet = (has: KeySetHas): string => `the key set has ${havings[has].say}`

/** True where an answer is a key set that has what a line looks at. */
export function keySetHas(has: KeySetHas, answer: Answer): boolean {
  const read = readAnswer(answer)
  return 'set' in read && havings[has].holds(read.set)
}

/** The key set that was published is as wanted; what is found is said without private values. */
export const keySet: Check<KeySetWanted> = (wanted, context) =>
  withAnswer('key set', `a key set ${rules[wanted].say}`, context, (answer) => {
    const read = readAnswer(answer)
    if ('unknown' in read) return { got: read.unknown, holds: 'unknown' }
    if ('broken' in read) {
      return { got: read.broken, holds: wanted === 'well-formed' ? false : 'unknown' }
    }
    const finding = rules[wanted].finding(read.set)
    const count = read.set.keys.length
    const got = finding ?? `${count} ${count === 1 ? 'key' : 'keys'}, like that`
    return { got: quote(context, got, 200), holds: finding === undefined }
  })
