import type { Built } from '../credentials/build.ts'
import { isFailedLogin, isMetadata, isOpen } from '../notation/derive.ts'
import type { Line as Connection } from '../transport/transport.ts'
import { awaitCallback } from './callback.ts'
import { type Performed, printKey, type RunContext } from './context.ts'
import { type Circumstance, type Fingerprint, outcomeOf } from './fingerprint.ts'
import { make, momentOf, type Order } from './making.ts'
import { statedPrint } from './of-profile.ts'
import { tokenGiven } from './sign-in.ts'

/** One exchange to be sent. */
export interface Ask extends Omit<Order, 'moment'> {
  /** Why it must go over a raw socket. */
  readonly raw?: string | undefined
  readonly on?: Connection | undefined
  readonly circumstance?: Circumstance
  /** Looks whether the server closes the connection after its answer. */
  readonly watchClose?: boolean
}

/** Milliseconds a server has to close after its answer, where a case looks at it. */
const CLOSE_WINDOW = 300

/** A case asked for something the plan should have skipped. */
export class OwnError extends Error {
  readonly code = 'own'
}

const unlearned: Fingerprint = { granted: undefined, refused: [], tells: [] }

/** A document for everybody is there or is not (RFC 9728 §3.2), which preflight need not ask. */
const document: Fingerprint = { granted: { status: '200' }, refused: [], tells: ['status'] }

/** The kind of credential that is taken where an exchange is sent. */
function kindSent({ send, kind }: Ask): Pick<Performed, 'kind'> {
  const found = send.but?.boundFor ?? kind
  return found === undefined ? {} : { kind: found }
}

/** Builds an exchange as the plan did; throws OwnError where something is missing. */
export function buildAsk(context: RunContext, ask: Ask): Built {
  context.serial += 1
  const moment = { ...momentOf(context), serial: context.serial }
  const built = make(context, { ...ask, moment })
  if ('missing' in built) throw new OwnError(`${ask.label} needs ${built.missing}`)
  if (ask.raw === undefined) return built
  return { ...built, request: { ...built.request, raw: ask.raw } }
}

/** Sends one exchange, judges what it says about access, and records it. */
export async function perform(context: RunContext, ask: Ask): Promise<Performed> {
  const built = buildAsk(context, ask)
  await context.budget.turn(context.signal)
  const exchange = await context.transport.send(built.request, {
    signal: context.signal,
    timeoutMs: context.options.timeoutMs,
    turn: () => context.budget.turn(context.signal),
    ...(ask.on === undefined ? {} : { on: ask.on }),
    ...(ask.watchClose ? { watchCloseMs: CLOSE_WINDOW } : {}),
  })
  await awaitCallback(context, built)
  const print =
    statedPrint(context.target.profile, ask.send, ask.kind) ??
    context.prints.get(printKey(ask.send.to, ask.send.but?.boundFor ?? ask.kind)) ??
    (isMetadata(ask.send.to) || isOpen(ask.send.to) ? document : unlearned)
  // What speaks TLS on its port answers 400 to every request without, whatever is missing in it.
  const incomplete = built.incomplete === true && ask.send.but?.over !== 'tls-port'
  const outcome = outcomeOf(print, exchange, { ...ask.circumstance, incomplete })
  const performed = {
    built,
    exchange,
    outcome,
    send: ask.send,
    ...kindSent(ask),
  }
  if (exchange.answer !== undefined) context.clock.note(exchange.answer, exchange.at, exchange.ms)
  // A log-in whose answer was lost may have been counted by the server all the same.
  const lost = outcome === 'silent' && isFailedLogin(ask.send, [])
  if (built.login !== undefined && (outcome === 'denied' || lost)) {
    context.budget.noteFailure(built.login.user)
  }
  const given = tokenGiven(context.target.profile, ask.send.to, exchange)
  if (given !== undefined) context.recorder.keep(given)
  context.recorder.exchange(performed)
  return performed
}
