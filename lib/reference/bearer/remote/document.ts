/** Reads the JSON of a key set (RFC 7517 §5) and leaves every entry to be read on its own. */
import { isObject, member, namesIn, parseJson } from '../json.ts'
import { decodeText } from '../segments.ts'

/** Deeper than any key has reason to be. */
const deepest = 32

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs

/** Where the value of the last top-level member of a name begins in text that is a JSON object. */
const placeOf = (text: string, name: string): number | undefined => {
  const found = namesIn(text).names.filter((each) => each.depth === 1 && each.name === name)
  const last = found.at(-1)
  return last && text.indexOf(':', last.at + last.written.length) + 1
}

/** The texts of the elements of an array that is the first thing in a text of JSON. */
const elementsIn = (text: string): readonly string[] => {
  const cuts: number[] = []
  let depth = 0
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    if ((depth === 1 && (token === ',' || cuts.length === 0)) || depth === 0) cuts.push(index)
    if (depth === 0) break
  }
  return cuts.slice(1).map((end, at) => text.slice((cuts[at] ?? 0) + 1, end))
}

/** The entries of an array at that place; none where it has none. */
export const elementsOf = (text: string, name: string): readonly string[] => {
  const elements = elementsIn(text.slice(placeOf(text, name)))
  return elements.length === 1 && elements[0]?.trim() === '' ? [] : elements
}

/** UTF-8 without a byte order mark to text; undefined for anything else. */
export const textOf = (body: Buffer): string | undefined => {
  const text = decodeText(body)
  return text?.startsWith('\ufeff') ? text.slice(1) : text
}

/**
 * The JSON texts of the entries of a set. Of several members `keys` the last counts, as it does for
 * every parser that RFC 7517 §5 allows.
 */
export const entriesOf = (body: Buffer): readonly string[] | undefined => {
  const text = textOf(body)
  const set = text === undefined ? undefined : parseJson(text)
  if (text === undefined || !isObject(set) || !Array.isArray(member(set, 'keys'))) return undefined
  return namesIn(text).deepest <= deepest ? elementsOf(text, 'keys') : undefined
}
