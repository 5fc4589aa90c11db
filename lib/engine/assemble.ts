import type { Clause, ClauseId } from '../model/clause.ts'
import type { RunOptions } from '../model/options.ts'
import type {
  Headline,
  PreflightFinding,
  Report,
  ReportClause,
  ReportExchange,
  ReportResult,
  Summary,
} from '../model/report.ts'
import { ONLY_ERRORS } from './dominate.ts'

/** The counts of a run's verdicts. */
export function summarise(results: readonly ReportResult[]): Summary {
  const count = (verdict: ReportResult['verdict']): number =>
    results.filter((each) => each.verdict === verdict).length
  return {
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    note: count('note'),
    skip: count('skip'),
    inconclusive: count('inconclusive'),
    broken: count('broken'),
    deviations: results.filter((each) => each.deviates !== undefined).length,
  }
}

function isGraveDoubt(each: ReportResult): boolean {
  return (
    each.verdict === 'inconclusive' &&
    each.level === 'must' &&
    (each.severity === 'critical' || each.severity === 'high')
  )
}

/**
 * Known before anything was sent, a fault that these credentials cannot carry says nothing about the
 * server: like a skip, it is shown but does not make the run doubtful.
 */
function isAsked(each: ReportResult): boolean {
  return each.verdict !== 'skip' && each.reason?.code !== 'fault-changes-nothing'
}

/** Whether a run says too little for its silence to count as good. */
export function couldNotJudge(
  report: Pick<Report, 'results' | 'preflight'>,
  limit: RunOptions['maxInconclusive'],
): boolean {
  const planned = report.results.filter(isAsked)
  const doubts = planned.filter((each) => each.verdict === 'inconclusive')
  const most = 'count' in limit ? limit.count : (planned.length * limit.percent) / 100
  return (
    planned.length === doubts.length ||
    planned.some((each) => each.verdict === 'broken') ||
    report.preflight.some((each) => each.blocks) ||
    doubts.some(isGraveDoubt) ||
    report.results.some((each) => each.reason?.code === ONLY_ERRORS) ||
    doubts.length > most
  )
}

/** What a run says, in one word and one sentence. */
export function concludes(
  report: Pick<Report, 'results' | 'preflight' | 'scope' | 'summary'>,
  limit: RunOptions['maxInconclusive'],
): Pick<Report, 'verdict' | 'say'> {
  const { fail, warn, inconclusive } = report.summary
  if (fail > 0) return { verdict: 'does-not-conform', say: sayFailed(report.results, fail) }
  if (couldNotJudge(report, limit)) return { verdict: 'could-not-judge', say: sayDoubt(report) }
  const warned = warn === 0 ? '' : `, with ${warn} ${warn === 1 ? 'warning' : 'warnings'}`
  const doubt = inconclusive === 0 ? '' : `, ${inconclusive} could not be judged`
  if (report.scope === 'anonymous') {
    const judged = report.results.filter(
      (each) => !['skip', 'inconclusive'].includes(each.verdict),
    ).length
    return {
      verdict: 'conforms',
      say: `${judged} of ${report.results.length} cases could be judged without credentials, and they conform${warned}${doubt}`,
    }
  }
  return { verdict: 'conforms', say: `conforms${warned}${doubt}` }
}

function sayFailed(results: readonly ReportResult[], fail: number): string {
  const order = ['critical', 'high', 'medium', 'low'] as const
  const counts = order
    .map(
      (severity) =>
        [
          severity,
          results.filter((each) => each.verdict === 'fail' && each.severity === severity).length,
        ] as const,
    )
    .filter(([, count]) => count > 0)
  const [worst] = counts
  return fail === 1
    ? `does not conform: 1 fail of ${worst?.[0] ?? 'low'} severity`
    : `does not conform: ${fail} fails, ${counts.map(([severity, count]) => `${count} ${severity}`).join(', ')}`
}

function sayDoubt(report: Pick<Report, 'preflight' | 'results' | 'summary'>): string {
  const blocked = report.preflight.find((each) => each.blocks)
  if (blocked !== undefined) return `could not judge: ${blocked.say}`
  if (report.summary.broken > 0) return 'could not judge: this tool made a mistake of its own'
  const moot = report.results.filter((each) => each.reason?.code === ONLY_ERRORS)
  if (moot.length > 0) {
    return `could not judge: nothing but errors keeps anybody out, so ${moot.length} cases say nothing`
  }
  if (report.results.every((each) => each.verdict === 'skip')) {
    return 'could not judge: every case was skipped'
  }
  return `could not judge: ${report.summary.inconclusive} of ${report.results.length} cases are inconclusive`
}

/** Inconclusive results with one cause are one headline. */
export function headlinesOf(results: readonly ReportResult[]): readonly Headline[] {
  const causes = new Map<string, { code: string; say: string; count: number }>()
  for (const { verdict, reason } of results) {
    if (verdict !== 'inconclusive' || reason === undefined) continue
    if (
      ![
        'control-refused',
        'control-unclear',
        'locked',
        'token-expired',
        'did-not-come-back',
        'interrupted',
        'out-of-time',
        'credential-refused',
        'not-fetched',
        'key-not-taken',
        'key-refresh-refused',
      ].includes(reason.code)
    )
      continue
    const key = `${reason.code} ${reason.say}`
    const known = causes.get(key) ?? { code: reason.code, say: reason.say, count: 0 }
    known.count += 1
    causes.set(key, known)
  }
  return [...causes.values()].map((each) => ({
    code: each.code,
    say: `${each.say} ${each.count} ${each.count === 1 ? 'case' : 'cases'} could not be judged.`,
    count: each.count,
  }))
}

/** The clauses that results cite, so that the document explains itself. */
export function citedClauses(
  results: readonly ReportResult[],
  clauses: ReadonlyMap<string, Clause>,
): Readonly<Record<ClauseId, ReportClause>> {
  const cited: Record<ClauseId, ReportClause> = {}
  for (const line of results.flatMap((each) => each.lines)) {
    for (const id of [...line.because, ...(line.despite ?? [])]) {
      const clause = clauses.get(id)
      if (clause === undefined) continue
      const { level, where, url, says } = clause
      cited[id] = { level, where, url, says }
    }
  }
  return cited
}

/** How much of the denominator this run decided. */
export function coverageOf(
  results: readonly ReportResult[],
  applicable: ReadonlySet<string>,
  clauses: ReadonlyMap<string, Clause>,
): Report['coverage'] {
  const counted = new Set([...clauses.values()].filter(isCounted).map((each) => each.id as string))
  const decided = new Set<string>()
  for (const each of results) {
    if (!['pass', 'fail', 'warn', 'note'].includes(each.verdict)) continue
    // That tampering was refused says nothing of the rule that was broken before it.
    if (each.proves === 'no-bypass') continue
    for (const line of each.lines) {
      if (line.holds !== 'unknown') for (const id of line.because) decided.add(id)
    }
  }
  const within = (ids: Iterable<string>): number => [...ids].filter((id) => counted.has(id)).length
  return { decided: within(decided), applicable: within(applicable), total: counted.size }
}

function isCounted(clause: Clause): boolean {
  return clause.uncounted === undefined && clause.basis !== 'house' && clause.basis !== 'documented'
}

/** The exchanges that results and findings point to; passes keep the head and a digest. */
export function citedExchanges(
  all: ReadonlyMap<number, ReportExchange>,
  results: readonly ReportResult[],
  preflight: readonly PreflightFinding[],
): readonly ReportExchange[] {
  const full = new Set<number>(preflight.flatMap((each) => each.exchanges ?? []))
  const lean = new Set<number>()
  for (const each of results) {
    const numbers = each.control === undefined ? each.exchanges : [each.control, ...each.exchanges]
    for (const number of numbers) (each.verdict === 'pass' ? lean : full).add(number)
  }
  return [...all.values()]
    .filter((each) => full.has(each.n) || lean.has(each.n))
    .map((each) => (full.has(each.n) ? each : withoutBody(each)))
}

function withoutBody(each: ReportExchange): ReportExchange {
  if (each.answer?.body === undefined) return each
  const { body, ...answer } = each.answer
  return { ...each, answer }
}
