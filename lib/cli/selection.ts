import { selects } from '../engine/select.ts'
import { variationsOf } from '../notation/expand.ts'
import { type Corpus, withPreflight } from './corpus.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

interface Patterns {
  readonly only: readonly string[]
  readonly skip: readonly string[]
}

function hits(pattern: string, corpus: Corpus): boolean {
  // Which credential kinds a profile binds is not known here, so the suffix is left to the plan.
  const only = [pattern.replace(/@\w+$/u, '')]
  return withPreflight(corpus).some((suite) =>
    suite.cases.some((each) =>
      variationsOf(suite, each).some(({ id }) =>
        selects({ only, skip: [] }, { id, suite: suite.id, case: each }),
      ),
    ),
  )
}

function names(corpus: Corpus): readonly string[] {
  const suites = withPreflight(corpus)
  return suites.flatMap((suite) => [suite.id, ...suite.cases.map(({ id }) => id)])
}

/**
 * Refuses a pattern of `--only` that means nothing: a gate must not go green because of a slip of
 * the pen. Gives a remark for each pattern of `--skip` that leaves nothing out.
 */
export function checkSelection({ only, skip }: Patterns, corpus: Corpus): readonly string[] {
  const lost = only.find((pattern) => !hits(pattern, corpus))
  if (lost !== undefined) {
    throw new UsageError(
      'nothing-selected',
      `--only ${JSON.stringify(lost)} matches no case, suite or clause.`,
      didYouMean(lost, names(corpus)) ?? 'See `npx http-auth-conformance list`.',
    )
  }
  return skip
    .filter((pattern) => !hits(pattern, corpus))
    .map((pattern) => `--skip ${JSON.stringify(pattern)} leaves nothing out.`)
}
