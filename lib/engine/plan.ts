import type { Built } from '../credentials/build.ts'
import type { Missing } from '../credentials/credential.ts'
import type { Moment } from '../credentials/jwt/base.ts'
import { bytesOfSpans } from '../credentials/spans.ts'
import type { Case, CredentialKind, Send, SendStep, Suite } from '../model/case.ts'
import type { Reason, ReportResult } from '../model/report.ts'
import {
  boundTo,
  costOf,
  isOpen,
  linesOf,
  needsNoControl,
  restsOnAccount,
  risksOf,
  sendsOf,
} from '../notation/derive.ts'
import { variationsOf } from '../notation/expand.ts'
import { needsRaw } from '../transport/needs-raw.ts'
import { serialise } from '../transport/serialise.ts'
import type { Job, RunContext } from './context.ts'
import { costWith, isAllowed, publishesOf, reasonByHosting } from './hosted-plan.ts'
import { reasonByIssued } from './issued.ts'
import { fits, loginsOf, overBudget } from './logins.ts'
import { make, momentOf } from './making.ts'
import { nothingChanged } from './nothing-changed.ts'
import { sparedReason, suitesOf } from './of-profile.ts'
import { selects } from './select.ts'
import { controlFor, statedKind } from './stated.ts'

/** A case that will not be run, and why. */
export interface Left {
  readonly job: Job
  readonly verdict: Extract<ReportResult['verdict'], 'skip' | 'inconclusive'>
  readonly reason: Reason
}

/** What a run will do, before anything of it is sent. */
export interface Plan {
  readonly jobs: readonly Job[]
  readonly left: readonly Left[]
  readonly watches: readonly Job[]
  readonly requests: number
  readonly failedLogins: number
}

const severities = ['critical', 'high', 'medium', 'low'] as const
/** Requests per judged case with its share of controls, as measured on brackets of eight. */
const REQUESTS_PER_CASE = 1.8

/** One kind, or every kind the operation is bound for where the case names none. */
function kindsFor(
  context: RunContext,
  each: Case,
  send: Send | undefined,
): readonly (CredentialKind | undefined)[] {
  const own = statedKind(each, send)
  if (own !== undefined) return [own]
  const binding = send === undefined ? undefined : context.target.profile.operations[send.to]
  if (binding !== undefined && 'by' in binding) {
    const bound = (Object.keys(binding.by) as CredentialKind[]).filter((kind) =>
      context.kinds.includes(kind),
    )
    return bound.length > 0 ? bound : (Object.keys(binding.by) as CredentialKind[])
  }
  return [context.kinds[0]]
}

/** The exchange a case is about: its own, or the first step that is no control. */
function mainOf(each: Case, own: Send | undefined): Send | undefined {
  return own ?? sendsOf(each).find((step) => step.role !== 'control')?.send
}

function suffixFor(
  context: RunContext,
  each: Case,
  own: Send | undefined,
  kind: CredentialKind | undefined,
): string {
  const send = mainOf(each, own)
  if (send === undefined || statedKind(each, send) !== undefined) return ''
  const binding = context.target.profile.operations[send.to]
  return binding !== undefined && 'by' in binding && kind !== undefined ? `@${kind}` : ''
}

/** Makes the request of a send as its case will, at one moment for all of a plan. */
type Trial = (send: Send, kind: CredentialKind | undefined, label: string) => Built | Missing

// A plan looks at each request more than once, and a token is slow to make.
function trialOf(context: RunContext): Trial {
  const moment: Moment = momentOf(context)
  const known = new Map<Send, Map<string, Built | Missing>>()
  return (send, kind, label) => {
    const own = known.get(send) ?? new Map<string, Built | Missing>()
    known.set(send, own)
    const name = `${label} ${kind ?? ''}`
    const made = own.get(name) ?? make(context, { send, kind, label, attempt: 1, moment })
    own.set(name, made)
    return made
  }
}

/** The bytes of a request, with what is not chance in place of a signed token. */
function comparable({ request, token }: Built): string {
  // A pause changes when bytes are written and a route where, not which.
  const way = JSON.stringify([request.pause, request.route])
  const bytes = `${way} ${bytesOfSpans(serialise(request))}`
  return token === undefined ? bytes : bytes.replaceAll(token.text, () => token.essence)
}

function changesNothing(trial: Trial, job: Job): boolean {
  return job.steps.every((step) => {
    // On a target without TLS it is the target's own way that is judged.
    if (step.send.but?.over === 'no-tls') return false
    const faulty =
      step.send.but !== undefined || (typeof step.send.with === 'object' && 'but' in step.send.with)
    if (!faulty) return false
    const control = { ...step.send, with: withoutFault(step.send.with) }
    delete (control as { but?: unknown }).but
    const one = trial(step.send, job.kind, job.id)
    const two = trial(control, job.kind, job.id)
    return !('missing' in one) && !('missing' in two) && comparable(one) === comparable(two)
  })
}

function withoutFault(what: Send['with']): Send['with'] {
  if (typeof what !== 'object' || !('but' in what)) return what
  const { but, ...rest } = what
  return rest as Send['with']
}

function missingFor(trial: Trial, job: Job): Missing | undefined {
  for (const step of job.steps) {
    const built = trial(step.send, job.kind, job.id)
    if ('missing' in built) return built
  }
  if (job.control === undefined) return undefined
  const control = trial(job.control, job.kind, job.id)
  return 'missing' in control ? control : undefined
}

function rawFor(
  trial: Trial,
  steps: readonly SendStep[],
  kind: CredentialKind | undefined,
  id: string,
): string | undefined {
  for (const step of steps) {
    const built = trial(step.send, kind, id)
    const why = 'missing' in built ? undefined : needsRaw(built.request)
    if (why !== undefined) return why
  }
  return undefined
}

function jobFor(
  context: RunContext,
  trial: Trial,
  variation: { id: string; suite: string; case: Case; send?: Send },
  kind: CredentialKind | undefined,
): Job {
  const each = variation.case
  const send = variation.send && boundTo(variation.send, kind)
  const steps: readonly SendStep[] =
    send === undefined
      ? sendsOf(each).map((step) => ({ ...step, send: boundTo(step.send, kind) }))
      : [{ send, ...(each.expect === undefined ? {} : { expect: each.expect }) }]
  const main = send ?? steps.find((step) => step.role !== 'control')?.send
  const id = variation.id + suffixFor(context, each, variation.send, kind)
  const lines = linesOf(each)
  // What is there for everybody has its control without credentials.
  const open = main !== undefined && isOpen(main.to)
  const free = needsNoControl(lines) && context.kinds.length === 0 && !open
  const control = main === undefined || free ? undefined : controlFor(steps, main, kind)
  const rests = main === undefined ? undefined : restsOnAccount(main)
  const raw = rawFor(trial, steps, kind, id)
  const publishes = publishesOf(each)
  const alone = each.steps !== undefined || risksOf(each).some((risk) => risk !== 'failed-login')
  return {
    id,
    suite: variation.suite,
    case: each,
    ...(send === undefined ? {} : { send }),
    steps,
    ...(publishes === undefined ? {} : { publishes }),
    kind,
    ...(control === undefined ? {} : { control }),
    ...(raw === undefined ? {} : { raw }),
    alone,
    cost: costWith(context, publishes, costOf(each, send, kind)),
    rests: rests === undefined ? [] : [`the operator's word that the account ${rests} is valid`],
  }
}

function anonymousReason(context: RunContext, job: Job): Reason | undefined {
  if (context.kinds.length > 0 || needsNoControl(linesOf(job.case))) return undefined
  return {
    code: 'no-credentials',
    say: 'Needs valid credentials, to know what a granted answer looks like.',
    option: '--user NAME:PASSWORD',
  }
}

function reasonToSkip(context: RunContext, trial: Trial, job: Job): Reason | undefined {
  const issued = reasonByIssued(context, job)
  if (issued !== undefined) return issued
  const { kind } = job
  const { title, accepts } = context.target.profile
  const leftOut: Reason = {
    code: 'not-taken',
    say: `${title} takes no ${kind} credentials, says the profile.`,
  }
  if (kind !== undefined && accepts !== undefined && !accepts.includes(kind)) return leftOut
  if (job.publishes !== undefined && context.unhosted !== undefined) return context.unhosted
  const missing = missingFor(trial, job)
  if (missing !== undefined) {
    return { code: 'not-supplied', say: `Needs ${missing.missing}.`, option: missing.option }
  }
  // Nothing is missing for it, so it is the profile that leaves it out.
  if (kind !== undefined && context.kinds.length > 0 && !context.kinds.includes(kind)) {
    return leftOut
  }
  const anonymous = anonymousReason(context, job)
  if (anonymous !== undefined) return anonymous
  const unseen = reasonByHosting(context, job)
  if (unseen !== undefined) return unseen
  const spared = sparedReason(context, job, (send) => trial(send, job.kind, job.id))
  if (spared !== undefined) return spared
  const risk = risksOf(job.case).find((each) => !isAllowed(context, each))
  if (risk === undefined) return undefined
  return { code: 'risk', say: `Is only run when allowed: ${risk}.`, option: `--allow ${risk}` }
}

function bySeverity(a: Job, b: Job): number {
  return severities.indexOf(a.case.severity) - severities.indexOf(b.case.severity)
}

function allJobs(
  context: RunContext,
  trial: Trial,
  suites: readonly Suite[],
): { jobs: Job[]; watches: Job[] } {
  const jobs: Job[] = []
  const watches: Job[] = []
  for (const suite of suitesOf(context.target.profile, suites)) {
    for (const each of suite.cases) {
      if (each.watch !== undefined) {
        watches.push(
          jobFor(context, trial, { id: each.id, suite: suite.id, case: each }, context.kinds[0]),
        )
        continue
      }
      for (const variation of variationsOf(suite, each)) {
        const main = mainOf(each, variation.send)
        for (const kind of kindsFor(context, each, main))
          jobs.push(jobFor(context, trial, variation, kind))
      }
    }
  }
  return { jobs, watches }
}

/** Sorts out what applies, what is skipped and why, and what it will cost. */
export function planRun(context: RunContext, suites: readonly Suite[]): Plan {
  const trial = trialOf(context)
  const { jobs, watches } = allJobs(context, trial, suites)
  const chosen = jobs.filter((job) => selects(context.options, job))
  const left: Left[] = []
  const run: Job[] = []
  const logins: (string | undefined)[] = []
  for (const job of chosen.sort(bySeverity)) {
    const reason = reasonToSkip(context, trial, job)
    if (reason !== undefined) left.push({ job, verdict: 'skip', reason })
    else if (changesNothing(trial, job)) {
      left.push({ job, verdict: 'inconclusive', reason: nothingChanged(job) })
    } else {
      const own = loginsOf(context, job)
      if (fits(context, own, logins)) {
        logins.push(...own)
        run.push(job)
      } else left.push({ job, verdict: 'skip', reason: overBudget(context) })
    }
  }
  const requests = run.reduce((sum, job) => sum + job.cost.requests, 0)
  return {
    jobs: run,
    left,
    watches: watches.filter((job) => selects(context.options, job)),
    requests: Math.ceil(requests * REQUESTS_PER_CASE),
    failedLogins: run.reduce((sum, job) => sum + job.cost.failedLogins, 0),
  }
}
