/** Finds secrets in text about to be written: the second net, for what labels did not catch. */
import { SHORTEST_NEEDLE, spellingsOf } from './needle-spellings.ts'

export { spellingsOf } from './needle-spellings.ts'

/** One place where a secret stands in some spelling. */
export interface SecretHit {
  /** The secret as it was given, not as it was found. */
  readonly secret: string
  /** Offset of the first character. */
  readonly at: number
  /** Offset after the last character. */
  readonly end: number
}

/** Secrets prepared for searching; keep one per run, since preparing costs more than searching. */
export interface SecretIndex {
  /** Adds a secret in all its spellings; those under six characters and known ones are passed over. */
  readonly add: (secret: string) => void
  /** Every hit in order of place, overlapping ones included; at most `limit` of them. */
  readonly find: (text: string, limit?: number) => SecretHit[]
  /** The text with each hit, or run of touching hits, replaced by the mark. */
  readonly replace: (text: string, mark: string) => string
}

/** An index of these secrets (latin1 bytes each). */
export function indexSecrets(secrets: Iterable<string> = []): SecretIndex {
  const table: Table = {
    maybe: new Uint8Array(SLOTS),
    buckets: new Map(),
    known: new Set(),
    patterns: new Set(),
  }
  for (const secret of secrets) add(table, secret)
  return {
    add: (secret) => add(table, secret),
    find: (text, limit = Number.POSITIVE_INFINITY) => find(table, text, limit),
    replace: (text, mark) => replace(text, find(table, text, Number.POSITIVE_INFINITY), mark),
  }
}

/** The hits of secrets in a text; a list of secrets is indexed first, which an index saves. */
export function findSecrets(
  text: string,
  secrets: SecretIndex | readonly string[],
  options: { readonly limit?: number } = {},
): SecretHit[] {
  return indexOf(secrets).find(text, options.limit)
}

/** The text with every spelling of every secret replaced by the mark. */
export function replaceSecrets(
  text: string,
  secrets: SecretIndex | readonly string[],
  mark: string,
): string {
  return indexOf(secrets).replace(text, mark)
}

function indexOf(secrets: SecretIndex | readonly string[]): SecretIndex {
  return 'find' in secrets && 'replace' in secrets ? secrets : indexSecrets(secrets)
}

interface Needle {
  readonly secret: string
  readonly pattern: string
  /** Where in the pattern the six characters stand by which it is looked up. */
  readonly offset: number
}

/** Needles by a hash of six of their characters, with a cheap table that rules most hashes out. */
interface Table {
  readonly maybe: Uint8Array
  readonly buckets: Map<number, Needle[]>
  readonly known: Set<string>
  readonly patterns: Set<string>
}

const WINDOW = SHORTEST_NEEDLE
const SLOT_BITS = 17
const SLOTS = 2 ** SLOT_BITS
const BASE = 0x01000193
/** BASE to the power WINDOW, by which a character that leaves the window has been multiplied. */
const LEAVING = Array.from({ length: WINDOW }).reduce((power: number) => Math.imul(power, BASE), 1)

// A secret of a megabyte (an oversized credential) would cost dozens of megabytes of spellings; its
// pieces are searched instead, and hits that touch are replaced as one.
const PIECE = 2048

function add(table: Table, secret: string): void {
  if (secret.length < SHORTEST_NEEDLE || table.known.has(secret)) return
  table.known.add(secret)
  for (let from = 0; from < secret.length; from += PIECE) {
    // The last piece reaches back so that it is never too short to be searched for.
    const start = Math.max(0, Math.min(from, secret.length - SHORTEST_NEEDLE))
    addPiece(table, secret, secret.slice(start, from + PIECE))
  }
}

function addPiece(table: Table, secret: string, piece: string): void {
  if (table.patterns.has(piece)) return
  for (const pattern of spellingsOf(piece)) {
    if (table.patterns.has(pattern)) continue
    table.patterns.add(pattern)
    const offset = bestWindow(table, pattern)
    const hash = hashAt(pattern, offset)
    const bucket = table.buckets.get(hash)
    if (bucket === undefined) table.buckets.set(hash, [{ secret, pattern, offset }])
    else bucket.push({ secret, pattern, offset })
    table.maybe[slotOf(hash)] = 1
  }
}

// Tokens share their beginnings and padded Base64 its end, and a window of one repeated character
// is met everywhere: the window is chosen among several for variety and for an empty bucket.
function bestWindow(table: Table, pattern: string): number {
  const last = pattern.length - WINDOW
  const step = Math.max(1, Math.ceil(last / 16))
  let best = { offset: 0, cost: Number.POSITIVE_INFINITY }
  for (let from = 0; from <= last + step; from += step) {
    const offset = Math.min(from, last)
    const crowd = table.buckets.get(hashAt(pattern, offset))?.length ?? 0
    const variety = new Set(pattern.slice(offset, offset + WINDOW)).size
    const cost = crowd * 2 + (WINDOW - variety) * 3
    if (cost < best.cost) best = { offset, cost }
  }
  return best.offset
}

function hashAt(text: string, at: number): number {
  let hash = 0
  for (let i = at; i < at + WINDOW; i += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0
  return hash
}

function slotOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - SLOT_BITS)
}

function find(table: Table, text: string, limit: number): SecretHit[] {
  const hits: SecretHit[] = []
  if (text.length < WINDOW || table.patterns.size === 0) return hits
  const { maybe, buckets } = table
  const reached = new Map<Needle, number>()
  let hash = hashAt(text, 0)
  for (let at = 0; ; at += 1) {
    if (maybe[slotOf(hash)] === 1) {
      for (const needle of buckets.get(hash) ?? []) match(text, at, needle, reached, hits)
    }
    const entering = at + WINDOW
    if (entering >= text.length) break
    const leaving = Math.imul(text.charCodeAt(at), LEAVING)
    hash = (Math.imul(hash, BASE) + text.charCodeAt(entering) - leaving) | 0
  }
  return hits.sort((a, b) => a.at - b.at || a.end - b.end).slice(0, limit)
}

// A needle that overlaps its own last hit is passed over: on a long run of one character every
// place would be a hit of its whole length.
function match(
  text: string,
  at: number,
  needle: Needle,
  reached: Map<Needle, number>,
  hits: SecretHit[],
): void {
  const start = at - needle.offset
  if (start < (reached.get(needle) ?? 0) || !text.startsWith(needle.pattern, start)) return
  const end = start + needle.pattern.length
  reached.set(needle, end)
  hits.push({ secret: needle.secret, at: start, end })
}

function replace(text: string, hits: readonly SecretHit[], mark: string): string {
  const parts: string[] = []
  let copied = 0
  let covered = -1
  for (const { at, end } of hits) {
    if (at > covered) {
      parts.push(text.slice(copied, at), mark)
    }
    covered = Math.max(covered, end)
    copied = covered
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(copied)
}
