import type { StatusPattern, StatusWanted } from '../model/case.ts'
import { type Check, withAnswer } from './check.ts'

/** True if a status code is the pattern or of its class. */
export function matches(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === 'number'
    ? pattern === status
    : String(status).length === 3 && String(status)[0] === pattern[0]
}

function listed(wanted: StatusWanted): readonly StatusPattern[] {
  if (typeof wanted !== 'object') return [wanted]
  return 'anyOf' in wanted ? wanted.anyOf : wanted.noneOf
}

const isExcluding = (wanted: StatusWanted): boolean =>
  typeof wanted === 'object' && 'noneOf' in wanted

/** True if a status code is the wanted one, one of several, or none of several. */
export function statusFits(wanted: StatusWanted, status: number): boolean {
  const hit = listed(wanted).some((pattern) => matches(pattern, status))
  return hit !== isExcluding(wanted)
}

/** What is wanted of a status code, in words. */
export function sayStatus(wanted: StatusWanted): string {
  return `${isExcluding(wanted) ? 'not ' : ''}${listed(wanted).join(' or ')}`
}

/** The status code is the wanted one, one of several, or none of several. */
export const status: Check<StatusWanted> = (wanted, context) =>
  withAnswer('status', sayStatus(wanted), context, (answer) => {
    const named = listed(wanted).some((pattern) => matches(pattern, answer.status))
    // A throttled answer is not the server's word on the matter.
    const throttled = context.outcome === 'throttled' && !named
    return {
      got: `${answer.status} ${answer.reason}`.trim(),
      holds: throttled ? 'unknown' : statusFits(wanted, answer.status),
    }
  })
