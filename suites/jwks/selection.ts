import type { Suite } from '../../lib/model/case.ts'
import { granted, publish, signedBy, soon } from './steps.ts'

/** Which of several keys a token is verified with. */
export const jwksSelection: Suite = {
  id: 'jwks-selection',
  title: 'Key set: which key it is',
  about:
    'The kid of a token names a key of the set, and its alg what that key may be used for. A server that picks another refuses good tokens, or takes bad ones.',
  cases: [
    {
      id: 'jwks-every-key-used',
      title: 'Takes tokens of each key of the set',
      severity: 'high',
      risk: ['changes-keys'],
      steps: [
        publish('current', 'next', 'sibling'),
        soon(signedBy('next'), {
          should: { access: 'granted' },
          because: ['rfc7517#4.5-kid-selects-key', 'rfc9068#5-any-published-key-accepted'],
        }),
        soon(signedBy('sibling'), {
          should: { access: 'granted' },
          because: ['rfc7517#5.1-order-not-significant', 'rfc9068#5-any-published-key-accepted'],
        }),
      ],
      harm: 'While an issuer has two keys, as it has in every change of keys, the users of one are locked out.',
      fix: 'Look the kid of the token up in the set, wherever it stands there.',
    },
    {
      id: 'jwks-one-of-fifty-used',
      title: 'Finds the last of fifty keys',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish({ stray: 'forty-nine-keys' }, 'tested'),
        soon(signedBy('tested'), {
          should: { access: 'granted' },
          because: ['rfc7517#5.1-order-not-significant'],
        }),
      ],
      harm: 'Users of a large issuer are locked out when its set has grown.',
      fix: 'Read the whole set; a limit on its size may well allow for a hundred keys.',
    },
    {
      id: 'jwks-unlisted-key-refused',
      title: 'Refuses a token of a key that the set does not have',
      severity: 'critical',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        publish('sibling'),
        {
          send: signedBy('unlisted'),
          until: 'fetched',
          expect: [
            {
              must: { access: 'denied' },
              because: ['rfc7515#6-undeterminable-key-fails', 'rfc7515#5.2-signature-must-verify'],
            },
          ],
        },
      ],
      harm: 'Anyone can sign their own tokens.',
      fix: 'Where the key of a token is not in the set, refuse the token.',
    },
    {
      id: 'jwks-kid-is-opaque',
      title: 'Takes a kid that is the thumbprint of another key for a name',
      severity: 'low',
      risk: ['changes-keys'],
      steps: [
        publish({ key: 'tested', thumbprintOf: 'sibling' }),
        soon(signedBy('tested', { header: { kid: { $kidOf: 'sibling', as: 'thumbprint' } } }), {
          should: { access: 'granted' },
          because: ['rfc7638#3.4-kid-opaque'],
        }),
      ],
      harm: 'Users are locked out when their issuer keeps the name of a key that it has replaced.',
      fix: 'Compare kid with kid, and compute nothing.',
    },
    {
      id: 'jwks-kid-shared-by-types',
      title: 'Chooses by type where two keys of different types have one kid',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish('rsa-other'),
        granted('rsa-other'),
        publish({ key: 'p-256', kidOf: 'rsa' }, 'rsa'),
        soon(signedBy('rsa'), {
          should: { access: 'granted' },
          because: ['rfc7517#4.5-kid-distinct'],
        }),
      ],
      harm: 'Users are locked out by an issuer that publishes alternatives of one key under one kid, as the text allows it.',
      fix: 'Among keys of one kid, use those whose type fits the algorithm of the token.',
    },
    {
      id: 'jwks-kid-shared-with-encryption',
      title: 'Chooses by use where a key for encryption has the same kid',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        publish(
          { key: 'next', as: 'use-enc', kidOf: 'tested' },
          { key: 'current', kidOf: 'tested' },
        ),
        soon(signedBy('current', { header: { kid: { $kidOf: 'tested' } } }), {
          should: { access: 'granted' },
          because: ['rfc7517#4.2-use-enc-not-for-verify'],
        }),
      ],
      harm: 'Users are locked out by an issuer whose keys for encryption and for signatures share a name.',
      fix: 'Leave keys of another use out before the kid is looked up.',
    },
  ],
}
