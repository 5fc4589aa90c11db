import type { Report, ReportResult } from '../model/report.ts'
import {
  type GateOptions,
  type GateRule,
  type InconclusiveLimit,
  severities,
} from './gate-options.ts'

/** What a command ends with: 2 is usage, and belongs to whoever catches a UsageError. */
export type ExitCode = 0 | 1 | 2 | 3 | 130

function closes(rule: GateRule, { verdict, severity }: ReportResult): boolean {
  return rule.verdict === verdict && severities.indexOf(severity) >= severities.indexOf(rule.from)
}

function isGraveDoubt({ verdict, level, severity }: ReportResult): boolean {
  const grave = severity === 'critical' || severity === 'high'
  return verdict === 'inconclusive' && level === 'must' && grave
}

function isTooMany(count: number, plan: number, limit: InconclusiveLimit): boolean {
  return 'count' in limit ? count > limit.count : count * 100 > plan * limit.percent
}

/** Whether a run says too little for its silence to count as good. */
function couldNotJudge(report: Report, limit: InconclusiveLimit): boolean {
  const plan = report.results.filter(({ verdict }) => verdict !== 'skip')
  const doubts = plan.filter(({ verdict }) => verdict === 'inconclusive')
  const judged = plan.some(({ verdict }) => verdict !== 'inconclusive' && verdict !== 'broken')
  return (
    !judged ||
    report.summary.broken > 0 ||
    report.preflight.some(({ holds }) => holds === false) ||
    doubts.some(isGraveDoubt) ||
    isTooMany(doubts.length, plan.length, limit)
  )
}

/**
 * The exit code of a run, the first that applies: 130 interrupted, 1 a result closes the gate, 3 it
 * could not be judged, 0.
 */
export function exitCodeFor(report: Report, gate: GateOptions): ExitCode {
  if (report.interrupted) return 130
  if (report.results.some((result) => gate.failOn.some((rule) => closes(rule, result)))) return 1
  return couldNotJudge(report, gate.maxInconclusive) ? 3 : 0
}
