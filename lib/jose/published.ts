/** Reads a key set that somebody publishes, defects and all, so that each can be named. */
import type { JsonPath, RepeatedName } from '../text/json-repeated.ts'
import { isJwk } from './jwk-read.ts'

/** A member of a set as it was published, whatever its values are. */
export type PublishedKey = { readonly [member: string]: unknown }

/** What a document publishes. */
export interface Published {
  /** The document itself. */
  readonly document: unknown
  /** The objects in its array `keys`, or where there is none, whatever in it has a `kty`. */
  readonly keys: readonly PublishedKey[]
  /** These and all other objects with a `kty`, at any place. */
  readonly all: readonly PublishedKey[]
  readonly repeated: readonly RepeatedName[]
}

/** Objects and arrays that are looked into; a set that has more is no set for anybody. */
const MOST = 20_000

/** Each object of a document, from the top down. */
function objectsIn(document: unknown): readonly PublishedKey[] {
  const found: PublishedKey[] = []
  const open: unknown[] = [document]
  for (let at = 0; at < open.length && at < MOST; at += 1) {
    const value = open[at]
    if (isJwk(value)) found.push(value as PublishedKey)
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value))
  }
  return found
}

const hasKty = (each: PublishedKey): boolean => Object.hasOwn(each, 'kty')

/** The array `keys` of a JWK Set (RFC 7517 §5.1), if the document has one. */
export function keysMember(document: unknown): readonly unknown[] | undefined {
  if (!isJwk(document) || !Object.hasOwn(document, 'keys')) return undefined
  const { keys } = document as PublishedKey
  return Array.isArray(keys) ? keys : undefined
}

/** Takes a document for a key set; `repeated`: the names that its text has more than once. */
export function readPublished(document: unknown, repeated: readonly RepeatedName[]): Published {
  const everywhere = objectsIn(document).filter(hasKty)
  const listed = keysMember(document)?.filter(isJwk) as readonly PublishedKey[] | undefined
  return {
    document,
    keys: listed ?? everywhere,
    all: [...new Set([...(listed ?? []), ...everywhere])],
    repeated,
  }
}

const isInSet = (of: JsonPath): boolean =>
  of.length === 0 || (of.length === 2 && of[0] === 'keys' && typeof of[1] === 'number')

/** What keeps a document from being a JWK Set (RFC 7517 §4, §4.1 and §5), in words. */
export function malformed({ document, repeated }: Published): string | undefined {
  if (!isJwk(document)) return `the content is ${kindOf(document)}`
  if (!Object.hasOwn(document, 'keys')) return 'no member keys'
  const keys = keysMember(document)
  if (keys === undefined) return `keys is ${kindOf((document as PublishedKey).keys)}`
  const again = repeated.find(({ of }) => isInSet(of))
  if (again !== undefined) return `the member ${again.name} twice in ${whereOf(again.of)}`
  const other = keys.findIndex((each) => !isJwk(each))
  if (other >= 0) return `${kindOf(keys[other])} in the place of key ${other + 1}`
  const bare = keys.findIndex((each) => typeof (each as PublishedKey).kty !== 'string')
  if (bare < 0) return undefined
  const { kty } = keys[bare] as PublishedKey
  return `key ${bare + 1} has ${kty === undefined ? 'no kty' : `a kty that is ${kindOf(kty)}`}`
}

const whereOf = (of: JsonPath): string => (of.length === 0 ? 'the set' : `key ${Number(of[1]) + 1}`)

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : (kinds[typeof value] ?? 'nothing')
}
