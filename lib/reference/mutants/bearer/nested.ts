/** Verifiers of tokens in tokens and of what says that there is one (RFC 7519 §5.2, RFC 8725 §3.3). */
import { member } from '../../bearer/json.ts'
import { byRsa15, decrypted } from './decrypt.ts'
import { asHeaderSays, keyOfJwk } from './keys.ts'
import { nestedToo, saysNested } from './nest.ts'
import { type BearerDefect, header } from './types.ts'
import { secondLook } from './ways.ts'

export const nested: readonly BearerDefect[] = [
  {
    id: 'jwt-cty-ignored',
    does: 'Takes claims from a token that says it holds another token.',
    breaks: 'may',
    clauses: ['rfc7519#5.2-cty-nested'],
    change: header('cty', () => () => true),
  },
  {
    id: 'jwt-cty-prefix-unknown',
    does: 'Knows a token in a token by the word JWT alone, not by the whole media type.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.10-cty-prefix-rule'],
    besides: 'benign-nested-accepted',
    change: nestedToo((cty) => cty === 'JWT'),
  },
  {
    id: 'jwt-nested-own-key-trusted',
    does: 'Verifies the inner of two nested tokens with the key in its own header.',
    breaks: 'must',
    clauses: [
      'rfc8725#3.3-nested-application-supplied-keys',
      'rfc7515#10.3-embedded-jwk-not-trusted',
    ],
    besides: 'benign-nested-accepted',
    change: nestedToo(saysNested, ({ keysFor }) => ({
      keysFor: (rules, received) => {
        const own = asHeaderSays(received, keyOfJwk(member(received.header, 'jwk')))
        return own.length > 0 ? own : keysFor(rules, received)
      },
    })),
  },
  {
    id: 'jwt-encrypted-rsa1-5-accepted',
    does: 'Takes a good token that is encrypted to its RSA key with the padding of PKCS #1 v1.5.',
    breaks: 'should',
    clauses: ['rfc8725#3.2-avoid-rsa-pkcs1-encryption'],
    besides: 'benign-key-rs256',
    keys: ['RS256'],
    change: (policy, lab) =>
      secondLook(async (rules, token) => {
        for (const { privateKey } of lab.keys) {
          const inner = decrypted(token, byRsa15(privateKey)) ?? ''
          const verdict = await rules.verify(rules, inner)
          if (!('refused' in verdict)) return verdict
        }
        return undefined
      })(policy, lab),
  },
]
