/** Replaces one rule of how a fetched key set is used, and what several defects there have in common. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type {
  EntryRules,
  KeySet,
  Members,
  PublishedKey,
  RemoteLimits,
  RemoteRules,
} from '../../bearer/remote/types.ts'
import type { Received } from '../../bearer/types.ts'
import { type BearerChange, type BearerLab, both, tokens } from './types.ts'

/** Replaces rules on how a set is fetched, kept and searched. */
export const remote =
  (make: (rules: RemoteRules, lab: BearerLab) => Partial<RemoteRules>): BearerChange =>
  (policy, lab) => ({ ...policy, remote: { ...policy.remote, ...make(policy.remote, lab) } })

/** Replaces limits. */
export const limits = (other: Partial<RemoteLimits>): BearerChange =>
  remote((rules) => ({ limits: { ...rules.limits, ...other } }))

/** Replaces rules on what one entry has to be. */
export const entry = (make: (rules: EntryRules) => Partial<EntryRules>): BearerChange =>
  remote((rules) => ({ entry: { ...rules.entry, ...make(rules.entry) } }))

type Kind = EntryRules['kinds'][string]

/** Takes keys of a type by other rules where the strict ones take none. */
export const kindToo = (
  name: string,
  make: (entry: Members, strict: Kind) => ReturnType<Kind>,
): BearerChange =>
  entry(({ kinds }) => {
    const strict: Kind = kinds[name] ?? (() => undefined)
    return { kinds: { ...kinds, [name]: (members) => strict(members) ?? make(members, strict) } }
  })

/** Reads entries as if their members were others. */
export const membersAs = (change: (entry: Members) => Members): BearerChange =>
  entry(({ members }) => ({
    members: (text) => {
      const found = members(text)
      return found && change(found)
    },
  }))

/** Takes whole sets for none where one entry, or what is no entry, has that look. */
export const droppedFor = (isBad: (value: unknown) => boolean): BearerChange =>
  remote(({ entries }) => ({
    entries: (body) => {
      const found = entries(body)
      return found?.some((text) => isBad(parseJson(text))) ? undefined : found
    },
  }))

/** The same for entries that are objects. */
export const droppedForEntry = (isBad: (entry: Members) => boolean): BearerChange =>
  droppedFor((value) => isObject(value) && isBad(value))

/** A member where it is a string. */
export const textIn = (object: Members, name: string): string | undefined => {
  const value = member(object, name)
  return typeof value === 'string' ? value : undefined
}

/** A set that serves as any other and has no key. */
export const emptySet = (rules: RemoteRules): KeySet => {
  const came = rules.now()
  return { keys: [], came, expires: came + rules.limits.least }
}

const kidIn = (text: string): string => {
  const value = parseJson(text)
  return isObject(value) ? (textIn(value, 'kid') ?? '') : ''
}

/** What has become of the last fetch of one server. */
export interface Fate {
  /** It brought no set. */
  down: boolean
  /** It brought a set without a single entry. */
  empty: boolean
  /** Nothing was looked up since it brought a set. */
  fresh: boolean
  /** Each kid that any set has had. */
  readonly seen: Set<string>
}

/** Replaces rules by others that know what has become of the last fetch. */
export const knowing = (
  make: (fate: Fate, rules: RemoteRules) => Partial<RemoteRules>,
): BearerChange =>
  remote((rules) => {
    const fate: Fate = { down: false, empty: false, fresh: false, seen: new Set() }
    let count: number | undefined
    return {
      entries: (body) => {
        const found = rules.entries(body)
        count = found?.length
        for (const text of found ?? []) fate.seen.add(kidIn(text))
        return found
      },
      keep: (held, read) => {
        fate.down = read === undefined
        fate.empty = read !== undefined && count === 0
        fate.fresh = read !== undefined
        return rules.keep(held, read)
      },
      ...make(fate, rules),
    }
  })

/** Lets tokens pass that no key of the set is found for, as long as something is so. */
export const unverifiedWhile =
  (
    isSo: (fate: Readonly<Fate>, kid: string | undefined) => boolean,
    passes: (received: Received) => boolean,
  ): BearerChange =>
  (policy, lab) => {
    // Stands for a key that was never found, and is told apart by being this one.
    const anything: KeyObject = generateKeyPairSync('ed25519').publicKey
    const stand: PublishedKey = { alg: 'EdDSA', key: anything }
    const found = knowing((fate, { choose }) => ({
      choose: (keys, header, isKnown) => {
        const meant = choose(keys, header, isKnown)
        const so = meant.length === 0 && !isKnown && isSo(fate, textIn(header, 'kid'))
        fate.fresh = false
        return so ? [stand] : meant
      },
    }))
    const believed = tokens(({ allows, signed }) => ({
      allows: (key, header) => key.key === anything || allows(key, header),
      signed: (key, received) => (key.key === anything ? passes(received) : signed(key, received)),
    }))
    return both(found, believed)(policy, lab)
  }
