import { bytesOfSpans } from '../credentials/spans.ts'
import type { Reason } from '../model/report.ts'
import { serialise } from '../transport/serialise.ts'
import type { Job } from './context.ts'
import type { Execution } from './execute.ts'

/** More than this may still be on its way when a server refuses it, and no less. */
const LARGE = 16 * 1024

/**
 * True where the connection was reset under a large request: a server that refuses it before it has
 * read all of it resets the connection, and its answer is lost with that (RFC 9112 §9.6).
 */
function mayBeLost({ performed }: Execution): boolean {
  const last = performed.at(-1)
  if (last === undefined || last.exchange.trouble?.code !== 'reset') return false
  return bytesOfSpans(serialise(last.built.request)).length > LARGE
}

/** True where a request goes to a door that nobody has to open. */
function leavesTlsOut(job: Job): boolean {
  return job.steps.some(({ send }) => send.but?.over !== undefined)
}

/** Why silence that was seen each time is nothing to blame a server for, if so. */
export function whyUnheard(job: Job, execution: Execution): Reason | undefined {
  if (mayBeLost(execution)) {
    return {
      code: 'answer-lost',
      say: 'The connection was reset each time while a large request was on its way: a server may refuse it so, and its answer is lost with the connection.',
    }
  }
  if (!leavesTlsOut(job)) return undefined
  return {
    code: 'door-silent',
    say: 'Whoever comes without TLS gets no answer and is not cut off either, so that nothing is known of what is behind that door.',
  }
}
