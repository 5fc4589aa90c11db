/** JSON Web Key Sets (RFC 7517 §5): writing any, and reading one that others wrote. */
import type { KeyObject } from 'node:crypto'
import type { Json } from '../model/json.ts'
import { parseTargetJson } from '../text/json.ts'
import { ALGORITHMS, type Algorithm, algorithmsOf, keyTypeOf, unfitness } from './algorithms.ts'
import type { Jwk } from './jwk.ts'
import { isJwk, readJwk } from './jwk-read.ts'
import { kindOf } from './key-kind.ts'

/** The text of a set with these entries in this order, and further members if any are given. */
export function makeJwks(entries: readonly Json[], members: Jwk = {}): string {
  return JSON.stringify({ ...members, keys: entries })
}

/** An entry of a set that signatures can be verified with. */
export interface UsableKey {
  /** Its place in the set, from 0. */
  readonly index: number
  readonly key: KeyObject
  /** The entry as it stands in the set. */
  readonly jwk: Jwk
  readonly kid?: string
  /** What the key may be used with: by its type, and by its own `alg` where it has one. */
  readonly algorithms: readonly Algorithm[]
  /** The set shows the private half too, so that everybody can sign. */
  readonly exposed?: true
}

export interface ReadJwks {
  readonly usable: readonly UsableKey[]
  /** The other entries, each with one sentence that shows nothing of the key. */
  readonly unusable: readonly { readonly index: number; readonly why: string }[]
}

/**
 * The keys of a set, as RFC 7517 §5 has it: what cannot be used is passed over, and why is told. Or
 * one sentence where the text (latin1, as it came) is no set at all. Never throws.
 */
export function readJwks(text: string): ReadJwks | { readonly fault: string } {
  const parsed = parseTargetJson(text)
  if (parsed === undefined) return { fault: 'The key set is not JSON.' }
  if (!isJwk(parsed.value)) return { fault: 'The key set is JSON but no object.' }
  const { keys } = parsed.value
  if (keys === undefined) return { fault: 'The key set has no member keys.' }
  if (!Array.isArray(keys)) return { fault: 'The member keys of the key set is no list.' }
  const entries = keys.map((entry, index) => readEntry(entry, index))
  return {
    usable: entries.filter((entry) => 'key' in entry),
    unusable: entries.filter((entry) => 'why' in entry),
  }
}

type Entry = UsableKey | { readonly index: number; readonly why: string }

/** The members that make a key private (RFC 7518 §6.2.2, §6.3.2). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'] as const

function readEntry(entry: unknown, index: number): Entry {
  if (!isJwk(entry)) return { index, why: 'The entry is no object.' }
  if (entry.kty === 'oct') return { index, why: 'The entry is a secret, which no set may publish.' }
  const read = readJwk(entry, 'public')
  if ('fault' in read) return { index, why: read.fault }
  const forbidden = forbiddenUse(entry)
  if (forbidden !== undefined) return { index, why: forbidden }
  const fitting = algorithmsOf(read.key)
  if (fitting.length === 0) return { index, why: `The key ${unfitForAll(read.key)}.` }
  const algorithms = entry.alg === undefined ? fitting : fitting.filter((alg) => names(entry, alg))
  if (algorithms.length === 0) {
    return { index, why: 'The alg of the key is none that its type signs with.' }
  }
  return {
    index,
    key: read.key,
    jwk: entry,
    ...(typeof entry.kid === 'string' ? { kid: entry.kid } : {}),
    algorithms,
    ...(PRIVATE_MEMBERS.some((name) => entry[name] !== undefined) ? { exposed: true } : {}),
  }
}

// Of an algorithm of the key's own type, since that is the one somebody meant.
function unfitForAll(key: KeyObject): string {
  const kty = kindOf(key)?.kty
  const own = ALGORITHMS.find((alg) => keyTypeOf(alg) === kty)
  return (own && unfitness(own, key)) ?? 'fits no algorithm'
}

// RFC 9864 gives EdDSA a name for each curve.
function names(jwk: Jwk, alg: Algorithm): boolean {
  return jwk.alg === alg || (alg === 'EdDSA' && jwk.alg === jwk.crv)
}

// RFC 7517 §4.2, §4.3: what a key is said to be for is what it may be used for.
function forbiddenUse({ use, key_ops: operations }: Jwk): string | undefined {
  if (use !== undefined && use !== 'sig') return 'The use of the key is not sig.'
  if (operations === undefined) return undefined
  return Array.isArray(operations) && operations.includes('verify')
    ? undefined
    : 'The key_ops of the key do not name verify.'
}
