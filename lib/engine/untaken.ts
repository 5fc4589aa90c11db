/** Algorithms that a target does not take from the hosted key set, and what that leaves unsaid. */
import type { Algorithm } from '../jose/algorithms.ts'
import { HOSTED_KEYS } from '../jose/hosted-keys.ts'
import type { Send } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import type { Job, Performed, RunContext } from './context.ts'
import { sendUntil } from './hosted-step.ts'
import { perform } from './perform.ts'
import { askToRead } from './reading.ts'

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

/**
 * Looks whether a control was refused for its algorithm: with a set that has its key and nothing odd.
 * Beside an odd entry it may be the entry that a target does not take.
 */
export async function learnUntaken(context: RunContext, { send }: Performed): Promise<void> {
  const { hosting } = context
  const alg = otherAlgorithm(context, send)
  const key = typeof send.with === 'object' && 'key' in send.with ? send.with.key : undefined
  if (hosting === undefined || alg === undefined || key === undefined) return
  if (hosting.untaken.has(alg)) return
  hosting.keys.renew()
  hosting.publish({ publish: [key] })
  await askToRead(context)
  const ask = (): Promise<Performed> =>
    perform(context, { send, kind: 'jwt', label: 'algorithm', attempt: 1 })
  const last = await sendUntil(
    context,
    hosting.refreshMs,
    ask,
    ({ outcome }) => outcome === 'granted',
  )
  if (last.outcome !== 'granted' && hosting.refusal === undefined) hosting.untaken.add(alg)
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
