import { type Check, noAnswer } from './check.ts'

/** A complete answer came and it was no crash. */
export const orderly: Check<true> = (_wanted, context) => {
  const { answer, ending } = context.exchange
  const wanted = 'a complete answer, no server error'
  if (ending === 'unsent')
    return { check: 'orderly', wanted, got: noAnswer(context), holds: 'unknown' }
  if (answer === undefined) {
    return { check: 'orderly', wanted, got: noAnswer(context), holds: false }
  }
  return {
    check: 'orderly',
    wanted,
    got: `${answer.status} ${answer.reason}`.trim(),
    holds: context.outcome !== 'crashed',
  }
}
