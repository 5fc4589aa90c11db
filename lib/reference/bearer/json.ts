/** Reads the JSON of tokens without letting anything pass (RFC 8259, RFC 7519 §4 and §11). */
import type { JsonObject } from './types.ts'

/** Deeper than any claim has reason to be. */
const deepest = 32

/** The next token of text that is known to be JSON: a string, a bracket, a colon or a comma. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs

/** The name of a member as it stands in the text. */
export interface WrittenName {
  readonly name: string
  /** With quotation marks and escapes. */
  readonly written: string
  readonly at: number
  /** How many objects and arrays it stands in. */
  readonly depth: number
  /** The object has had a member of this name before. */
  readonly again: boolean
}

/**
 * All member names of a text that is JSON already, unescaped (RFC 7519 §7.3), and the deepest
 * nesting of it.
 */
export const namesIn = (text: string): { names: readonly WrittenName[]; deepest: number } => {
  const names: WrittenName[] = []
  const open: Set<string>[] = []
  let most = 0
  let last = { written: '', at: 0 }
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const seen = open.at(-1)
    if (token === '{' || token === '[') {
      open.push(new Set())
      most = Math.max(most, open.length)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && seen) {
      const name = String(JSON.parse(last.written))
      names.push({ name, ...last, depth: open.length, again: seen.has(name) })
      seen.add(name)
    }
    last = { written: token, at: index }
  }
  return { names, deepest: most }
}

/** True where no object has a name twice and nothing is nested too deeply. */
const isPlain = (text: string): boolean => {
  const found = namesIn(text)
  return found.deepest <= deepest && found.names.every(({ again }) => !again)
}

/** JSON text to its value, or undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True for a value that JSON writes with braces. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One JSON object and nothing besides, without duplicate names. */
export const readObject = (text: string): JsonObject | undefined => {
  const value = parseJson(text)
  return isObject(value) && isPlain(text) ? value : undefined
}

/** A member of its own, never what an object inherits; undefined where it is absent. */
export const member = (object: JsonObject, name: string): JsonObject[string] | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined
