/** Finds the private parts of keys in whatever text somebody sent, JSON or not, whole or cut. */

/** Where in the text a private part stands, from its first to behind its last character. */
interface Found {
  readonly from: number
  readonly to: number
}

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1), and `priv` of AKP keys. */
const PRIVATE_NAMES: ReadonlySet<string> = new Set([
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'r', 't', 'priv'],
])

// Names of few characters, each of which may be an escape; longer ones are looked at by nobody.
const NAME = /"((?:[^"\\]|\\.){0,32})"\s*:\s*/gs

// A text, without its quotes, or a number; the end may have been cut off.
const VALUE = /(?<=")[^"\\]*(?:\\.[^"\\]*)*|-?\d[\d.eE+-]*/sy

const BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)(?:-----END|$)/dgs

/** Shorter ones may be words that stand elsewhere by chance. */
const LEARNABLE = 16

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

/** Behind the bracket that closes the one at a place, or the end of the text where none does. */
function closedAt(text: string, from: number): number {
  let depth = 0
  const brackets = new RegExp(BRACKET)
  brackets.lastIndex = from
  for (let found = brackets.exec(text); found !== null; found = brackets.exec(text)) {
    const [token] = found
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth === 0) return brackets.lastIndex
  }
  return text.length
}

function valueAt(text: string, at: number): Found {
  const first = text.charAt(at)
  if (first === '[' || first === '{') return { from: at, to: closedAt(text, at) }
  const from = first === '"' ? at + 1 : at
  const value = new RegExp(VALUE)
  value.lastIndex = from
  return { from, to: from + (value.exec(text)?.[0].length ?? 0) }
}

// What stands inside a value that was found goes with it, and is not looked at again.
function membersIn(text: string): readonly Found[] {
  const found: Found[] = []
  const names = new RegExp(NAME)
  for (let match = names.exec(text); match !== null; match = names.exec(text)) {
    if (!PRIVATE_NAMES.has(unescaped(match[1] ?? ''))) continue
    const value = valueAt(text, names.lastIndex)
    if (value.from < value.to) found.push(value)
    names.lastIndex = Math.max(names.lastIndex, value.to)
  }
  return found
}

function pemsIn(text: string): readonly Found[] {
  return [...text.matchAll(PEM)].flatMap(({ indices }) => {
    const [from, to] = indices?.[1] ?? [0, 0]
    return from < to ? [{ from, to }] : []
  })
}

/** True where a text may hold a key, so that a member of a short name may be a private one. */
function mayHoldKeys(text: string): boolean {
  return /"(?:k|\\u006b)(?:t|\\u0074)(?:y|\\u0079)"/i.test(text)
}

function foundIn(text: string, isKeySet: boolean): readonly Found[] {
  const members = isKeySet || mayHoldKeys(text) ? membersIn(text) : []
  const pems = text.includes('PRIVATE KEY-----') ? pemsIn(text) : []
  return [...members, ...pems].sort((a, b) => a.from - b.from)
}

/** A text without the private parts of keys, and those parts. */
export interface Redacted {
  readonly text: string
  /** Those that are too long to stand elsewhere by chance, as written and without escapes. */
  readonly parts: readonly string[]
}

/**
 * Puts a mark in the place of each private part of a key: the value of a member that RFC 7518 §6
 * keeps private, and what stands in a PEM block of a private key. Members are looked at where the text
 * is to be a key set or has a member `kty`.
 */
export function withoutPrivateParts(text: string, isKeySet: boolean, mark: string): Redacted {
  const parts: string[] = []
  const kept: string[] = []
  let behind = 0
  for (const { from, to } of foundIn(text, isKeySet)) {
    // A member may hold a block that was found by itself as well.
    if (to <= behind) continue
    const start = Math.max(from, behind)
    const part = text.slice(start, to)
    parts.push(part, unescaped(part))
    kept.push(text.slice(behind, start), mark)
    behind = to
  }
  const learned = parts.flatMap((part) => part.match(/[\w+/=-]+/g) ?? [])
  return {
    text: kept.join('') + text.slice(behind),
    parts: [...new Set(learned)].filter((part) => part.length >= LEARNABLE),
  }
}
