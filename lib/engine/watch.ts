import { applies, type CheckContext } from '../checks/index.ts'
import type { Line } from '../model/case.ts'
import type { ReportResult } from '../model/report.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { checkContext, type Execution, settingsFor } from './execute.ts'
import { type JudgedLine, judgeLine } from './judge.ts'
import { OwnError, perform } from './perform.ts'
import { resultOf } from './result.ts'

/** What a watch has seen so far. */
interface Tally {
  readonly job: Job
  seen: number
  readonly broken: {
    readonly performed: Performed
    readonly line: number
    readonly judged: JudgedLine
  }[]
  holding: { readonly performed: Performed; readonly judged: JudgedLine } | undefined
  count: number
}

/** Watches look at every exchange of the run and give one verdict for one deviation. */
export interface Watches {
  readonly look: (performed: Performed) => void
  readonly settle: (context: RunContext) => Promise<readonly ReportResult[]>
}

const KEPT = 5

/** What a line says of an exchange, or nothing where the exchange is none that it looks at. */
function judgeOn(
  context: RunContext,
  job: Job,
  line: Line,
  performed: Performed,
  view: CheckContext = checkContext(context, performed, job),
): JudgedLine | undefined {
  if (!applies(line, view)) return undefined
  return judgeLine(line, job.case, view, settingsFor(context, performed.send.to, performed.kind))
}

/** Keeps the first few breaks; one that a documented deviation covers never hides one that none does. */
function keep(tally: Tally, found: Tally['broken'][number]): void {
  const { broken } = tally
  const excused = (each: Tally['broken'][number]): boolean => each.judged.deviates !== undefined
  const first = broken.findIndex(excused)
  if (!excused(found) && first >= 0) broken.splice(first, 0, found)
  else broken.push(found)
  if (broken.length > KEPT) broken.pop()
}

function lookWith(
  context: RunContext,
  tally: Tally,
  performed: Performed,
  view: CheckContext,
): void {
  const lines = tally.job.case.expect ?? []
  for (const [index, line] of lines.entries()) {
    const judged = judgeOn(context, tally.job, line, performed, view)
    if (judged === undefined || judged.report.holds === 'unknown') continue
    tally.seen += 1
    if (judged.report.holds) tally.holding ??= { performed, judged }
    else {
      tally.count += 1
      keep(tally, { performed, line: index, judged })
    }
  }
}

/** One more look at the exchange that showed the deviation, where it was seen only once. */
async function seenAgain(context: RunContext, tally: Tally): Promise<boolean> {
  const [first] = tally.broken
  const line = first && (tally.job.case.expect ?? [])[first.line]
  if (first === undefined || line === undefined || context.stop !== undefined) return false
  try {
    const again = await perform(context, {
      send: first.performed.send,
      kind: tally.job.kind,
      label: `${tally.job.id}-again`,
      attempt: 2,
      raw: first.performed.exchange.request.raw,
    })
    return judgeOn(context, tally.job, line, again)?.report.holds === false
  } catch (error) {
    if (error instanceof OwnError) return false
    throw error
  }
}

function executionOf(tally: Tally): Execution {
  const shown = tally.broken.length > 0 ? tally.broken : tally.holding ? [tally.holding] : []
  return {
    performed: shown.map((each) => each.performed),
    lines: shown.slice(0, 1).map((each) => each.judged),
  }
}

function nothingSeen(context: RunContext, job: Job): ReportResult {
  return resultOf(context, job, {
    verdict: 'skip',
    attempts: 0,
    reason: {
      code: 'nothing-to-watch',
      say: 'No answer of this run was of the kind this case looks at.',
    },
  })
}

async function settleOne(context: RunContext, tally: Tally): Promise<ReportResult> {
  const { job, seen, count } = tally
  if (seen === 0) return nothingSeen(context, job)
  const execution = executionOf(tally)
  const [first] = tally.broken
  if (first === undefined) return resultOf(context, job, { execution, attempts: seen })
  const sure = count > 1 || first.judged.verdict === 'note' || (await seenAgain(context, tally))
  if (!sure) {
    return resultOf(context, job, {
      execution,
      attempts: seen,
      verdict: 'inconclusive',
      reason: { code: 'unstable', say: 'Seen in one answer, and not when it was asked for again.' },
    })
  }
  const times = Math.max(count, 2)
  return resultOf(context, job, {
    execution,
    attempts: seen,
    reason: {
      code: 'seen',
      say: `Seen in ${times} of ${Math.max(seen, times)} answers that it concerns.`,
    },
  })
}

/** Starts watching for the given cases. */
export function createWatches(context: RunContext, jobs: readonly Job[]): Watches {
  const tallies: Tally[] = jobs.map((job) => ({
    job,
    seen: 0,
    broken: [],
    holding: undefined,
    count: 0,
  }))
  return {
    look(performed) {
      const [first] = tallies
      if (first === undefined) return
      // Watches send nothing, so they are all of one kind and see an exchange alike.
      const view = checkContext(context, performed, first.job)
      for (const tally of tallies) lookWith(context, tally, performed, view)
    },
    async settle(running) {
      const results: ReportResult[] = []
      for (const tally of tallies) results.push(await settleOne(running, tally))
      return results
    },
  }
}
