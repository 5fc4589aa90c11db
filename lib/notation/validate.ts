/** Holds a value against a table and says what is wrong with it. */
import { below, type Place, type Problem, root } from './problem.ts'
import type { Node, NumberNode, ObjectNode, RecordNode, Shape, TextNode } from './shape.ts'
import { checkUnion } from './union.ts'
import { allowed, found, listed, nearest, quoted, textWords } from './words.ts'

// Deeper than any document of ours; keeps a hostile one from exhausting the stack.
const DEEPEST = 100
// Nobody reads more, and a document of a million mistakes must not need the memory.
const MOST_PROBLEMS = 100

/** What is wrong with a value; nothing where it fits. Gives at most 100 problems, never throws. */
export function validate<T>(shape: Shape<T>, value: unknown): readonly Problem[] {
  return check(shape.node, value, root).slice(0, MOST_PROBLEMS)
}

/** True where the value has this shape. */
export function fits<T>(shape: Shape<T>, value: unknown): value is T {
  return check(shape.node, value, root).length === 0
}

function check(node: Node, value: unknown, place: Place): readonly Problem[] {
  if (place.depth > DEEPEST) {
    return [{ path: place.path, say: `Nothing may stand more than ${DEEPEST} levels deep.` }]
  }
  switch (node.kind) {
    case 'reference':
      return check(node.to(), value, place)
    case 'union':
      return checkUnion(node.of, value, place, check)
    case 'object':
      return isObject(value) ? checkObject(node, value, place) : [unfit(node, value, place)]
    case 'record':
      return isObject(value) ? checkRecord(node, value, place) : [unfit(node, value, place)]
    case 'array':
      return checkArray(node, value, place)
    case 'tuple':
      return checkTuple(node, value, place)
    case 'json':
      return checkJson(node, value, place)
    default:
      return scalarFits(node, value) ? [] : [unfit(node, value, place)]
  }
}

function scalarFits(
  node: Extract<Node, { readonly kind: 'literal' | 'text' | 'number' | 'boolean' }>,
  value: unknown,
): boolean {
  if (node.kind === 'literal') return node.values.some((one) => one === value)
  if (node.kind === 'text') return typeof value === 'string' && textFits(node, value)
  if (node.kind === 'number') return typeof value === 'number' && numberFits(node, value)
  return typeof value === 'boolean'
}

function textFits(node: TextNode, value: string): boolean {
  if (node.filled && value === '') return false
  return node.pattern === undefined || new RegExp(node.pattern, 'u').test(value)
}

function numberFits(node: NumberNode, value: number): boolean {
  if (!Number.isFinite(value) || (node.whole && !Number.isInteger(value))) return false
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = node
  return value >= min && value <= max
}

function unfit(node: Node, value: unknown, place: Place): Problem {
  const say = `Found ${found(value)}; allowed here: ${allowed(node)}.`
  const words = node.kind === 'literal' ? node.values.filter((one) => typeof one === 'string') : []
  const meant = typeof value === 'string' ? nearest(value, words) : undefined
  return { path: place.path, say, ...(meant === undefined ? {} : { suggestion: meant }) }
}

function checkObject(
  node: ObjectNode,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): readonly Problem[] {
  const present = Object.keys(value)
  const names = Object.keys(node.members)
  const free = names.filter((name) => !present.includes(name))
  const missing = free.filter((name) => node.members[name]?.optional === false)
  const unknown = present
    .filter((name) => !names.includes(name))
    .map((name) => unknownMember(name, free, below(place, name)))
  const inside = names
    .filter((name) => present.includes(name))
    .flatMap((name) => {
      const member = node.members[name]
      return member === undefined ? [] : check(member.node, value[name], below(place, name))
    })
  const empty = node.some && present.length === 0 ? [emptyObject(place)] : []
  return [...missing.map((name) => missingMember(name, place)), ...empty, ...unknown, ...inside]
}

function missingMember(name: string, place: Place): Problem {
  return { path: place.path, say: `The member ${quoted(name)} is missing.` }
}

function emptyObject(place: Place): Problem {
  return { path: place.path, say: 'Found an empty object; it needs at least one member.' }
}

function unknownMember(name: string, free: readonly string[], place: Place): Problem {
  const known =
    free.length === 0 ? 'no other is' : `${listed(free.slice(0, 24).map(quoted), 'and')} are`
  const meant = nearest(name, free)
  const say = `The member ${quoted(name)} is not known here; ${known} free.`
  return { path: place.path, say, ...(meant === undefined ? {} : { suggestion: meant }) }
}

function checkRecord(
  node: RecordNode,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): readonly Problem[] {
  const names = Object.keys(value)
  if (node.some && names.length === 0) return [emptyObject(place)]
  return names.flatMap((name) => {
    const wrong = textFits(node.key, name) ? [] : [wrongName(node.key, name, below(place, name))]
    return [...wrong, ...check(node.of, value[name], below(place, name))]
  })
}

function wrongName(key: TextNode, name: string, place: Place): Problem {
  return {
    path: place.path,
    say: `The member name ${quoted(name)} does not fit; allowed: ${textWords(key)}.`,
  }
}

function checkArray(
  node: Extract<Node, { readonly kind: 'array' }>,
  value: unknown,
  place: Place,
): readonly Problem[] {
  if (!Array.isArray(value)) return [unfit(node, value, place)]
  if (node.some && value.length === 0) {
    return [{ path: place.path, say: 'Found an empty array; it needs at least one entry.' }]
  }
  return entries(value).flatMap(([at, entry]) => check(node.of, entry, below(place, at)))
}

function checkTuple(
  node: Extract<Node, { readonly kind: 'tuple' }>,
  value: unknown,
  place: Place,
): readonly Problem[] {
  if (!Array.isArray(value)) return [unfit(node, value, place)]
  if (value.length !== node.of.length) {
    const say = `Found an array of ${value.length}; it needs ${node.of.length} entries.`
    return [{ path: place.path, say }]
  }
  return node.of.flatMap((of, at) => check(of, value[at], below(place, at)))
}

function checkJson(node: Node, value: unknown, place: Place): readonly Problem[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (Number.isFinite(value)) return []
  if (Array.isArray(value)) {
    return entries(value).flatMap(([at, entry]) => check(node, entry, below(place, at)))
  }
  if (!isObject(value)) return [unfit(node, value, place)]
  return Object.entries(value).flatMap(([name, inner]) => check(node, inner, below(place, name)))
}

// Not Array.prototype.map: it would skip the holes of a sparse array, which JSON cannot say.
function entries(list: readonly unknown[]): readonly (readonly [number, unknown])[] {
  return Array.from(list, (entry, at): [number, unknown] => [at, entry])
}

// Dates, maps and the like would not survive a JSON round trip.
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
