/** What a plan has to know of cases on the hosted key set. */
import type { Case, PublishStep, Risk } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import { expectationOf, linesOf } from '../notation/derive.ts'
import type { Job, RunContext } from './context.ts'

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

/** Whoever has us host the set has agreed to what is done with its keys. */
export function isAllowed({ keyring, options }: RunContext, risk: Risk): boolean {
  if (risk === 'failed-login') return true
  return options.allow.includes(risk) || (risk === 'changes-keys' && keyring.hosted !== undefined)
}

const noOldTls: Reason = {
  code: 'not-supplied',
  say: 'Needs TLS 1.1 on this machine, whose cryptographic library does not speak it.',
}

/** What is wrong with https shows only where the set is served by it, and the target trusts us there. */
function reasonByChannel({ hosting }: RunContext, job: Job): Reason | undefined {
  if (hosting === undefined || job.publishes === undefined) return undefined
  const published = [...job.publishes.values()].flat()
  if (hosting.secured) {
    const old = published.some(({ answer }) => answer?.channel === 'tls-1.1')
    return old && !hosting.oldTls ? noOldTls : undefined
  }
  const spoilt = published.some(({ answer }) => answer?.channel ?? answer?.redirect === 'cleartext')
  const heard = linesOf(job.case).some((line) => expectationOf(line).hello !== undefined)
  if (!spoilt && !heard) return undefined
  return {
    code: 'not-supplied',
    say: 'Needs a key set that the server fetches by https, from a host that it trusts.',
    option: '--jwks-authority FILE',
  }
}

/** Why a case says nothing about a key set that stands where this one does. */
export function reasonByPlace(context: RunContext, job: Job): Reason | undefined {
  return reasonByFile(context, job) ?? reasonByChannel(context, job)
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
