import type { Outcome } from '../model/exchange.ts'
import type { Check } from './check.ts'
import { noAnswer } from './check.ts'

const words: Readonly<Record<Outcome, string>> = {
  granted: 'granted',
  denied: 'denied',
  redirected: 'a redirect that is no refusal seen before',
  unclear: 'neither the granted answer nor a refusal',
  throttled: 'throttled',
  crashed: 'a server error',
  silent: 'no complete answer',
  closed: 'the connection was refused',
}

/** Whether the protected resource was served; only `granted` and `denied` decide. */
export const access: Check<'granted' | 'denied'> = (wanted, context) => {
  const { outcome } = context
  const decided = outcome === 'granted' || outcome === 'denied'
  const status = context.exchange.answer?.status
  const got = status === undefined ? noAnswer(context) : `${words[outcome]} (${status})`
  return {
    check: 'access',
    wanted,
    got: decided ? outcome : got,
    holds: decided ? outcome === wanted : 'unknown',
  }
}
