import { operationOf } from '../credentials/operations.ts'
import type { PreflightFinding, Report } from '../model/report.ts'
import { linesOf } from '../notation/derive.ts'
import {
  citedClauses,
  citedExchanges,
  concludes,
  coverageOf,
  headlinesOf,
  summarise,
} from './assemble.ts'
import type { RunContext } from './context.ts'
import { errataOf, unneeded } from './documented.ts'
import { sayWitness } from './fingerprint.ts'
import { NAME, type RunInput } from './input.ts'
import { routeFacts } from './observe.ts'
import type { Plan } from './plan.ts'
import type { Learned } from './preflight.ts'
import { scan } from './scan.ts'

function capabilitiesOf(context: RunContext): string[] {
  const accounts = Object.keys(context.target.supplied.accounts).filter(
    (name) => name !== 'default',
  )
  return [
    ...context.kinds,
    ...accounts.map((name) => `account:${name}`),
    ...tokenCapabilities(context),
    ...(context.target.publicUrl === undefined ? [] : ['public-url']),
    ...(operationOf(context.target, 'key-set', undefined) === undefined ? [] : ['key-set']),
    ...(context.target.url.protocol === 'https:' ? ['https'] : []),
    ...(context.target.httpUrl === undefined ? [] : ['cleartext-port']),
  ]
}

function tokenCapabilities({ keyring, listener, hosting, target }: RunContext): string[] {
  return [
    ...(keyring.issued('default') === undefined ? [] : ['issued-token']),
    ...Object.keys(target.supplied.bearers ?? {}).map((name) => `account:${name}`),
    ...(keyring.trusted === undefined ? [] : ['signing-key']),
    ...(keyring.publicKey === undefined ? [] : ['public-key']),
    ...(listener === undefined ? [] : ['callback']),
    ...(keyring.hosted === undefined ? [] : ['hosted-jwks']),
    ...(hosting?.secured ? ['hosted-jwks-https'] : []),
  ]
}

function keySetOf({ hosting }: RunContext): Pick<Report, 'keySet'> {
  if (hosting === undefined) return {}
  const { where, watched } = hosting
  return { keySet: { where, ...(watched ? { fetches: hosting.fetches() } : {}) } }
}

/** What a run ended with. */
export interface Ending {
  readonly learned: readonly Learned[]
  readonly preflight: readonly PreflightFinding[]
  readonly plan: Plan | undefined
  readonly started: number
  readonly startedAt: string
}

/** Assembles the report of a run and searches it for secrets a last time. */
export function finish(context: RunContext, input: RunInput, ending: Ending): Report {
  const { target, options, versions } = input
  const { recorder } = context
  const results = [...recorder.results]
  const cited = [
    ...(ending.plan?.jobs ?? []),
    ...(ending.plan?.left ?? []).map((each) => each.job),
    ...(ending.plan?.watches ?? []),
  ]
  const applicable = new Set(
    cited.flatMap((job) => linesOf(job.case).flatMap((line) => line.because)),
  )
  const scope = context.kinds.length === 0 ? 'anonymous' : 'full'
  const summary = summarise(results)
  const base = {
    schema: '1.0' as const,
    tool: { name: NAME, version: versions.tool, node: process.version },
    suites: { version: versions.suites, sha256: versions.sha256 },
    options: input.shownOptions ?? {},
    target: {
      url: target.url.href,
      profile: target.profile.id,
      title: target.profile.title,
      offers: context.kinds,
      capabilities: capabilitiesOf(context),
      route: routeFacts(ending.learned, recorder.mask),
      witness: Object.fromEntries(
        [...context.prints].map(([key, print]) => [key, sayWitness(print)]),
      ),
    },
    startedAt: ending.startedAt,
    durationMs: Date.now() - ending.started,
    seed: options.seed,
    requests: context.transport.sent,
    failedLogins: context.budget.failures(),
    scope: scope as Report['scope'],
    interrupted: input.signal.aborted,
    ...keySetOf(context),
    summary,
    preflight: ending.preflight,
    headlines: [
      ...headlinesOf(results),
      ...errataOf(target.profile),
      ...unneeded(target.profile, results),
    ],
    results,
    exchanges: citedExchanges(recorder.exchanges, results, ending.preflight),
    clauses: citedClauses(results, context.clauses),
    coverage: coverageOf(results, applicable, context.clauses),
  }
  const report: Report = { ...base, ...concludes(base, options.maxInconclusive) }
  recorder.event({ type: 'end', verdict: report.verdict })
  return scan(report, recorder.secrets(), input)
}
