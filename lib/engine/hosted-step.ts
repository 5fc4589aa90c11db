/** Steps whose answer depends on when the target reads the key set. */
import type { SendStep } from '../model/case.ts'
import { accessWanted } from '../notation/derive.ts'
import { pause } from './budget.ts'
import type { Performed, RunContext } from './context.ts'
import type { Hosting } from './hosting.ts'
import { askAgain } from './reading.ts'

/** The target has not fetched what was published, so that its answers say nothing about it. */
export class NotFetchedError extends Error {
  readonly code = 'not-fetched'
  /** The last exchange of a step that had to be granted; undefined for other steps. */
  readonly control: Performed | undefined

  constructor(control?: Performed) {
    super()
    this.control = control
  }
}

const FIRST_WAIT = 20
const GROWTH = 1.5
const LONGEST_WAIT = 2000

/**
 * Sends until `enough` says so or the time for reading keys is over; gives the last answer. A target
 * that reads on request is asked again meanwhile, as long as it has read nothing, and once in any case:
 * what it read before it answered, or after, may have been cut off on the way.
 */
export async function sendUntil(
  context: RunContext,
  refreshMs: number,
  send: () => Promise<Performed>,
  enough: (performed: Performed) => boolean,
): Promise<Performed> {
  const since = Date.now()
  let performed = await send()
  let repeated = false
  for (let wait = FIRST_WAIT; !enough(performed); wait = Math.min(wait * GROWTH, LONGEST_WAIT)) {
    const left = refreshMs - (Date.now() - since)
    const over = left <= 0 || context.hosting?.refusal !== undefined
    if (over || context.signal.aborted || context.stop !== undefined) return performed
    await pause(Math.min(wait, left), context.signal)
    const late: boolean = !repeated && left < refreshMs / 2
    repeated ||= late
    await askAgain(context, late)
    performed = await send()
  }
  return performed
}

async function untilAccess(
  context: RunContext,
  hosting: Hosting,
  step: SendStep,
  send: () => Promise<Performed>,
): Promise<Performed> {
  const wanted = step.role === 'control' ? 'granted' : accessWanted(step.expect ?? [])
  const performed = await sendUntil(
    context,
    hosting.refreshMs,
    send,
    (each) => each.outcome === wanted,
  )
  // What a target has not read it cannot have been wrong about.
  if (performed.outcome !== wanted && !hosting.fetched()) {
    throw new NotFetchedError(step.role === 'control' ? performed : undefined)
  }
  return performed
}

async function untilFetched(
  context: RunContext,
  hosting: Hosting,
  send: () => Promise<Performed>,
): Promise<Performed> {
  const led = await sendUntil(context, hosting.refreshMs, send, () => hosting.fetched())
  if (!hosting.fetched()) throw new NotFetchedError()
  // Who waits in vain for the set, breaks on it or takes anybody meanwhile does so in this exchange.
  if (led.outcome !== 'denied') return led
  // A refusal may have come before what was fetched was read.
  const next = await send()
  return hosting.roundabout() ? sendForAWhile(context, next, send) : next
}

/** Milliseconds after the first answer of ours within which a server has got to the last one. */
const ROUNDABOUT = 1000
const STEP = 200

/** Whoever reads a set in the background refuses meanwhile: what it grants then counts. */
async function sendForAWhile(
  { signal }: RunContext,
  first: Performed,
  send: () => Promise<Performed>,
): Promise<Performed> {
  let performed = first
  for (let waited = 0; waited < ROUNDABOUT; waited += STEP) {
    if (performed.outcome !== 'denied' || signal.aborted) return performed
    await pause(STEP, signal)
    performed = await send()
  }
  return performed
}

/**
 * Sends a step as often as it says, each time told which time it is, from 1; throws NotFetchedError
 * where the target reads nothing.
 */
export async function sendStep(
  context: RunContext,
  step: SendStep,
  send: (time: number) => Promise<Performed>,
): Promise<Performed> {
  const { hosting } = context
  const { times = 1 } = step
  for (let time = 1; time < times; time += 1) await send(time)
  let time = times
  const next = (): Promise<Performed> => send(time++)
  if (hosting === undefined) return next()
  if (step.until === 'fetched') return untilFetched(context, hosting, next)
  return step.within === undefined ? next() : untilAccess(context, hosting, step, next)
}
