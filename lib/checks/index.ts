import type { Expectation } from '../model/case.ts'
import { access } from './access.ts'
import { callback } from './callback.ts'
import { challenge, challengeFreeOf } from './challenge.ts'
import { channel } from './channel.ts'
import type { CheckContext, Checked } from './check.ts'
import { answerFreeOf, body, connection, echo } from './content.ts'
import { fetches } from './fetches.ts'
import { field } from './field.ts'
import { hello } from './hello.ts'
import { hsts } from './hsts.ts'
import { issued } from './issued.ts'
import { json } from './json.ts'
import { keySet } from './key-set.ts'
import { orderly } from './orderly.ts'
import { redirect } from './redirect.ts'
import { notAll, same } from './relation.ts'
import { status } from './status.ts'

export { challengesIn } from './challenge.ts'
export type { Callbacks, CheckContext, Checked, IssuedToken, Judged, Told } from './check.ts'
export { isCutShort } from './check.ts'
export { issuedFinding } from './issued.ts'
export { applies, sayWhen } from './when.ts'

const table = {
  access,
  status,
  challenge,
  challengeFreeOf,
  answerFreeOf,
  field,
  json,
  body,
  orderly,
  echo,
  connection,
  callback,
  fetches,
  hello,
  redirect,
  hsts,
  channel,
  issued,
  keySet,
}

/** Runs every check of one expectation; all are evaluated, none stops the others. */
export function checkAll(wanted: Expectation, context: CheckContext): readonly Checked[] {
  const found: Checked[] = []
  const { same: step, in: compared, notAll: steps, ...own } = wanted
  // With notAll, access belongs to the relation.
  const members = steps === undefined ? own : { ...own, access: undefined }
  for (const [name, check] of Object.entries(table)) {
    const value = members[name as keyof typeof table]
    if (value !== undefined)
      found.push((check as (w: unknown, c: CheckContext) => Checked)(value, context))
  }
  if (step !== undefined) found.push(same(step, compared ?? ['status'])(step, context))
  if (steps !== undefined) found.push(notAll(steps, own.access ?? 'granted')('', context))
  return found
}

/** False if any check is, else unknown if any is, else true. */
export function holdsAll(found: readonly Checked[]): boolean | 'unknown' {
  if (found.some((each) => each.holds === false)) return false
  return found.some((each) => each.holds === 'unknown') ? 'unknown' : true
}
