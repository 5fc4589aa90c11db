/** What is left out because of the token that was supplied, before anything is sent. */
import { issuedFinding, sayWhen } from '../checks/index.ts'
import type { Line } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import { expectationOf, linesOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'

const looksAtIssued = ({ when }: Line): boolean => when?.issued !== undefined

/** True for a line that says nothing of servers whose issuer's token nobody has. */
const needsIssued = (line: Line): boolean =>
  looksAtIssued(line) || expectationOf(line).issued !== undefined

/**
 * Why a case all of whose lines look at the token of an issuer says nothing: there is none that can
 * be read, or it is not of the kind that the lines are about.
 */
export function reasonByIssued({ keyring }: RunContext, { case: each }: Job): Reason | undefined {
  const lines = linesOf(each)
  if (!lines.every(needsIssued)) return undefined
  const issued = keyring.issued('default')
  if (issued === undefined) {
    const say = 'Needs a JSON Web Token as its issuer made it.'
    return { code: 'not-supplied', say, option: '--bearer TOKEN' }
  }
  const fits = ({ when }: Line): boolean =>
    when?.issued === undefined || issuedFinding(when.issued, issued) === undefined
  if (lines.some(fits)) return undefined
  const kinds = lines.flatMap(({ when }) => sayWhen({ issued: when?.issued ?? {} }) ?? [])
  const say = `Says something only where ${[...new Set(kinds)].join(', or where ')}, and that is not so.`
  return { code: 'does-not-apply', say }
}
