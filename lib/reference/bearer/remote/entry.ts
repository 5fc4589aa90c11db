/** What one entry of a key set has to be before a signature is verified with it. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { isObject, member, namesIn, parseJson } from '../json.ts'
import { ecKey, isSmallOrder, okpKey, rsaKey } from './material.ts'
import type { EntryRules, Members, PublishedKey } from './types.ts'

/** A member that has to be a string where it is present; `false` where it is something else. */
const textOrNone = (entry: Members, name: string): string | undefined | false => {
  const value = member(entry, name)
  return value === undefined || typeof value === 'string' ? value : false
}

/** An object whose member names all differ (RFC 7517 §4), unescaped. */
const plainMembers = (text: string): Members | undefined => {
  const value = parseJson(text)
  return isObject(value) && namesIn(text).names.every(({ again, depth }) => depth > 1 || !again)
    ? value
    : undefined
}

const operations: readonly string[] = ['sign', 'verify']

/** Whether a value is a list of operations that has `verify` and nothing twice. */
const listsVerify = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.every((each) => typeof each === 'string') &&
  new Set(value).size === value.length &&
  value.includes('verify')

/** RFC 7517 §4.2 and §4.3: both absent, or for signatures, and then of one mind. */
const isForSignatures = (entry: Members): boolean => {
  const [use, listed] = [member(entry, 'use'), member(entry, 'key_ops')]
  if (use !== undefined && use !== 'sig') return false
  if (listed === undefined) return true
  if (!listsVerify(listed)) return false
  return use === undefined || listed.every((each) => operations.includes(each))
}

const fewestBits = 2048
const mostBits = 8192
/** Smaller ones belong to keys that nobody makes any more (RFC 7518 §8.3). */
const smallestExponent = 65537n

const isStrongRsa = (key: KeyObject): boolean => {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const isOdd = publicExponent % 2n === 1n
  return (
    modulusLength >= fewestBits &&
    modulusLength <= mostBits &&
    isOdd &&
    publicExponent >= smallestExponent
  )
}

const isStrongKey = (key: KeyObject): boolean => {
  if (key.asymmetricKeyType === 'rsa') return isStrongRsa(key)
  return key.asymmetricKeyType !== 'ed25519' || !isSmallOrder(key)
}

const certificateKey = (text: unknown): KeyObject | undefined => {
  try {
    return new X509Certificate(Buffer.from(String(text), 'base64')).publicKey
  } catch {
    return undefined
  }
}

/** RFC 7517 §4.7: the key in the first certificate is the key of the entry. */
const isCertified = (entry: Members, key: KeyObject): boolean => {
  const chain = member(entry, 'x5c')
  if (chain === undefined) return true
  const certified = Array.isArray(chain) ? certificateKey(chain[0]) : undefined
  return certified?.equals(key) ?? false
}

const byCurve: Readonly<Record<string, string>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
}

const rsaNames: readonly string[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

/** All that a key of this type can do, the one it is for where nothing is said first. */
export const ableTo = (key: KeyObject): readonly string[] => {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa') return rsaNames
  const found = type === 'ed25519' ? 'EdDSA' : byCurve[details?.namedCurve ?? '']
  return found === undefined ? [] : [found]
}

/** RFC 7517 §4.4: the algorithm that the entry names, else the usual one of its type. */
const algorithmsOf = (entry: Members, key: KeyObject): readonly string[] => {
  const named = textOrNone(entry, 'alg')
  const able = ableTo(key)
  if (named === false) return []
  if (named === undefined) return able.slice(0, 1)
  return able.filter((alg) => alg === named || (alg === 'EdDSA' && named === 'Ed25519'))
}

/** How a conforming consumer reads an entry. Secrets have no place in a set that anybody can read. */
export const strictEntry: EntryRules = {
  members: plainMembers,
  verifies: isForSignatures,
  kind: (entry) => textOrNone(entry, 'kty') || undefined,
  kinds: { EC: ecKey, RSA: rsaKey, OKP: okpKey },
  isStrong: isStrongKey,
  certified: isCertified,
  algorithms: algorithmsOf,
  isNamed: (entry) => textOrNone(entry, 'kid') !== false,
}

/** The text of an entry to the key that it is, once per algorithm; nothing for one that is unusable. */
export const keysOfEntry = (rules: EntryRules, text: string): readonly PublishedKey[] => {
  const entry = rules.members(text)
  if (!entry || !rules.verifies(entry) || !rules.isNamed(entry)) return []
  const kind = rules.kind(entry) ?? ''
  const key = Object.hasOwn(rules.kinds, kind) ? rules.kinds[kind]?.(entry) : undefined
  if (!key || !rules.isStrong(key) || !rules.certified(entry, key)) return []
  const kid = member(entry, 'kid')
  const name = typeof kid === 'string' ? { kid } : {}
  return rules.algorithms(entry, key).map((alg) => ({ ...name, alg, key }))
}
