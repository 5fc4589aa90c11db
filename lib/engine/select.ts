import type { RunOptions } from '../model/options.ts'
import { linesOf } from '../notation/derive.ts'
import type { Job } from './context.ts'

/** True if a pattern, in which `*` stands for any text, matches a whole word without regard to case. */
export function matchesPattern(pattern: string, word: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`, 'i').test(word)
}

function namesOf(job: Pick<Job, 'id' | 'suite' | 'case'>): readonly string[] {
  const clauses = linesOf(job.case).flatMap((line) => line.because)
  return [
    job.id,
    job.case.id,
    job.suite,
    ...clauses,
    ...clauses.map((id) => id.split('#')[0] ?? id),
  ]
}

/** True if `--only` and `--skip` leave a case in: they match ids, suites and clauses. */
export function selects(
  options: Pick<RunOptions, 'only' | 'skip'>,
  job: Pick<Job, 'id' | 'suite' | 'case'>,
): boolean {
  const names = namesOf(job)
  const hit = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => names.some((name) => matchesPattern(pattern, name)))
  return (options.only.length === 0 || hit(options.only)) && !hit(options.skip)
}
