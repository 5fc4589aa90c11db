import type { CredentialKind } from '../model/case.ts'
import type { PreflightFinding, Reason, Report, ReportResult } from '../model/report.ts'
import { groupKey, runGroup } from './bracket.ts'
import { openListener } from './callback.ts'
import { isCertificateTrouble, judgeChannels } from './channels.ts'
import { type Job, type Performed, type RunContext, restsOnNobody } from './context.ts'
import { type Dominion, dominatedResult, isDominated } from './dominate.ts'
import { executionOf } from './execute.ts'
import { finish } from './finish.ts'
import type { RunInput } from './input.ts'
import { keysInputOf } from './keys-input.ts'
import { observations } from './observe.ts'
import { createContext } from './open-context.ts'
import { type Plan, planRun } from './plan.ts'
import { type Learned, learnAnonymous } from './preflight.ts'
import { KEY_SET, learnKeySet } from './preflight-keys.ts'
import { learnOpen } from './preflight-open.ts'
import { preflightSuite } from './preflight-suite.ts'
import { learnKinds } from './preflight-tokens.ts'
import { leaveKeys } from './reading.ts'
import { resultOf } from './result.ts'
import { settle } from './settle.ts'
import { signIn } from './sign-in.ts'
import { restsOnHosted, tokenLife } from './token-life.ts'
import { createWatches } from './watch.ts'

async function learnAll(
  context: RunContext,
  keySet: PreflightFinding | undefined,
): Promise<{ learned: Learned[]; extra: PreflightFinding[] }> {
  const learned =
    context.kinds.length === 0 ? [await learnAnonymous(context)] : await learnKinds(context, keySet)
  const usable = learned.some((each) => each.blocked === undefined)
  return { learned, extra: usable ? await learnOpen(context) : [] }
}

function findingsOf(
  context: RunContext,
  learned: readonly Learned[],
  extra: readonly PreflightFinding[],
): PreflightFinding[] {
  const blocked = learned.flatMap((each) => (each.blocked === undefined ? [] : [each.blocked]))
  const all = learned.length > 0 && blocked.length === learned.length
  // Kinds that rest on one token were blocked by one finding.
  // That of the key set is told before all others.
  const shown = [...new Set(blocked)].flatMap((each) => {
    if (each.id === KEY_SET) return []
    // One kind of credential that works is enough to go on with.
    const { blocks, ...rest } = each
    return [all ? each : rest]
  })
  return [
    ...shown,
    ...(blocked.some((each) => each.id === 'reachable') ? [] : observations(context, learned)),
    ...extra,
  ]
}

function blockedKinds(learned: readonly Learned[]): ReadonlySet<CredentialKind | undefined> {
  return new Set(learned.filter((each) => each.blocked !== undefined).map((each) => each.kind))
}

/** Where a case takes any kind of credential, it is to be one that works. */
function workingFirst(context: RunContext, learned: readonly Learned[]): RunContext {
  const blocked = blockedKinds(learned)
  const broken = context.kinds.filter((kind) => blocked.has(kind))
  const working = context.kinds.filter((kind) => !blocked.has(kind))
  return { ...context, kinds: [...working, ...broken] }
}

function groups(jobs: readonly Job[]): readonly (readonly Job[])[] {
  const found = new Map<string, Job[]>()
  for (const job of jobs) {
    const key = groupKey(job)
    const group = found.get(key)
    if (group === undefined) found.set(key, [job])
    else group.push(job)
  }
  return [...found.values()]
}

async function runJobs(context: RunContext, jobs: readonly Job[]): Promise<void> {
  const queue = [...groups(jobs)]
  const workers = context.budget.unlimited ? Math.max(1, context.options.concurrency) : 1
  const work = async (): Promise<void> => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      await runGroup(context, group)
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
}

/** Seconds that a plan takes at the pace of preflight and of the rate that is kept. */
function secondsFor(context: RunContext, plan: Plan, learned: readonly Learned[]): number {
  const taken = learned.flatMap((each) => each.valid.map(({ exchange }) => exchange.ms))
  const mean = taken.reduce((sum, ms) => sum + ms, 0) / Math.max(1, taken.length)
  return (plan.requests * Math.max(mean, 1000 / context.budget.rate)) / 1000
}

function lifeOf(context: RunContext, needed?: number): readonly PreflightFinding[] {
  const life = tokenLife(context, needed)
  return life === undefined ? [] : [life]
}

/** A grant that preflight met where the case wants a refusal: it is confirmed, never forgotten. */
function grantedIn(
  learned: readonly Learned[],
  job: Job,
): { granted: Performed; control: Performed } | undefined {
  const each = learned.find(({ kind }) => kind === job.kind)
  const stranger = job.send !== undefined && job.send.with !== 'nothing'
  const granted = (stranger ? each?.strangers : each?.anonymous)?.find(
    ({ outcome }) => outcome === 'granted',
  )
  const control = each?.valid[0]
  return granted && control && { granted, control }
}

/** Runs what preflight decides first: what it finds can make all other refusals a matter of course. */
async function runPreflightCases(
  context: RunContext,
  learned: readonly Learned[],
): Promise<readonly Dominion[]> {
  const before = context.recorder.results.length
  const usable = learned.filter((each) => each.blocked === undefined && each.kind !== undefined)
  if (usable.length === 0) return []
  const suite = preflightSuite(usable)
  const own = planRun(workingFirst(context, learned), [suite])
  for (const { job, verdict, reason } of own.left) {
    context.recorder.result(resultOf(context, job, { verdict, reason, attempts: 0 }))
  }
  const clean: Job[] = []
  for (const job of own.jobs) {
    const seen = grantedIn(usable, job)
    if (seen === undefined) clean.push(job)
    else {
      const execution = executionOf(context, job, seen.granted)
      context.recorder.result(await settle(context, job, execution, seen.control))
    }
  }
  await runJobs(context, clean)
  return context.recorder.results.slice(before).flatMap((each) => dominionOf(each, usable))
}

/**
 * What a preflight case leaves without meaning: everything where it failed. A crash on one kind of
 * request is its own finding, as long as something else is refused in good order.
 */
function dominionOf(result: ReportResult, learned: readonly Learned[]): readonly Dominion[] {
  const kind = /^stranger-refused-(\w+)$/.exec(result.case)?.[1] as CredentialKind | undefined
  const reach = kind === undefined ? { by: result.id } : { by: result.id, kind }
  if (result.verdict === 'fail') return [reach]
  const upset = result.reason?.code === 'crashed' || result.reason?.code === 'silent'
  const concerned = learned.filter((each) => kind === undefined || each.kind === kind)
  const never = concerned.every((each) => each.refusedByTrouble)
  return upset && never ? [{ ...reach, onlyErrors: true }] : []
}

/** Why no valid credential of its kind is there for a case. */
function whyBlocked(context: RunContext, { kind }: Job): Reason {
  const { hosting } = context
  if (hosting?.unusable !== undefined && restsOnHosted(context, kind)) return hosting.unusable
  return { code: 'credential-refused', say: `The valid ${kind} credentials were not granted.` }
}

async function judgeAll(
  context: RunContext,
  input: RunInput,
  learned: readonly Learned[],
): Promise<{ readonly plan: Plan; readonly life: readonly PreflightFinding[] }> {
  const plan = planRun(workingFirst(context, learned), input.suites)
  const life = lifeOf(context, secondsFor(context, plan, learned))
  for (const finding of life) context.recorder.event({ type: 'finding', finding })
  const watches = createWatches(context, plan.watches)
  context.recorder.planned = plan.jobs.length + plan.left.length + plan.watches.length
  context.recorder.event({
    type: 'plan',
    jobs: plan.jobs.length,
    requests: plan.requests,
    failedLogins: plan.failedLogins,
  })
  const samples = learned.flatMap((each) => [...each.anonymous, ...each.strangers, ...each.valid])
  for (const one of new Set(samples)) watches.look(one)
  context.recorder.watchWith(watches.look)
  const dominions = await runPreflightCases(context, learned)
  const blocked = blockedKinds(learned)
  for (const { job, verdict, reason } of plan.left) {
    context.recorder.result(resultOf(context, job, { verdict, reason, attempts: 0 }))
  }
  const run: Job[] = []
  for (const job of plan.jobs) {
    const dominion = dominions.find((each) => isDominated(job, each))
    if (dominion !== undefined) context.recorder.result(dominatedResult(context, job, dominion))
    else if (blocked.has(job.kind) && context.kinds.length > 0 && !restsOnNobody(job)) {
      const reason = whyBlocked(context, job)
      context.recorder.result(
        resultOf(context, job, { verdict: 'inconclusive', attempts: 0, reason }),
      )
    } else run.push(job)
  }
  // What is done with the keys may leave marks, so all else goes first.
  await runJobs(
    context,
    run.filter(({ publishes }) => publishes === undefined),
  )
  for (const job of run) {
    if (job.publishes !== undefined) await runGroup(context, [job])
  }
  for (const result of await watches.settle(context)) context.recorder.result(result)
  return { plan, life }
}

function nothingLearned(
  preflight: readonly PreflightFinding[],
  started: number,
  startedAt: string,
): Parameters<typeof finish>[2] {
  return { learned: [], preflight, plan: undefined, started, startedAt }
}

function startTimer(context: RunContext): NodeJS.Timeout {
  const timer = setTimeout(() => {
    context.stop ??= { code: 'out-of-time', say: 'The run reached its time limit.' }
  }, context.options.runLimitMs)
  timer.unref()
  return timer
}

/** Judges a target and gives the report; whatever the target does is in the report, never thrown. */
export async function runConformance(given: RunInput): Promise<Report> {
  const { target: signed, finding: signedIn } = await signIn(given)
  const keys = keysInputOf({ ...given, target: signed })
  const { input } = keys
  const context = createContext(input, keys.unhosted)
  const started = Date.now()
  const startedAt = new Date(started).toISOString()
  const { options, target } = input
  context.recorder.event({ type: 'start', seed: options.seed, url: target.url.href, startedAt })
  const timer = startTimer(context)
  const onAbort = (): void => {
    context.stop ??= { code: 'interrupted', say: 'The run was interrupted.' }
  }
  input.signal.addEventListener('abort', onAbort, { once: true })
  try {
    const keySet = await learnKeySet(context, keys)
    if (keySet?.blocks) {
      await leaveKeys(context)
      return finish(context, input, nothingLearned([keySet], started, startedAt))
    }
    const barred = signedIn?.blocks === true
    const { learned, extra } = barred ? { learned: [], extra: [] } : await learnAll(context, keySet)
    const told = learned.some(({ blocked }) => blocked?.id === 'credential-granted')
    // A token that was refused has been explained.
    const outlook = told ? [] : lifeOf(context)
    const entry = [signedIn, keySet].filter((each) => each !== undefined)
    const preflight = [...entry, ...findingsOf(context, learned, extra), ...outlook]
    for (const finding of preflight) context.recorder.event({ type: 'finding', finding })
    const blocked = preflight.some((each) => each.blocks)
    const stay = blocked || input.doctorOnly === true
    if (!stay) await openListener(context, input)
    const judged = stay ? undefined : await judgeAll(context, input, learned)
    const life = judged?.life ?? outlook
    const looked = input.doctorOnly !== true && isCertificateTrouble(learned)
    const plan = judged?.plan ?? (looked ? await judgeChannels(context, input.suites) : undefined)
    const final = [...entry, ...findingsOf(context, learned, extra), ...life]
    await leaveKeys(context)
    return finish(context, input, { learned, preflight: final, plan, started, startedAt })
  } finally {
    clearTimeout(timer)
    input.signal.removeEventListener('abort', onAbort)
    await context.hosting?.close()
    await context.listener?.close()
    await context.transport.close()
  }
}
