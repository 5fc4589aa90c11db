/** Reads suites and profiles that a user supplied as JSON text. */
import type { Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { Profile } from '../model/profile.ts'
import { parseJsonSafely } from '../text/json.ts'
import { checkProfile } from './check-profile.ts'
import { checkSuites, type SuiteProblem } from './check-suite.ts'
import type { Vocabulary } from './known.ts'
import type { Problem } from './problem.ts'
import { quoted } from './words.ts'

/** Why a file was refused. */
export interface FileProblem {
  readonly file: string
  /** JSON Pointer into the document; empty where the text is no JSON. */
  readonly path: string
  /** What was found and what is allowed, in words that are safe to print. */
  readonly reason: string
}

interface Refused {
  readonly problems: readonly FileProblem[]
}

/**
 * The suite in a JSON text, or every reason why it is none. `file` is only named in the reasons;
 * `beside` are the suites it will run with, whose ids are taken. Never throws.
 */
export function loadSuite(
  text: string,
  file: string,
  vocabulary: Vocabulary,
  beside: readonly Suite[] = [],
): { readonly suite: Suite } | Refused {
  const read = parseJsonSafely(text)
  if ('fault' in read) return { problems: [unreadable(file, read)] }
  // Believed only after the check, whose first part is the shape.
  const suite = read.value as Suite
  const { clauses, challengeDeviationCodes, violationCodes } = vocabulary
  const problems = checkSuites([suite], clauses, challengeDeviationCodes, violationCodes)
  const taken = problems.length > 0 ? [] : takenIds(suite, beside)
  const all = [...problems, ...taken].map((problem) => fileProblem(file, problem))
  return all.length > 0 ? { problems: all } : { suite }
}

/** The profile in a JSON text, or every reason why it is none. Never throws. */
export function loadProfile(
  text: string,
  file: string,
  clauses: readonly Clause[],
): { readonly profile: Profile } | Refused {
  const read = parseJsonSafely(text)
  if ('fault' in read) return { problems: [unreadable(file, read)] }
  const profile = read.value as Profile
  const problems = checkProfile(profile, clauses)
  if (problems.length === 0) return { profile }
  return { problems: problems.map((problem) => fileProblem(file, problem)) }
}

function unreadable(
  file: string,
  read: { readonly fault: string; readonly at: { readonly line: number; readonly column: number } },
): FileProblem {
  const reason = `Line ${read.at.line}, column ${read.at.column}: ${read.fault}`
  return { file, path: '', reason }
}

function fileProblem(file: string, problem: Problem | SuiteProblem): FileProblem {
  const { path, say, suggestion } = problem
  const meant = suggestion === undefined ? '' : ` Did you mean ${quoted(suggestion)}?`
  const where = 'case' in problem ? `In case ${quoted(problem.case ?? '')}: ` : ''
  return { file, path, reason: `${where}${say}${meant}` }
}

function takenIds(suite: Suite, beside: readonly Suite[]): readonly Problem[] {
  const suites = new Set(beside.map(({ id }) => id))
  const cases = new Set(beside.flatMap((one) => one.cases.map(({ id }) => id)))
  const ofSuite = { path: '/id', say: `Another suite is named ${quoted(suite.id)}.` }
  return [
    ...(suites.has(suite.id) ? [ofSuite] : []),
    ...suite.cases.flatMap(({ id }, n) =>
      cases.has(id)
        ? [{ path: `/cases/${n}/id`, say: `Another case is named ${quoted(id)}.` }]
        : [],
    ),
  ]
}
