import { isCutShort } from '../checks/index.ts'
import type { CredentialKind, OperationName, Send } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { pause } from './budget.ts'
import type { Performed, RunContext } from './context.ts'
import { retryAfterMs } from './control.ts'
import { isCrash, isThrottled } from './fingerprint.ts'
import { perform } from './perform.ts'

/** What was asked of one operation before any case. */
export interface Samples {
  readonly anonymous: readonly Performed[]
  readonly strangers: readonly Performed[]
  readonly valid: readonly Performed[]
}

const RETRIES = 3

/** True for a complete answer that is no throttle and no crash. */
export function isUsable(
  performed: Performed,
): performed is Performed & { exchange: { answer: Answer } } {
  const { answer } = performed.exchange
  if (answer === undefined || isCutShort(answer)) return false
  return !isThrottled(answer.status) && !isCrash(answer.status)
}

/** Asks until a complete answer comes that can be learned from, three more times at most. */
export async function sample(
  context: RunContext,
  send: Send,
  kind: CredentialKind | undefined,
  attempt: number,
): Promise<Performed> {
  let performed = await perform(context, { send, kind, label: 'preflight', attempt })
  for (let retry = 1; retry <= RETRIES && !isUsable(performed); retry += 1) {
    if (context.signal.aborted) break
    if (['dns', 'certificate'].includes(performed.exchange.trouble?.code ?? '')) break
    await pause(Math.min(retryAfterMs(performed) ?? 100 * retry, 5000), context.signal)
    performed = await perform(context, { send, kind, label: 'preflight', attempt })
  }
  return performed
}

/** The answers that can be learned from. */
export function answersOf(list: readonly Performed[]): Answer[] {
  return list.flatMap((each) => (isUsable(each) ? [each.exchange.answer] : []))
}

/**
 * The six requests: anonymous, a stranger, valid, valid, the stranger, anonymous. Where another kind
 * rests on the same credential, the second stranger is one of that kind.
 */
export async function takeSamples(
  context: RunContext,
  operation: OperationName,
  kind: CredentialKind,
  beside: CredentialKind = kind,
): Promise<Samples> {
  const nothing: Send = { to: operation, with: 'nothing' }
  const stranger: Send = { to: operation, with: { stranger: kind } }
  const valid: Send = { to: operation, with: { valid: kind } }
  const a1 = await sample(context, nothing, kind, 1)
  if (a1.exchange.answer === undefined) {
    // A target that cannot be asked at all must not see the credentials.
    return { anonymous: [a1], strangers: [], valid: [] }
  }
  const s1 = await sample(context, stranger, kind, 1)
  const v1 = await sample(context, valid, kind, 1)
  const v2 = await sample(context, valid, kind, 2)
  const s2 = await sample(context, { to: operation, with: { stranger: beside } }, kind, 2)
  const a2 = await sample(context, nothing, kind, 2)
  return { anonymous: [a1, a2], strangers: [s1, s2], valid: [v1, v2] }
}
