import { curlFor } from '../credentials/curl.ts'
import { quoteForShell } from '../text/shell.ts'
import type { Job, RunContext } from './context.ts'
import { targetOf } from './making.ts'

/** How a reader repeats one case: the tool's own command, and curl where curl can send the bytes. */
export function reproduce(
  context: RunContext,
  job: Pick<Job, 'id' | 'steps' | 'kind'>,
): { readonly command: string; readonly curl?: string } {
  const { command, seed } = context.options
  const own = `${command} --only ${quoteForShell(job.id)} --seed ${quoteForShell(seed)}`
  const [step, second] = job.steps
  const curl =
    step === undefined || second !== undefined
      ? undefined
      : curlFor(targetOf(context), step.send, job.kind)
  return { command: own, ...(curl === undefined ? {} : { curl }) }
}
