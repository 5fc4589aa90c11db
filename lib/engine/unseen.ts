/** Executions whose lines say nothing: what they needed was not there. */
import { sayWhen } from '../checks/index.ts'
import type { Reason, ReportResult } from '../model/report.ts'
import { linesOf } from '../notation/derive.ts'
import type { Job, Performed, RunContext } from './context.ts'
import type { Execution } from './execute.ts'
import { whyNothing } from './found.ts'
import type { Hosting } from './hosting.ts'
import { refusedReason } from './reading.ts'
import { resultOf } from './result.ts'
import { otherAlgorithm, untakenReason } from './untaken.ts'

/** Cases in a row that a target may not read before no other is tried: each takes its whole time. */
const ENOUGH_IGNORED = 2

function conditionsOf(job: Job): string {
  const conditions = linesOf(job.case).flatMap((line) => sayWhen(line.when) ?? [])
  return [...new Set(conditions)].join(', or where ')
}

/** What a probe found instead. */
function because({ performed }: Execution): string {
  const found = performed.flatMap(({ exchange }) => whyNothing(exchange) ?? [])[0]
  return found === undefined ? '' : `: ${found}`
}

/** Nothing was read of what a case published: no word about the target, and soon no further try. */
function ignored(
  context: RunContext,
  job: Job,
  control: Performed,
  attempts: number,
): ReportResult {
  const { hosting } = context
  const reason = hosting?.refusal === undefined ? unread(hosting) : refusedReason(hosting)
  if (hosting !== undefined) {
    hosting.ignored += 1
    if (hosting.ignored >= ENOUGH_IGNORED) hosting.unusable ??= reason
  }
  return resultOf(context, job, { control, attempts, verdict: 'inconclusive', reason })
}

function unread(hosting: Hosting | undefined): Reason {
  const { refreshMs = 0, watched = true, refresh } = hosting ?? {}
  const seconds = Math.ceil(refreshMs / 1000)
  const read = watched ? 'fetch' : 'make use of'
  const asked = refresh === undefined ? '' : ` and ${refresh.say} had asked for it`
  const say = `The server did not ${read} the key set within ${seconds} s after it was published anew${asked}.`
  return { code: 'not-fetched', say, option: '--key-refresh SECONDS' }
}

/** The result of an execution that says nothing by its lines; undefined where it does. */
export function withoutLines(
  context: RunContext,
  job: Job,
  execution: Execution,
  control: Performed,
  attempts: number,
): ReportResult | undefined {
  const { controlRefused } = execution
  const other = controlRefused && otherAlgorithm(context, controlRefused.send)
  // Some targets read no key for an algorithm that they do not take.
  if (other !== undefined) {
    const reason = untakenReason(other)
    return resultOf(context, job, { control, attempts, verdict: 'skip', reason })
  }
  if (execution.notFetched) return ignored(context, job, control, attempts)
  if (controlRefused !== undefined) {
    return resultOf(context, job, {
      control,
      attempts,
      verdict: 'inconclusive',
      reason: {
        code: 'control-refused',
        say: `A step that must be granted was not: ${controlRefused.built.say}.`,
      },
    })
  }
  if (execution.lines.length === 0) {
    return resultOf(context, job, {
      control,
      attempts,
      verdict: 'skip',
      reason: {
        code: 'does-not-apply',
        say: `Says something only where ${conditionsOf(job)}, and that was not so${because(execution)}.`,
      },
    })
  }
  if (execution.notShared === undefined) return undefined
  return resultOf(context, job, {
    control,
    attempts,
    verdict: 'skip',
    reason: {
      code: 'connection-not-kept',
      say: 'The server closed the connection after its answer, so nothing can be seen on a kept one.',
    },
  })
}
