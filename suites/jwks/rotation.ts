import type { Suite } from '../../lib/model/case.ts'
import { granted, publish, signedBy, soon } from './steps.ts'

/** Keys come and go: how soon a new one counts, and an old one no longer. */
export const jwksRotation: Suite = {
  id: 'jwks-rotation',
  title: 'Key set: keys that come and go',
  about:
    'An issuer replaces its keys from time to time, and all of them at once when one has leaked. A server that follows late locks its users out; one that never lets go of a key trusts whoever stole it.',
  cases: [
    {
      id: 'jwks-new-key-used',
      title: 'Uses a key that is added to the set',
      severity: 'high',
      risk: ['changes-keys'],
      steps: [
        publish('current'),
        granted('current'),
        publish('current', 'next'),
        soon(signedBy('next'), {
          should: { access: 'granted' },
          because: ['rfc7517#4.5-rollover-refresh'],
        }),
      ],
      harm: 'When the issuer signs with its next key, all users are locked out until somebody restarts the server.',
      fix: 'Fetch the key set again when a token names a kid that is not in it, and at the latest when its lifetime is over.',
    },
    {
      id: 'jwks-removed-key-refused',
      title: 'Refuses a key that is gone from the set it has fetched',
      severity: 'high',
      risk: ['changes-keys'],
      steps: [
        publish('current'),
        granted('current'),
        publish('next'),
        granted('next'),
        soon(signedBy('current'), {
          should: { access: 'denied' },
          because: ['rfc7517#4.5-rollover-refresh'],
        }),
        granted('next'),
      ],
      harm: 'Whoever has stolen a key goes on signing tokens with it after its issuer has withdrawn it.',
      fix: 'Replace the whole set by what was fetched; do not add to it.',
    },
    {
      id: 'jwks-removed-key-expires',
      title: 'Lets go of a removed key when the lifetime of the set is over',
      severity: 'high',
      risk: ['changes-keys'],
      steps: [
        { publish: ['current', 'next'], answer: { fields: [['Cache-Control', 'max-age=1']] } },
        granted('current'),
        { publish: ['next'], answer: { fields: [['Cache-Control', 'max-age=1']] } },
        soon(signedBy('current'), {
          // Whoever is asked to read the set lets go of a key for that reason, whatever its lifetime.
          when: { keysRead: 'by-itself' },
          should: { access: 'denied' },
          because: ['rfc7517#4.5-rollover-refresh'],
        }),
        granted('next'),
      ],
      harm: 'Nothing but a token with an unknown kid makes the server look again, so a stolen key stays good for as long as nobody sends one.',
      fix: 'Fetch the key set again when its lifetime is over, whatever tokens come.',
    },
    {
      id: 'jwks-key-replaced-under-its-kid',
      title: 'Uses a key that took the place of another under the same kid',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        { publish: ['current'], answer: { fields: [['Cache-Control', 'max-age=1']] } },
        granted('current'),
        {
          publish: [{ key: 'next', kidOf: 'current' }],
          answer: { fields: [['Cache-Control', 'max-age=1']] },
        },
        soon(signedBy('next', { header: { kid: { $kidOf: 'current' } } }), {
          should: { access: 'granted' },
          because: ['rfc7517#4.5-rollover-refresh'],
        }),
      ],
      harm: 'After a change of the key under the same name, all users are locked out until somebody restarts the server.',
      fix: 'Fetch the key set again when its lifetime is over, and keep nothing of the old one.',
    },
  ],
}
