/** Takes a request head from a connection and reads it by the rules. */
import { cannotBegin, fault } from './head.ts'
import type { Source } from './source.ts'
import {
  type Fault,
  type Framing,
  type Head,
  type HttpRules,
  isFault,
  type Pair,
  type StartLine,
  type Target,
} from './types.ts'

/** What came of waiting for a head. */
export type Arrived =
  | { readonly kind: 'head'; readonly text: string; readonly early: boolean }
  | { readonly kind: 'too-large'; readonly partial: string }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'ended' }

/** Empty lines before a request line are passed over (RFC 9112 §2.2). */
const skipEmptyLines = (source: Source): void => {
  const blank = /^(?:\r\n)+/.exec(source.peek())?.[0] ?? ''
  source.take(blank.length)
}

const complete = (source: Source, limit: number): Arrived | undefined => {
  const text = source.peek()
  if (text !== '' && text !== '\r' && cannotBegin(text.charAt(0))) {
    return { kind: 'head', text, early: true }
  }
  const end = /\n\r?\n/.exec(text)
  const size = end ? end.index : text.length
  if (size > limit) return { kind: 'too-large', partial: text.slice(0, size) }
  if (!end) return undefined
  const head = source.take(size + end[0].length)
  return { kind: 'head', text: head.slice(0, size).replace(/\r$/, ''), early: false }
}

const impatient = (source: Source): Arrived | undefined => {
  const end = source.peek().lastIndexOf('\r\n')
  return end < 0 ? undefined : { kind: 'head', text: source.take(end), early: true }
}

/** Waits for a whole head. `early` marks one that was cut short, after which nothing can follow. */
export const takeHead = async (source: Source, rules: HttpRules): Promise<Arrived> => {
  for (;;) {
    skipEmptyLines(source)
    const arrived = complete(source, rules.limits.head)
    if (arrived) return arrived
    const more = await source.more(rules.patience)
    const rushed = more === 'late' ? impatient(source) : undefined
    if (rushed) return rushed
    if (more === 'end') return { kind: 'ended' }
    if (more === 'idle') return { kind: source.peek() === '' ? 'ended' : 'stalled' }
  }
}

/** One field line by the rules; undefined where a rule drops it. */
export const readField = (rules: HttpRules, line: string): Pair | Fault | undefined => {
  const pair = rules.fieldLine(line)
  if (pair === undefined || isFault(pair)) return pair
  const [name, raw] = pair
  const value = rules.fieldValue(raw, name)
  return isFault(value) ? value : [name, value]
}

const readFields = (rules: HttpRules, lines: readonly string[]): readonly Pair[] | Fault => {
  const pairs = lines.map((line) => readField(rules, line))
  return (
    pairs.find((pair): pair is Fault => isFault(pair)) ??
    pairs.filter((pair): pair is Pair => pair !== undefined && !isFault(pair))
  )
}

const readStart = (rules: HttpRules, line: string): StartLine | Fault =>
  line.length > rules.limits.requestLine
    ? fault('The request line is too long.', 414)
    : rules.startLine(line)

const readLines = (rules: HttpRules, text: string): Head | Fault => {
  const lines = rules.lines(text)
  if (isFault(lines)) return lines
  const [first = '', ...rest] = lines
  const start = readStart(rules, first)
  if (isFault(start)) return start
  const unfolded = rules.unfold(rest)
  if (isFault(unfolded)) return unfolded
  const fields = readFields(rules, unfolded)
  return isFault(fields) ? fields : { start, fields }
}

/** A head that passed every rule, with the target and the framing read from it. */
export interface ReadHead extends Head {
  readonly to: Target
  readonly framing: Framing
}

/** Applies the rules in order; the first one broken is the answer. */
export const readHead = (rules: HttpRules, text: string, secure: boolean): ReadHead | Fault => {
  const head = readLines(rules, text)
  if (isFault(head)) return head
  const host = rules.host(head)
  if (host) return host
  const to = rules.target(head.start, secure)
  if (isFault(to)) return to
  const framing = rules.framing(head)
  return isFault(framing) ? framing : { ...head, to, framing }
}
