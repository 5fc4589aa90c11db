import { couldNotJudge } from '../engine/assemble.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { type GateOptions, type GateRule, severities } from './gate-options.ts'

/** What a command ends with: 2 is usage, and belongs to whoever catches a UsageError. */
export type ExitCode = 0 | 1 | 2 | 3 | 130

function closes(rule: GateRule, { verdict, severity }: ReportResult): boolean {
  return rule.verdict === verdict && severities.indexOf(severity) >= severities.indexOf(rule.from)
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
