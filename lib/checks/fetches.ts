import type { Check, CheckContext } from './check.ts'

/** How often the target fetched the hosted key set during a step. */
export const fetches: Check<{ readonly atMost: number }> = ({ atMost }, context: CheckContext) => {
  const wanted = `at most ${atMost} fetches of the key set`
  const found = context.fetches
  if (found === undefined) {
    return { check: 'fetches', wanted, got: 'no key set was hosted', holds: 'unknown' }
  }
  return { check: 'fetches', wanted, got: String(found), holds: found <= atMost }
}
