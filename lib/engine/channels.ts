import type { Case, Suite } from '../model/case.ts'
import { sendsOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'
import { breaks, type Execution, execute } from './execute.ts'
import { type Plan, planRun } from './plan.ts'
import type { Learned } from './preflight.ts'
import { resultOf } from './result.ts'

/** True for a case that looks at the channel alone, and so needs nobody to be let in. */
function looksAtChannel(each: Case): boolean {
  const sends = sendsOf(each)
  return (
    sends.length > 0 &&
    sends.every(({ send: { but } }) => but?.look !== undefined || but?.hello !== undefined)
  )
}

function ofChannel(suites: readonly Suite[]): readonly Suite[] {
  return suites.flatMap((suite) => {
    const [first, ...rest] = suite.cases.filter(looksAtChannel)
    return first === undefined ? [] : [{ ...suite, cases: [first, ...rest] as const }]
  })
}

/** Whether it is the certificate that keeps every request from being sent. */
export function isCertificateTrouble(learned: readonly Learned[]): boolean {
  return learned.some(({ anonymous: [first] }) => first?.exchange.trouble?.code === 'certificate')
}

async function judge(context: RunContext, job: Job): Promise<void> {
  const execution: Execution = await execute(context, job, { attempt: 1 })
  const again = breaks(execution) ? await execute(context, job, { attempt: 2 }) : execution
  if (breaks(execution) === breaks(again)) {
    const attempts = breaks(execution) ? 2 : 1
    context.recorder.result(resultOf(context, job, { execution, attempts }))
    return
  }
  const reason = { code: 'unstable', say: 'Seen once, and not when it was looked at again.' }
  context.recorder.result(
    resultOf(context, job, { execution, attempts: 2, verdict: 'inconclusive', reason }),
  )
}

/**
 * Judges what can be judged of a server to which nothing is sent because of its certificate: the
 * certificate, and how it speaks TLS.
 */
export async function judgeChannels(context: RunContext, suites: readonly Suite[]): Promise<Plan> {
  const plan = planRun(context, ofChannel(suites))
  for (const { job, verdict, reason } of plan.left) {
    context.recorder.result(resultOf(context, job, { verdict, reason, attempts: 0 }))
  }
  for (const job of plan.jobs) {
    if (context.stop !== undefined || context.signal.aborted) break
    await judge(context, job)
  }
  return plan
}
