/** A strict JSON reader (RFC 8259) for what users supply. */

import { visibleText } from './visible.ts'

/** The value on objects without a prototype, or the first fault and its offset in the text. */
export type ReadJson =
  | { readonly value: unknown }
  | { readonly fault: string; readonly offset: number }

/**
 * Reads one JSON text. Besides what the grammar forbids, these are faults: repeated member names in
 * an object, names that mean something to JavaScript's objects, numbers beyond the range of a
 * double, and more levels than `deepest`.
 */
export function readJson(text: string, deepest: number): ReadJson {
  const cursor: Cursor = { text, at: text.startsWith('\ufeff') ? 1 : 0, deepest }
  try {
    const value = readValue(cursor, 0)
    skipSpace(cursor)
    if (cursor.at < text.length) throw unexpected(cursor, 'nothing more')
    return { value }
  } catch (error) {
    if (error instanceof JsonError) return { fault: error.message, offset: error.offset }
    throw error
  }
}

class JsonError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

interface Cursor {
  readonly text: string
  readonly deepest: number
  at: number
}

function readValue(cursor: Cursor, depth: number): unknown {
  skipSpace(cursor)
  const character = cursor.text.charAt(cursor.at)
  if (character === '{') return readObject(cursor, depth + 1)
  if (character === '[') return readArray(cursor, depth + 1)
  if (character === '"') return readString(cursor)
  if (character === '-' || isDigit(character)) return readNumber(cursor)
  return readWord(cursor)
}

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function readObject(cursor: Cursor, depth: number): object {
  enter(cursor, depth)
  const result: Record<string, unknown> = Object.create(null)
  if (closes(cursor, '}')) return result
  do {
    skipSpace(cursor)
    const at = cursor.at
    if (cursor.text.charAt(at) !== '"') throw unexpected(cursor, 'a member name in double quotes')
    const name = readString(cursor)
    if (FORBIDDEN_NAMES.has(name)) {
      throw new JsonError(`A member may not be named ${JSON.stringify(name)}.`, at)
    }
    if (Object.hasOwn(result, name)) {
      throw new JsonError(`The member ${shown(name)} occurs twice in one object.`, at)
    }
    skipSpace(cursor)
    if (cursor.text.charAt(cursor.at) !== ':') throw unexpected(cursor, 'a colon')
    cursor.at += 1
    result[name] = readValue(cursor, depth)
  } while (goesOn(cursor, '}'))
  return result
}

function readArray(cursor: Cursor, depth: number): unknown[] {
  enter(cursor, depth)
  const result: unknown[] = []
  if (closes(cursor, ']')) return result
  do {
    result.push(readValue(cursor, depth))
  } while (goesOn(cursor, ']'))
  return result
}

function enter(cursor: Cursor, depth: number): void {
  if (depth > cursor.deepest) {
    throw new JsonError(`Objects and arrays are nested deeper than ${cursor.deepest}.`, cursor.at)
  }
  cursor.at += 1
}

// Whether an object or array that was just opened is empty.
function closes(cursor: Cursor, close: string): boolean {
  skipSpace(cursor)
  if (cursor.text.charAt(cursor.at) !== close) return false
  cursor.at += 1
  return true
}

// Whether another element follows; otherwise the object or array has ended.
function goesOn(cursor: Cursor, close: string): boolean {
  if (closes(cursor, close)) return false
  if (cursor.text.charAt(cursor.at) !== ',') throw unexpected(cursor, `a comma or ${close}`)
  cursor.at += 1
  return true
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

function readString(cursor: Cursor): string {
  const opened = cursor.at
  const parts: string[] = []
  let from = opened + 1
  cursor.at = from
  for (;;) {
    const character = cursor.text.charAt(cursor.at)
    if (character === '') throw new JsonError('A string has no closing quote.', opened)
    if (character < ' ') throw new JsonError('A string holds a bare control character.', cursor.at)
    if (character === '"' || character === '\\') parts.push(cursor.text.slice(from, cursor.at))
    if (character === '"') {
      cursor.at += 1
      return parts.join('')
    }
    if (character === '\\') {
      parts.push(readEscape(cursor))
      from = cursor.at
    } else {
      cursor.at += 1
    }
  }
}

function readEscape(cursor: Cursor): string {
  const letter = cursor.text.charAt(cursor.at + 1)
  const hex = cursor.text.slice(cursor.at + 2, cursor.at + 6)
  if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(hex)) {
    cursor.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }
  const character = ESCAPES.get(letter)
  if (character === undefined) throw new JsonError('An escape is not one of JSON.', cursor.at)
  cursor.at += 2
  return character
}

function readNumber(cursor: Cursor): number {
  const from = cursor.at
  if (cursor.text.charAt(cursor.at) === '-') cursor.at += 1
  const whole = readDigits(cursor)
  if (whole.length > 1 && whole.startsWith('0')) {
    throw new JsonError('A number begins with a superfluous zero.', from)
  }
  if (cursor.text.charAt(cursor.at) === '.') {
    cursor.at += 1
    readDigits(cursor)
  }
  if (/[eE]/.test(cursor.text.charAt(cursor.at))) {
    cursor.at += 1
    if (/[+-]/.test(cursor.text.charAt(cursor.at))) cursor.at += 1
    readDigits(cursor)
  }
  const number = Number(cursor.text.slice(from, cursor.at))
  if (!Number.isFinite(number)) throw new JsonError('A number is too large.', from)
  return number
}

function readDigits(cursor: Cursor): string {
  const from = cursor.at
  while (isDigit(cursor.text.charAt(cursor.at))) cursor.at += 1
  if (cursor.at === from) throw unexpected(cursor, 'a digit')
  return cursor.text.slice(from, cursor.at)
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

function readWord(cursor: Cursor): unknown {
  const found = WORDS.find(([word]) => cursor.text.startsWith(word, cursor.at))
  if (found === undefined) throw unexpected(cursor, 'a value')
  cursor.at += found[0].length
  return found[1]
}

function skipSpace(cursor: Cursor): void {
  while (' \t\n\r'.includes(cursor.text.charAt(cursor.at)) && cursor.at < cursor.text.length) {
    cursor.at += 1
  }
}

function unexpected(cursor: Cursor, wanted: string): JsonError {
  const code = cursor.text.codePointAt(cursor.at)
  const found = code === undefined ? 'the text ends' : `${shown(String.fromCodePoint(code))} stands`
  return new JsonError(`Where ${found}, ${wanted} is expected.`, cursor.at)
}

function shown(text: string): string {
  return `"${visibleText(text.slice(0, 40))}"`
}
