import {
  type BearerRow,
  keptOut,
  letIn,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { audience, issuer } from '../../bearer/issuer.ts'
import { parties } from './parties.ts'

const aud = (value: unknown): BearerRow => letIn({ claims: { aud: value } })
const iss = (value: unknown): BearerRow => letIn({ claims: { iss: value } })
const other = 'https://other.example.test/'

showBearerDifferences(parties, {
  'jwt-aud-ignored': aud(other),
  'jwt-aud-absent-accepted': aud(undefined),
  'jwt-aud-null-accepted': aud(null),
  'jwt-aud-part-accepted': aud('https'),
  'jwt-aud-longer-accepted': aud(`${audience}.evil.test`),
  'jwt-aud-empty-text-accepted': aud(''),
  'jwt-aud-empty-list-accepted': aud([]),
  'jwt-aud-list-refused': keptOut({ claims: { aud: [audience] } }),
  'jwt-aud-first-only': keptOut({ claims: { aud: [other, audience] } }),
  'jwt-aud-members-accepted': aud({ 0: audience }),
  'jwt-aud-any-case': aud(audience.toUpperCase()),
  'jwt-iss-ignored': iss(other),
  'jwt-iss-absent-accepted': iss(undefined),
  'jwt-iss-empty-accepted': iss(''),
  'jwt-iss-longer-accepted': iss(`${issuer}.evil.test`),
  'jwt-iss-part-accepted': iss(issuer.slice(0, 12)),
  'jwt-iss-any-case': iss(issuer.toUpperCase()),
  'jwt-iss-slash-ignored': iss(issuer.slice(0, -1)),
  'jwt-iss-list-accepted': iss([other, issuer]),
  'jwt-claims-empty-unchecked': letIn({ claimsText: () => '{}' }),
  'jwt-sub-unknown-accepted': letIn({ claims: { sub: 'somebody-else' } }),
  'jwt-sub-absent-accepted': letIn({ claims: { sub: undefined } }),
  'jwt-sub-any-case': letIn({ claims: { sub: 'DEMO-USER' } }),
  'jwt-sub-number-accepted': letIn({ claims: { sub: 42 } }),
  'jwt-jti-number-accepted': letIn({ claims: { jti: 1 } }),
  'jwt-cnf-ignored': letIn({ claims: { cnf: { jkt: 'abc' } } }),
})
