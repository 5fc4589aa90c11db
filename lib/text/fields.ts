/** Reads what header fields say: plain values, media types, cache directives, locations. */
import {
  atListEnd,
  type Cursor,
  cursorOver,
  readCommas,
  readQuoted,
  readUnquoted,
  readWord,
  skipBlanks,
} from './challenge-scan.ts'

export { parseHttpDate, parseRetryAfter, type RetryAfter } from './http-date.ts'

/** Name and value of each line in order, as an answer carries them. */
export type FieldLines = readonly (readonly [name: string, value: string])[]

/** The values of every line of that name (in any letter case), in order. */
export function fieldValues(fields: FieldLines, name: string): string[] {
  const wanted = name.toLowerCase()
  return fields.filter(([it]) => it.toLowerCase() === wanted).map(([, value]) => value)
}

/** The value of the first line of that name, in any letter case. */
export function fieldValue(fields: FieldLines, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return fields.find(([it]) => it.toLowerCase() === wanted)?.[1]
}

/**
 * Type and subtype of the content in lower case, without parameters (RFC 9110 §8.3.1); undefined
 * where there is no Content-Type or its first line names no media type.
 */
export function mediaTypeOf(fields: FieldLines): string | undefined {
  const value = fieldValue(fields, 'content-type')
  const essence = /^[ \t]*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)[ \t]*(?:[;,]|$)/.exec(
    value ?? '',
  )
  return essence?.[1]?.toLowerCase()
}

/** One cache directive (RFC 9111 §5.2). */
export interface CacheDirective {
  /** In lower case. */
  readonly name: string
  /** The argument, without quotes; absent where the directive has none. */
  readonly value?: string
  readonly quoted: boolean
}

/**
 * The directives of all Cache-Control lines in order, repetitions included. Arguments are read in
 * both notations whatever the directive (RFC 9111 §5.2); an element that begins with no token is
 * left out.
 */
export function parseCacheControl(lines: readonly string[]): CacheDirective[] {
  return lines.flatMap((value, line) => {
    const cursor = cursorOver(value, line)
    const directives: CacheDirective[] = []
    readCommas(cursor)
    while (cursor.at < cursor.end) {
      const directive = readDirective(cursor)
      if (directive !== undefined) directives.push(directive)
      while (!atListEnd(cursor)) cursor.at += 1
      readCommas(cursor)
    }
    return directives
  })
}

function readDirective(cursor: Cursor): CacheDirective | undefined {
  const name = readWord(cursor).toLowerCase()
  if (name === '') return undefined
  skipBlanks(cursor)
  if (cursor.at >= cursor.end || cursor.text.charAt(cursor.at) !== '=') {
    return { name, quoted: false }
  }
  cursor.at += 1
  skipBlanks(cursor)
  if (cursor.text.charAt(cursor.at) === '"') {
    return { name, value: readQuoted(cursor).value, quoted: true }
  }
  return { name, value: readUnquoted(cursor), quoted: false }
}

/**
 * A Location without its query and fragment: where an answer leads, apart from what it says there.
 * The parts that are left are not normalised.
 */
export function locationShape(value: string): string {
  return value.trim().replace(/[?#].*$/s, '')
}
