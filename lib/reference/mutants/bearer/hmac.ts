/** Verifiers that compare an HMAC with less, or with more, than all of it (RFC 7518 §3.2). */
import { makeSignature } from '../../bearer/algorithms.ts'
import { signingInput } from '../../bearer/segments.ts'
import type { BearerDefect } from './types.ts'
import { signedToo } from './ways.ts'

const mustVerify = 'rfc7515#5.2-signature-must-verify'
const truncated = 'rfc7515#5.2-truncated-signature-rejected'

/** Compares what came in its own way with the HMAC that it should be. */
const comparing = (matches: (sent: Buffer, right: Buffer) => boolean): BearerDefect['change'] =>
  signedToo(({ key }, { segments, signature }) =>
    matches(signature, makeSignature('HS256', key, signingInput(segments))),
  )

const about = { breaks: 'must', besides: 'benign-key-hs256', keys: ['HS256'] } as const

export const hmacs: readonly BearerDefect[] = [
  {
    id: 'jwt-hmac-half-accepted',
    does: 'Accepts the left half of an HMAC for all of it, as other protocols do.',
    ...about,
    clauses: [truncated, mustVerify],
    change: comparing((sent, right) => sent.equals(right.subarray(0, right.length / 2))),
  },
  {
    id: 'jwt-hmac-compared-as-sent',
    does: 'Compares as many octets of an HMAC as were sent, if any were.',
    ...about,
    clauses: [truncated, mustVerify],
    change: comparing(
      (sent, right) => sent.length > 0 && sent.equals(right.subarray(0, sent.length)),
    ),
  },
  {
    id: 'jwt-hmac-in-hexadecimal',
    does: 'Accepts an HMAC that was written in hexadecimal before it was encoded.',
    ...about,
    clauses: [mustVerify],
    change: comparing((sent, right) => sent.toString('latin1') === right.toString('hex')),
  },
]
