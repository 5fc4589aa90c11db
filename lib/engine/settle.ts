import type { Line } from '../model/case.ts'
import type { ReportResult } from '../model/report.ts'
import { isFailedLogin, linesOf } from '../notation/derive.ts'
import { type Alone, runAlone } from './alone.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { breaks, type Execution } from './execute.ts'
import { resultOf } from './result.ts'
import { whyUnheard } from './unheard.ts'
import { withoutLines } from './unseen.ts'
import { knownUntaken } from './untaken.ts'

const SEVERE_TRIES = 10
const MILD_TRIES = 4
const OTHER_TRIES = 3

function brokenLines(execution: Execution): readonly Line[] {
  return execution.lines.flatMap((each) => (each.report.holds === false ? [each.line] : []))
}

/** A note on the form of an answer is an observation: it needs no second sight. */
function needsConfirmation(execution: Execution): boolean {
  const blames = execution.lines.some((each) => each.verdict === 'fail' || each.verdict === 'warn')
  return blames || isGrantedFault(execution)
}

function isGrantedFault(execution: Execution): boolean {
  return execution.lines.some(
    (each) =>
      each.report.holds === false &&
      each.report.checks.some((check) => check.holds === false && check.got === 'granted'),
  )
}

function triesFor(job: Job, execution: Execution): number {
  if (!isGrantedFault(execution)) return OTHER_TRIES
  return job.case.severity === 'critical' || job.case.severity === 'high'
    ? SEVERE_TRIES
    : MILD_TRIES
}

function fitsBudget(context: RunContext, job: Job, execution: Execution): boolean {
  return job.steps.every((step, index) => {
    if (!isFailedLogin(step.send, step.expect ?? [])) return true
    return context.budget.allows(execution.performed[index]?.built.login?.user)
  })
}

function left(
  context: RunContext,
  job: Job,
  alone: Extract<Alone, { left: unknown }>,
  attempts: number,
): ReportResult {
  if (alone.culprit !== undefined && context.options.concurrency === 1) {
    return culpritResult(context, job, alone.culprit, alone.control, attempts)
  }
  const never = attempts === 0 && alone.left.code === 'login-budget'
  return resultOf(context, job, {
    verdict: never ? 'skip' : 'inconclusive',
    reason: alone.left,
    attempts,
    control: alone.control,
    ...(alone.culprit === undefined ? {} : { execution: alone.culprit }),
  })
}

/** The exchange after which the server was never seen again. */
export function culpritResult(
  context: RunContext,
  job: Job,
  execution: Execution,
  control: Performed | undefined,
  attempts: number,
): ReportResult {
  return resultOf(context, job, {
    execution,
    control,
    attempts,
    verdict: 'warn',
    severity: 'high',
    reason: {
      code: 'did-not-come-back',
      say: 'The server gave no answer to this request and did not come back: one client can stop it for everybody.',
    },
  })
}

/** The status of the crash; a control may follow it. */
function crashOf(execution: Execution): number | undefined {
  return execution.performed.find((each) => each.outcome === 'crashed')?.exchange.answer?.status
}

function steady(
  context: RunContext,
  job: Job,
  alone: Extract<Alone, { execution: Execution }>,
): ReportResult {
  const base = { execution: alone.execution, control: alone.control, attempts: alone.rounds }
  if (alone.steadily === undefined) return resultOf(context, job, base)
  if (alone.steadily === 'throttled') {
    return resultOf(context, job, {
      ...base,
      verdict: 'inconclusive',
      reason: {
        code: 'throttled',
        say: 'The server throttled the exchange each time it was tried.',
      },
    })
  }
  const failed = alone.execution.lines.some((each) => each.verdict === 'fail')
  const { lines } = alone.execution
  const decided = lines.length > 0 && lines.every((each) => each.report.holds === true)
  if (failed || decided) return resultOf(context, job, base)
  const unheard = alone.steadily === 'silent' ? whyUnheard(job, alone.execution) : undefined
  if (unheard !== undefined) {
    return resultOf(context, job, { ...base, verdict: 'inconclusive', reason: unheard })
  }
  const say =
    alone.steadily === 'silent'
      ? `No complete answer came, ${alone.times} times in a row, while valid requests before and after were granted.`
      : `A server error came each time (${crashOf(alone.execution)}), while valid requests before and after were granted.`
  return resultOf(context, job, {
    ...base,
    verdict: 'warn',
    severity: 'medium',
    reason: { code: alone.steadily, say },
  })
}

/** Runs a case by itself and settles it; a break is confirmed before it is reported. */
export async function settleAlone(context: RunContext, job: Job): Promise<ReportResult> {
  const unusable = job.publishes === undefined ? undefined : context.hosting?.unusable
  if (unusable !== undefined) {
    return resultOf(context, job, { attempts: 0, verdict: 'inconclusive', reason: unusable })
  }
  const untaken = knownUntaken(context, job)
  if (untaken !== undefined) {
    return resultOf(context, job, { attempts: 0, verdict: 'skip', reason: untaken })
  }
  const alone = await runAlone(context, job, 1)
  if ('left' in alone) return left(context, job, alone, alone.rounds)
  if (alone.steadily !== undefined) return steady(context, job, alone)
  return settle(context, job, alone.execution, alone.control, alone.rounds)
}

function ratio(
  context: RunContext,
  job: Job,
  alone: Extract<Alone, { execution: Execution }>,
  seen: number,
): ReportResult {
  const base = { execution: alone.execution, control: alone.control, attempts: seen }
  if (seen <= 2) return resultOf(context, job, base)
  return resultOf(context, job, {
    ...base,
    reason: {
      code: 'intermittent',
      say: `Seen in 2 of ${seen} tries: not every node or worker behind this URL behaves alike.`,
    },
  })
}

function unstable(
  context: RunContext,
  job: Job,
  first: Execution,
  control: Performed,
  tries: number,
): ReportResult {
  return resultOf(context, job, {
    execution: first,
    control,
    attempts: tries,
    verdict: 'inconclusive',
    reason: {
      code: 'unstable',
      say: `Seen once in ${tries} tries and not again: too little to blame the server, too much to pass it.`,
    },
  })
}

/** Where the fault is what a cache serves, a request that goes past the cache would hide it. */
function isAboutCaches(job: Job): boolean {
  const clauses = linesOf(job.case).flatMap((line) => line.because)
  return clauses.some((id) => id.startsWith('rfc9111#'))
}

/** Settles a sealed execution; what would be a fail or a warn must be seen a second time. */
export async function settle(
  context: RunContext,
  job: Job,
  execution: Execution,
  control: Performed,
  attempts = 1,
): Promise<ReportResult> {
  if (context.hosting !== undefined && job.publishes !== undefined && !execution.notFetched) {
    context.hosting.ignored = 0
  }
  const special = withoutLines(context, job, execution, control, attempts)
  if (special !== undefined) return special
  if (!breaks(execution) || !needsConfirmation(execution)) {
    return resultOf(context, job, { execution, control, attempts })
  }
  const broken = brokenLines(execution)
  const tries = triesFor(job, execution)
  for (let extra = 1; extra <= tries; extra += 1) {
    if (!fitsBudget(context, job, execution))
      return overBudget(context, job, execution, control, attempts)
    const alone = await runAlone(context, job, 100 * extra, !isAboutCaches(job))
    if ('left' in alone) return left(context, job, alone, attempts + extra)
    if (alone.steadily !== undefined) return steady(context, job, alone)
    const again = brokenLines(alone.execution)
    if (broken.some((line) => again.includes(line)))
      return ratio(context, job, alone, attempts + extra)
  }
  return unstable(context, job, execution, control, attempts + tries)
}

function overBudget(
  context: RunContext,
  job: Job,
  execution: Execution,
  control: Performed,
  attempts: number,
): ReportResult {
  return resultOf(context, job, {
    execution,
    control,
    attempts,
    verdict: 'inconclusive',
    reason: {
      code: 'login-budget',
      say: `Seen once; seeing it again would not fit the budget of failed log-ins: ${context.budget.say}.`,
      option: '--login-budget N',
    },
  })
}
