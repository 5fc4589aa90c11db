import type { ExpectationMembers, StatusPattern } from '../model/case.ts'
import { type Check, withAnswer } from './check.ts'

/** True if a status code is the pattern or of its class. */
export function matches(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === 'number'
    ? pattern === status
    : String(status).length === 3 && String(status)[0] === pattern[0]
}

/** The status code is the wanted one, one of several, or none of several. */
export const status: Check<NonNullable<ExpectationMembers['status']>> = (wanted, context) => {
  const anyOf = typeof wanted === 'object' && 'anyOf' in wanted ? wanted.anyOf : undefined
  const noneOf = typeof wanted === 'object' && 'noneOf' in wanted ? wanted.noneOf : undefined
  const listed = anyOf ?? noneOf ?? [wanted as StatusPattern]
  const say = `${noneOf === undefined ? '' : 'not '}${listed.join(' or ')}`
  return withAnswer('status', say, context, (answer) => {
    const hit = listed.some((pattern) => matches(pattern, answer.status))
    // A throttled answer is not the server's word on the matter.
    const throttled = context.outcome === 'throttled' && !hit
    return {
      got: `${answer.status} ${answer.reason}`.trim(),
      holds: throttled ? 'unknown' : noneOf === undefined ? hit : !hit,
    }
  })
}
