import { keptOut, letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { headers } from './header.ts'

showBearerDifferences(headers, {
  'jwt-crit-ignored': letIn({ header: { crit: ['urn:x'], 'urn:x': 1 } }),
  'jwt-crit-misshapen-ignored': letIn({ header: { crit: 'exp' } }),
  'jwt-crit-standard-accepted': letIn({ header: { crit: ['alg'] } }),
  'jwt-crit-empty-accepted': letIn({ header: { crit: [] } }),
  'jwt-b64-without-crit-honoured': letIn(
    {
      header: { b64: false },
      payloadSegment: (text) => Buffer.from(text, 'base64url').toString('latin1'),
    },
    '400',
  ),
  'jwt-typ-ignored': letIn({ header: { typ: 'logout+jwt' } }),
  'jwt-typ-prefix-unknown': keptOut({ header: { typ: 'application/at+jwt' } }),
  'jwt-header-unknown-refused': keptOut({ header: { colour: 'blue' } }),
})
