/** What the steps of a case say of its kind of credential and of its control. */
import type { Case, CredentialKind, Send, SendStep } from '../model/case.ts'
import { controlOf, isControl, kindOf, sendsOf } from '../notation/derive.ts'

/** The kind that a case is bound to: that of its own exchange, or of a step beside it. */
export function statedKind(each: Case, send: Send | undefined): CredentialKind | undefined {
  const own = send === undefined ? undefined : kindOf(send.with)
  if (own !== undefined || each.steps === undefined) return own
  return sendsOf(each).flatMap((step) => kindOf(step.send.with) ?? [])[0]
}

/**
 * The exchange that must be granted around a case. Where a case of steps has a control of its own, a
 * plain request to another place than the protected one is judged and controls nothing.
 */
export function controlFor(
  steps: readonly SendStep[],
  main: Send,
  kind: CredentialKind | undefined,
): Send {
  const stated = steps.find((step) => step.role === 'control')?.send
  const judged = !['protected', 'public'].includes(main.to) && isControl(main, kind)
  return stated !== undefined && judged ? stated : controlOf(main, kind)
}
