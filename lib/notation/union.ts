/** Finds the variant of a union that a value was probably meant to be, so that the message fits. */
import { below, type Place, type Problem } from './problem.ts'
import { type Node, type ObjectNode, resolved, type Scalar } from './shape.ts'
import { allowed, found, listed, nearest, quoted, scalar } from './words.ts'

type Check = (node: Node, value: unknown, place: Place) => readonly Problem[]
type Members = Readonly<Record<string, unknown>>

/** Nothing where any variant fits; else what is wrong with the one that comes closest. */
export function checkUnion(
  of: readonly Node[],
  value: unknown,
  place: Place,
  check: Check,
): readonly Problem[] {
  const variants = of.flatMap(leaves)
  const alike = variants.filter((variant) => sameKind(variant, value))
  const likely = alike.filter((variant) => seemsToFit(variant, value))
  const tried = likely.map((variant) => check(variant, value, place))
  if (tried.some((problems) => problems.length === 0)) return []
  if (isMembers(value)) return closest(alike, value, place, check)
  return Array.isArray(value) && tried[0] !== undefined ? tried[0] : [unfit(variants, value, place)]
}

/** False where a look at names and tags is enough; spares walking into each variant. */
function seemsToFit(variant: Node, value: unknown): boolean {
  if (variant.kind === 'literal') return variant.values.some((one) => one === value)
  if (variant.kind !== 'object' || !isMembers(value)) return true
  return (
    Object.keys(value).every((name) => Object.hasOwn(variant.members, name)) &&
    Object.keys(variant.members).every((name) => hasWhatIsRequired(variant, name, value))
  )
}

function hasWhatIsRequired(variant: ObjectNode, name: string, value: Members): boolean {
  if (!requires(variant, name)) return true
  if (!Object.hasOwn(value, name)) return false
  return literalsOf(variant, name).length === 0 || accepts(variant, name, value[name])
}

function leaves(node: Node): readonly Node[] {
  const known = resolved(node)
  return known.kind === 'union' ? known.of.flatMap(leaves) : [known]
}

const KINDS_OF_OBJECTS: readonly string[] = ['object', 'record', 'json']
const KINDS_OF_ARRAYS: readonly string[] = ['array', 'tuple', 'json']

function sameKind(variant: Node, value: unknown): boolean {
  if (Array.isArray(value)) return KINDS_OF_ARRAYS.includes(variant.kind)
  if (isMembers(value)) return KINDS_OF_OBJECTS.includes(variant.kind)
  return !KINDS_OF_OBJECTS.includes(variant.kind) || variant.kind === 'json'
}

function unfit(variants: readonly Node[], value: unknown, place: Place): Problem {
  const words = variants
    .flatMap((variant): readonly Scalar[] => (variant.kind === 'literal' ? variant.values : []))
    .filter((one) => typeof one === 'string')
  const meant = typeof value === 'string' ? nearest(value, words) : undefined
  const say = `Found ${found(value)}; allowed here: ${allowed({ kind: 'union', of: variants })}.`
  return { path: place.path, say, ...(meant === undefined ? {} : { suggestion: meant }) }
}

function closest(
  alike: readonly Node[],
  value: Members,
  place: Place,
  check: Check,
): readonly Problem[] {
  const objects = alike.filter((variant) => variant.kind === 'object')
  const other = alike.find((variant) => variant.kind !== 'object')
  const tag = tagOf(objects, value)
  const left = tag === undefined ? objects : objects.filter((one) => accepts(one, tag, value[tag]))
  if (tag !== undefined && left.length === 0) return [wrongTag(objects, tag, value, place)]
  const marked = left.map((variant) => ({ variant, marks: marksOf(variant, left) }))
  const meant = marked.filter(({ marks }) => marks.some((mark) => Object.hasOwn(value, mark)))
  if (meant.length === 0 && other !== undefined) {
    const marks = marked.flatMap((one) => one.marks)
    return check(other, value, place).map((problem) => perhaps(problem, marks, value, place))
  }
  if (meant.length === 0 && left.length !== 1) return [noMark(marked, value, place)]
  const tried = (meant.length === 0 ? marked : meant).map(({ variant, marks }) => ({
    problems: check(variant, value, place).map((problem) =>
      beside(problem, variant, objects, marks, value, place),
    ),
  }))
  const sorted = tried.sort((a, b) => a.problems.length - b.problems.length)
  return sorted[0]?.problems ?? [unfit(alike, value, place)]
}

/** A required member whose literal tells variants apart, and that the value has. */
function tagOf(objects: readonly ObjectNode[], value: Members): string | undefined {
  return Object.keys(value).find(
    (name) => objects.filter((variant) => literalsOf(variant, name).length > 0).length > 1,
  )
}

function literalsOf(variant: ObjectNode, name: string): readonly Scalar[] {
  const member = Object.hasOwn(variant.members, name) ? variant.members[name] : undefined
  if (member === undefined || member.optional) return []
  const node = resolved(member.node)
  return node.kind === 'literal' ? node.values : []
}

function accepts(variant: ObjectNode, tag: string, value: unknown): boolean {
  return literalsOf(variant, tag).some((one) => one === value)
}

function wrongTag(
  objects: readonly ObjectNode[],
  tag: string,
  value: Members,
  place: Place,
): Problem {
  const values = objects.flatMap((variant) => literalsOf(variant, tag))
  return unfit([{ kind: 'literal', values }], value[tag], below(place, tag))
}

/** The members that show which variant is meant: required by it and not by all others. */
function marksOf(variant: ObjectNode, all: readonly ObjectNode[]): readonly string[] {
  const required = Object.keys(variant.members).filter((name) => requires(variant, name))
  const own = required.filter((name) => all.filter((one) => requires(one, name)).length === 1)
  const telling = required.filter((name) => !all.every((one) => requires(one, name)))
  return own.length > 0 ? own : telling
}

function requires(variant: ObjectNode, name: string): boolean {
  return Object.hasOwn(variant.members, name) && variant.members[name]?.optional === false
}

function noMark(
  marked: readonly { readonly marks: readonly string[] }[],
  value: Members,
  place: Place,
): Problem {
  const marks = [...new Set(marked.flatMap(({ marks: [first] }) => first ?? []))]
  const present = Object.keys(value)
  const meant = present.map((name) => nearest(name, marks)).find((name) => name !== undefined)
  const say = `Found ${found(value)}; one of the members ${listed(marks.map(quoted), 'or')} is needed.`
  return { path: place.path, say, ...(meant === undefined ? {} : { suggestion: meant }) }
}

/** Adds the mark that a wrong member name of an open object may have been meant to be. */
function perhaps(
  problem: Problem,
  marks: readonly string[],
  value: Members,
  place: Place,
): Problem {
  const name = Object.keys(value).find((one) => below(place, one).path === problem.path)
  const meant = name === undefined ? undefined : nearest(name, marks)
  return meant === undefined ? problem : { ...problem, suggestion: meant }
}

/** A member that another variant has is not unknown but in the wrong company; says so. */
function beside(
  problem: Problem,
  variant: ObjectNode,
  all: readonly ObjectNode[],
  marks: readonly string[],
  value: Members,
  place: Place,
): Problem {
  const name = Object.keys(value).find((one) => below(place, one).path === problem.path)
  if (name === undefined || Object.hasOwn(variant.members, name)) return problem
  if (!all.some((one) => Object.hasOwn(one.members, name))) return problem
  const mark = marks.find((one) => Object.hasOwn(value, one)) ?? marks[0]
  if (mark === undefined) return problem
  const [only, ...more] = literalsOf(variant, mark).map(scalar)
  const company = only === undefined || more.length > 0 ? quoted(mark) : `${quoted(mark)}: ${only}`
  return { path: problem.path, say: `The member ${quoted(name)} cannot stand beside ${company}.` }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
