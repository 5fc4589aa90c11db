/** Finds member names that occur twice in one object, which a JSON parser passes over in silence. */

/** A place in JSON: member names and array indexes from the top. */
export type JsonPath = readonly (string | number)[]

/** A name that an object has more than once. */
export interface RepeatedName {
  /** Where the object is. */
  readonly of: JsonPath
  /** Unescaped; text of whoever wrote the JSON. */
  readonly name: string
}

interface Open {
  readonly path: JsonPath
  readonly names: Set<string> | undefined
  /** The member or the element that is being read. */
  at: string | number
}

/** The next token of text that is known to be JSON, as far as structure goes. */
const STRUCTURE = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/gs

/**
 * The names that occur more than once in one object, in the order of their repetition. The text has
 * to be JSON: `JSON.parse` takes it. Names are compared as they are after unescaping (RFC 7515 §5.3).
 */
export function repeatedNames(text: string): readonly RepeatedName[] {
  const found: RepeatedName[] = []
  const open: Open[] = []
  let last = ''
  for (const [token] of text.matchAll(STRUCTURE)) {
    const holder = open.at(-1)
    if (token === '{' || token === '[') open.push(opened(token, holder))
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',') step(holder)
    else if (token === ':') found.push(...named(holder, String(JSON.parse(last))))
    last = token
  }
  return found
}

function opened(token: '{' | '[', holder: Open | undefined): Open {
  const path = holder === undefined ? [] : [...holder.path, holder.at]
  return { path, names: token === '{' ? new Set() : undefined, at: 0 }
}

function step(holder: Open | undefined): void {
  if (typeof holder?.at === 'number') holder.at += 1
}

function named(holder: Open | undefined, name: string): readonly RepeatedName[] {
  if (holder?.names === undefined) return []
  holder.at = name
  const again = holder.names.has(name)
  holder.names.add(name)
  return again ? [{ of: holder.path, name }] : []
}
