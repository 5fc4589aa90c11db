import type { ReportResult } from '../model/report.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { guard } from './control.ts'
import { type Execution, execute } from './execute.ts'
import { fits, loginsOf, overBudget } from './logins.ts'
import { OwnError } from './perform.ts'
import { resultOf } from './result.ts'
import { culpritResult, settle, settleAlone } from './settle.ts'

const SIZE = 8
const LONGEST = 10_000

/** Cases that share operation, account, transport and route of their control. */
export function groupKey(job: Job): string {
  return JSON.stringify([job.control ?? null, job.kind ?? null, job.raw !== undefined])
}

interface Sent {
  readonly job: Job
  readonly execution: Execution
}

function inconclusive(context: RunContext, job: Job, control?: Performed): ReportResult {
  const { stop } = context
  return resultOf(context, job, {
    verdict: 'inconclusive',
    attempts: 0,
    control,
    reason: {
      code: stop?.code ?? 'interrupted',
      say: stop?.say ?? 'The run was interrupted before this case.',
    },
  })
}

/**
 * What `work` gives, or the result of a case whose request could not be made again: the chance in a
 * signature decides whether its numbers allow a forgery, and no server is to blame for that.
 */
async function orNotMade<T>(
  context: RunContext,
  job: Job,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OwnError)) throw error
    const reason = { code: 'not-made', say: `The request could not be made: ${error.message}.` }
    context.recorder.result(
      resultOf(context, job, { verdict: 'inconclusive', attempts: 0, reason }),
    )
    return undefined
  }
}

async function record(
  context: RunContext,
  job: Job,
  judge: () => Promise<ReportResult>,
): Promise<void> {
  const result = await orNotMade(context, job, judge)
  if (result !== undefined) context.recorder.result(result)
}

function take(context: RunContext, queue: Job[]): Job[] {
  const batch: Job[] = []
  let failing = 0
  while (batch.length < SIZE) {
    const [next] = queue
    if (next === undefined || next.alone) break
    failing += next.cost.failedLogins
    if (batch.length > 0 && failing > context.budget.inARow) break
    queue.shift()
    batch.push(next)
  }
  return batch
}

/** Sends a batch; stops early where an exchange got no answer, so that a culprit is the last one. */
async function sendBatch(context: RunContext, batch: Job[], queue: Job[]): Promise<Sent[]> {
  const sent: Sent[] = []
  const since = Date.now()
  while (batch.length > 0 && Date.now() - since < LONGEST && !context.signal.aborted) {
    const job = batch.shift()
    if (job === undefined) break
    if (!fits(context, loginsOf(context, job))) {
      const reason = overBudget(context)
      context.recorder.result(resultOf(context, job, { verdict: 'skip', attempts: 0, reason }))
      continue
    }
    const execution = await orNotMade(context, job, () => execute(context, job, { attempt: 1 }))
    if (execution === undefined) continue
    sent.push({ job, execution })
    if (execution.unsteady === 'silent' || execution.unsteady === 'closed') break
  }
  queue.unshift(...batch)
  return sent
}

async function settleBatch(
  context: RunContext,
  sent: readonly Sent[],
  open: Performed,
  sealed: boolean,
): Promise<void> {
  for (const { job, execution } of sent) {
    if (context.stop !== undefined || context.signal.aborted) {
      context.recorder.result(inconclusive(context, job, open))
    } else if (sealed && execution.unsteady === undefined) {
      await record(context, job, () => settle(context, job, execution, open))
    } else {
      await record(context, job, () => settleAlone(context, job))
    }
  }
}

function bury(context: RunContext, sent: readonly Sent[], open: Performed): void {
  const dead = context.stop?.code === 'did-not-come-back' && context.options.concurrency === 1
  const culprit = dead ? sent.find(({ execution }) => execution.unsteady === 'silent') : undefined
  for (const each of sent) {
    context.recorder.result(
      each === culprit
        ? culpritResult(context, each.job, each.execution, open, 1)
        : inconclusive(context, each.job, open),
    )
  }
}

function leave(
  context: RunContext,
  jobs: readonly Job[],
  reason: ReportResult['reason'],
  control: Performed,
): void {
  for (const job of jobs) {
    context.recorder.result(
      resultOf(context, job, {
        verdict: 'inconclusive',
        attempts: 0,
        control,
        ...(reason === undefined ? {} : { reason }),
      }),
    )
  }
}

/**
 * Runs cases of one control in brackets: up to eight exchanges between two granted controls, the
 * closing one opening the next. What does not decide, or whose bracket does not close, runs alone.
 */
export async function runGroup(context: RunContext, jobs: readonly Job[]): Promise<void> {
  const queue = [...jobs]
  let open: Performed | undefined
  while (queue.length > 0) {
    if (context.stop !== undefined || context.signal.aborted) {
      for (const job of queue) context.recorder.result(inconclusive(context, job))
      return
    }
    if (queue[0]?.alone) {
      const job = queue.shift()
      if (job !== undefined) await record(context, job, () => settleAlone(context, job))
      open = undefined
      continue
    }
    if (open === undefined) {
      const opening = await guard(context, queue[0] as Job)
      if (!opening.ok) {
        leave(context, queue, opening.reason, opening.performed)
        return
      }
      open = opening.performed
    }
    open = await runBracket(context, queue, open)
  }
}

async function runBracket(
  context: RunContext,
  queue: Job[],
  open: Performed,
): Promise<Performed | undefined> {
  const batch = take(context, queue)
  const [first] = batch
  if (first === undefined) return open
  const sent = await sendBatch(context, batch, queue)
  const closing = await guard(context, first)
  if (!closing.ok && context.stop !== undefined) {
    bury(context, sent, open)
    return undefined
  }
  const before = context.recorder.exchanges.size
  await settleBatch(context, sent, open, closing.ok && closing.calm)
  // Confirmations in between end the seal: the next bracket opens with a control of its own.
  return closing.ok && context.recorder.exchanges.size === before ? closing.performed : undefined
}
