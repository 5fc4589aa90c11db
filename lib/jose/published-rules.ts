/** What is wrong with single members of published keys, in words without private values. */
import type { PublishedKey } from './published.ts'

/** What is wrong with a key, in words that follow it; undefined where nothing is. */
export type KeyFault = string | undefined

/** A member that a writer left empty says as little as one that is not there. */
const given = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

/** The registered operations (RFC 7517 §4.3) of a key, as often as it lists them. */
export function operationsOf({ key_ops }: PublishedKey): readonly string[] {
  return Array.isArray(key_ops) ? key_ops.filter((each) => typeof each === 'string') : []
}

export const hasUse = ({ use }: PublishedKey): boolean => given(use)

export const hasOperations = ({ key_ops }: PublishedKey): boolean => given(key_ops)

const SIGNING: readonly string[] = ['sign', 'verify']
const ENCRYPTING: readonly string[] = [
  ...['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'deriveKey', 'deriveBits'],
]
const REGISTERED: ReadonlySet<string> = new Set([...SIGNING, ...ENCRYPTING])

/** `use` and `key_ops` together (RFC 7517 §4.3). */
export function twoUses(key: PublishedKey): KeyFault {
  return hasUse(key) && hasOperations(key) ? 'has both use and key_ops' : undefined
}

/** An operation that the `use` of the key rules out (RFC 7517 §4.2 and §4.3). */
export function contradiction(key: PublishedKey): KeyFault {
  const ruledOut = key.use === 'sig' ? ENCRYPTING : key.use === 'enc' ? SIGNING : []
  const found = operationsOf(key).find((each) => ruledOut.includes(each))
  return found && `has use ${key.use} and key_ops ${found}`
}

const PAIRS: readonly (readonly string[])[] = [
  SIGNING,
  ['encrypt', 'decrypt'],
  ['wrapKey', 'unwrapKey'],
]

/** Operations that RFC 7517 §4.3 does not permit together; extensions of its list are not judged. */
export function unrelated(key: PublishedKey): KeyFault {
  const found = [...new Set(operationsOf(key))].filter((each) => REGISTERED.has(each))
  if (found.length < 2 || PAIRS.some((pair) => found.every((each) => pair.includes(each)))) {
    return undefined
  }
  return `has key_ops ${found.join(', ')}`
}

/** An operation that is listed twice (RFC 7517 §4.3). */
export function twice(key: PublishedKey): KeyFault {
  const list = operationsOf(key)
  const found = list.find((each, index) => list.indexOf(each) < index)
  return found === undefined ? undefined : 'lists an operation twice'
}

/** What makes a public key the one it is, by `kty`. */
const MATERIAL: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ['RSA', ['n', 'e']],
  ['EC', ['crv', 'x', 'y']],
  ['OKP', ['crv', 'x']],
])

/** True for a key that can be told from others, and that has a `kid`. */
export const hasKid = ({ kid, kty }: PublishedKey): boolean =>
  typeof kid === 'string' && MATERIAL.has(kty)

function isAnother(one: PublishedKey, other: PublishedKey): boolean {
  const names = MATERIAL.get(one.kty) ?? []
  return names.some((name) => one[name] !== other[name])
}

/**
 * An earlier key of the set that is another one and has the same `kid` and `kty` (RFC 7517 §4.5);
 * one key may be listed twice.
 */
export function namesake(key: PublishedKey, before: readonly PublishedKey[]): number | undefined {
  if (!hasKid(key)) return undefined
  const found = before.findIndex(
    (each) => each.kid === key.kid && each.kty === key.kty && isAnother(each, key),
  )
  return found < 0 ? undefined : found
}
