import { sign } from 'node:crypto'
import { letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { algorithm } from './algorithm.ts'

const nothing = (): Buffer => Buffer.alloc(0)

showBearerDifferences(algorithm, {
  'jwt-none-accepted': letIn({ header: { alg: 'none' }, sign: nothing }),
  'jwt-none-other-case': letIn({ header: { alg: 'nOnE' }, sign: nothing }),
  'jwt-none-trimmed': letIn({ header: { alg: 'none\u0000' }, sign: nothing }),
  'jwt-none-with-signature': letIn({ header: { alg: 'none' } }),
  'jwt-none-two-segments': letIn({
    header: { alg: 'none' },
    sign: nothing,
    token: (text) => text.replace(/\.$/, ''),
  }),
  'jwt-alg-empty-unsigned': letIn({ header: { alg: '' }, sign: nothing }),
  'jwt-alg-missing-accepted': letIn({ header: { alg: undefined } }),
  'jwt-alg-any-case': letIn({ header: { alg: 'es256' } }),
  'jwt-alg-list-accepted': letIn({ header: { alg: ['ES256'] } }),
  'jwt-alg-unknown-accepted': letIn({ header: { alg: 'XX256' } }),
  'jwt-ecdsa-curve-unbound': letIn({
    header: { alg: 'ES384' },
    sign: (input, { signingKey }) =>
      sign('sha384', input, { key: signingKey.privateKey, dsaEncoding: 'ieee-p1363' }),
  }),
  'jwt-rsa-any-algorithm': letIn({ header: { alg: 'RS512' }, signedWith: 'RS512' }),
  'jwt-rsa-sha1-accepted': letIn({
    header: { alg: 'RS1' },
    sign: (input, { signingKey }) => sign('sha1', input, signingKey.privateKey),
  }),
})
