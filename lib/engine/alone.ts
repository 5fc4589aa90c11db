import type { Reason } from '../model/report.ts'
import { pause } from './budget.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { type Guard, guard, retryAfterMs } from './control.ts'
import { type Execution, execute } from './execute.ts'
import { fits, loginsOf, overBudget } from './logins.ts'

/** A case that was run between its own controls, or why it could not be. */
export type Alone =
  | {
      readonly execution: Execution
      readonly control: Performed
      /** The outcome that was seen every time and lets access stay unknown. */
      readonly steadily?: 'silent' | 'crashed' | 'throttled'
      /** How often it was seen, the last times in a row. */
      readonly times?: number
      readonly rounds: number
    }
  | {
      readonly left: Reason
      readonly culprit?: Execution
      readonly control?: Performed
      readonly rounds: number
    }

const ROUNDS = 9
/** How often something must be seen before it is the server's way and not the network's trouble. */
const ENOUGH = { silent: 3, crashed: 2, throttled: 2, apart: 3 } as const
/** Silence in a row where controls went unanswered too: one reset in ten makes three by chance. */
const SILENT_WHERE_RESTLESS = 5
const THROTTLED_WAIT = 250

type Kind = Exclude<keyof typeof ENOUGH, 'apart'>

function kindOf(execution: Execution): Kind | undefined {
  const { unsteady } = execution
  if (unsteady === 'closed' || unsteady === 'silent') return 'silent'
  return unsteady === 'crashed' || unsteady === 'throttled' ? unsteady : undefined
}

type Reading = Kind | 'decided' | 'unsure' | 'apart'

/** What one execution is worth; `apart`: the connection that steps were to share was lost. */
function readingOf(job: Job, execution: Execution, calm: boolean): Reading {
  if (execution.notFetched) return 'decided'
  // A control on the hosted set was asked for again and again, for as long as reading it may take.
  if (job.publishes !== undefined && execution.controlRefused !== undefined) return 'decided'
  const kind = kindOf(execution)
  // What befell a step that has no fault says nothing of the fault.
  if (kind !== undefined) return execution.controlRefused === undefined ? kind : 'unsure'
  if (execution.notShared) return 'apart'
  // A steady answer beside a control that had to be asked twice may be the trouble's, not the rule's.
  return calm ? 'decided' : 'unsure'
}

async function waitIfThrottled(context: RunContext, execution: Execution): Promise<void> {
  const last = execution.performed.at(-1)
  if (last?.outcome !== 'throttled') return
  await pause(Math.min(retryAfterMs(last) ?? THROTTLED_WAIT, 5000), context.signal)
}

/** Counts a reading; gives it back once it was seen often enough. */
function tallied(
  context: RunContext,
  seen: Record<keyof typeof ENOUGH, number>,
  reading: Reading,
): keyof typeof ENOUGH | undefined {
  if (reading === 'decided' || reading === 'unsure') {
    seen.silent = 0
    return undefined
  }
  seen[reading] += 1
  const restless = reading === 'silent' && context.restless
  return seen[reading] >= (restless ? SILENT_WHERE_RESTLESS : ENOUGH[reading]) ? reading : undefined
}

function unclosed(reason: Reason, execution: Execution, control: Performed, rounds: number): Alone {
  // A door that was shut before the request was sent tells of a server gone already.
  const died = reason.code === 'did-not-come-back' && execution.unsteady === 'silent'
  return { left: reason, ...(died ? { culprit: execution } : {}), control, rounds }
}

/** The first control of a round, where the log-ins that the case will fail fit the budget. */
async function opening(
  context: RunContext,
  job: Job,
): Promise<Guard | { readonly ok: false; readonly reason: Reason }> {
  return fits(context, loginsOf(context, job))
    ? guard(context, job)
    : { ok: false, reason: overBudget(context) }
}

function controlIn(open: object & { readonly performed?: Performed }): { control?: Performed } {
  return open.performed === undefined ? {} : { control: open.performed }
}

/**
 * Runs a case by itself between its own controls until its outcome decides. Silence counts only
 * when three executions in a row were silent, five where controls are lost too, a crash when it was
 * seen twice: single ones are the network's.
 */
export async function runAlone(
  context: RunContext,
  job: Job,
  attempt: number,
  pastCache = false,
): Promise<Alone> {
  const seen = { silent: 0, crashed: 0, throttled: 0, apart: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = await opening(context, job)
    if (!open.ok) return { left: open.reason, rounds: round, ...controlIn(open) }
    const execution = await execute(context, job, { attempt: attempt + round, pastCache })
    const close = await guard(context, job)
    if (!close.ok) return unclosed(close.reason, execution, open.performed, round + 1)
    const base = { execution, control: open.performed, rounds: round + 1 }
    const reading = readingOf(job, execution, close.calm || round === ROUNDS - 1)
    const steadily = tallied(context, seen, reading)
    if (reading === 'decided' || steadily === 'apart') return base
    if (steadily !== undefined) return { ...base, steadily, times: seen[steadily] }
    await waitIfThrottled(context, execution)
  }
  return {
    left: { code: 'unstable', say: 'The exchange ended differently each time it was tried.' },
    rounds: ROUNDS,
  }
}
