/** After a case on the hosted set: the first set is published again, and the target has to take it. */
import type { Send } from '../model/case.ts'
import type { RunContext } from './context.ts'
import { sendUntil } from './hosted-step.ts'
import { perform } from './perform.ts'
import { askToRead } from './reading.ts'

const base: Send = { to: 'protected', with: { valid: 'jwt', key: 'base' } }

/** Publishes what the run began with, and waits until its key is granted again. */
export async function recover(context: RunContext): Promise<void> {
  const { hosting } = context
  if (hosting === undefined) return
  hosting.restore()
  if (context.signal.aborted || context.stop !== undefined) return
  await askToRead(context)
  // What it does not read it cannot get back to either.
  if (hosting.refusal !== undefined) return
  const ask = () =>
    perform(context, {
      send: base,
      kind: 'jwt',
      label: 'recovery',
      attempt: 1,
      circumstance: { mustBeGranted: true },
    })
  const last = await sendUntil(
    context,
    hosting.refreshMs,
    ask,
    ({ outcome }) => outcome === 'granted',
  )
  if (last.outcome === 'granted') return
  hosting.unusable ??= {
    code: 'keys-not-recovered',
    say: 'After an earlier case the server takes no token of the key set that is published again.',
  }
}
