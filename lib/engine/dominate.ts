import type { CredentialKind } from '../model/case.ts'
import type { ReportResult } from '../model/report.ts'
import { expectationOf, kindOf, sendsOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'
import { resultOf } from './result.ts'

/** A finding that makes every refusal of its reach a matter of course. */
export interface Dominion {
  /** The result it was found by. */
  readonly by: string
  /** Undefined: whatever the credential. */
  readonly kind?: CredentialKind
}

function wantsDenied(job: Job): boolean {
  return sendsOf(job.case).some((step) =>
    (step.expect ?? []).some((line) => {
      const wanted = expectationOf(line)
      return wanted.access === 'denied' || wanted.notAll !== undefined
    }),
  )
}

function expectsRefusal(job: Job): boolean {
  return wantsDenied(job) || job.steps.some((step) => step.send.with === 'nothing')
}

/** True if the finding leaves nothing for the case to tell. */
export function isDominated(job: Job, dominion: Dominion): boolean {
  const main = job.steps.find((step) => step.role !== 'control')?.send
  if (main === undefined || main.to === 'public') return false
  if (dominion.kind === undefined) return expectsRefusal(job)
  return wantsDenied(job) && (kindOf(main.with) ?? job.kind) === dominion.kind
}

/** The result of a case that another finding answers. */
export function dominatedResult(context: RunContext, job: Job, dominion: Dominion): ReportResult {
  return resultOf(context, job, {
    verdict: 'skip',
    attempts: 0,
    reason: {
      code: 'dominated',
      say: `Says nothing while ${dominion.by} holds: what must be refused here is served to everybody.`,
    },
  })
}
