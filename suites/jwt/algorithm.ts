import type { Suite } from '../../lib/model/case.ts'

/** JWT: who decides by which algorithm a token is verified. */
export const jwtAlgorithm: Suite = {
  id: 'jwt-algorithm',
  title: "JWT: the algorithm is the verifier's choice",
  about:
    'The header of a token is written by whoever made it. A verifier that obeys it can be told to skip verification, or to verify in a way that its key was not made for.',
  cases: [
    {
      id: 'jwt-alg-none',
      title: 'Refuses an unsecured token',
      severity: 'critical',
      about: 'signature',
      send: { to: 'protected', with: { valid: 'jwt', but: { signature: 'empty' } } },
      examples: {
        exact: { header: { alg: 'none' } },
        title: { header: { alg: 'None' } },
        upper: { header: { alg: 'NONE' } },
        mixed: { header: { alg: 'nOnE' } },
        'space-after': { header: { alg: 'none ' } },
        'space-before': { header: { alg: ' none' } },
        'nul-after': { header: { alg: 'none\u0000' } },
        'no-name': { header: { alg: '' } },
        'nothing-else': {
          header: { alg: 'none', typ: { $absent: true }, kid: { $absent: true } },
        },
        'two-segments': { header: { alg: 'none' }, signature: 'absent' },
        'other-claims': {
          header: { alg: 'none' },
          claims: { sub: 'administrator', exp: { $now: 86400 } },
        },
        'exact-signed': { header: { alg: 'none' }, signature: 'kept' },
        'upper-signed': { header: { alg: 'NONE' }, signature: 'kept' },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7518#3.6-none-not-default',
            'rfc7518#3.6-none-signature-empty',
            'rfc7515#4.1.1-alg-case-sensitive',
            'rfc8725#3.1-algorithm-allow-list',
          ],
        },
      ],
      harm: 'Anyone can write their own token.',
      fix: 'Give the verifier an explicit list of algorithms, without none; do not look for the word none in what was sent.',
    },
    {
      id: 'jwt-alg-missing',
      title: 'Refuses a token whose header names no algorithm',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { header: { alg: { $absent: true } } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7515#4.1.1-alg-required'] }],
      harm: 'The verifier guesses, and what it guesses may be what an attacker needs.',
      fix: 'Refuse a header without alg before a key is looked up; have no default.',
    },
    {
      id: 'jwt-alg-letter-case',
      title: 'Compares the name of the algorithm in exact case',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { alg: { $valid: 'alg', change: { letters: 'swapped' } } } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#4.1.1-alg-case-sensitive', 'rfc7515#4.1.1-alg-unsupported-rejected'],
        },
      ],
      harm: 'Lists of forbidden names, none among them, are passed by another spelling.',
      fix: 'Compare alg byte for byte with the list of allowed algorithms; fold no letter case.',
    },
    {
      id: 'jwt-alg-type',
      title: 'Refuses a header whose algorithm is no text',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        array: { header: { alg: [{ $valid: 'alg' }] } },
        object: { header: { alg: { name: { $valid: 'alg' } } } },
        null: { header: { alg: null } },
        number: { header: { alg: 256 } },
        true: { header: { alg: true } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#4.1.1-alg-unsupported-rejected', 'rfc8725#3.1-algorithm-allow-list'],
        },
      ],
      harm: 'In many languages a list with one name equals that name, so checks and use see different things.',
      fix: 'Check that alg is a string before it is compared, and catch what comparing others throws.',
    },
    {
      id: 'jwt-alg-unknown',
      title: 'Refuses an algorithm that nobody defined',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt', but: { header: { alg: 'XX256' } } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#4.1.1-alg-unsupported-rejected', 'rfc8725#3.1-algorithm-allow-list'],
        },
      ],
      harm: 'A verifier that falls back to something else can be steered there.',
      fix: 'Refuse every name that is not on the list of allowed algorithms, without a fallback.',
    },
    {
      id: 'jwt-alg-sha-1',
      title: 'Refuses signatures made with SHA-1',
      severity: 'high',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { alg: 'RS1' }, signature: { alg: 'RS1', key: 'trusted' } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc8725#3.2-current-algorithms-only', 'rfc8725#3.1-algorithm-allow-list'],
        },
      ],
      harm: 'SHA-1 collisions can be bought, so a signature can be moved to other claims.',
      fix: 'Allow the algorithms that the issuer uses and no other, RS1 least of all.',
    },
    {
      id: 'jwt-one-algorithm-per-key',
      title: 'Verifies by one algorithm with each RSA key',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        rs512: { header: { alg: 'RS512' }, signature: { alg: 'RS512', key: 'trusted' } },
        ps256: { header: { alg: 'PS256' }, signature: { alg: 'PS256', key: 'trusted' } },
      },
      expect: [
        {
          // Whether the key was published with its alg is not known here.
          should: { access: 'denied' },
          because: ['rfc8725#3.1-one-algorithm-per-key', 'rfc7515#5.2-unacceptable-alg-rejected'],
        },
      ],
      harm: 'Nobody can forge by this alone; a weakness of one algorithm reaches keys that were made for another.',
      fix: 'Bind each key to its algorithm, by alg in the key set or in the configuration, and check that the header names it.',
    },
    {
      id: 'jwt-curve-per-algorithm',
      title: 'Verifies with a key of the curve that the algorithm names',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        es384: { header: { alg: 'ES384' }, signature: { alg: 'ES384', key: 'trusted' } },
        es512: { header: { alg: 'ES512' }, signature: { alg: 'ES512', key: 'trusted' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7518#3.4-ecdsa-curve-binding', 'rfc8725#3.1-one-algorithm-per-key'],
        },
      ],
      harm: 'A shorter hash than the key was made for is enough, and verifiers disagree about what is valid.',
      fix: 'Accept ES256 with P-256 only, ES384 with P-384 only and ES512 with P-521 only.',
    },
  ],
}
