/** Reads WWW-Authenticate and Proxy-Authenticate (RFC 9110 §11.6.1, §11.7.1) and names every fault. */
import {
  type Deviation,
  type DeviationCode,
  inOrder,
  note,
  omittedFrom,
} from './challenge-deviations.ts'
import {
  isParamInDisguise,
  noteNonAscii,
  type OpenChallenge,
  type Param,
  paramFollows,
  type Reading,
  readParams,
  skipJunk,
} from './challenge-params.ts'
import {
  atBlank,
  atListEnd,
  type Cursor,
  cursorOver,
  paramAhead,
  readCommas,
  readToken68,
  readWord,
  skipBlanks,
} from './challenge-scan.ts'
import { visible } from './visible.ts'

export type { Deviation, DeviationCode, Param }

/** One challenge (RFC 9110 §11.3). */
export interface Challenge {
  /** As written; schemes are matched without regard to case (RFC 9110 §11.1). */
  readonly scheme: string
  readonly token68?: string
  /** In order; those without a value are left out and reported as deviations. */
  readonly params: readonly Param[]
  /** The field line its scheme stands on, from 0. */
  readonly line: number
  /** Offset of its scheme in that line. */
  readonly at: number
}

/** Everything a challenge field says, and everything wrong with how it says it. */
export interface ChallengeReading {
  readonly challenges: readonly Challenge[]
  /** In order of place; at most 32 of one code. */
  readonly deviations: readonly Deviation[]
  /** Deviations found but not kept. */
  readonly omitted: number
}

/**
 * Reads the values (latin1) of all lines of one challenge field, in order, as the one list they are
 * (RFC 9110 §5.3): a challenge may go on in the next line, a quoted-string may not. Reads as
 * leniently as a meaning can be made out, never throws, and takes time in proportion to the bytes.
 */
export function parseChallenges(lines: readonly string[]): ChallengeReading {
  const reading: Reading = { log: { kept: [], counts: new Map() }, challenges: [] }
  for (const [line, value] of lines.entries()) {
    readLine(reading, cursorOver(value, line), lines.length === 1)
  }
  if (lines.length > 0 && reading.challenges.length === 0) {
    note(reading.log, 'no-challenge', { line: 0, at: 0 }, 'The field holds no challenge.')
  }
  return {
    challenges: reading.challenges.map(closed),
    deviations: inOrder(reading.log),
    omitted: omittedFrom(reading.log),
  }
}

/** The first parameter of that name, in any letter case. */
export function paramOf(challenge: Challenge, name: string): Param | undefined {
  const wanted = name.toLowerCase()
  return challenge.params.find((param) => param.name.toLowerCase() === wanted)
}

/** The challenges of that scheme, in any letter case. */
export function challengesOf(
  reading: Pick<ChallengeReading, 'challenges'>,
  scheme: string,
): readonly Challenge[] {
  const wanted = scheme.toLowerCase()
  return reading.challenges.filter((challenge) => challenge.scheme.toLowerCase() === wanted)
}

function closed(open: OpenChallenge): Challenge {
  const { scheme, token68, params, line, at } = open
  return token68 === undefined
    ? { scheme, params, line, at }
    : { scheme, token68, params, line, at }
}

function readLine(reading: Reading, cursor: Cursor, alone: boolean): void {
  noteControls(reading, cursor)
  const leading = readCommas(cursor)
  if (leading.count > 0 || (cursor.at >= cursor.end && !alone)) {
    noteEmpty(reading, cursor, leading.first)
  }
  while (cursor.at < cursor.end) {
    readMember(reading, cursor)
    const { count, first, second } = readCommas(cursor)
    const last = cursor.at >= cursor.end
    if (count > 1 || (last && count > 0)) noteEmpty(reading, cursor, last ? first : second)
    const open = reading.current
    if (open?.bare && open.line === cursor.line && count > 0) open.comma ??= first
  }
}

function noteEmpty(reading: Reading, cursor: Cursor, at: number): void {
  const say = 'The list has an element with nothing in it.'
  note(reading.log, 'empty-list-element', { line: cursor.line, at }, say)
}

function noteControls(reading: Reading, cursor: Cursor): void {
  const at = cursor.original.search(/[\0-\x08\x0a-\x1f\x7f]/)
  if (at < 0) return
  const say = `The control character ${visible(cursor.original.charAt(at))} stands in the value.`
  note(reading.log, 'control-character', { line: cursor.line, at }, say)
}

// One element between commas: parameters of the current challenge, or a scheme with what follows.
function readMember(reading: Reading, cursor: Cursor): void {
  if (paramAhead(cursor)) {
    readParams(reading, cursor)
    return
  }
  const { line, at } = cursor
  const scheme = readWord(cursor)
  if (scheme === '' || !(atListEnd(cursor) || atBlank(cursor))) {
    // Whatever parameters follow the ruin of a scheme are not those of the challenge before it.
    if (scheme !== '') reading.current = undefined
    cursor.at = at
    skipJunk(reading, cursor)
    return
  }
  noteNonAscii(reading, cursor, scheme, at)
  const open: OpenChallenge = {
    scheme,
    line,
    at,
    params: [],
    names: new Set(),
    token68At: at,
    mixed: false,
    bare: true,
    gap: cursor.at < cursor.end && cursor.text.charAt(cursor.at) === ' ',
  }
  reading.challenges.push(open)
  reading.current = open
  readBody(reading, cursor, open)
}

function readBody(reading: Reading, cursor: Cursor, open: OpenChallenge): void {
  const gapAt = cursor.at
  skipBlanks(cursor)
  if (atListEnd(cursor)) return
  open.bare = false
  const start = cursor.at
  const tab = cursor.text.slice(gapAt, start).indexOf('\t')
  if (tab >= 0) {
    const say = `A tab, not a space, separates the scheme ${visible(open.scheme, 40)} from the rest.`
    note(reading.log, 'tab-after-scheme', { line: cursor.line, at: gapAt + tab }, say)
  }
  if (readLoneToken68(cursor, open)) {
    readAfterToken68(reading, cursor, open)
  } else if (paramAhead(cursor)) {
    readParams(reading, cursor)
  } else {
    readBareParam(reading, cursor)
  }
}

// `abc=` is a token68 unless a value follows; `abc== x` can be nothing else, whatever follows.
function readLoneToken68(cursor: Cursor, open: OpenChallenge): boolean {
  const start = cursor.at
  const token68 = readToken68(cursor)
  const apart = skipBlanks(cursor)
  const isParam = paramAhead(cursor, start) && !token68.endsWith('==')
  if (token68 === '' || !(atListEnd(cursor) || (apart && !isParam))) {
    cursor.at = start
    return false
  }
  open.token68 = token68
  open.token68At = start
  return true
}

function readAfterToken68(reading: Reading, cursor: Cursor, open: OpenChallenge): void {
  if (atListEnd(cursor)) return
  if (paramAhead(cursor)) {
    readParams(reading, cursor)
    return
  }
  isParamInDisguise(reading, open)
  skipJunk(reading, cursor)
}

// A word that is neither a token68 nor has an equals sign.
function readBareParam(reading: Reading, cursor: Cursor): void {
  const { line, at } = cursor
  const name = readWord(cursor)
  if (name === '' || !(atListEnd(cursor) || atBlank(cursor))) {
    cursor.at = at
    skipJunk(reading, cursor)
    return
  }
  noteNonAscii(reading, cursor, name, at)
  const say = `The parameter ${visible(name, 40)} has no equals sign.`
  note(reading.log, 'param-without-equals', { line, at }, say)
  if (paramFollows(reading, cursor)) readParams(reading, cursor)
}
