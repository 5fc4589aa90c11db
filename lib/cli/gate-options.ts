import type { Severity } from '../model/case.ts'
import type { Verdict } from '../model/report.ts'
import type { Given } from './option.ts'
import type { Settings } from './settings.ts'
import { UsageError } from './usage-error.ts'
import { listed, one, words } from './values.ts'

/** Verdicts that `--fail-on` can name; a broken case can never be judged and ends with 3. */
export type GateVerdict = Exclude<Verdict, 'pass' | 'broken'>

/** A verdict closes the gate from this severity on. */
export interface GateRule {
  readonly verdict: GateVerdict
  readonly from: Severity
}

/** How many results may stay inconclusive: a number of them, or a share of the plan. */
export type InconclusiveLimit = { readonly count: number } | { readonly percent: number }

/** What makes a run end with exit code 1 or 3. */
export interface GateOptions {
  readonly failOn: readonly GateRule[]
  readonly maxInconclusive: InconclusiveLimit
}

const verdicts: readonly GateVerdict[] = ['fail', 'warn', 'note', 'skip', 'inconclusive']

/** From the least to the most severe. */
export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical']

function readRule(given: Given): GateRule {
  const [verdict = '', severity, ...rest] = given.text.split(':')
  if (rest.length > 0) {
    throw new UsageError('bad-value', `${given.source.name} wants VERDICT or VERDICT:SEVERITY.`)
  }
  const [known = 'fail'] = words([{ ...given, text: verdict }], verdicts)
  const [from = 'low'] =
    severity === undefined ? [] : words([{ ...given, text: severity }], severities)
  return { verdict: known, from }
}

/**
 * The rules of `--fail-on`. Failures always close the gate: a list adds to that, and only a member
 * `fail:SEVERITY` says from which severity on.
 */
export function readFailOn(given: readonly Given[]): readonly GateRule[] {
  const rules = given.map(readRule)
  return rules.some(({ verdict }) => verdict === 'fail')
    ? rules
    : [{ verdict: 'fail', from: 'low' }, ...rules]
}

function readLimit(given: Given | undefined): InconclusiveLimit {
  if (given === undefined) return { percent: 10 }
  const [, digits = '', percent] = given.text.match(/^(\d{1,9})(%?)$/u) ?? []
  const value = digits === '' ? Number.NaN : Number(digits)
  if (percent === '' && value >= 0) return { count: value }
  if (percent === '%' && value <= 100) return { percent: value }
  throw new UsageError(
    'bad-value',
    `${given.source.name} wants a number, or a percentage such as 10%.`,
  )
}

/** Reads what decides the exit code. */
export function readGate(settings: Settings): GateOptions {
  return {
    failOn: readFailOn(listed(settings, 'fail-on')),
    maxInconclusive: readLimit(one(settings, 'max-inconclusive')),
  }
}
