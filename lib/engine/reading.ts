/** Has a target that reads its key set on request do so, after what it may read has changed. */
import type { Reason } from '../model/report.ts'
import { pause } from './budget.ts'
import type { Performed, RunContext } from './context.ts'
import { retryAfterMs } from './control.ts'
import { isThrottled } from './fingerprint.ts'
import type { Hosting } from './hosting.ts'
import { perform } from './perform.ts'

/** Milliseconds that a `Retry-After` is obeyed for before the request is left to a later try. */
const LONGEST_RETRY = 30_000
/** Milliseconds that the last request of a run may take. */
const LAST = 5_000

/** An ordinary exchange, which belongs to no case. */
async function ask(context: RunContext, hosting: Hosting): Promise<Performed | undefined> {
  const { refresh } = hosting
  if (refresh === undefined) return undefined
  const { send, kind } = refresh
  hosting.asks += 1
  return perform(context, { send, kind, label: 'key refresh', attempt: 1 })
}

/**
 * The status of an answer that refuses the request itself. Whoever fetched the set did as it was
 * told, whatever it says of what it found there.
 */
function refusalIn({ exchange: { answer } }: Performed, hosting: Hosting): number | undefined {
  const { status = 0 } = answer ?? {}
  const refused = status >= 400 && status < 500 && !isThrottled(status)
  return refused && !hosting.fetched() ? status : undefined
}

/** Asks the target to read what was published last, where it has to be asked and has not refused. */
export async function askToRead(context: RunContext): Promise<void> {
  const { hosting } = context
  if (hosting === undefined || hosting.refusal !== undefined) return
  const performed = await ask(context, hosting)
  const { answer, n } = performed?.exchange ?? {}
  if (performed === undefined || answer === undefined || n === undefined) return
  hosting.asked = { n, status: answer.status }
  hosting.refusal = refusalIn(performed, hosting)
  if (hosting.refusal !== undefined) hosting.unusable ??= refusedReason(hosting)
  if (isThrottled(answer.status)) {
    await pause(Math.min(retryAfterMs(performed) ?? 0, LONGEST_RETRY), context.signal)
  }
}

/** True where the target says that it has read the set, and what can be seen of that is so. */
function hasRead(hosting: Hosting): boolean {
  const { status } = hosting.asked ?? {}
  // Of a set that is broken on purpose nothing better can be said, however often it is read.
  return hosting.fetched() && (hosting.broken() || (status !== undefined && status < 400))
}

/**
 * Asks once more as long as nothing was read: the first request may have come too soon, or failed.
 * `anyway`: even where it seems to have been.
 */
export async function askAgain(context: RunContext, anyway: boolean): Promise<void> {
  const { hosting } = context
  if (hosting === undefined) return
  if (!hasRead(hosting) || (anyway && !hosting.broken())) await askToRead(context)
}

/** Why no case on the hosted set says anything of a target that does not take the request. */
export function refusedReason({ refresh, refusal }: Hosting): Reason {
  const say = `The server refuses ${refresh?.say} (${refusal}), and nothing else has it read its key set.`
  return { code: 'key-refresh-refused', say }
}

/**
 * Leaves what the target reads as the run found it, and has it read that. An interruption ends the
 * run and not this: keys of a case in the middle are nothing to leave a server with.
 */
export async function leaveKeys(context: RunContext): Promise<void> {
  const { hosting, stop } = context
  if (hosting === undefined) return
  await hosting.close()
  const unread = hosting.asked === undefined || !hosting.watched
  const barred = hosting.refusal !== undefined || stop?.code === 'locked'
  if (hosting.asks === 0 || !unread || barred) return
  await ask({ ...context, signal: AbortSignal.timeout(LAST) }, hosting)
}
