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

const NAME = /"((?:[^"\\]|\\.)*)"\s*:\s*/gs

// A text, without its quotes, a list, an object or a number; the end may have been cut off.
const VALUE = /(?<=")(?:[^"\\]|\\.)*|\[[^\]]*|\{[^}]*|-?\d[\d.eE+-]*/sy

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

function valueAt(text: string, at: number): Found {
  const from = text.charAt(at) === '"' ? at + 1 : at
  const sticky = new RegExp(VALUE)
  sticky.lastIndex = from
  const [value = ''] = sticky.exec(text) ?? []
  return { from, to: from + value.length }
}

function membersIn(text: string): readonly Found[] {
  return [...text.matchAll(NAME)].flatMap(({ 0: whole, 1: name = '', index }) => {
    if (!PRIVATE_NAMES.has(unescaped(name))) return []
    const value = valueAt(text, index + whole.length)
    return value.from < value.to ? [value] : []
  })
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
  const sorted = [...members, ...pems].sort((a, b) => a.from - b.from)
  // A list or a text may hold what was found by itself as well.
  return sorted.filter(({ to }, index) => sorted.slice(0, index).every((each) => each.to < to))
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
  let [clean, behind] = ['', 0]
  for (const { from, to } of foundIn(text, isKeySet)) {
    const start = Math.max(from, behind)
    const part = text.slice(start, to)
    parts.push(part, unescaped(part))
    clean += text.slice(behind, start) + mark
    behind = to
  }
  const learned = parts.flatMap((part) => part.match(/[\w+/=-]+/g) ?? [])
  return {
    text: clean + text.slice(behind),
    parts: [...new Set(learned)].filter((part) => part.length >= LEARNABLE),
  }
}
