import type {
  ClauseId,
  Level,
  Reason,
  Report,
  ReportExchange,
  ReportLine,
  ReportResult,
  Verdict,
} from '../model/index.ts'
import { severities } from './words.ts'

/** One deviation as a reader meets it: the result that shows it best, and others like it. */
export interface Item {
  readonly head: ReportResult
  readonly also: readonly ReportResult[]
}

/** Results that share one reason for not having been judged or not having run. */
export interface ReasonGroup {
  readonly reason: Reason
  readonly results: readonly ReportResult[]
  /** Distinct cases among them; examples of one case count once. */
  readonly cases: number
}

const levels: readonly Level[] = ['must', 'documented', 'should', 'may']

const byWeight = (a: ReportResult, b: ReportResult): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  levels.indexOf(a.level) - levels.indexOf(b.level)

const gather = <T>(all: readonly T[], key: (one: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const word = key(one)
    const group = groups.get(word)
    if (group) group.push(one)
    else groups.set(word, [one])
  }
  return [...groups.values()]
}

const sameDeviation = (result: ReportResult): string =>
  result.group === undefined
    ? `case ${result.case} ${result.level} ${result.severity}`
    : `group ${result.group}`

/** The results of one verdict as items, costliest first; one deviation is one item. */
export const itemsOf = (report: Report, verdict: Verdict): readonly Item[] => {
  const results = report.results.filter((result) => result.verdict === verdict).sort(byWeight)
  return gather(results, sameDeviation).flatMap(([head, ...also]) =>
    head === undefined ? [] : [{ head, also }],
  )
}

/** Distinct cases among results. */
export const casesOf = (results: readonly ReportResult[]): number =>
  new Set(results.map((result) => result.case)).size

const unexplained: Reason = { code: 'unexplained', say: 'No reason was recorded.' }

/** The results of one verdict by reason, the largest group first. */
export const reasonsOf = (report: Report, verdict: Verdict): readonly ReasonGroup[] => {
  const results = report.results.filter((result) => result.verdict === verdict)
  const key = ({ reason }: ReportResult): string =>
    JSON.stringify([reason?.code, reason?.say, reason?.option])
  return gather(results, key)
    .map((group) => ({
      reason: group[0]?.reason ?? unexplained,
      results: group,
      cases: casesOf(group),
    }))
    .sort((a, b) => b.results.length - a.results.length)
}

/**
 * True where headlines with the code of this reason already account for every case that has it, so
 * that a list need not say it again.
 */
export const headlined = (report: Report, { code }: Reason): boolean => {
  const told = report.headlines.filter((headline) => headline.code === code)
  const cases = casesOf(report.results.filter(({ reason }) => reason?.code === code))
  return told.length > 0 && told.reduce((sum, { count }) => sum + count, 0) >= cases
}

/** The exchanges of a report by their number. */
export type Exchanges = ReadonlyMap<number, ReportExchange>

/** Makes the exchanges of a report findable by number. */
export const exchangesOf = (report: Report): Exchanges =>
  new Map(report.exchanges.map((exchange) => [exchange.n, exchange]))

/**
 * The exchange that shows what the verdict rests on: the one that is named, else the first with the
 * outcome of the result, or the first of all where none has it.
 */
export const judgedOf = (result: ReportResult, all: Exchanges): ReportExchange | undefined => {
  const named = result.main === undefined ? undefined : all.get(result.main)
  if (named !== undefined) return named
  const own = result.exchanges.flatMap((n) => all.get(n) ?? [])
  return own.find((exchange) => exchange.outcome === result.outcome) ?? own[0]
}

/** The exchange that the judged one differs from by its fault alone. */
export const controlOf = (result: ReportResult, all: Exchanges): ReportExchange | undefined =>
  result.control === undefined ? undefined : all.get(result.control)

/** The lines that make the verdict: those that do not hold, else the undecided, else all. */
export const decisiveLines = (result: ReportResult): readonly ReportLine[] => {
  const broken = result.lines.filter((line) => line.holds === false)
  if (broken.length > 0) return broken
  const unknown = result.lines.filter((line) => line.holds === 'unknown')
  return unknown.length > 0 ? unknown : result.lines
}

/** The clauses the deciding lines rest on, and those that say otherwise, each once. */
export const citedBy = (
  result: ReportResult,
): { readonly because: readonly ClauseId[]; readonly despite: readonly ClauseId[] } => {
  const lines = decisiveLines(result)
  return {
    because: [...new Set(lines.flatMap((line) => line.because))],
    despite: [...new Set(lines.flatMap((line) => line.despite ?? []))],
  }
}

/** What the profile says tells granted from refused, where one sentence serves every operation. */
export const witnessOf = (report: Report): string | undefined => {
  const [only, ...others] = new Set(Object.values(report.target.witness))
  return others.length === 0 ? only : undefined
}
