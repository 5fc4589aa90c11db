import type { CredentialKind, With } from '../model/case.ts'
import type { ReportResult } from '../model/report.ts'
import { accessWanted, isMetadata, isOpen, kindOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'
import { resultOf } from './result.ts'

/** Why a refusal shows nothing although nobody was let in. */
export const ONLY_ERRORS = 'only-errors'

/** A finding that makes every refusal of its reach a matter of course. */
export interface Dominion {
  /** The result it was found by. */
  readonly by: string
  /** Undefined: whatever the credential. */
  readonly kind?: CredentialKind
  /** Nobody was let in: nothing but errors and silence keeps anybody out. */
  readonly onlyErrors?: true
}

function wantsGranted(job: Job): boolean {
  return job.steps.some(
    (step) => step.role !== 'control' && accessWanted(step.expect ?? []) === 'granted',
  )
}

/** True where what is sent cannot be valid, so that it ought to be refused. */
function isUntrue(what: With): boolean {
  return what === 'nothing' || !('valid' in what) || what.but !== undefined
}

/** True where what lets strangers of a kind in lets this credential in too. */
function falls(what: With, dominating: CredentialKind): boolean {
  const kind = kindOf(what) ?? dominating
  if (kind === dominating) return true
  // Where any text passes for a token, a signed one does; where signatures are not looked at, so
  // does a token with other text in it.
  if (dominating === 'bearer') return kind === 'jwt'
  const changed = typeof what === 'object' && 'valid' in what && 'token' in (what.but ?? {})
  return dominating === 'jwt' && kind === 'bearer' && changed
}

/** True if the finding leaves nothing for the case to tell. */
export function isDominated(job: Job, dominion: Dominion): boolean {
  const mains = job.steps.filter((step) => step.role !== 'control')
  if (mains.some((step) => isOpen(step.send.to)) || wantsGranted(job)) return false
  if (mains.every((step) => isMetadata(step.send.to))) return false
  const untrue = mains.filter((step) => isUntrue(step.send.with))
  const { kind } = dominion
  if (kind === undefined) return untrue.length > 0
  return untrue.some((step) => {
    // A field written out by hand is let in by whatever lets strangers in.
    if (step.send.with === 'nothing') return step.send.but?.fields !== undefined
    return falls(step.send.with, kind)
  })
}

/** The result of a case that another finding answers. */
export function dominatedResult(context: RunContext, job: Job, dominion: Dominion): ReportResult {
  const { by, onlyErrors } = dominion
  return resultOf(context, job, {
    verdict: 'skip',
    attempts: 0,
    reason: onlyErrors
      ? {
          code: ONLY_ERRORS,
          say: `Says nothing while ${by} holds: nothing but errors keeps out whoever must be refused here.`,
        }
      : {
          code: 'dominated',
          say: `Says nothing while ${by} holds: what must be refused here is served to everybody.`,
        },
  })
}
