/** Shows bytes and text from a target so that they can be read but cannot act on a terminal or a log. */

/**
 * Bytes (latin1) as one line of printable ASCII. Control and non-ASCII bytes become `\n`, `\r`,
 * `\t` or `\xNN`, and a backslash is doubled where it could be taken for one of those. No `::` or
 * `##[` survives. Beyond `max` bytes the text is cut and says how many bytes were left out.
 */
export function visible(latin1: string, max: number = Number.POSITIVE_INFINITY): string {
  return marked(escaped(latin1.slice(0, max)), latin1.length - max)
}

/**
 * Bytes (latin1) that ought to be UTF-8 as one line of text: printable characters stay, what is
 * invisible or turns text round becomes `\u{…}`, bytes that are not UTF-8 become `\xNN`. Otherwise
 * like `visible`; the cut is never inside a character.
 */
export function decodeUtf8Visible(latin1: string, max: number = Number.POSITIVE_INFINITY): string {
  const end = latin1.length > max ? lastBoundary(latin1, max) : latin1.length
  return marked(escapedText(decodedLoosely(latin1.slice(0, end))), latin1.length - end)
}

/** Text that is already decoded, such as a member name from JSON, shown like `decodeUtf8Visible`. */
export function visibleText(text: string): string {
  return escapedText(text)
}

/**
 * The text that bytes (latin1) spell in UTF-8, or undefined where they do not: overlong forms,
 * surrogates and cut sequences are refused.
 */
export function decodeUtf8(latin1: string): string | undefined {
  const text = decodedLoosely(latin1)
  return /[\ud800-\udfff]/u.test(text) ? undefined : text
}

// The well-formed sequences of the Unicode standard (table 3-7), then any single byte.
const UTF8_SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g

// An undecodable byte becomes a lone surrogate, which no decoded text can contain, so that it can
// be told from a character of the same number until it is shown.
function decodedLoosely(latin1: string): string {
  return latin1.replace(UTF8_SEQUENCE, (sequence) =>
    sequence.length === 1
      ? String.fromCharCode(0xdc00 + sequence.charCodeAt(0))
      : Buffer.from(sequence, 'latin1').toString('utf8'),
  )
}

// Where a cut at `max` would split a sequence, the last place before it that does not.
function lastBoundary(latin1: string, max: number): number {
  for (let at = max; at > max - 4 && at > 0; at -= 1) {
    if (!/[\x80-\xbf]/.test(latin1.charAt(at))) return at
  }
  return max
}

function marked(text: string, leftOut: number): string {
  return leftOut > 0 ? `${text} … ${leftOut} more bytes` : text
}

// A doubled colon opens a workflow command on GitHub, `##[` one on Azure Pipelines; the second
// character is written as its number wherever they stand, since some runners look beyond the start
// of a line. A backslash is doubled only before what would read as an escape, so that JSON and
// paths stay legible and the original can still be recovered.
const UNSAFE_IN_BYTES = /[^\x20-\x7e]|\\(?=[nrtux\\]|[^\x20-\x7e])|(?<=:):|(?<=#)#(?=\[)/g
const UNSAFE_IN_TEXT =
  /[\p{C}\p{Zl}\p{Zp}]|\\(?=[nrtux\\]|[\p{C}\p{Zl}\p{Zp}])|(?<=:):|(?<=#)#(?=\[)/gu

function escaped(latin1: string): string {
  return latin1.replace(UNSAFE_IN_BYTES, (character) => escapeOf(character, 0xff))
}

function escapedText(text: string): string {
  return text.replace(UNSAFE_IN_TEXT, (character) => escapeOf(character, 0x7f))
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
])

// In decoded text a number above 7f is a character's, not a byte's, and is written so.
function escapeOf(character: string, lastByte: number): string {
  const short = SHORT.get(character)
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  return code <= lastByte ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
