import { applies, type CheckContext } from '../checks/index.ts'
import { routeOf } from '../credentials/build.ts'
import { operationOf } from '../credentials/operations.ts'
import type { CredentialKind, Line, SendStep } from '../model/case.ts'
import type { Outcome } from '../model/exchange.ts'
import { accessWanted, expectationOf, isMetadata } from '../notation/derive.ts'
import type { Line as Connection } from '../transport/transport.ts'
import { callbacksOf } from './callback.ts'
import { isDecisive, type Job, type Performed, printKey, type RunContext } from './context.ts'
import { type Circumstance, isShut, sayWitness } from './fingerprint.ts'
import { NotFetchedError, sendStep } from './hosted-step.ts'
import { type JudgedLine, judgeLine } from './judge.ts'
import { keysReadBy } from './key-refresh.ts'
import { perform } from './perform.ts'
import { askToRead } from './reading.ts'
import { recover } from './recover.ts'
import { learnUntaken } from './untaken.ts'

/** One run of a case: its exchanges in order and its lines, judged. */
export interface Execution {
  readonly performed: readonly Performed[]
  readonly lines: readonly JudgedLine[]
  /** The first outcome that does not decide, if any. */
  readonly unsteady?: Outcome
  /** A step that had to be granted was not. */
  readonly controlRefused?: Performed
  /** Steps that were to share a connection could not. */
  readonly notShared?: true
  /** The target did not fetch what was published. */
  readonly notFetched?: true
}

/** Far enough apart that no attempt has another's chance. */
const AGAIN = 10_000

/** How an execution differs from the first one of its case. */
export interface Manner {
  readonly attempt: number
  readonly pastCache?: boolean
}

const schemes: Readonly<Record<string, string>> = {
  basic: 'basic',
  bearer: 'bearer',
  jwt: 'bearer',
}

function acceptedBy(context: RunContext): readonly string[] {
  const words = Object.keys(context.target.supplied.tokens).map((word) => word.toLowerCase())
  // What an API takes is more than what the operator has.
  const kinds = context.target.profile.accepts ?? context.kinds
  const own = kinds.flatMap((kind) => schemes[kind] ?? [])
  return [...new Set([...own, ...words])]
}

/** True where the profile declares that the word of the token's scheme has one spelling. */
function exactCaseOf({ target }: RunContext): boolean {
  const words = Object.keys(target.supplied.tokens)
  return (target.profile.schemes ?? []).some(
    ({ word, exactCase }) => exactCase === true && words.includes(word),
  )
}

/** What checks may look at for one exchange. */
export function checkContext(
  context: RunContext,
  performed: Performed,
  job: Pick<Job, 'kind'>,
  steps: ReadonlyMap<string, Performed> = new Map(),
): CheckContext {
  const key = printKey(performed.send.to, job.kind)
  const print = context.prints.get(key)
  // What is said of the metadata is said where the resource is refused.
  const asked = isMetadata(performed.send.to) ? 'protected' : performed.send.to
  const told = context.told.get(printKey(asked, job.kind))
  const issued = context.keyring.issued('default')
  return {
    exchange: performed.exchange,
    outcome: performed.outcome,
    witness: print === undefined ? '' : sayWitness(print),
    accepted: acceptedBy(context),
    target: context.target.url,
    operation: performed.send.to,
    secrets: performed.built.secrets,
    exactCase: exactCaseOf(context),
    mask: context.recorder.mask,
    steps,
    ...(told === undefined ? {} : { told }),
    ...(issued === undefined ? {} : { issued }),
    ...callbacksOf(context, performed),
    ...(context.hosting === undefined ? {} : { keysRead: keysReadBy(context.target) }),
    ...(performed.exchange.closed === undefined ? {} : { closed: performed.exchange.closed }),
    // A door without TLS that nobody opens is as good as a refusal behind it.
    ...(performed.send.but?.over !== undefined && isShut(performed.exchange)
      ? { shut: true as const }
      : {}),
  }
}

export function settingsFor(
  context: RunContext,
  operation: string,
  kind?: CredentialKind,
): {
  options: RunContext['options']
  deviations: NonNullable<RunContext['target']['profile']['deviations']>
  operation: string
  kind: CredentialKind | undefined
} {
  return {
    options: context.options,
    deviations: context.target.profile.deviations ?? [],
    operation,
    kind,
  }
}

function circumstanceOf(context: RunContext, step: SendStep): Circumstance {
  const { but } = step.send
  return {
    ...(context.hosting?.broken() ? { keysBroken: true } : {}),
    mustBeGranted: step.role === 'control' || accessWanted(step.expect ?? []) === 'granted',
    routeFault:
      but?.over !== undefined ||
      but?.tls !== undefined ||
      but?.hello !== undefined ||
      but?.look !== undefined,
    withoutTls: but?.over !== undefined,
  }
}

interface Progress {
  readonly performed: Performed[]
  readonly lines: JudgedLine[]
  readonly named: Map<string, Performed>
  readonly connections: Map<string, Connection>
  /** Fetches of the hosted set before the step. */
  readonly fetches?: number
}

function connectionFor(
  context: RunContext,
  job: Job,
  step: SendStep,
  progress: Progress,
): Connection | undefined {
  if (step.on === undefined) return undefined
  const known = progress.connections.get(step.on)
  if (known !== undefined) return known
  const found = operationOf(context.target, step.send.to, job.kind)
  const opened = context.transport.line(routeOf(found?.url ?? context.target.url))
  progress.connections.set(step.on, opened)
  return opened
}

/** True where it matters what happens on the connection after the answer. */
function looksAfterAnswer(step: SendStep): boolean {
  return (step.expect ?? []).some((line) => {
    const { connection, answerFreeOf } = expectationOf(line)
    return connection !== undefined || answerFreeOf?.includes('bytes-after-answer') === true
  })
}

async function performStep(
  context: RunContext,
  job: Job,
  step: SendStep,
  index: number,
  manner: Manner,
  progress: Progress,
): Promise<Performed> {
  const on = connectionFor(context, job, step, progress)
  const performed = await sendStep(context, step, (time) =>
    perform(context, {
      send: step.send,
      kind: job.kind,
      label: job.steps.length > 1 ? `${job.id}#${index}` : job.id,
      // Other chance for each time: nobody has to fetch again for a kid that was asked for before.
      attempt: manner.attempt + AGAIN * (time - 1),
      raw: job.raw,
      on,
      ...(manner.pastCache ? { pastCache: true } : {}),
      circumstance: circumstanceOf(context, step),
      watchClose: looksAfterAnswer(step),
    }),
  )
  progress.performed.push(performed)
  if (step.as !== undefined) progress.named.set(step.as, performed)
  return performed
}

function judgeStep(
  context: RunContext,
  job: Job,
  step: SendStep,
  performed: Performed,
  progress: Progress,
): void {
  const { fetches } = progress
  const own = checkContext(context, performed, job, progress.named)
  const fetched = (context.hosting?.fetches() ?? 0) - (fetches ?? 0)
  const hellos = context.hosting?.secured ? { hellos: context.hosting.hellos() } : {}
  const view = fetches === undefined ? own : { ...own, fetches: fetched, ...hellos }
  const settings = settingsFor(context, step.send.to, performed.kind)
  const of = step.as
  for (const line of (step.expect ?? []) as readonly Line[]) {
    // Without an answer the checks themselves say that nothing is known.
    const { answer, channel } = performed.exchange
    if ((answer !== undefined || channel !== undefined) && !applies(line, view)) continue
    progress.lines.push(judgeLine(line, job.case, view, settings, of))
  }
}

/** True where steps that name one connection did not travel on one. */
function wasShared(job: Job, performed: readonly Performed[]): boolean {
  const first = new Map<string, number>()
  return job.steps.every((step, index) => {
    const used = performed[index]?.exchange.connection
    if (step.on === undefined || used === undefined) return true
    const known = first.get(step.on) ?? used
    first.set(step.on, known)
    return known === used
  })
}

/** An exchange of the preflight as the one run of a case that sends the same. */
export function executionOf(context: RunContext, job: Job, performed: Performed): Execution {
  const progress: Progress = { performed: [], lines: [], named: new Map(), connections: new Map() }
  progress.performed.push(performed)
  for (const step of job.steps) judgeStep(context, job, step, performed, progress)
  return { performed: progress.performed, lines: progress.lines }
}

/** Publishes what comes before a step, and has it read where the target reads on request. */
async function publishBefore(context: RunContext, job: Job, index: number): Promise<void> {
  const { hosting } = context
  const steps = job.publishes?.get(index) ?? []
  if (hosting === undefined || steps.length === 0) return
  for (const step of steps) hosting.publish(step)
  await askToRead(context)
  if (hosting.refusal !== undefined) throw new NotFetchedError()
}

/** Runs the steps of a case in order; gives the control that was not granted, if one was not. */
async function runSteps(
  context: RunContext,
  job: Job,
  manner: Manner,
  progress: Progress,
): Promise<Performed | undefined> {
  for (const [index, step] of job.steps.entries()) {
    await publishBefore(context, job, index)
    const fetches = context.hosting?.fetches() ?? 0
    const performed = await performStep(context, job, step, index, manner, progress)
    if (step.role === 'control' && performed.outcome !== 'granted') return performed
    judgeStep(context, job, step, performed, { ...progress, fetches })
    const { ending, channel } = performed.exchange
    if (ending !== 'complete' && channel === undefined) return undefined
  }
  return undefined
}

/** Runs a case once, all its steps in order, and judges its lines. */
export async function execute(context: RunContext, job: Job, manner: Manner): Promise<Execution> {
  const progress: Progress = { performed: [], lines: [], named: new Map(), connections: new Map() }
  const hosted = job.publishes !== undefined
  let controlRefused: Performed | undefined
  let notFetched = false
  if (hosted) context.hosting?.keys.renew()
  try {
    controlRefused = await runSteps(context, job, manner, progress)
  } catch (error) {
    if (!(error instanceof NotFetchedError)) throw error
    notFetched = true
    controlRefused = error.control
  } finally {
    for (const connection of progress.connections.values()) connection.close()
    if (hosted && controlRefused !== undefined) await learnUntaken(context, controlRefused)
    if (hosted) await recover(context)
  }
  const unsteady = progress.performed.find((each) => !isDecisive(each.outcome))?.outcome
  return {
    performed: progress.performed,
    lines: notFetched ? [] : progress.lines,
    ...(unsteady === undefined ? {} : { unsteady }),
    ...(controlRefused === undefined ? {} : { controlRefused }),
    ...(notFetched ? { notFetched } : {}),
    ...(wasShared(job, progress.performed) ? {} : { notShared: true }),
  }
}

/** True where at least one line of the case is broken. */
export function breaks(execution: Execution): boolean {
  return execution.lines.some((each) => each.report.holds === false)
}
