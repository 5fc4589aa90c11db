import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { anonymousRefused, grantNotCached, strangerRefused } from '../engine/preflight-cases.ts'
import type { Case, Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { Profile } from '../model/profile.ts'
import { linesOf } from '../notation/derive.ts'
import { type FileProblem, loadProfile, loadSuite } from '../notation/load.ts'
import { levelOf } from '../notation/strength.ts'
import { DEVIATION_CODES } from '../text/challenge-deviations.ts'
import { profiles } from './profiles.ts'
import { type ReadFile, readNamed } from './settings.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

/** Suites and clauses a command works with. */
export interface Corpus {
  readonly suites: readonly Suite[]
  readonly clauses: readonly Clause[]
}

/** The built-in profiles. */
export function builtInProfiles(): readonly Profile[] {
  return profiles
}

/** What preflight decides is reported under ids of its own, and can be looked up like any case. */
const preflight: Suite = {
  id: 'preflight',
  title: 'Access at all',
  about: 'What must hold before any other refusal says something.',
  cases: [
    anonymousRefused('basic'),
    strangerRefused('basic'),
    strangerRefused('token'),
    strangerRefused('bearer'),
    strangerRefused('jwt'),
    grantNotCached,
  ],
}

function refuseFile(problems: readonly FileProblem[]): never {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const place = first?.path ? `${first.file} at ${first.path}` : first?.file
  throw new UsageError('config', `${place}: ${first?.reason}${more}`)
}

/** Departures from HTTP/1.1 a supplied suite may name: those that the built-in suites look for. */
function violationCodes(): readonly string[] {
  const lines = suites.flatMap((suite) => suite.cases.flatMap((each: Case) => linesOf(each)))
  return [...new Set(lines.flatMap((line) => levelOf(line).wanted.answerFreeOf ?? []))]
}

/**
 * The built-in suites and those in the files a caller names. Throws UsageError with the first
 * mistake of a file.
 */
export function corpusWith(files: readonly string[], readFile: ReadFile): Corpus {
  const vocabulary = {
    clauses,
    challengeDeviationCodes: DEVIATION_CODES,
    violationCodes: violationCodes(),
  }
  const all: Suite[] = [...suites]
  for (const file of files) {
    const text = readNamed(file, { kind: 'argument', name: '--suite' }, readFile)
    const loaded = loadSuite(text, file, vocabulary, [preflight, ...all])
    if ('problems' in loaded) refuseFile(loaded.problems)
    all.push(loaded.suite)
  }
  return { suites: all, clauses }
}

/** All cases that a report can name, preflight's own first. */
export function withPreflight(corpus: Corpus): readonly Suite[] {
  return [preflight, ...corpus.suites]
}

/** The profile to look at a suite with: the one named, but for suites that another names as its own. */
export function profileForSuite(
  name: string,
  suite: string,
  corpus: Corpus,
  readFile: ReadFile,
): Profile {
  const named = profileNamed(name, readFile)
  const own = corpus.suites.find(({ id }) => id === suite)
  if (own?.byProfile === undefined || named.suites?.includes(suite)) return named
  return profiles.find(({ suites: chosen }) => chosen?.includes(suite)) ?? named
}

/** A built-in profile by its name, or the one in a .json file. Throws UsageError. */
export function profileNamed(name: string, readFile: ReadFile): Profile {
  const known = profiles.find(({ id }) => id === name)
  if (known !== undefined) return known
  if (!/[./\\]/u.test(name)) {
    const names = profiles.map(({ id }) => id)
    throw new UsageError(
      'unknown-name',
      `There is no profile ${JSON.stringify(name)}.`,
      didYouMean(name, names) ?? `Built in: ${names.join(', ')}; a file ends in .json.`,
    )
  }
  const text = readNamed(name, { kind: 'argument', name: '--profile' }, readFile)
  const loaded = loadProfile(text, name, clauses)
  if ('problems' in loaded) refuseFile(loaded.problems)
  return loaded.profile
}
