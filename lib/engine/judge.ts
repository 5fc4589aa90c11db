import { type CheckContext, checkAll, holdsAll } from '../checks/index.ts'
import type { Case, CredentialKind, Line, Severity } from '../model/case.ts'
import type { ClauseId, Level } from '../model/clause.ts'
import type { RunOptions } from '../model/options.ts'
import type { Deviation } from '../model/profile.ts'
import type { ReportLine, Verdict } from '../model/report.ts'
import { expectationOf } from '../notation/derive.ts'

/** A line with what it found and what a break of it would mean. */
export interface JudgedLine {
  readonly line: Line
  readonly report: ReportLine
  readonly verdict: Verdict
  readonly deviates?: Deviation
  /** Only whether a URL was followed is unknown, which is no fault of the target. */
  readonly unseen?: true
}

export function levelOf(line: Line): Level {
  if (line.must !== undefined) return 'must'
  if (line.documented !== undefined) return 'documented'
  return line.should !== undefined ? 'should' : 'may'
}

const broken: Readonly<Record<Level, Verdict>> = {
  must: 'fail',
  documented: 'fail',
  should: 'warn',
  may: 'note',
}

function verdictOf(
  line: Line,
  level: Level,
  holds: boolean | 'unknown',
  deviation: Deviation | undefined,
  strict: boolean,
): Verdict {
  if (holds === true) return 'pass'
  if (holds === 'unknown') return 'inconclusive'
  if (deviation !== undefined) return 'note'
  return line.softened !== undefined && !strict ? 'warn' : broken[level]
}

/** What a run needs to know to judge lines. */
export interface JudgeSettings {
  readonly options: Pick<RunOptions, 'strict'>
  readonly deviations: readonly Deviation[]
  readonly operation: string
  readonly kind?: CredentialKind | undefined
}

function deviationFor(
  because: readonly ClauseId[],
  severity: Severity,
  settings: JudgeSettings,
): Deviation | undefined {
  // No documentation excuses that anybody is let in.
  if (severity === 'critical') return undefined
  const own = settings.deviations.filter(
    (each) =>
      because.includes(each.clause) &&
      (each.operation === undefined || each.operation === settings.operation) &&
      (each.kind === undefined || each.kind === settings.kind),
  )
  const covered = new Set(own.flatMap(({ clause, beside = [] }) => [clause, ...beside]))
  // A line that rests on a further clause is broken all the same.
  return because.every((clause) => covered.has(clause)) ? own[0] : undefined
}

/** Judges one line on one exchange; every check is evaluated. */
export function judgeLine(
  line: Line,
  each: Pick<Case, 'severity'>,
  context: CheckContext,
  settings: JudgeSettings,
  of?: string,
): JudgedLine {
  const checks = checkAll(expectationOf(line), context)
  const holds = holdsAll(checks)
  const level = levelOf(line)
  const severity = line.severity ?? each.severity
  const deviation = holds === false ? deviationFor(line.because, severity, settings) : undefined
  const open = checks.filter((check) => check.holds === 'unknown')
  const unseen = holds === 'unknown' && open.every(({ check }) => check === 'callback')
  const telling = checks.find((check) => check.holds !== true) ?? checks[0]
  return {
    line,
    verdict: verdictOf(line, level, holds, deviation, settings.options.strict),
    ...(deviation === undefined ? {} : { deviates: deviation }),
    ...(unseen ? { unseen: true as const } : {}),
    report: {
      level,
      // What is documented is never told as loudly as what is not.
      severity: deviation !== undefined && severity === 'high' ? 'medium' : severity,
      because: line.because,
      ...(line.despite === undefined ? {} : { despite: line.despite }),
      ...(line.softened === undefined ? {} : { softened: line.softened }),
      ...(of === undefined ? {} : { of }),
      checks,
      wanted: telling?.wanted ?? '',
      got: telling?.got ?? '',
      holds,
    },
  }
}

/** From worst to best, as a result takes them over from its lines. */
export const ranking: readonly Verdict[] = [
  'fail',
  'broken',
  'inconclusive',
  'warn',
  'note',
  'pass',
]
const levels: readonly Level[] = ['must', 'documented', 'should', 'may']
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']

function rank(a: JudgedLine, b: JudgedLine): number {
  return (
    ranking.indexOf(a.verdict) - ranking.indexOf(b.verdict) ||
    severities.indexOf(a.report.severity) - severities.indexOf(b.report.severity) ||
    levels.indexOf(a.report.level) - levels.indexOf(b.report.level)
  )
}

/**
 * The line that decides: the worst one, or the strongest where all hold. What could not be seen to
 * happen decides nothing where another line does.
 */
export function deciding(all: readonly JudgedLine[]): JudgedLine | undefined {
  const seen = all.filter((each) => each.unseen === undefined)
  const lines = seen.length === 0 ? all : seen
  const worst = [...lines].sort(rank)[0]
  if (worst === undefined || worst.verdict !== 'pass') return worst
  return [...lines].sort(
    (a, b) => levels.indexOf(a.report.level) - levels.indexOf(b.report.level),
  )[0]
}
