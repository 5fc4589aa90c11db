import type { Severity } from '../model/case.ts'
import type { Reason, ReportResult, Verdict } from '../model/report.ts'
import { linesOf } from '../notation/derive.ts'
import { provesOf, restsOnStated } from '../notation/tokens.ts'
import type { Job, Performed, RunContext } from './context.ts'
import type { Execution } from './execute.ts'
import { deciding, type JudgedLine, levelOf } from './judge.ts'
import { reproduce } from './reproduce.ts'
import { sayAsked, sayPublished } from './said-publish.ts'

/** What is known of a case when its result is written. */
export interface Settled {
  readonly execution?: Execution
  readonly control?: Performed | undefined
  readonly attempts: number
  readonly verdict?: Verdict
  readonly severity?: Severity
  readonly reason?: Reason
}

const outcomeWords: Readonly<Record<string, string>> = {
  unclear: 'The answer is neither the granted one nor a refusal seen before.',
  redirected: 'The answer is a redirect that no refusal has shown before.',
  throttled: 'The server throttled the exchange.',
  silent: 'No complete answer came.',
  closed: 'The connection was refused.',
  crashed: 'The server answered with a server error.',
}

function reasonFor(
  lines: readonly JudgedLine[],
  execution: Execution | undefined,
): Reason | undefined {
  const worst = deciding(lines)
  if (worst?.verdict !== 'inconclusive') return undefined
  if (worst.unseen) return NOT_REACHED
  const unsteady = execution?.unsteady
  if (unsteady === undefined)
    return { code: 'unknown', say: `Could not be told: ${worst.report.got}.` }
  return { code: unsteady, say: outcomeWords[unsteady] ?? `The outcome was ${unsteady}.` }
}

const NOT_REACHED: Reason = {
  code: 'callback-not-reached',
  say: 'The server has fetched nothing from the listener in this run, so that it did not follow this URL says nothing.',
  option: '--jwks-listen HOST:PORT',
}

const UNSEEN = 'whether the URL was fetched could not be seen'

/** What the verdict rests on besides the exchange. */
function restsOf(job: Job, lines: readonly JudgedLine[]): readonly string[] {
  const stated = job.steps.flatMap((step) => restsOnStated(step.send))
  return [
    ...job.rests,
    ...[...new Set(stated)].map(
      (each) => `the operator's word that the server expects this ${each}`,
    ),
    ...(lines.some((each) => each.unseen) ? [UNSEEN] : []),
  ]
}

function strongest(job: Job): ReportResult['level'] {
  const order = ['must', 'documented', 'should', 'may'] as const
  const levels = linesOf(job.case).map(levelOf)
  return order.find((level) => levels.includes(level)) ?? 'should'
}

function groupOf(job: Job, worst: JudgedLine | undefined): string | undefined {
  if (worst === undefined || worst.verdict === 'pass') return undefined
  const at = linesOf(job.case).indexOf(worst.line)
  return `${job.case.id}:${worst.verdict}:${at}`
}

/** Writes the result of a case from what was found; the worst line decides. */
export function resultOf(context: RunContext, job: Job, settled: Settled): ReportResult {
  const { execution } = settled
  const lines = execution?.lines ?? []
  const worst = deciding(lines)
  const verdict = settled.verdict ?? worst?.verdict ?? 'inconclusive'
  const reason = settled.reason ?? reasonFor(lines, execution)
  const main =
    execution?.performed.find((each) => isMain(job, each, execution)) ?? execution?.performed.at(-1)
  const deviates = worst?.deviates
  const proves = verdict === 'pass' ? provesOf(job.case, job.send) : undefined
  const group = settled.verdict === undefined ? groupOf(job, worst) : undefined
  return {
    id: job.id,
    case: job.case.id,
    suite: job.suite,
    title: job.case.title,
    severity: settled.severity ?? worst?.report.severity ?? job.case.severity,
    verdict,
    level: worst?.report.level ?? strongest(job),
    ...(main === undefined ? {} : { outcome: main.outcome }),
    ...(reason === undefined ? {} : { reason }),
    rests: restsOf(job, lines),
    ...(proves === undefined ? {} : { proves }),
    ...(deviates === undefined ? {} : { deviates: { source: deviates.source, say: deviates.say } }),
    attempts: settled.attempts,
    lines: lines.map((each) => each.report),
    sent: main?.built.say ?? job.case.title,
    ...faultOf(context, job, main, execution),
    harm: job.case.harm,
    fix: job.case.fix,
    ...(settled.control === undefined ? {} : { control: settled.control.exchange.n }),
    exchanges: execution?.performed.map((each) => each.exchange.n) ?? [],
    ...(main === undefined || job.steps.length < 2 ? {} : { main: main.exchange.n }),
    reproduce: reproduce(context, job),
    durationMs: Math.round(
      execution?.performed.reduce((sum, each) => sum + each.exchange.ms, 0) ?? 0,
    ),
    ...(group === undefined ? {} : { group }),
  }
}

/** What is wrong with the exchange, and what the target was given to read before it. */
function faultOf(
  { hosting }: RunContext,
  job: Job,
  main: Performed | undefined,
  execution: Execution | undefined,
): { readonly fault?: string } {
  const at = main === undefined ? -1 : (execution?.performed.indexOf(main) ?? -1)
  const published = [...(job.publishes ?? [])]
    .filter(([index]) => index <= at)
    .flatMap(([, steps]) => steps)
    .at(-1)
  const own = main?.built.fault
  const said =
    published === undefined ? [] : [`${sayPublished(published)}${sayAsked(hosting?.refresh)}`]
  const all = [...said, ...(own === undefined ? [] : [own])]
  return all.length === 0 ? {} : { fault: all.join(', and ') }
}

function isMain(job: Job, each: Performed, execution: Execution): boolean {
  const index = execution.performed.indexOf(each)
  const step = job.steps[index]
  if (step?.role === 'control') return false
  const broken = execution.lines.find((line) => line.report.holds !== true)
  return broken === undefined || broken.report.of === step?.as
}
