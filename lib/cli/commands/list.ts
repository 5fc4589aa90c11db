import type { Case, Suite } from '../../model/case.ts'
import { linesOf, risksOf } from '../../notation/derive.ts'
import { variationsOf } from '../../notation/expand.ts'
import { levelOf } from '../../notation/strength.ts'
import { beside, wrap } from '../columns.ts'
import { corpusWith, withPreflight } from '../corpus.ts'
import type { ExitCode } from '../exit.ts'
import type { ListInvocation } from '../invocation.ts'
import { type Io, say } from '../io.ts'
import { listMutants } from '../mutants.ts'

/** A case as `list --json` gives it. */
export interface ListedCase {
  readonly id: string
  readonly suite: string
  readonly title: string
  readonly severity: string
  /** The levels of its lines, each once. */
  readonly levels: readonly string[]
  readonly clauses: readonly string[]
  readonly risk: readonly string[]
  /** The ids its results have, without `@kind`. */
  readonly results: readonly string[]
}

function listed(suite: Suite, each: Case): ListedCase {
  const lines = linesOf(each)
  return {
    id: each.id,
    suite: suite.id,
    title: each.title,
    severity: each.severity,
    levels: [...new Set(lines.map((line) => levelOf(line).level))],
    clauses: [...new Set(lines.flatMap((line) => line.because))],
    risk: risksOf(each),
    results: variationsOf(suite, each).map(({ id }) => id),
  }
}

const column = 40

function suiteText(suite: Suite, width: number): string {
  const rows = suite.cases.map((each) => {
    const { levels, results } = listed(suite, each)
    const times = results.length > 1 ? ` · ${results.length} examples` : ''
    const says = `${each.title} · ${levels.join(', ')} · ${each.severity}${times}`
    return beside(`  ${each.id}`, says, column, width)
  })
  return [...wrap(`${suite.id} · ${suite.title}`, width), ...rows].join('\n')
}

/** Prints the cases there are, or the mutants that prove them; sends nothing. */
export async function list(invocation: ListInvocation, io: Io): Promise<ExitCode> {
  if (invocation.mutants) {
    io.out.write(await listMutants(invocation.json, io.out.columns))
    return 0
  }
  const suites = withPreflight(corpusWith(invocation.suiteFiles, io.readFile))
  if (invocation.json) {
    const cases = suites.flatMap((suite) => suite.cases.map((each) => listed(suite, each)))
    io.out.write(`${JSON.stringify(cases, null, 2)}\n`)
    return 0
  }
  const cases = suites.flatMap((suite) => suite.cases)
  const results = suites.flatMap((suite) =>
    suite.cases.flatMap((each) => variationsOf(suite, each)),
  )
  io.out.write(`${suites.map((suite) => suiteText(suite, io.out.columns)).join('\n\n')}\n\n`)
  say(io.out, `${cases.length} cases with ${results.length} variations in ${suites.length} suites.`)
  say(io.out, 'See one with `npx http-auth-conformance explain ID`.')
  return 0
}
