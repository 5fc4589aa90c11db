import { checkAll, sayWhen } from '../checks/index.ts'
import { build } from '../credentials/build.ts'
import { curlFor } from '../credentials/curl.ts'
import { keyRefreshOf } from '../engine/key-refresh.ts'
import { sayAsked, sayPublished } from '../engine/said-publish.ts'
import { showRequest } from '../engine/show.ts'
import type { Case, CredentialKind, Line, Send, SendStep, StepsCase, Suite } from '../model/case.ts'
import type { Clause, ClauseId, Level } from '../model/clause.ts'
import type { Exchange, Request } from '../model/exchange.ts'
import type { Profile, Target } from '../model/profile.ts'
import type { ShownRequest } from '../model/report.ts'
import { controlOf, kindOf, linesOf, needsNoControl, risksOf } from '../notation/derive.ts'
import { type Variation, variationsOf } from '../notation/expand.ts'
import { levelOf } from '../notation/strength.ts'
import { randomFrom } from '../text/random.ts'
import { exampleCallback } from './example-tokens.ts'
import { UsageError } from './usage-error.ts'

/** One request that a case would send, as bytes with labels where secrets stand. */
export interface ExplainedRequest {
  /** The step's name, where it has one. */
  readonly step?: string
  /** What is published before it, where the server reads its keys. */
  readonly published?: readonly string[]
  readonly role: 'test' | 'control'
  readonly say: string
  readonly fault?: string
  readonly request: ShownRequest
  readonly curl?: string
}

/** One expectation with the clauses it rests on. */
export interface ExplainedLine {
  readonly level: Level
  readonly softened?: string
  /** Where the line says something at all, in words. */
  readonly when?: string
  readonly wants: readonly { readonly check: string; readonly wanted: string }[]
  readonly because: readonly ClauseId[]
  readonly despite: readonly ClauseId[]
}

/** All that can be said of a case without sending it. */
export interface Explained {
  readonly id: string
  readonly case: string
  readonly suite: string
  readonly title: string
  readonly severity: string
  readonly harm: string
  readonly fix: string
  readonly risk: readonly string[]
  /** True for a case that sends nothing and judges every exchange of a run. */
  readonly watches: boolean
  readonly requests: readonly ExplainedRequest[]
  readonly lines: readonly ExplainedLine[]
  readonly clauses: readonly Clause[]
  readonly command: string
  /** The other variations of the same case. */
  readonly others: readonly string[]
}

/** What an explanation is made for; the credentials in it are of no server. */
export interface Explaining {
  readonly target: Target
  readonly clauses: readonly Clause[]
  readonly seed: string
  readonly command: string
  readonly version: string
}

function defaultKind(profile: Profile): CredentialKind {
  return profile.accepts?.[0] ?? 'basic'
}

function explainSend(
  step: SendStep,
  role: ExplainedRequest['role'],
  id: string,
  around: Explaining,
): ExplainedRequest {
  const { target, seed, version } = around
  const kind = kindOf(step.send.with) ?? defaultKind(target.profile)
  const built = build({
    target,
    send: step.send,
    kind,
    random: randomFrom(seed, id, '1'),
    agent: `http-auth-conformance/${version}`,
    callback: exampleCallback,
  })
  if ('missing' in built) {
    throw new UsageError(
      'unknown-name',
      `${id} says nothing with the profile ${target.profile.id}: it needs ${built.missing}.`,
    )
  }
  const command = curlFor(target, step.send, kind)
  // A command that a terminal would act on, or that no shell can hold, is none.
  const curl = command !== undefined && /^[\x20-\x7e]*$/u.test(command) ? command : undefined
  return {
    role,
    say: built.say,
    request: showRequest(built.request),
    ...(step.as === undefined ? {} : { step: step.as }),
    ...(built.fault === undefined ? {} : { fault: built.fault }),
    ...(curl === undefined ? {} : { curl }),
  }
}

const nothing: Request = {
  route: { scheme: 'http', host: 'unsent.invalid', port: 80 },
  method: 'GET',
  target: [{ text: '/' }],
  fields: [],
}

const unsent: Exchange = {
  n: 0,
  request: nothing,
  ending: 'unsent',
  carrier: 'raw',
  connection: 0,
  at: 0,
  ms: 0,
}

function explainLine(line: Line): ExplainedLine {
  const { level, wanted } = levelOf(line)
  // The checks know their own words; of an exchange that never was they can say no more than these.
  const checks = checkAll(wanted, {
    exchange: unsent,
    outcome: 'silent',
    witness: '',
    accepted: [],
    secrets: [],
    steps: new Map(),
  })
  const when = sayWhen(line.when)
  return {
    level,
    ...(when === undefined ? {} : { when }),
    wants: checks.map((each) => ({ check: each.check, wanted: each.wanted })),
    because: line.because,
    despite: line.despite ?? [],
    ...(line.softened === undefined ? {} : { softened: line.softened }),
  }
}

function controlFor(each: Case, send: Send, profile: Profile): Send | undefined {
  if (needsNoControl(linesOf(each))) return undefined
  return controlOf(send, defaultKind(profile))
}

function explainSteps(
  { steps }: StepsCase,
  id: string,
  around: Explaining,
): readonly ExplainedRequest[] {
  const refresh = keyRefreshOf(around.target)
  const asked = sayAsked(refresh && 'say' in refresh ? refresh : undefined)
  let published: string[] = []
  return steps.flatMap((step) => {
    if (!('send' in step)) {
      published.push(`${sayPublished(step)}${asked}`)
      return []
    }
    const before = published.length === 0 ? {} : { published }
    published = []
    const role = step.role === 'control' ? 'control' : 'test'
    return [{ ...explainSend(step, role, id, around), ...before }]
  })
}

function explainRequests(found: Variation, around: Explaining): readonly ExplainedRequest[] {
  if (found.case.steps !== undefined) return explainSteps(found.case, found.id, around)
  if (found.send === undefined) return []
  const control = controlFor(found.case, found.send, around.target.profile)
  return [
    explainSend({ send: found.send }, 'test', found.id, around),
    ...(control === undefined ? [] : [explainSend({ send: control }, 'control', found.id, around)]),
  ]
}

/** The variation an id means: a result's id, or a case's, which stands for its first variation. */
export function variationNamed(suites: readonly Suite[], id: string): Variation | undefined {
  const plain = id.replace(/@\w+$/u, '').toLowerCase()
  const all = suites.flatMap((suite) => suite.cases.flatMap((each) => variationsOf(suite, each)))
  return (
    all.find((each) => each.id.toLowerCase() === plain) ??
    all.find((each) => each.case.id.toLowerCase() === plain)
  )
}

/** Explains one variation of a case; nothing is sent. */
export function explainVariation(
  found: Variation,
  suites: readonly Suite[],
  around: Explaining,
): Explained {
  const each = found.case
  const lines = linesOf(each).map(explainLine)
  const cited = new Set(lines.flatMap((line) => [...line.because, ...line.despite]))
  const suite = suites.find(({ id }) => id === found.suite)
  const variations = suite === undefined ? [] : variationsOf(suite, each)
  return {
    id: found.id,
    case: each.id,
    suite: found.suite,
    title: each.title,
    severity: each.severity,
    harm: each.harm,
    fix: each.fix,
    risk: risksOf(each),
    watches: each.watch !== undefined,
    requests: explainRequests(found, around),
    lines,
    clauses: around.clauses.filter(({ id }) => cited.has(id)),
    command: around.command,
    others: variations.map(({ id }) => id).filter((id) => id !== found.id),
  }
}
