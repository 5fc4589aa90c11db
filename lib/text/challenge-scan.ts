/** The lexical pieces of field values (RFC 9110 §5.6), read leniently from a cursor that only moves on. */

/** A place in one field line. */
export interface Cursor {
  readonly line: number
  /** The line as it came, latin1. */
  readonly original: string
  /** The same with CR, LF and NUL replaced by SP (RFC 9110 §5.5), so that offsets agree. */
  readonly text: string
  /** Where the value ends; trailing whitespace is not part of it. */
  readonly end: number
  at: number
}

/** A cursor at the first byte of the value that is not whitespace. */
export function cursorOver(original: string, line: number): Cursor {
  const text = original.replace(/[\0\r\n]/g, ' ')
  let end = text.length
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1
  const cursor = { line, original, text, end, at: 0 }
  skipBlanks(cursor)
  return cursor
}

const PUNCTUATION_IN_TOKENS = "!#$%&'*+-.^_`|~"
const TCHARS: ReadonlySet<number> = new Set(
  [
    ...PUNCTUATION_IN_TOKENS,
    ...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  ].map((character) => character.charCodeAt(0)),
)

/** Whether text is a token (RFC 9110 §5.6.2). */
export function isToken(text: string): boolean {
  return text !== '' && [...text].every((character) => TCHARS.has(character.charCodeAt(0)))
}

/** Whether the cursor stands at a comma or at the end of the value. */
export function atListEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.end || cursor.text.charAt(cursor.at) === ','
}

/** Whether the cursor stands at whitespace. */
export function atBlank(cursor: Cursor): boolean {
  return cursor.at < cursor.end && isBlank(cursor.text.charCodeAt(cursor.at))
}

/** Moves over whitespace and says whether there was any. Control characters count as whitespace. */
export function skipBlanks(cursor: Cursor): boolean {
  const from = cursor.at
  cursor.at = afterBlanks(cursor, from)
  return cursor.at > from
}

/** Reads a token; bytes above 7f are taken along, since they are part of no other element. */
export function readWord(cursor: Cursor): string {
  const from = cursor.at
  cursor.at = afterWord(cursor, from)
  return cursor.text.slice(from, cursor.at)
}

/** Whether a word and an equals sign, with or without whitespace between, come next. */
export function paramAhead(cursor: Cursor, from: number = cursor.at): boolean {
  const wordEnd = afterWord(cursor, from)
  return wordEnd > from && cursor.text.charAt(afterBlanks(cursor, wordEnd)) === '='
}

/** Whether a word, whitespace and a parameter come next, which is what opens a challenge. */
export function challengeAhead(cursor: Cursor): boolean {
  const wordEnd = afterWord(cursor, cursor.at)
  const bodyStart = afterBlanks(cursor, wordEnd)
  return wordEnd > cursor.at && bodyStart > wordEnd && paramAhead(cursor, bodyStart)
}

/** Reads the characters of a token68 and its closing equals signs (RFC 9110 §11.2). */
export function readToken68(cursor: Cursor): string {
  const from = cursor.at
  while (cursor.at < cursor.end && isToken68Character(cursor.text.charCodeAt(cursor.at))) {
    cursor.at += 1
  }
  if (cursor.at > from) {
    while (cursor.at < cursor.end && cursor.text.charAt(cursor.at) === '=') cursor.at += 1
  }
  return cursor.text.slice(from, cursor.at)
}

/** A quoted-string as read (RFC 9110 §5.6.4). */
export interface Quoted {
  /** The content with every quoted-pair replaced by the octet it stands for. */
  readonly value: string
  /** False where the line ended before the closing quote. */
  readonly closed: boolean
  /** Offset of the first backslash that quotes neither a quote nor a backslash. */
  readonly needlessAt?: number
}

/** Reads a quoted-string from its opening quote on; one that is not closed reaches to the end. */
export function readQuoted(cursor: Cursor): Quoted {
  const parts: string[] = []
  let needlessAt: number | undefined
  let from = cursor.at + 1
  let at = from
  while (at < cursor.end && cursor.text.charAt(at) !== '"') {
    if (cursor.text.charAt(at) === '\\' && at + 1 < cursor.end) {
      parts.push(cursor.text.slice(from, at))
      from = at + 1
      if (!/["\\]/.test(cursor.text.charAt(from))) needlessAt ??= at
      at += 1
    }
    at += 1
  }
  parts.push(cursor.text.slice(from, at))
  const closed = at < cursor.end
  cursor.at = closed ? at + 1 : cursor.end
  const value = parts.join('')
  return needlessAt === undefined ? { value, closed } : { value, closed, needlessAt }
}

/** Reads an unquoted value: everything up to whitespace, a comma or a semicolon. */
export function readUnquoted(cursor: Cursor): string {
  const from = cursor.at
  while (!atListEnd(cursor) && !atBlank(cursor) && cursor.text.charAt(cursor.at) !== ';') {
    cursor.at += 1
  }
  return cursor.text.slice(from, cursor.at)
}

/**
 * Reads what somebody put in single quotes although it holds whitespace or a comma. Undefined, and
 * the cursor stays, where the next single quote does not end a list element or where the text up
 * to it is an ordinary unquoted value.
 */
export function readSingleQuoted(cursor: Cursor): string | undefined {
  const from = cursor.at
  const close = cursor.text.indexOf("'", from + 1)
  if (cursor.text.charAt(from) !== "'" || close < 0) return undefined
  const text = cursor.text.slice(from, close + 1)
  const next = afterBlanks(cursor, close + 1)
  if (!/[\s,;]/.test(text) || (next < cursor.end && !/[,;]/.test(cursor.text.charAt(next)))) {
    return undefined
  }
  cursor.at = close + 1
  return text
}

/** A run of commas with nothing but whitespace between them. */
export interface Commas {
  readonly count: number
  readonly first: number
  /** Offset of the second one, or of the first where there is one. */
  readonly second: number
}

/** Moves over commas and the whitespace round them. */
export function readCommas(cursor: Cursor): Commas {
  skipBlanks(cursor)
  const first = cursor.at
  let second = first
  let count = 0
  while (cursor.at < cursor.end && cursor.text.charAt(cursor.at) === ',') {
    count += 1
    if (count === 2) second = cursor.at
    cursor.at += 1
    skipBlanks(cursor)
  }
  return { count, first, second }
}

// Controls other than HTAB are no whitespace in the grammar; they are reported on their own, and
// reading on as if SP stood there is what §5.5 tells a recipient to do with the worst of them.
function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0x7f
}

function isToken68Character(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    '-._~+/'.includes(String.fromCharCode(code))
  )
}

function afterBlanks(cursor: Cursor, from: number): number {
  let at = from
  while (at < cursor.end && isBlank(cursor.text.charCodeAt(at))) at += 1
  return at
}

function afterWord(cursor: Cursor, from: number): number {
  let at = from
  while (at < cursor.end) {
    const code = cursor.text.charCodeAt(at)
    if (code < 0x80 && !TCHARS.has(code)) break
    at += 1
  }
  return at
}
