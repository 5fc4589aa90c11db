/** What a plan has to know of cases on the hosted key set. */

import { sayWhen } from '../checks/index.ts'
import type { Case, PublishStep, Risk } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import { expectationOf, linesOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'
import { keysReadBy } from './key-refresh.ts'

/** What is published before each step that sends. */
export function publishesOf(each: Case): Job['publishes'] {
  const found = new Map<number, PublishStep[]>()
  let sends = 0
  for (const step of each.steps ?? []) {
    if ('send' in step) sends += 1
    else found.set(sends, [...(found.get(sends) ?? []), step])
  }
  return found.size === 0 ? undefined : found
}

/** What an execution costs with the requests that have the target read what was published. */
export function costWith(
  { keyring, target }: Pick<RunContext, 'keyring' | 'target'>,
  publishes: Job['publishes'],
  cost: Job['cost'],
): Job['cost'] {
  const asked = keyring.hosted !== undefined && keysReadBy(target) === 'on-request'
  // What the run began with is read once more after each case.
  const more = asked && publishes !== undefined ? publishes.size + 1 : 0
  return { ...cost, requests: cost.requests + more }
}

/** Whoever has us host the set has agreed to what is done with its keys. */
export function isAllowed({ keyring, options }: RunContext, risk: Risk): boolean {
  if (risk === 'failed-login') return true
  return options.allow.includes(risk) || (risk === 'changes-keys' && keyring.hosted !== undefined)
}

const noOldTls: Reason = {
  code: 'not-supplied',
  say: 'Needs TLS 1.1 on this machine, whose cryptographic library does not speak it.',
}

const relayed: Reason = {
  code: 'does-not-apply',
  say: 'Says something only where the server comes to the key set itself, and something passes its requests on.',
}

/** Where a redirect leads, only those can follow who reach the listener as it is. */
function reasonByWay({ hosting }: RunContext, job: Job): Reason | undefined {
  if (hosting?.elsewhere !== true) return undefined
  const published = [...(job.publishes?.values() ?? [])].flat()
  const leads = published.some(({ answer: { redirect } = {} }) => redirect && redirect !== 'loop')
  if (!leads) return undefined
  return {
    code: 'not-supplied',
    say: 'Needs a key set that the server reads at the listener itself, so that it can go where a redirect leads.',
    option: '--jwks-listen HOST:PORT',
  }
}

/** What is wrong with https shows only where the set is served by it, and the target trusts us there. */
function reasonByChannel({ hosting }: RunContext, job: Job): Reason | undefined {
  if (hosting === undefined || job.publishes === undefined) return undefined
  const published = [...job.publishes.values()].flat()
  const spoilt = published.some(({ answer }) => answer?.channel ?? answer?.redirect === 'cleartext')
  const heard = linesOf(job.case).some((line) => expectationOf(line).hello !== undefined)
  const about = spoilt || heard
  if (hosting.secured) {
    const old = published.some(({ answer }) => answer?.channel === 'tls-1.1')
    if (about && hosting.relayed()) return relayed
    return old && !hosting.oldTls ? noOldTls : undefined
  }
  if (!about) return undefined
  return {
    code: 'not-supplied',
    say: 'Needs a key set that the server fetches by https, from a host that it trusts.',
    option: '--jwks-authority FILE',
  }
}

/** What is read from a file cannot be counted, nor answered otherwise than with a file. */
function reasonByFile({ hosting }: RunContext, job: Job): Reason | undefined {
  if (hosting === undefined || hosting.watched || job.publishes === undefined) return undefined
  const published = [...job.publishes.values()].flat()
  const counted = linesOf(job.case).some((line) => expectationOf(line).fetches !== undefined)
  const served = published.some(({ answer }) => answer !== undefined)
  const waits = job.steps.some(({ until }) => until !== undefined)
  if (!counted && !served && !waits) return undefined
  return {
    code: 'not-supplied',
    say: 'Needs a key set that the server fetches by HTTP.',
    option: '--jwks-listen HOST:PORT',
  }
}

/**
 * Why a case on the hosted set says nothing of how this target comes to read its keys, where each of
 * its lines is about that.
 */
function reasonByReading({ target }: RunContext, job: Job): Reason | undefined {
  const lines = linesOf(job.case)
  const own = keysReadBy(target)
  const other = lines.every(({ when }) => when?.keysRead !== undefined && when.keysRead !== own)
  if (!other) return undefined
  const [say] = lines.flatMap(({ when }) => sayWhen(when) ?? [])
  return { code: 'does-not-apply', say: `Says something only where ${say}, and that is not so.` }
}

/** Why a case on the hosted set is left out, as far as that is known before anything is sent. */
export function reasonByHosting(context: RunContext, job: Job): Reason | undefined {
  if (job.publishes === undefined) return undefined
  return (
    reasonByFile(context, job) ??
    reasonByChannel(context, job) ??
    reasonByWay(context, job) ??
    reasonByReading(context, job)
  )
}
