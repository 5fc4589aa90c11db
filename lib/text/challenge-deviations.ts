/** The ways a challenge field departs from RFC 9110, each with its name and its sentence. */

/** Every name a deviation can have. */
export const DEVIATION_CODES = [
  'no-challenge',
  'empty-list-element',
  'bad-whitespace',
  'needless-quoted-pair',
  'realm-unquoted',
  'duplicate-param',
  'comma-after-scheme',
  'tab-after-scheme',
  'param-without-scheme',
  'param-without-equals',
  'param-without-value',
  'token68-with-params',
  'value-not-token',
  'single-quoted',
  'unclosed-quote',
  'missing-comma',
  'semicolon-separator',
  'junk',
  'control-character',
  'non-ascii',
] as const

/** What a deviation is called; `say` explains the single case. */
export type DeviationCode = (typeof DEVIATION_CODES)[number]

/** One departure: what, where, and one sentence that carries no unescaped byte of the target. */
export interface Deviation {
  readonly code: DeviationCode
  /** Which field line, from 0. */
  readonly line: number
  /** Offset in that line, from 0. */
  readonly at: number
  readonly say: string
}

// Departures that the grammar itself lets pass: each breaks another sentence, so each is judged
// by its own clause and not as a value that cannot be parsed.
const WITHIN_GRAMMAR: ReadonlySet<DeviationCode> = new Set([
  'no-challenge',
  'empty-list-element',
  'bad-whitespace',
  'needless-quoted-pair',
  'realm-unquoted',
  'duplicate-param',
])

/**
 * Whether a value with this deviation matches none of the readings that RFC 9110 §11.3 and §11.6.1
 * oblige a recipient to accept. The others each break a clause of their own: §5.6.1.1 (empty list
 * elements), §5.6.3 (whitespace round `=`), §5.6.4 (needless escapes), §11.5 (realm as a token),
 * §11.2 (a repeated parameter), §11.6.1 (no challenge at all, which binds a 401).
 */
export function breaksGrammar(code: DeviationCode): boolean {
  return !WITHIN_GRAMMAR.has(code)
}

/** Collects deviations; a flood of one code is counted, not kept. */
export interface DeviationLog {
  readonly kept: Deviation[]
  readonly counts: Map<DeviationCode, number>
}

/** How many deviations of one code are kept. */
export const KEPT_PER_CODE: number = 32

/** Adds one deviation unless enough of its code are kept already. */
export function note(
  log: DeviationLog,
  code: DeviationCode,
  where: { readonly line: number; readonly at: number },
  say: string,
): void {
  const count = log.counts.get(code) ?? 0
  log.counts.set(code, count + 1)
  if (count < KEPT_PER_CODE) log.kept.push({ code, line: where.line, at: where.at, say })
}

/** The deviations kept, in the order of their places in the field. */
export function inOrder(log: DeviationLog): Deviation[] {
  return [...log.kept].sort((a, b) => a.line - b.line || a.at - b.at)
}

/** How many deviations were counted but not kept. */
export function omittedFrom(log: DeviationLog): number {
  const counted = [...log.counts.values()].reduce((sum, count) => sum + count, 0)
  return counted - log.kept.length
}
