/** Words for what stands in a document and for what its table allows there. */
import { visibleText } from '../text/visible.ts'
import type { Node, NumberNode, Scalar, TextNode } from './shape.ts'

const SHOWN_CHARACTERS = 40

/** A text in quotation marks, cut where it is long, that cannot act on a terminal. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * SHOWN_CHARACTERS)]
  const cut = text.length > 2 * SHOWN_CHARACTERS || characters.length > SHOWN_CHARACTERS
  return `"${visibleText(characters.slice(0, SHOWN_CHARACTERS).join(''))}${cut ? '…' : ''}"`
}

/** What a value is, with its article: `the number 5`. */
export function found(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${quoted(value)}`
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value !== 'object') return `a value of type ${typeof value}, which JSON cannot say`
  const names = Object.keys(value)
  if (names.length === 0) return 'an empty object'
  return `an object with ${listed(names.slice(0, 4).map(quoted), 'and')}`
}

/** What a table allows, with its article: `"must", "should" or a whole number from 1`. */
export function allowed(node: Node): string {
  const parts = [...new Set(partsOf(node))]
  return listed(parts, 'or')
}

function partsOf(node: Node): readonly string[] {
  if (node.kind === 'union') return node.of.flatMap(partsOf)
  if (node.kind === 'reference') return partsOf(node.to())
  if (node.kind === 'literal') return node.values.map(scalar)
  if (node.kind === 'object') return [objectWords(node)]
  if (node.kind === 'text') return [textWords(node)]
  if (node.kind === 'number') return [numberWords(node)]
  return [OTHER_WORDS[node.kind]]
}

const OTHER_WORDS = {
  record: 'an object',
  boolean: 'true or false',
  array: 'an array',
  tuple: 'an array of two',
  json: 'any JSON value',
} as const

function objectWords(node: Extract<Node, { readonly kind: 'object' }>): string {
  const needed = Object.keys(node.members).filter((name) => !node.members[name]?.optional)
  return needed.length === 0 ? 'an object' : `an object with ${listed(needed.map(quoted), 'and')}`
}

/** `a kebab word such as "jwt-alg-none"`. */
export function textWords(node: TextNode): string {
  return node.such === undefined ? node.what : `${node.what} such as ${quoted(node.such)}`
}

function numberWords(node: NumberNode): string {
  const what = node.whole ? 'a whole number' : 'a number'
  if (node.min === undefined) return what
  return node.max === undefined
    ? `${what} from ${node.min}`
    : `${what} from ${node.min} to ${node.max}`
}

export function scalar(value: Scalar): string {
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** `a, b and c`. */
export function listed(parts: readonly string[], last: 'and' | 'or'): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`
}

/** The candidate that was probably meant: at most two letters away, or the beginning of one. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase().slice(0, 60)
  const near = candidates
    .map((candidate) => ({ candidate, away: distance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, away }) => away <= Math.min(2, Math.floor(candidate.length / 2)))
    .sort((a, b) => a.away - b.away)
  const begun = candidates.find((one) => lower.length > 2 && one.toLowerCase().startsWith(lower))
  return near[0]?.candidate ?? begun
}

/** The number of single letters to insert, drop, replace or swap with a neighbour. */
function distance(from: string, to: string): number {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const ways = [cell(last, j) + 1, cell(row, j - 1) + 1, cell(last, j - 1) + same]
      row.push(Math.min(...ways, swapped ? cell(before, j - 2) + 1 : Number.POSITIVE_INFINITY))
    }
    before = last
    last = row
  }
  return cell(last, to.length)
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? Number.POSITIVE_INFINITY
}
