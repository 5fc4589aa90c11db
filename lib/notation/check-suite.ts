/** What types cannot say of suites. */
import type { Case, Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import { checkLine } from './check-line.ts'
import { checkSendCase, isSendCase } from './check-send.ts'
import { checkStepsCase } from './check-steps.ts'
import { checkWords } from './check-words.ts'
import { type Known, knownOf } from './known.ts'
import { below, type Problem, root } from './problem.ts'
import { suiteShape } from './suite-shape.ts'
import { validate } from './validate.ts'
import { quoted } from './words.ts'

/** A mistake in a suite; `path` is a JSON Pointer into that suite. */
export interface SuiteProblem extends Problem {
  readonly suite: string
  /** Absent where the mistake is outside of any case. */
  readonly case?: string
}

/**
 * Every mistake in these suites that can be found without sending anything: their shape first, and
 * for those that have it the words, ids, clauses, levels, faults, relations and steps.
 */
export function checkSuites(
  suites: readonly Suite[],
  clauses: readonly Clause[],
  challengeDeviationCodes: readonly string[],
  violationCodes: readonly string[],
): readonly SuiteProblem[] {
  const known = knownOf({ clauses, challengeDeviationCodes, violationCodes })
  const checked = suites.map((suite) => ({ suite, unfit: validate(suiteShape, suite) }))
  const sound = checked.filter(({ unfit }) => unfit.length === 0).map(({ suite }) => suite)
  return [
    ...checked.flatMap(({ suite, unfit }) => unfit.map((problem) => placed(suite, problem))),
    ...checkIds(sound),
    ...sound.flatMap((suite) => checkSuite(suite, known)),
  ]
}

// The document need not be a suite at all, so nothing is believed of it.
function placed(suite: unknown, problem: Problem): SuiteProblem {
  const [, first, at] = problem.path.split('/')
  const case_ =
    first === 'cases' && at !== undefined ? idOf(inside(inside(suite, first), at)) : undefined
  return {
    suite: idOf(suite) ?? '',
    ...(case_ === undefined ? {} : { case: case_ }),
    ...problem,
  }
}

function idOf(value: unknown): string | undefined {
  const id = inside(value, 'id')
  return typeof id === 'string' ? id : undefined
}

function inside(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

// Kebab words are lower case, so that ids are told apart without regard to letter case.
function checkIds(suites: readonly Suite[]): readonly SuiteProblem[] {
  const ofSuites = new Set<string>()
  const ofCases = new Map<string, string>()
  return suites.flatMap((suite) => {
    const again = ofSuites.has(suite.id)
    ofSuites.add(suite.id)
    const twice = {
      suite: suite.id,
      path: '/id',
      say: `Another suite is named ${quoted(suite.id)}.`,
    }
    return [...(again ? [twice] : []), ...checkCaseIds(suite, ofCases)]
  })
}

/** Remembers the suite of each case id in `seen`. */
function checkCaseIds(suite: Suite, seen: Map<string, string>): readonly SuiteProblem[] {
  return suite.cases.flatMap((case_, n): readonly SuiteProblem[] => {
    const first = seen.get(case_.id)
    seen.set(case_.id, first ?? suite.id)
    if (first === undefined) return []
    const say = `The suite ${quoted(first)} has a case with this id already.`
    return [{ suite: suite.id, case: case_.id, path: `/cases/${n}/id`, say }]
  })
}

function checkSuite(suite: Suite, known: Known): readonly SuiteProblem[] {
  return suite.cases.flatMap((case_, n) =>
    checkCase(suite, case_, n, known).map((problem) => ({
      suite: suite.id,
      case: case_.id,
      ...problem,
    })),
  )
}

function checkCase(suite: Suite, case_: Case, n: number, known: Known): readonly Problem[] {
  const place = below(below(root, 'cases'), n)
  const words = checkWords(case_, place)
  if (case_.steps !== undefined) return [...words, ...checkStepsCase(case_, place, known)]
  const around = { case: case_, known, earlier: [] }
  const lines = case_.expect.flatMap((line, at) =>
    checkLine(line, below(below(place, 'expect'), at), around),
  )
  const send = isSendCase(case_) ? checkSendCase(suite, case_, place) : []
  return [...words, ...send, ...lines]
}
