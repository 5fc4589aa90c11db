/** Algorithms that a target does not take from the hosted key set, and what that leaves unsaid. */
import type { Algorithm } from '../jose/algorithms.ts'
import { HOSTED_KEYS } from '../jose/hosted-keys.ts'
import type { Send } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import type { Job, RunContext } from './context.ts'

/** The algorithm of a token of the hosted set that is signed otherwise than most. */
export function otherAlgorithm({ keyring }: RunContext, send: Send): Algorithm | undefined {
  const what = send.with
  if (typeof what !== 'object' || !('valid' in what) || what.valid !== 'jwt') return undefined
  const alg = what.key === undefined ? undefined : HOSTED_KEYS[what.key]?.alg
  return alg === keyring.hosted?.own ? undefined : alg
}

/** Why a case says nothing about a target that was seen not to take this algorithm. */
export function untakenReason(alg: Algorithm): Reason {
  const say = `Says something only where the server takes ${alg} tokens from its key set, and that was not so.`
  return { code: 'does-not-apply', say }
}

/** The reason not to ask once more for what takes the whole time that a target has to read keys. */
export function knownUntaken(context: RunContext, job: Job): Reason | undefined {
  const { hosting } = context
  if (hosting === undefined || job.publishes === undefined) return undefined
  const algs = job.steps
    .filter(({ role }) => role === 'control')
    .flatMap(({ send }) => otherAlgorithm(context, send) ?? [])
  const alg = algs.find((each) => hosting.untaken.has(each))
  return alg === undefined ? undefined : untakenReason(alg)
}
