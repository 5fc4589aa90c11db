/**
 * A small language of tables that say what a document looks like. From one table come the
 * validator (`validate.ts`) and the JSON Schema (`schema.ts`), and the compiler holds each table to
 * the model's type: a missing, surplus or wrongly optional member does not compile.
 */

export type Scalar = string | number | boolean | null

export interface TextNode {
  readonly kind: 'text'
  /** What stands there, with its article, for messages: `a kebab word`. */
  readonly what: string
  /** At least one character. */
  readonly filled?: true
  /** A regular expression in Unicode mode over the whole text; written with its own anchors. */
  readonly pattern?: string
  /** One text that matches, for messages and for the schema. */
  readonly such?: string
}

export interface ObjectNode {
  readonly kind: 'object'
  readonly members: { readonly [name: string]: MemberNode }
  /** At least one member must be there although each is optional. */
  readonly some: boolean
}

export interface MemberNode {
  readonly node: Node
  readonly optional: boolean
}

export interface RecordNode {
  readonly kind: 'record'
  readonly key: TextNode
  readonly of: Node
  readonly some: boolean
}

export interface NumberNode {
  readonly kind: 'number'
  readonly whole: boolean
  readonly min?: number
  readonly max?: number
}

/** The table itself, without types: what validator and schema walk over. */
export type Node =
  | ObjectNode
  | RecordNode
  | TextNode
  | NumberNode
  | { readonly kind: 'literal'; readonly values: readonly Scalar[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'array'; readonly of: Node; readonly some: boolean }
  | { readonly kind: 'tuple'; readonly of: readonly Node[] }
  | { readonly kind: 'union'; readonly of: readonly Node[] }
  | { readonly kind: 'reference'; readonly name: string; readonly to: () => Node }
  | { readonly kind: 'json' }

/** A table of the values of type `T`, exactly: neither a wider nor a narrower type fits. */
export interface Shape<T> {
  readonly node: Node
  /** Never there; its type makes `Shape` neither widen nor narrow. */
  readonly means?: (value: T) => T
}

/** A member that may be left out. */
export interface Optional<T> {
  readonly optional: Shape<T>
}

type KeyOf<T> = T extends unknown ? keyof T : never
type ValueOf<T, K> = T extends unknown
  ? K extends keyof T
    ? Exclude<T[K], undefined>
    : never
  : never
type MemberOf<T, K extends keyof T> =
  Record<never, never> extends Pick<T, K> ? Optional<ValueOf<T, K>> : Shape<ValueOf<T, K>>

/** One entry for each member of `T`; members of type never, which only forbid, have none. */
export type MembersOf<T> = {
  readonly [K in keyof T as [Exclude<T[K], undefined>] extends [never] ? never : K]-?: MemberOf<
    T,
    K
  >
}

/** An object with these members and no others. With `some`, an empty one is refused. */
export function object<T, Out = T>(
  members: MembersOf<T>,
  options: { readonly some?: true } = {},
): Shape<Out> {
  const given = Object.entries(members as Record<string, Shape<unknown> | Optional<unknown>>)
  const nodes = given.map(([name, member]): [string, MemberNode] => [
    name,
    'optional' in member
      ? { node: member.optional.node, optional: true }
      : { node: member.node, optional: false },
  ])
  return {
    node: { kind: 'object', members: Object.fromEntries(nodes), some: options.some === true },
  }
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape }
}

/** One of these values and nothing else. */
export function literal<const T extends Scalar>(...values: readonly T[]): Shape<T> {
  return { node: { kind: 'literal', values } }
}

/** Text that may be empty. */
export function anyText(what = 'a text'): Shape<string> {
  return { node: { kind: 'text', what } }
}

/** Text with at least one character. */
export function text(what = 'a text that is not empty'): Shape<string> {
  return { node: { kind: 'text', what, filled: true } }
}

/** Text that matches; `such` is one that does. */
export function pattern<T extends string = string>(
  what: string,
  expression: RegExp,
  such: T,
): Shape<T> {
  return { node: { kind: 'text', what, pattern: expression.source, such } }
}

/** A number that is neither infinite nor NaN. */
export function finite(): Shape<number> {
  return { node: { kind: 'number', whole: false } }
}

/** A whole number; both bounds are allowed values. */
export function whole(min: number, max?: number): Shape<number> {
  return { node: { kind: 'number', whole: true, min, ...(max === undefined ? {} : { max }) } }
}

export function boolean(): Shape<boolean> {
  return { node: { kind: 'boolean' } }
}

/** An array that may be empty. */
export function array<T>(of: Shape<T>): Shape<readonly T[]> {
  return { node: { kind: 'array', of: of.node, some: false } }
}

/** An array with at least one member. The type may say so, or be an ordinary array. */
export function some<T, Out = readonly [T, ...T[]]>(of: Shape<T>): Shape<Out> {
  return { node: { kind: 'array', of: of.node, some: true } }
}

export function pair<A, B>(first: Shape<A>, second: Shape<B>): Shape<readonly [A, B]> {
  return { node: { kind: 'tuple', of: [first.node, second.node] } }
}

/** Values of any of these shapes; objects are told apart by the members that are there. */
export function union<T extends readonly unknown[]>(
  ...of: { readonly [K in keyof T]: Shape<T[K]> }
): Shape<T[number]> {
  return { node: { kind: 'union', of: of.map((shape) => shape.node) } }
}

/**
 * An object whose member names are open, each value of one shape. With `some`, not empty. Throws
 * TypeError where the names are no text.
 */
export function record<T>(
  key: Shape<KeyOf<T> & string>,
  of: Shape<ValueOf<T, KeyOf<T>>>,
  options: { readonly some?: true } = {},
): Shape<T> {
  const names = resolved(key.node)
  if (names.kind !== 'text') throw new TypeError('the names of a record are text')
  return {
    node: { kind: 'record', key: names, of: of.node, some: options.some === true },
  }
}

/** A shape with a name of its own in the schema; may lead back to itself, so it is built late. */
export function named<T>(name: string, to: () => Shape<T>): Shape<T> {
  let built: Node | undefined
  const once = (): Node => {
    built ??= to().node
    return built
  }
  return { node: { kind: 'reference', name, to: once } }
}

/** Any value that JSON can carry. */
export function json<T>(): Shape<T> {
  return { node: { kind: 'json' } }
}

/** The member names of an object's table, in order; empty for anything but an object. */
export function memberNames(shape: { readonly node: Node }): readonly string[] {
  const node = resolved(shape.node)
  return node.kind === 'object' ? Object.keys(node.members) : []
}

/** Follows references to the table they name. */
export function resolved(node: Node): Exclude<Node, { readonly kind: 'reference' }> {
  return node.kind === 'reference' ? resolved(node.to()) : node
}
