import { createKeyring } from '../credentials/jwt/keyring.ts'
import { kindsOffered } from '../credentials/operations.ts'
import { createTransport } from '../transport/open.ts'
import { createBudget, isLoopback } from './budget.ts'
import { unopened, wouldListen } from './callback.ts'
import { createClock } from './clock.ts'
import type { RunContext } from './context.ts'
import type { RunInput } from './input.ts'
import { keysInputOf } from './keys-input.ts'
import { planRun } from './plan.ts'
import { createRecorder } from './recorder.ts'

/** What a run would do, in numbers and by case. */
export interface PlanSummary {
  readonly requests: number
  readonly failedLogins: number
  /** Whole seconds at the rate that would be kept; undefined where no rate is kept. */
  readonly seconds?: number
  readonly run: readonly {
    readonly id: string
    readonly requests: number
    readonly failedLogins: number
  }[]
  readonly left: readonly {
    readonly id: string
    readonly verdict: string
    readonly say: string
    readonly option?: string
  }[]
}

const PREFLIGHT_REQUESTS = 12
const PREFLIGHT_FAILURES = 3

/** Plans a run without sending anything. */
export function planConformance(given: RunInput): PlanSummary {
  const { input, unhosted } = keysInputOf(given)
  const { target, options } = input
  const loopback = isLoopback(target.url.hostname)
  const context: RunContext = {
    target,
    options,
    transport: createTransport({ ...input.transport, timeoutMs: options.timeoutMs }),
    budget: createBudget({
      loopback,
      rate: options.rate,
      loginBudget: options.loginBudget,
      limits: target.profile.limits,
    }),
    clock: createClock(),
    recorder: createRecorder([], () => {}),
    signal: input.signal,
    clauses: new Map(input.clauses.map((clause) => [clause.id, clause])),
    agent: `http-auth-conformance/${input.versions.tool}`,
    prints: new Map(),
    told: new Map(),
    kinds: kindsOffered(target),
    restless: false,
    keyring: createKeyring(target.supplied, options.seed),
    listener: wouldListen(input) ? unopened : undefined,
    hosting: undefined,
    ...(unhosted === undefined ? {} : { unhosted }),
    serial: 0,
    stop: undefined,
  }
  const plan = planRun(context, input.suites)
  const requests = plan.requests + PREFLIGHT_REQUESTS
  const rate = options.rate ?? (loopback ? undefined : 10)
  return {
    requests,
    failedLogins: plan.failedLogins + (context.kinds.length > 0 ? PREFLIGHT_FAILURES : 0),
    ...(rate === undefined ? {} : { seconds: Math.ceil(requests / rate) }),
    run: plan.jobs.map((job) => ({ id: job.id, ...job.cost })),
    left: plan.left.map(({ job, verdict, reason }) => ({
      id: job.id,
      verdict,
      say: reason.say,
      ...(reason.option === undefined ? {} : { option: reason.option }),
    })),
  }
}
