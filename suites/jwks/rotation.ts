import type { Send, Suite } from '../../lib/model/case.ts'

/** The token of a hosted key, with nothing wrong about it. */
const signedBy = (key: string): Send => ({ to: 'protected', with: { valid: 'jwt', key } })

const granted = (key: string) =>
  ({ role: 'control', send: signedBy(key), within: 'key-refresh-time' }) as const

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
        { publish: ['current'] },
        granted('current'),
        { publish: ['current', 'next'] },
        {
          send: signedBy('next'),
          within: 'key-refresh-time',
          expect: [{ should: { access: 'granted' }, because: ['rfc7517#4.5-rollover-refresh'] }],
        },
      ],
      harm: 'When the issuer signs with its next key, all users are locked out until somebody restarts the server.',
      fix: 'Fetch the key set again when a token names a kid that is not in it, and at the latest when its lifetime is over.',
    },
    {
      id: 'jwks-removed-key-refused',
      title: 'Refuses a key that is gone from the set',
      severity: 'high',
      risk: ['changes-keys'],
      steps: [
        { publish: ['current', 'next'] },
        granted('current'),
        { publish: ['next'] },
        {
          send: signedBy('current'),
          within: 'key-refresh-time',
          expect: [{ should: { access: 'denied' }, because: ['rfc7517#4.5-rollover-refresh'] }],
        },
        granted('next'),
      ],
      harm: 'Whoever has stolen a key goes on signing tokens with it after its issuer has withdrawn it.',
      fix: 'Replace the whole set with what was fetched, and fetch it again when its lifetime is over.',
    },
  ],
}
