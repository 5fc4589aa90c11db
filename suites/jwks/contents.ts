import type { Case, HostedEntry, Line, Suite } from '../../lib/model/case.ts'
import { granted, publish, signedBy, soon } from './steps.ts'

type Because = Line['because']

/** One entry that no verifier can use stands before a good key, which counts all the same. */
const beside = (stray: string, title: string, ...more: readonly Because[number][]): Case => ({
  id: `jwks-beside-${stray}`,
  title,
  severity: 'high',
  risk: ['changes-keys'],
  steps: [
    publish({ stray }, 'tested'),
    soon(signedBy('tested'), {
      should: { access: 'granted' },
      because: ['rfc7517#5-ignore-unusable-keys', ...more],
    }),
  ],
  harm: 'One entry that the server cannot use locks all users out, as when an issuer adds keys of a new kind.',
  fix: 'Read the entries of the set one by one, and pass over those that cannot be used.',
})

/** A key that is written oddly, to be used or not, stands before a good one. */
const besideKey = (
  id: string,
  odd: HostedEntry,
  good: string,
  title: string,
  clause: Because[number],
): Case => ({
  id,
  title,
  severity: 'medium',
  risk: ['changes-keys'],
  steps: [
    publish(odd, good),
    soon(signedBy(good), {
      should: { access: 'granted' },
      because: ['rfc7517#5-ignore-unusable-keys', clause],
    }),
  ],
  harm: 'One entry that is written oddly locks all users out.',
  fix: 'Read the entries of the set one by one; use such a key or pass over it.',
})

/** Another way to publish a key that is good all the same. */
const published = (as: string, title: string, line: Line): Case => ({
  id: `jwks-key-${as}`,
  title,
  severity: 'medium',
  risk: ['changes-keys'],
  steps: [publish({ key: 'tested', as }), soon(signedBy('tested'), line)],
  harm: 'Users of an issuer that publishes its keys like this are locked out.',
  fix: 'Read of a key what verifying takes, leave what is not known alone, and ask for nothing that is optional.',
})

const optional: Line = {
  may: { access: 'granted' },
  because: ['rfc7517#4.4-optional-members-absent'],
}

/** What of a set must be read, and what passed over. */
export const jwksContents: Suite = {
  id: 'jwks-contents',
  title: 'Key set: what it holds',
  about:
    'A key set is written by somebody else, and grows: new members, new kinds of keys, entries for other readers. A server uses what it understands and is stopped by nothing else.',
  cases: [
    published('surplus-members', 'Ignores members of a key that it does not know', {
      must: { access: 'granted' },
      because: ['rfc7517#4-unknown-members-ignored'],
    }),
    published('x5t-surplus', 'Ignores a thumbprint of a certificate that it has not', {
      must: { access: 'granted' },
      because: ['rfc7517#4-unknown-members-ignored'],
    }),
    {
      id: 'jwks-surplus-members',
      title: 'Ignores members of the set that it does not know',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        { publish: ['tested'], answer: { document: 'surplus-members' } },
        soon(signedBy('tested'), {
          must: { access: 'granted' },
          because: ['rfc7517#5-set-unknown-members-ignored'],
        }),
      ],
      harm: 'Users of an issuer that adds a member to its set are locked out.',
      fix: 'Read the member keys and leave all others alone.',
    },
    published('no-alg', 'Takes a key without alg', optional),
    published('no-use', 'Takes a key without use', optional),
    published('no-alg-no-use', 'Takes a key without alg and use', optional),
    {
      id: 'jwks-key-no-kid',
      title: 'Takes the only key of the set without a kid on either side',
      severity: 'low',
      risk: ['changes-keys'],
      steps: [
        { publish: ['sibling'], answer: { fields: [['Cache-Control', 'max-age=1']] } },
        granted('sibling'),
        {
          publish: [{ key: 'tested', as: 'no-kid' }],
          alone: true,
        },
        soon(signedBy('tested', { header: { kid: { $absent: true } } }), optional),
      ],
      harm: 'Users of an issuer with one key and no name for it are locked out.',
      fix: 'Where a token has no kid and the set one key that fits, use that.',
    },
    published('key-ops-verify', 'Takes a key whose key_ops is verify', {
      should: { access: 'granted' },
      because: ['rfc7517#4.3-key-ops-honoured'],
    }),
    published('x5c', 'Takes a key that comes with its own certificate', {
      should: { access: 'granted' },
      because: ['rfc7517#4.7-x5c-key-matches'],
    }),
    published('escaped-names', 'Reads member names that are written with escapes', {
      should: { access: 'granted' },
      because: ['rfc7517#6-string-comparison'],
    }),
    {
      id: 'jwks-media-type',
      title: 'Reads a set of the type application/jwk-set+json',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        { publish: ['tested'], answer: { type: 'application/jwk-set+json' } },
        soon(signedBy('tested'), {
          should: { access: 'granted' },
          because: ['rfc7517#8.5-jwk-set-media-type'],
        }),
      ],
      harm: 'Users of an issuer that sends the registered type are locked out.',
      fix: 'Take application/jwk-set+json for what it is, beside application/json.',
    },
    besideKey(
      'jwks-beside-repeated-operation',
      { key: 'tested', as: 'key-ops-twice' },
      'sibling',
      'Goes on where a key names an operation twice',
      'rfc7517#4.3-key-ops-no-duplicates',
    ),
    besideKey(
      'jwks-beside-wide-exponent',
      { key: 'rsa-other', as: 'e-with-zero' },
      'sibling',
      'Goes on where an exponent begins with a zero octet',
      'rfc7518#6.3.1.2-rsa-e-minimal-encoding',
    ),
    beside('unknown-kty', 'Passes over a key of a type that it does not know'),
    beside('no-kty', 'Passes over a key without a type', 'rfc7517#4.1-kty-required'),
    beside('unknown-crv', 'Passes over a key on a curve that it does not know'),
    beside('key-agreement', 'Passes over a key for key agreement'),
    beside('ml-dsa', 'Passes over a post-quantum key'),
    beside(
      'missing-n',
      'Passes over an RSA key without a modulus',
      'rfc7518#6.3.1-rsa-members-present',
    ),
    beside(
      'missing-e',
      'Passes over an RSA key without an exponent',
      'rfc7518#6.3.1-rsa-members-present',
    ),
    beside(
      'missing-y',
      'Passes over an elliptic-curve key without y',
      'rfc7518#6.2.1-ec-members-present',
    ),
    beside('n-number', 'Passes over a modulus that is no text'),
    beside('n-not-base64url', 'Passes over a modulus that is no Base64url'),
    beside(
      'off-curve',
      'Passes over a point that is not on its curve',
      'rfc8725#3.4-curve-point-validated',
    ),
    beside(
      'short-coordinate',
      'Passes over a coordinate that is too short',
      'rfc7518#6.2.1.2-coordinate-full-length',
    ),
    beside('kty-number', 'Passes over a type that is no text'),
    beside('empty-object', 'Passes over an empty entry', 'rfc7517#4.1-kty-required'),
    beside('kid-number', 'Passes over a kid that is no text'),
  ],
}
