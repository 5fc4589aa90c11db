/** The set at `jwks_endpoint`: fetched when it is asked for, and read by the documented rules. */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { member } from '../bearer/json.ts'
import { entriesOf } from '../bearer/remote/document.ts'
import { ableTo, keysOfEntry, strictEntry } from '../bearer/remote/entry.ts'
import { octetsIn } from '../bearer/remote/material.ts'
import { strictRemote } from '../bearer/remote/rules.ts'
import type { EntryRules, Members, RemoteLimits } from '../bearer/remote/types.ts'
import type { DataApiPolicy, ListedKey } from './types.ts'

/** Octets that the secret of an HMAC has at least (RFC 7518 §3.2). */
const secretOctets: Readonly<Record<string, number>> = { HS256: 32, HS384: 48, HS512: 64 }

const hmacsOf = ({ symmetricKeySize = 0 }: KeyObject): readonly string[] =>
  Object.entries(secretOctets)
    .filter(([, least]) => symmetricKeySize >= least)
    .map(([alg]) => alg)

/** RSASSA-PSS is not among the algorithms that are mapped. */
const mapped = (key: KeyObject): readonly string[] =>
  key.type === 'secret' ? hmacsOf(key) : ableTo(key).filter((alg) => !alg.startsWith('PS'))

const secretKey = (entry: Members): KeyObject | undefined => {
  const octets = octetsIn(entry, 'k')
  return octets === undefined ? undefined : createSecretKey(octets)
}

/** A key that names no algorithm is for all that its type is mapped to. */
const documentedEntry: EntryRules = {
  ...strictEntry,
  kinds: { ...strictEntry.kinds, oct: secretKey },
  isStrong: (key) => key.type === 'secret' || strictEntry.isStrong(key),
  algorithms: (entry, key) => {
    const named = member(entry, 'alg')
    return named === undefined ? mapped(key) : mapped(key).filter((alg) => alg === named)
  },
}

/** The members that no standard knows, where they are of the kind that is documented. */
const ownMembers = (entry: Members | undefined): Pick<ListedKey, 'aud' | 'usernameFrom'> => {
  const [aud, from] = [entry && member(entry, 'aud'), entry && member(entry, 'usernameFrom')]
  const list = (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string')
  return {
    ...(aud === undefined ? {} : { aud: list }),
    ...(typeof from === 'string' ? { usernameFrom: from } : {}),
  }
}

const listedIn = (text: string): readonly ListedKey[] => {
  const more = ownMembers(documentedEntry.members(text))
  return keysOfEntry(documentedEntry, text).map((key) => ({ ...key, ...more }))
}

/** The keys of a set as it is published; undefined where the text is no set. */
export const listedKeys = (body: Buffer): readonly ListedKey[] | undefined =>
  entriesOf(body)?.flatMap(listedIn)

/** The variable `jwks_endpoint` and what is found there. */
export interface Endpoint {
  /** Sets the variable; nothing is fetched before somebody asks for it. */
  readonly fetchFrom: (url: string | undefined) => void
  readonly fetched: DataApiPolicy['fetched']
  /** Ends a fetch that is under way. */
  readonly close: () => void
}

/**
 * An endpoint that is not set to a URL yet; `own` is what the demo's own issuer publishes until then.
 * `authority` is trusted for https, as PEM.
 */
export const endpoint = (
  own: readonly ListedKey[],
  limits: Partial<RemoteLimits> = {},
  authority?: string,
): Endpoint => {
  const rules = strictRemote(limits, undefined, authority)
  const closing = new AbortController()
  let place: { readonly url: string | undefined } | undefined
  return {
    fetchFrom: (url) => {
      place = { url }
    },
    fetched: async () => {
      if (place === undefined) return own
      if (place.url === undefined) return undefined
      const answer = await rules.get(rules, place.url, undefined, closing.signal)
      return answer && rules.isGood(answer) ? listedKeys(answer.body) : undefined
    },
    close: () => closing.abort(),
  }
}
