import { letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { hmacs } from './hmac.ts'

showBearerDifferences(hmacs, {
  'jwt-hmac-half-accepted': letIn({ signature: (bytes) => bytes.subarray(0, 16) }),
  'jwt-hmac-compared-as-sent': letIn({ signature: (bytes) => bytes.subarray(0, 1) }),
  'jwt-hmac-in-hexadecimal': letIn({ signature: (bytes) => Buffer.from(bytes.toString('hex')) }),
})
