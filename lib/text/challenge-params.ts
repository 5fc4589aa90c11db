/** Reads the parameters of challenges and decides which challenge each belongs to. */

import { type DeviationLog, note } from './challenge-deviations.ts'
import {
  atListEnd,
  type Cursor,
  challengeAhead,
  isToken,
  paramAhead,
  readQuoted,
  readSingleQuoted,
  readUnquoted,
  readWord,
  skipBlanks,
} from './challenge-scan.ts'
import { visible } from './visible.ts'

/** One parameter of a challenge. */
export interface Param {
  /** As written; names are matched without regard to case (RFC 9110 §11.2). */
  readonly name: string
  /** The meaning, latin1: without quotes, and escapes resolved. */
  readonly value: string
  readonly quoted: boolean
  /** The value as written, quotes and escapes included. */
  readonly raw: string
  /** The field line the name stands on, from 0; not always the line of the scheme. */
  readonly line: number
  /** Offset of the name in that line. */
  readonly at: number
}

/** A challenge that may still gain parameters. */
export interface OpenChallenge {
  readonly scheme: string
  readonly line: number
  readonly at: number
  readonly params: Param[]
  /** The parameter names seen, in lower case. */
  readonly names: Set<string>
  token68?: string
  token68At: number
  /** True once the mixture of token68 and parameters was reported. */
  mixed: boolean
  /** True while nothing but the scheme has been read. */
  bare: boolean
  /** Whether SP came straight after the scheme, so that a comma may open its parameter list. */
  readonly gap: boolean
  /** The first comma after a bare scheme, on the same line. */
  comma?: number
}

/** What has been read so far. */
export interface Reading {
  readonly log: DeviationLog
  readonly challenges: OpenChallenge[]
  /** The challenge that a parameter found next would belong to. */
  current?: OpenChallenge | undefined
}

/** Reads parameters until a comma, the end, a new challenge or text that is no parameter. */
export function readParams(reading: Reading, cursor: Cursor): void {
  do {
    readParam(reading, cursor)
  } while (paramFollows(reading, cursor))
}

/**
 * Deals with what follows an element: nothing, or text that lacks its comma. Says whether that is
 * another parameter; the start of a new challenge is left for the caller, the rest is skipped.
 */
export function paramFollows(reading: Reading, cursor: Cursor): boolean {
  skipBlanks(cursor)
  if (atListEnd(cursor)) return false
  const at = cursor.at
  const semicolon = cursor.text.charAt(at) === ';'
  if (semicolon) {
    cursor.at += 1
    skipBlanks(cursor)
  }
  const param = paramAhead(cursor)
  if (param || challengeAhead(cursor)) {
    if (semicolon) note(reading.log, 'semicolon-separator', { line: cursor.line, at }, SEMICOLON)
    else note(reading.log, 'missing-comma', { line: cursor.line, at }, MISSING_COMMA)
    return param
  }
  cursor.at = at
  skipJunk(reading, cursor)
  return false
}

const SEMICOLON = 'A semicolon stands where only a comma separates parameters and challenges.'
const MISSING_COMMA = 'No comma separates this parameter or challenge from what precedes it.'

/** Moves to the next comma and reports what was passed over. */
export function skipJunk(reading: Reading, cursor: Cursor): void {
  const from = cursor.at
  const comma = cursor.text.indexOf(',', from)
  cursor.at = comma < 0 ? cursor.end : Math.min(comma, cursor.end)
  const shown = visible(cursor.original.slice(from, cursor.at).trimEnd(), 24)
  const say = `The text ${shown} belongs to no challenge and to no parameter.`
  note(reading.log, 'junk', { line: cursor.line, at: from }, say)
}

/** Reports bytes above 7f in an element that is a token. */
export function noteNonAscii(reading: Reading, cursor: Cursor, word: string, from: number): void {
  const offset = word.search(/[^\0-\x7f]/)
  if (offset < 0) return
  const say = `The byte ${visible(word.charAt(offset))} may stand only inside a quoted-string.`
  note(reading.log, 'non-ascii', { line: cursor.line, at: from + offset }, say)
}

function readParam(reading: Reading, cursor: Cursor): void {
  const { line } = cursor
  const at = cursor.at
  const name = readWord(cursor)
  noteNonAscii(reading, cursor, name, at)
  const nameEnd = cursor.at
  const before = skipBlanks(cursor)
  cursor.at += 1
  const signEnd = cursor.at
  const after = skipBlanks(cursor)
  const shown = visible(name, 40)
  if (atListEnd(cursor) || cursor.text.charAt(cursor.at) === ';') {
    const say = `The parameter ${shown} has an equals sign but no value.`
    note(reading.log, 'param-without-value', { line, at }, say)
    return
  }
  if (before || after) {
    const say = `Whitespace stands beside the equals sign of the parameter ${shown}.`
    note(reading.log, 'bad-whitespace', { line, at: before ? nameEnd : signEnd }, say)
  }
  attach(reading, { name, ...readValue(reading, cursor, shown), line, at })
}

function readValue(
  reading: Reading,
  cursor: Cursor,
  shown: string,
): { value: string; quoted: boolean; raw: string } {
  const at = cursor.at
  if (cursor.text.charAt(at) === '"') {
    const { value } = readQuotedValue(reading, cursor, shown)
    return { value, quoted: true, raw: cursor.original.slice(at, cursor.at) }
  }
  const value = readPlainValue(reading, cursor, shown)
  return { value, quoted: false, raw: cursor.original.slice(at, cursor.at) }
}

function readQuotedValue(reading: Reading, cursor: Cursor, shown: string): { value: string } {
  const { line, at } = cursor
  const quoted = readQuoted(cursor)
  if (!quoted.closed) {
    const say = `The quoted value of ${shown} has no closing quote.`
    note(reading.log, 'unclosed-quote', { line, at }, say)
  }
  if (quoted.needlessAt !== undefined) {
    const say = `A backslash in the value of ${shown} precedes a character that needs none.`
    note(reading.log, 'needless-quoted-pair', { line, at: quoted.needlessAt }, say)
  }
  return quoted
}

function readPlainValue(reading: Reading, cursor: Cursor, shown: string): string {
  const { line, at } = cursor
  const single = readSingleQuoted(cursor)
  if (single !== undefined) {
    const say = `The value of ${shown} is in single quotes, which quote nothing.`
    note(reading.log, 'single-quoted', { line, at }, say)
    return single
  }
  const value = readUnquoted(cursor)
  noteNonAscii(reading, cursor, value, at)
  const foreign = [...value].findIndex((it) => it < '\x80' && !isToken(it))
  if (foreign >= 0) {
    const say = `The unquoted value of ${shown} holds ${visible(value.charAt(foreign))}, which no token may hold.`
    note(reading.log, 'value-not-token', { line, at: at + foreign }, say)
  }
  return value
}

// Parameters that a scheme in use defines. They decide nothing that the grammar decides; where it
// admits no reading at all, they tell a parameter that lost its value from a scheme or a token68.
const KNOWN_PARAMS: ReadonlySet<string> = new Set(
  (
    'realm charset scope error error_description error_uri resource_metadata algs nonce opaque ' +
    'algorithm qop stale domain userhash title authorization_uri max_age acr_values client_id'
  ).split(' '),
)

/** Whether a token68 can only be a known parameter without its value; then it is reported so. */
export function isParamInDisguise(reading: Reading, open: OpenChallenge): boolean {
  const { token68, line, token68At } = open
  if (token68 === undefined) return false
  const name = token68.replace(/=$/, '')
  if (!KNOWN_PARAMS.has(name.toLowerCase())) return false
  delete open.token68
  noteLost(reading, name, name === token68, { line, at: token68At })
  return true
}

function noteLost(
  reading: Reading,
  name: string,
  withoutEquals: boolean,
  where: { line: number; at: number },
): void {
  if (withoutEquals) {
    note(reading.log, 'param-without-equals', where, `The parameter ${name} has no equals sign.`)
  } else {
    const say = `The parameter ${name} has an equals sign but no value.`
    note(reading.log, 'param-without-value', where, say)
  }
}

function attach(reading: Reading, param: Param): void {
  dropDisguised(reading)
  const open = reading.current
  if (open === undefined) {
    const say = `The parameter ${visible(param.name, 40)} follows no scheme.`
    note(reading.log, 'param-without-scheme', param, say)
    return
  }
  noteWayIn(reading, open, param)
  open.bare = false
  const key = param.name.toLowerCase()
  if (open.names.has(key)) {
    const say = `The parameter ${visible(param.name, 40)} occurs more than once in one challenge.`
    note(reading.log, 'duplicate-param', param, say)
  }
  open.names.add(key)
  if (key === 'realm' && !param.quoted) {
    note(reading.log, 'realm-unquoted', param, 'The value of realm is not a quoted-string.')
  }
  open.params.push(param)
}

// `Digest realm="a", stale, nonce="b"`: no grammar reads `stale` here, neither as a scheme, since
// parameters follow its comma, nor as a parameter; the parameters are those of Digest.
function dropDisguised(reading: Reading): void {
  for (let open = reading.current; open?.bare; open = reading.current) {
    if (open.gap || !KNOWN_PARAMS.has(open.scheme.toLowerCase())) return
    noteLost(reading, open.scheme, true, open)
    reading.challenges.pop()
    reading.current = reading.challenges.at(-1)
  }
}

// A parameter reached over a comma although its challenge had none before it.
function noteWayIn(reading: Reading, open: OpenChallenge, param: Param): void {
  if (open.token68 !== undefined && !open.mixed && !isParamInDisguise(reading, open)) {
    open.mixed = true
    const say = 'The challenge has a token68 and parameters; it may have only one of them.'
    note(reading.log, 'token68-with-params', param, say)
  }
  if (!open.bare) return
  const where = open.comma === undefined ? param : { line: open.line, at: open.comma }
  const scheme = visible(open.scheme, 40)
  if (open.gap) {
    const say = `The parameter list of ${scheme} begins with an empty element.`
    note(reading.log, 'empty-list-element', where, say)
  } else {
    const say = `A comma, not a space, separates the scheme ${scheme} from its parameters.`
    note(reading.log, 'comma-after-scheme', where, say)
  }
}
