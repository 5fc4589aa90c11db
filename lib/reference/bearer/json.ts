/** Reads the JSON of tokens without letting anything pass (RFC 8259, RFC 7519 §4 and §11). */
import type { JsonObject } from './types.ts'

/** Deeper than any claim has reason to be. */
const deepest = 32

/** The next token of text that is known to be JSON: a string, a bracket, a colon or a comma. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs

interface Level {
  readonly names: Set<string>
  readonly isObject: boolean
}

/**
 * True where no object has a name twice and nothing is nested too deeply. Names are compared after
 * unescaping (RFC 7519 §7.3). The text must be JSON already.
 */
export const isPlain = (text: string): boolean => {
  const open: Level[] = []
  let last = ''
  for (const [token] of text.matchAll(tokens)) {
    const level = open.at(-1)
    if (token === '{' || token === '[') {
      open.push({ names: new Set(), isObject: token === '{' })
      if (open.length > deepest) return false
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && level?.isObject) {
      const name = String(JSON.parse(last))
      if (level.names.has(name)) return false
      level.names.add(name)
    }
    last = token
  }
  return true
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
