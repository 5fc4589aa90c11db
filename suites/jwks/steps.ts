/** Steps that cases on the hosted key set have in common. */
import type {
  HostedEntry,
  JwtFault,
  Lines,
  PublishStep,
  Send,
  SendStep,
} from '../../lib/model/case.ts'

/** The token of a hosted key, with whatever is wrong about it. */
export const signedBy = (key: string, but?: JwtFault): Send => ({
  to: 'protected',
  with: { valid: 'jwt', key, ...(but === undefined ? {} : { but }) },
})

/** The token of a hosted key has to be granted, as soon as the server has read the set. */
export const granted = (key: string): SendStep => ({
  role: 'control',
  send: signedBy(key),
  within: 'key-refresh-time',
})

/** Publishes these entries, before what the run began with. */
export const publish = (...entries: readonly HostedEntry[]): PublishStep => ({ publish: entries })

/** Sends the token of a hosted key once more and expects something of it. */
export const atOnce = (send: Send, ...expect: Lines): SendStep => ({ send, expect })

/** The same, as soon as the server has read the set. */
export const soon = (send: Send, ...expect: Lines): SendStep => ({
  send,
  within: 'key-refresh-time',
  expect,
})
