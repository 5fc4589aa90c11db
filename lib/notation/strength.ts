/** How strong a line may be: what a clause allows, and which broken MUSTs are only warned of. */
import type { Expectation, Line } from '../model/case.ts'
import type { Clause, ClauseId, Level } from '../model/clause.ts'

const STRENGTHS: readonly Level[] = ['may', 'should', 'documented', 'must']

/**
 * The strongest level a line may have that rests on this clause alone. Keyword and definition rows
 * of a published text keep their level; guidance, inferences, house practices and whatever was not
 * read in a published text are at most `should`.
 */
export function strengthOf(clause: Clause): Level {
  if (clause.level === 'documented') return 'documented'
  const firm = clause.basis === 'keyword' || clause.basis === 'definition'
  if (firm && clause.source === 'text' && clause.keyword !== 'BCP') return clause.level
  return clause.level === 'may' ? 'may' : 'should'
}

/**
 * True where a line of this level may rest on clauses of these strengths: never stronger than the
 * strongest, and `documented` only on a documented sentence.
 */
export function carries(strengths: readonly Level[], level: Level): boolean {
  if (level === 'documented') return strengths.includes('documented')
  return strengths.some((one) => STRENGTHS.indexOf(one) >= STRENGTHS.indexOf(level))
}

const SOFTENABLE: readonly string[] = [
  'rfc6750#2.1-multiple-spaces',
  'rfc7515#2-base64url-no-padding',
  'rfc7515#5.2-no-whitespace-or-extra-characters',
  'rfc9325#4.1-forward-secrecy-preferred',
  'rfc9325#4.2.1-gcm-preferred-over-weaker',
]

/**
 * True for the few clauses whose MUST a large part of the field breaks without harm: foreign
 * characters in Base64 (RFC 4648 §3.3), blanks after Bearer (RFC 6750 §2.1), padding and foreign
 * characters in JWT segments (RFC 7515 §2 and §5.2), and the order of cipher suites being the
 * client's (RFC 9325 §4.1 and §4.2.1).
 */
export function softenable(clause: ClauseId): boolean {
  return clause.startsWith('rfc4648#3.3-') || SOFTENABLE.includes(clause)
}

/** The level of a line and what it expects. */
export function levelOf(line: Line): { readonly level: Level; readonly wanted: Expectation } {
  if (line.must !== undefined) return { level: 'must', wanted: line.must }
  if (line.should !== undefined) return { level: 'should', wanted: line.should }
  if (line.may !== undefined) return { level: 'may', wanted: line.may }
  return { level: 'documented', wanted: line.documented }
}
