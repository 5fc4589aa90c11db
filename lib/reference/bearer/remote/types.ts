/** The words of a key set that is fetched (RFC 7517 §5). Each function is one decision a mutant can replace. */
import type { KeyObject } from 'node:crypto'
import type { ConnectionOptions } from 'node:tls'
import type { Json } from '../../../model/json.ts'

/** The members of an entry of the set, or the header of a token. */
export type Members = { readonly [name: string]: Json }

/** A usable key of the set and the one algorithm that it serves. */
export interface PublishedKey {
  readonly kid?: string
  readonly alg: string
  readonly key: KeyObject
}

/** What came from the URL; names of fields in small letters. */
export interface Answer {
  readonly status: number
  readonly fields: Readonly<Record<string, string | undefined>>
  /** After decompression. */
  readonly body: Buffer
}

/** A set that could be read. All times are milliseconds of `RemoteRules.now`. */
export interface KeySet {
  readonly keys: readonly PublishedKey[]
  /** When it came. */
  readonly came: number
  /** When it has to be fetched again. */
  readonly expires: number
  /** The entity tag that it came with. */
  readonly tag?: string
}

/** What is known between two requests. */
export interface Memory {
  /** The last good set. */
  readonly held?: KeySet
  /** When the last fetch began. */
  readonly asked?: number
}

/** Milliseconds unless said otherwise. */
export interface RemoteLimits {
  /** From the beginning of one fetch to that of the next, but for sets whose lifetime is over. */
  readonly cooldown: number
  readonly timeout: number
  /** Whether the timeout covers the body of an answer, as it should, or ends with its head. */
  readonly timed: 'whole' | 'head'
  /** The shortest and the longest that a set is used without asking again. */
  readonly least: number
  readonly most: number
  /** The lifetime of a set that came without one. */
  readonly unsaid: number
  /** How long a set may serve from when it came, while it cannot be had again. */
  readonly stale: number
  /** Octets of a set, after decompression. */
  readonly octets: number
  /** How many redirects are followed. */
  readonly redirects: number
}

/** How one entry of a set becomes a key. */
export interface EntryRules {
  /** The entry's JSON text to its members; undefined for one that is no object or cannot be trusted. */
  readonly members: (text: string) => Members | undefined
  /** Whether `use` and `key_ops` let it verify. */
  readonly verifies: (entry: Members) => boolean
  /** Its type, as the names of `kinds` are spelled. */
  readonly kind: (entry: Members) => string | undefined
  /** What the members of a key of each type spell; undefined where they spell none. */
  readonly kinds: Readonly<Record<string, (entry: Members) => KeyObject | undefined>>
  /** Whether signatures of the key prove anything. */
  readonly isStrong: (key: KeyObject) => boolean
  /** Whether its certificate, if it has one, is for this key. */
  readonly certified: (entry: Members, key: KeyObject) => boolean
  /** What it may be used for; nothing where it serves no algorithm known here. */
  readonly algorithms: (entry: Members, key: KeyObject) => readonly string[]
  /** Whether `kid` is absent or a string. */
  readonly isNamed: (entry: Members) => boolean
}

/** How a set is fetched, read, kept and searched. */
export interface RemoteRules {
  readonly limits: RemoteLimits
  /** Milliseconds that only ever grow. */
  readonly now: () => number
  /** Whether a token with this `kid` (undefined where it has none) cannot be judged by what is known. */
  readonly needs: (rules: RemoteRules, memory: Memory, kid: string | undefined) => boolean
  /** Whether a fetch may begin now. */
  readonly mayFetch: (rules: RemoteRules, memory: Memory, kid: string | undefined) => boolean
  /** Fetches; undefined where no whole answer came within the limits. Never rejects. */
  readonly get: (
    rules: RemoteRules,
    url: string,
    held: KeySet | undefined,
    closing: AbortSignal,
  ) => Promise<Answer | undefined>
  /** How a connection to an https URL is secured, where that differs from what node does. */
  readonly secured: Pick<
    ConnectionOptions,
    | 'ca'
    | 'rejectUnauthorized'
    | 'checkServerIdentity'
    | 'minVersion'
    | 'maxVersion'
    | 'ciphers'
    | 'sigalgs'
  >
  /** The fields of the request. */
  readonly fields: (held: KeySet | undefined) => Readonly<Record<string, string>>
  readonly follows: (from: URL, to: URL) => boolean
  /** An answer to the set that it brings; undefined where it brings none. */
  readonly read: (
    rules: RemoteRules,
    answer: Answer,
    held: KeySet | undefined,
  ) => KeySet | undefined
  /** Whether a body may be read for the set. */
  readonly isGood: (answer: Answer) => boolean
  /** Octets of a body to the JSON texts of the set's entries; undefined where it is no set. */
  readonly entries: (body: Buffer) => readonly string[] | undefined
  /** The keys of all entries. */
  readonly keys: (rules: RemoteRules, entries: readonly string[]) => readonly PublishedKey[]
  readonly entry: EntryRules
  /** For how long an answer may be used. */
  readonly lifetime: (answer: Answer, limits: RemoteLimits) => number
  /** What is held after a fetch; `read` is undefined where it brought nothing. */
  readonly keep: (held: KeySet | undefined, read: KeySet | undefined) => KeySet | undefined
  /** Whether a set may still be used. */
  readonly serves: (rules: RemoteRules, held: KeySet) => boolean
  /** Whether a need that arises during a fetch waits for that fetch instead of beginning another. */
  readonly joins: (memory: Memory) => boolean
  /** Whether a token that causes a fetch is judged after it; else it is judged by what is known before. */
  readonly waits: boolean
  /** The keys that the header of a token may mean; `isKnown` as in `KeySource`. */
  readonly choose: (
    keys: readonly PublishedKey[],
    header: Members,
    isKnown: boolean,
  ) => readonly PublishedKey[]
}

/** A key set at a URL that can be changed. */
export interface KeySource {
  /** Where the set is from now on; undefined for nowhere. What is known of another is forgotten. */
  readonly fetchFrom: (url: string | undefined) => void
  /**
   * The keys that the header of a token may mean. Never rejects under the conforming rules. `isKnown`
   * says that the site has a key of that name already, so that nothing need be fetched for it.
   */
  readonly keysFor: (header: Members, isKnown: boolean) => Promise<readonly PublishedKey[]>
  /** Ends a fetch that is under way. */
  readonly close: () => void
}
