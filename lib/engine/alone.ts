import type { Reason } from '../model/report.ts'
import { pause } from './budget.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { guard, retryAfterMs } from './control.ts'
import { type Execution, execute } from './execute.ts'

/** A case that was run between its own controls, or why it could not be. */
export type Alone =
  | {
      readonly execution: Execution
      readonly control: Performed
      /** The outcome that was seen every time and lets access stay unknown. */
      readonly steadily?: 'silent' | 'crashed' | 'throttled'
      readonly rounds: number
    }
  | {
      readonly left: Reason
      readonly culprit?: Execution
      readonly control?: Performed
      readonly rounds: number
    }

const ROUNDS = 9
const ENOUGH = { silent: 3, crashed: 2, throttled: 2 } as const
const THROTTLED_WAIT = 250

type Kind = keyof typeof ENOUGH

function kindOf(execution: Execution): Kind | undefined {
  const { unsteady } = execution
  if (unsteady === 'closed' || unsteady === 'silent') return 'silent'
  return unsteady === 'crashed' || unsteady === 'throttled' ? unsteady : undefined
}

async function waitIfThrottled(context: RunContext, execution: Execution): Promise<void> {
  const last = execution.performed.at(-1)
  if (last?.outcome !== 'throttled') return
  await pause(Math.min(retryAfterMs(last) ?? THROTTLED_WAIT, 5000), context.signal)
}

/**
 * Runs a case by itself between its own controls until its outcome decides. Silence counts only
 * when three executions of three were silent, a crash when it was seen twice: single ones are the
 * network's.
 */
export async function runAlone(
  context: RunContext,
  job: Job,
  attempt: number,
  pastCache = false,
): Promise<Alone> {
  const seen: Record<Kind, number> = { silent: 0, crashed: 0, throttled: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = await guard(context, job)
    if (!open.ok) return { left: open.reason, control: open.performed, rounds: round }
    const execution = await execute(context, job, { attempt: attempt + round, pastCache })
    const close = await guard(context, job)
    if (!close.ok) {
      const culprit = kindOf(execution) === 'silent' ? { culprit: execution } : {}
      return { left: close.reason, ...culprit, control: open.performed, rounds: round + 1 }
    }
    const kind = kindOf(execution)
    const base = { execution, control: open.performed, rounds: round + 1 }
    // A steady answer beside a control that had to be asked twice may be the trouble's, not the rule's.
    if (kind === undefined && (close.calm || round === ROUNDS - 1)) return base
    if (kind === undefined) continue
    seen[kind] += 1
    if (seen[kind] === ENOUGH[kind]) return { ...base, steadily: kind }
    await waitIfThrottled(context, execution)
  }
  return {
    left: { code: 'unstable', say: 'The exchange ended differently each time it was tried.' },
    rounds: ROUNDS,
  }
}
