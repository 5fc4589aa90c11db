import { keptOut, letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { headers } from './header.ts'

const plain = (text: string): string => Buffer.from(text, 'base64url').toString('latin1')

showBearerDifferences(headers, {
  'jwt-crit-ignored': letIn({ header: { crit: ['urn:x'], 'urn:x': 1 } }),
  'jwt-crit-misshapen-ignored': letIn({ header: { crit: 'exp' } }),
  'jwt-crit-standard-accepted': letIn({ header: { crit: ['alg'] } }),
  'jwt-crit-empty-accepted': letIn({ header: { crit: [] } }),
  'jwt-b64-without-crit-honoured': letIn({ header: { b64: false }, payloadSegment: plain }, '400'),
  'jwt-b64-critical-honoured': letIn(
    { header: { b64: false, crit: ['b64'] }, payloadSegment: plain },
    '400',
  ),
  'jwt-b64-mistyped-honoured': letIn({ header: { b64: 0 }, payloadSegment: plain }, '400'),
  'jwt-typ-required': keptOut({ header: { typ: undefined } }),
  'jwt-typ-ignored': letIn({ header: { typ: 'logout+jwt' } }),
  'jwt-typ-prefix-unknown': keptOut({ header: { typ: 'application/at+jwt' } }),
  'jwt-header-unknown-refused': keptOut({ header: { colour: 'blue' } }),
})
