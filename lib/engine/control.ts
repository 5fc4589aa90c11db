import type { Send } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import { isOpen } from '../notation/derive.ts'
import { fieldValue, parseRetryAfter } from '../text/fields.ts'
import { pause } from './budget.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { perform } from './perform.ts'
import { hasExpired, restsOnHosted } from './token-life.ts'

/** Whether the control of a case is granted right now. */
export type Guard =
  /** `calm`: granted at the first asking. */
  | { readonly ok: true; readonly calm: boolean; readonly performed: Performed }
  | { readonly ok: false; readonly reason: Reason; readonly performed: Performed }

const FIRST_WAIT = 50
const GIVE_UP = 10_000
const REFUSED_WAIT = 100
/** Milliseconds a `Retry-After` is obeyed for; longer ones end the run in words. */
const LONGEST_RETRY = 30_000

/** Milliseconds the answer asks us to wait, if it does. */
export function retryAfterMs(performed: Performed): number | undefined {
  const { answer } = performed.exchange
  const value = answer && fieldValue(answer.fields, 'Retry-After')
  if (value === undefined) return undefined
  const parsed = parseRetryAfter(value, Date.now())
  return 'fault' in parsed ? undefined : Math.max(0, parsed.seconds * 1000)
}

async function ask(context: RunContext, job: Job, send: Send, raw = job.raw): Promise<Performed> {
  return perform(context, {
    send,
    kind: job.kind,
    label: 'control',
    attempt: 1,
    raw,
    circumstance: { mustBeGranted: true },
  })
}

function isUp(performed: Performed): boolean {
  return !['silent', 'closed', 'crashed'].includes(performed.outcome)
}

async function untilUp(
  context: RunContext,
  job: Job,
  send: Send,
  first: Performed,
): Promise<Performed> {
  let performed = first
  const since = Date.now()
  for (let wait = FIRST_WAIT; !isUp(performed) && Date.now() - since < GIVE_UP; wait *= 2) {
    if (context.signal.aborted) break
    await pause(Math.min(wait, GIVE_UP - (Date.now() - since)), context.signal)
    performed = await ask(context, job, send)
  }
  if (isUp(performed) && !isUp(first)) context.restless = true
  return performed
}

function stopped(context: RunContext, performed: Performed): Guard {
  const { stop } = context
  return {
    ok: false,
    performed,
    reason: { code: stop?.code ?? 'interrupted', say: stop?.say ?? 'The run was interrupted.' },
  }
}

function down(context: RunContext, performed: Performed): Guard {
  context.stop ??= {
    code: 'did-not-come-back',
    say: 'The server stopped answering and did not come back within 10 seconds.',
  }
  return stopped(context, performed)
}

const EXPIRED: NonNullable<RunContext['stop']> = {
  code: 'token-expired',
  say: 'The token expired during the run; give one that lives longer, or --signing-key FILE to have fresh ones signed.',
}

/** The valid token is signed with a hosted key, and that key is out of use after what was published. */
function withoutKey(context: RunContext, job: Job, performed: Performed): Guard | undefined {
  const { hosting } = context
  // Where keys are read on request, the set that was read last vouches for every token there is.
  const asked = hosting?.refresh !== undefined && (job.kind === 'jwt' || job.kind === 'bearer')
  if (hosting?.unusable === undefined || !(asked || restsOnHosted(context, 'jwt'))) return undefined
  return { ok: false, performed, reason: hosting.unusable }
}

function lock(context: RunContext, job: Job, performed: Performed): Guard {
  const lost = withoutKey(context, job, performed)
  if (lost !== undefined) return lost
  if (hasExpired(context, job.kind)) context.stop ??= EXPIRED
  const status = performed.exchange.answer?.status
  const failures = context.budget.failures()
  const how = performed.outcome === 'throttled' ? 'throttled' : 'refused'
  context.stop ??= {
    code: 'locked',
    say: `Valid credentials that were granted before are ${how} now${status === undefined ? '' : ` (${status})`}, after ${failures} failed log-ins: the account or our address seems locked.`,
  }
  return stopped(context, performed)
}

function defaultControl(job: Job): Send {
  if (job.kind === undefined) return { to: 'protected', with: 'nothing' }
  // Another operation may refuse for reasons of its own, which lock nobody out.
  const to = job.control?.to === 'public' ? 'public' : 'protected'
  return { to, with: { valid: job.kind } }
}

async function afterRefusal(
  context: RunContext,
  job: Job,
  control: Send,
  first: Performed,
): Promise<Guard> {
  const wait = retryAfterMs(first) ?? REFUSED_WAIT
  if (wait > LONGEST_RETRY) return lock(context, job, first)
  await pause(wait, context.signal)
  const again = await untilUp(context, job, control, await ask(context, job, control))
  if (again.outcome === 'granted') return { ok: true, calm: false, performed: again }
  if (context.signal.aborted) return stopped(context, again)
  const fallback = defaultControl(job)
  const own = JSON.stringify(fallback) === JSON.stringify(control)
  const known = own ? again : await ask(context, job, fallback, undefined)
  if (known.outcome !== 'granted') {
    return known.outcome === 'unclear' ? unclear(known) : lock(context, job, known)
  }
  const status = again.exchange.answer?.status
  return {
    ok: false,
    performed: again,
    reason: {
      code: 'control-refused',
      say: `The same request without the fault was not granted (${status ?? 'no answer'}), so this proves nothing: ${again.built.say}.`,
    },
  }
}

function unclear(performed: Performed): Guard {
  return {
    ok: false,
    performed,
    reason: {
      code: 'control-unclear',
      say: 'The same request without the fault got an answer that is neither the granted one nor a refusal seen before.',
    },
  }
}

async function guardAlive(context: RunContext, job: Job): Promise<Guard> {
  const send: Send = { to: job.steps[0]?.send.to ?? 'protected', with: 'nothing' }
  const first = await ask(context, job, send)
  const performed = await untilUp(context, job, send, first)
  if (!isUp(performed)) return down(context, performed)
  return { ok: true, calm: performed === first, performed }
}

/** What is there for everybody and is not served says nothing of credentials, nor that a server is gone. */
async function guardOpen(context: RunContext, job: Job, control: Send): Promise<Guard> {
  const first = await ask(context, job, control)
  if (first.outcome === 'granted') return { ok: true, calm: true, performed: first }
  const wait = Math.min(retryAfterMs(first) ?? REFUSED_WAIT, LONGEST_RETRY)
  await pause(wait, context.signal)
  const again = await ask(context, job, control)
  if (again.outcome === 'granted') return { ok: true, calm: false, performed: again }
  if (context.signal.aborted) return stopped(context, again)
  const status = again.exchange.answer?.status
  return {
    ok: false,
    performed: again,
    reason: {
      code: 'control-refused',
      say: `What is there for everybody was not served (${status ?? 'no answer'}): ${again.built.say}.`,
    },
  }
}

/**
 * Asks the control of a case until it is granted or cannot be. A server that is silent is asked for
 * ten seconds; a refused control is asked once more, then the default account tells a lock from a
 * control that does not apply. Ending the run is noted in the context.
 */
export async function guard(context: RunContext, job: Job): Promise<Guard> {
  const { control } = job
  if (control === undefined) return guardAlive(context, job)
  if (isOpen(control.to)) return guardOpen(context, job, control)
  const first = await ask(context, job, control)
  const performed = await untilUp(context, job, control, first)
  if (context.signal.aborted) return stopped(context, performed)
  if (!isUp(performed)) return down(context, performed)
  if (performed.outcome === 'granted') return { ok: true, calm: performed === first, performed }
  return afterRefusal(context, job, control, performed)
}
