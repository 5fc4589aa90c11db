import {
  type BearerRow,
  keptOut,
  letIn,
  now,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { times } from './times.ts'

const exp = (value: unknown): BearerRow => letIn({ claims: { exp: value } })

showBearerDifferences(times, {
  'jwt-exp-ignored': exp(now(-7200)),
  'jwt-exp-text-accepted': exp(String(now(600))),
  'jwt-exp-mistyped-ignored': exp([now(-600)]),
  'jwt-exp-null-ignored': exp(null),
  'jwt-exp-zero-ignored': exp(0),
  'jwt-exp-absent-accepted': exp(undefined),
  'jwt-exp-hour-of-leeway': exp(now(-600)),
  'jwt-exp-other-time-zone': exp(now(-3600)),
  'jwt-exp-unsigned': exp(-1),
  'jwt-exp-fraction-refused': keptOut({ claims: { exp: now(600) + 0.5 } }),
  'jwt-exp-milliseconds-understood': keptOut({ claims: { exp: now(-600) * 1000 } }),
  'jwt-nbf-ignored': letIn({ claims: { nbf: now(3600) } }),
  'jwt-nbf-mistyped-ignored': letIn({ claims: { nbf: 'tomorrow' } }),
  'jwt-iat-future-refused': keptOut({ claims: { iat: now(3600) } }),
  'jwt-iat-mistyped-ignored': letIn({ claims: { iat: 'yesterday' } }),
})
