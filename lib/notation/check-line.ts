/** What a line of a case has to be like: its clauses, its level, and the checks that belong together. */
import type { Case, Expectation, FieldWanted, Line } from '../model/case.ts'
import type { Clause, ClauseId, Level } from '../model/clause.ts'
import type { Known } from './known.ts'
import { below, type Place, type Problem } from './problem.ts'
import { carries, levelOf, softenable, strengthOf } from './strength.ts'
import { listed, nearest, quoted } from './words.ts'

/** Where a line stands: in a watch, or in a request with the steps before it. */
export interface Around {
  readonly case: Case
  readonly known: Known
  /** Names of earlier steps. */
  readonly earlier: readonly string[]
  /** The name of the line's own step. */
  readonly own?: string
}

/** What is wrong with one line; `place` is the line's. */
export function checkLine(line: Line, place: Place, around: Around): readonly Problem[] {
  const { level, wanted } = levelOf(line)
  const at = below(place, level)
  return [
    ...checkClauses(line, place, around.known),
    ...checkLevel(line, level, place, around),
    ...checkSoftened(line, level, place, around.known),
    ...checkWhen(line, place, around),
    ...checkRelations(wanted, at, around),
    ...checkCodes(wanted, at, around.known),
    ...checkSaysSomething(wanted, at),
  ]
}

function checkClauses(line: Line, place: Place, known: Known): readonly Problem[] {
  const cited = (list: readonly ClauseId[], member: string): readonly Problem[] =>
    list.flatMap((id, at) =>
      known.clauses.has(id) ? [] : [unknownClause(id, below(below(place, member), at), known)],
    )
  return [...cited(line.because, 'because'), ...cited(line.despite ?? [], 'despite')]
}

function unknownClause(id: ClauseId, place: Place, known: Known): Problem {
  const meant = nearest(id, [...known.clauses.keys()])
  return {
    path: place.path,
    say: `The clause ${quoted(id)} does not exist.`,
    ...(meant === undefined ? {} : { suggestion: meant }),
  }
}

function clausesOf(line: Line, known: Known): readonly Clause[] {
  return line.because.flatMap((id) => known.clauses.get(id) ?? [])
}

function checkLevel(line: Line, level: Level, place: Place, around: Around): readonly Problem[] {
  const clauses = clausesOf(line, around.known)
  const severity = line.severity ?? around.case.severity
  const problems: Problem[] = []
  // Where a clause is unknown, that is the mistake, and the level cannot be told.
  const complete = clauses.length === line.because.length
  if (complete && !carries(clauses.map(strengthOf), level))
    problems.push(tooStrong(clauses, level, place))
  const house = complete && clauses.every((clause) => clause.basis === 'house')
  if (house && (severity === 'critical' || severity === 'high')) {
    const say = `A line that rests on house practice alone is at most of medium severity, not ${severity}.`
    problems.push({ path: place.path, say })
  }
  const { access, keySet } = levelOf(line).wanted
  if (severity === 'critical' && access === undefined && keySet !== 'public') {
    const say =
      'Only a line that checks access, or that no private key is published, is critical; give this one a severity of its own.'
    problems.push({ path: place.path, say })
  }
  return problems
}

function tooStrong(clauses: readonly Clause[], level: Level, place: Place): Problem {
  const strengths = clauses.map((clause) => `${clause.id} (${strengthOf(clause)})`)
  const say =
    level === 'documented'
      ? `A documented line rests on a documented sentence, not on ${listed(strengths, 'and')}.`
      : `A ${level} line is stronger than what it rests on: ${listed(strengths, 'and')}.`
  return { path: below(place, level).path, say }
}

function checkSoftened(line: Line, level: Level, place: Place, known: Known): readonly Problem[] {
  if (line.softened === undefined) return []
  const { path } = below(place, 'softened')
  if (level !== 'must') return [{ path, say: `Only a must line is softened, not a ${level} line.` }]
  const firm = clausesOf(line, known)
    .filter((clause) => strengthOf(clause) === 'must' && !softenable(clause.id))
    .map((clause) => clause.id)
  if (firm.length === 0) return []
  return [{ path, say: `A line that rests on ${listed(firm, 'and')} is not softened.` }]
}

function checkWhen(line: Line, place: Place, around: Around): readonly Problem[] {
  const { when } = line
  if (when === undefined) {
    if (around.case.watch === undefined) return []
    return [{ path: place.path, say: 'A line of a watch says with "when" what it looks at.' }]
  }
  const at = below(place, 'when')
  const { alike = [], of } = when
  const strange = alike.flatMap((name, n) =>
    around.earlier.includes(name)
      ? []
      : [noStep(name, below(below(at, 'alike'), n), around.earlier)],
  )
  if (of !== undefined && !around.earlier.includes(of)) {
    return [...strange, noStep(of, below(at, 'of'), around.earlier)]
  }
  if (Object.keys(when).join() === 'of') {
    return [{ path: at.path, say: 'A step is named, but nothing is looked at in its answer.' }]
  }
  if (alike.length === 0 || levelOf(line).wanted.in !== undefined) return strange
  const say = '"alike" needs "in", which says what the steps are compared in.'
  return [...strange, { path: below(at, 'alike').path, say }]
}

function checkRelations(wanted: Expectation, place: Place, around: Around): readonly Problem[] {
  const problems: Problem[] = []
  const { same, in: features, notAll } = wanted
  if ((same === undefined) !== (features === undefined)) {
    problems.push({ path: place.path, say: '"same" and "in" stand together or not at all.' })
  }
  if (same !== undefined && !around.earlier.includes(same)) {
    problems.push(noStep(same, below(place, 'same'), around.earlier))
  }
  if (notAll === undefined) return problems
  const at = below(place, 'notAll')
  const steps = around.own === undefined ? around.earlier : [...around.earlier, around.own]
  const strange = notAll.flatMap((name, n) => (steps.includes(name) ? [] : [{ name, n }]))
  problems.push(...strange.map(({ name, n }) => noStep(name, below(at, n), steps)))
  if (new Set(notAll).size < 2) {
    problems.push({ path: at.path, say: '"notAll" names at least two different steps.' })
  }
  if (wanted.access === undefined) {
    problems.push({ path: place.path, say: '"notAll" needs "access", which it compares.' })
  }
  return problems
}

function noStep(name: string, place: Place, steps: readonly string[]): Problem {
  const known =
    steps.length === 0 ? 'there is none' : `there is ${listed(steps.map(quoted), 'and')}`
  const meant = nearest(name, steps)
  return {
    path: place.path,
    say: `${quoted(name)} names no earlier step; ${known}.`,
    ...(meant === undefined ? {} : { suggestion: meant }),
  }
}

function checkCodes(wanted: Expectation, place: Place, known: Known): readonly Problem[] {
  const within = (member: 'challengeFreeOf' | 'answerFreeOf', codes: readonly string[]) =>
    (wanted[member] ?? []).flatMap((code, at): readonly Problem[] => {
      if (codes.includes(code)) return []
      const meant = nearest(code, codes)
      const { path } = below(below(place, member), at)
      const say = `${quoted(code)} is no code that is ever given.`
      return [{ path, say, ...(meant === undefined ? {} : { suggestion: meant }) }]
    })
  return [
    ...within('challengeFreeOf', known.challengeDeviationCodes),
    ...within('answerFreeOf', known.violationCodes),
  ]
}

/** An expectation that every answer meets would be a pass that proves nothing. */
function checkSaysSomething(wanted: Expectation, place: Place): readonly Problem[] {
  const { field, challenge } = wanted
  const problems: Problem[] = []
  if (field !== undefined && !wantsSomething(field)) {
    const say = 'A field is named, but nothing is wanted of it.'
    problems.push({ path: below(place, 'field').path, say })
  }
  if (typeof challenge === 'object' && Object.keys(challenge).join() === 'every') {
    const say = 'The challenges are named, but nothing is wanted of them.'
    problems.push({ path: below(place, 'challenge').path, say })
  }
  return problems
}

function wantsSomething(field: FieldWanted): boolean {
  return Object.keys(field).length > 1
}
