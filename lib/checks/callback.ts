import type { Check, CheckContext, Checked } from './check.ts'

const wanted = 'no request to the listener'

function untouched(got: string, holds: Checked['holds']): Checked {
  return { check: 'callback', wanted, got, holds }
}

/**
 * The target did not follow the URL that was sent. That nothing came says something only of a target
 * that is known to reach the listener: else it is unknown, and no fault of the target.
 */
export const callback: Check<'untouched'> = (_wanted, { callbacks }: CheckContext) => {
  if (callbacks === undefined) return untouched('no listener was running', 'unknown')
  const { fetched, reached } = callbacks
  const [first] = fetched
  if (first !== undefined) {
    const more = fetched.length === 1 ? '' : `, ${fetched.length} requests in all`
    return untouched(`${first}${more}`, false)
  }
  return reached
    ? untouched('none, though the target has reached the listener before', true)
    : untouched('none; whether the target could have reached the listener is not known', 'unknown')
}
