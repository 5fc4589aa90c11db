/** Reads JSON that others wrote so that it can neither pollute a prototype nor exhaust the stack. */
import { readJson } from './json-reader.ts'
import { decodeUtf8 } from './visible.ts'

/** The value, on objects without a prototype, or what is wrong with the text and where. */
export type ParsedJson =
  | { readonly value: unknown }
  | {
      /** One sentence, safe to print. */
      readonly fault: string
      /** Line and column from 1; columns count UTF-16 units. */
      readonly at: { readonly line: number; readonly column: number }
    }

/** How deep arrays and objects may be nested in JSON from users. */
const DEEPEST = 64

/**
 * Reads JSON (RFC 8259) that a user supplied. Stricter than the grammar: a member name that occurs
 * twice in an object, the names `__proto__`, `constructor` and `prototype`, numbers too large for a
 * double and more than 64 levels are faults. A byte order mark at the start is passed over.
 */
export function parseJsonSafely(text: string): ParsedJson {
  const read = readJson(text, DEEPEST)
  return 'value' in read ? read : { fault: read.fault, at: placeOf(text, read.offset) }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/**
 * Reads JSON that a target sent (latin1 bytes, UTF-8 if they can be), or undefined where it is none.
 * As forgiving as `JSON.parse`: the last of two members of a name wins and any name may occur. Its
 * objects have no prototype, so that no name means anything but itself.
 */
export function parseTargetJson(latin1: string): { readonly value: unknown } | undefined {
  const parsed = parsedByPlatform(latin1)
  return parsed && { value: withoutPrototypes(parsed.value) }
}

function parsedByPlatform(latin1: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse((decodeUtf8(latin1) ?? latin1).replace(/^\ufeff/, '')) }
  } catch {
    return undefined
  }
}

// Walks with a list of its own: a target may nest deeper than the call stack reaches.
function withoutPrototypes(root: unknown): unknown {
  const top: Record<string, unknown> = { root }
  const open = [top]
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      if (typeof value !== 'object' || value === null) continue
      const bare = Array.isArray(value) ? value : Object.assign(Object.create(null), value)
      holder[key] = bare
      open.push(bare)
    }
  }
  return top.root
}

/** How much of a value `memberNames` looks at. */
export interface MemberLimits {
  /** The most names it returns. */
  readonly names: number
  /** The most objects and arrays it visits. */
  readonly containers: number
  /** The most levels below the top it looks at. */
  readonly depth: number
}

const LIMITS: MemberLimits = { names: 500, containers: 20_000, depth: 32 }

interface Visit {
  readonly container: object
  readonly path: string
  readonly depth: number
}

/**
 * The paths of all members in a JSON value, sorted and without repetition: `items[].id`, the same
 * for every element of an array; a name that is no plain word stands in quotes. Values are not
 * looked at, so two answers with other data have the same names. Where a limit cut the walk short
 * the last name is `…`. Names are text of the target: show them through `visibleText`.
 */
export function memberNames(value: unknown, limits: MemberLimits = LIMITS): string[] {
  const names = new Set<string>()
  const visits: Visit[] = isContainer(value) ? [{ container: value, path: '', depth: 0 }] : []
  // Nearest the top first, so that what a limit cuts off is what matters least. The list is read by
  // index, since taking from its front would cost its whole length each time.
  for (let at = 0; at < visits.length; at += 1) {
    const visit = visits[at] as Visit
    const tooMany = at >= limits.containers || names.size > limits.names
    if (tooMany || visit.depth >= limits.depth) return [...sortedUpTo(names, limits.names), '…']
    for (const below of visited(visit, names)) visits.push(below)
  }
  const kept = sortedUpTo(names, limits.names)
  return kept.length < names.size ? [...kept, '…'] : kept
}

// Adds the names of one object and gives what is to be visited below it.
function visited({ container, path, depth }: Visit, names: Set<string>): Visit[] {
  if (Array.isArray(container)) {
    return container
      .filter(isContainer)
      .map((child) => ({ container: child, path: `${path}[]`, depth: depth + 1 }))
  }
  const below: Visit[] = []
  for (const [name, child] of Object.entries(container)) {
    const own = joined(path, name)
    names.add(own)
    if (isContainer(child)) below.push({ container: child, path: own, depth: depth + 1 })
  }
  return below
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function sortedUpTo(names: ReadonlySet<string>, most: number): string[] {
  return [...names].slice(0, most).sort()
}

function joined(path: string, name: string): string {
  const word = /^[A-Za-z_$][\w$-]*$/.test(name) ? name : JSON.stringify(name)
  return path === '' ? word : `${path}.${word}`
}

/** The member names of a body (latin1), or undefined where it is not JSON. */
export function memberNamesOf(body: string): string[] | undefined {
  // Only own members are listed, so nothing is gained by taking the prototypes away first.
  const parsed = parsedByPlatform(body)
  return parsed && memberNames(parsed.value)
}
