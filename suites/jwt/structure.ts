import type { Suite } from '../../lib/model/case.ts'

const lenient =
  'Most libraries decode leniently, and nobody gets in who does not have a valid token.'

/** JWT: three segments, and how strictly they are decoded. */
export const jwtStructure: Suite = {
  id: 'jwt-structure',
  title: 'JWT: three segments, each read strictly',
  about:
    'A token is three pieces of base64url with two dots between them. A reader that takes more than one spelling of a token lets nobody in who has none, and makes two parts of a chain disagree about which token it is.',
  cases: [
    {
      id: 'jwt-segments-added',
      title: 'Refuses a token with more than three segments',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'leading-dot': { segments: 'leading-dot' },
        'trailing-dot': { segments: 'fourth-empty' },
        'fourth-segment': { segments: 'fourth-junk' },
        'five-segments': { segments: 'five' },
        twice: { segments: 'with-itself' },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7515#5.2-exactly-two-periods',
            'rfc7515#5.2-no-whitespace-or-extra-characters',
          ],
        },
      ],
      harm: 'One token has endless spellings; five segments can be taken for an encrypted token by the next reader.',
      fix: 'Split at the dots and refuse unless there are exactly three parts; a split with a limit drops the rest.',
    },
    {
      id: 'jwt-no-token',
      title: 'Refuses text that is no token',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'one-word': { segments: 'one-word' },
        'dots-only': { segments: 'dots-only' },
        'thousand-dots': { segments: 'thousand-dots' },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#5.2-exactly-two-periods', 'rfc7519#7.2-at-least-one-period'],
        },
      ],
      harm: 'Anyone gets in, or brings a worker down with one line.',
      fix: 'Count the dots before anything is decoded, and catch what the reader throws.',
    },
    {
      id: 'jwt-padding',
      title: 'Refuses segments with padding',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        header: { encoding: { of: 'header', change: 'padded' } },
        payload: { encoding: { of: 'payload', change: 'padded' } },
        signature: { encoding: { of: 'signature', change: 'padded' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: [
            'rfc7515#2-base64url-no-padding',
            'rfc7515#5.2-no-whitespace-or-extra-characters',
          ],
        },
      ],
      harm: 'One token has several spellings, so lists of revoked tokens are passed.',
      fix: 'Match each segment against ^[A-Za-z0-9_-]+$ before decoding it.',
    },
    {
      id: 'jwt-standard-alphabet',
      title: 'Refuses segments in the standard alphabet of Base64',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        payload: { encoding: { of: 'payload', change: 'standard-alphabet' } },
        signature: { encoding: { of: 'signature', change: 'standard-alphabet' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: [
            'rfc7515#2-base64url-no-padding',
            'rfc7515#5.2-no-whitespace-or-extra-characters',
          ],
        },
      ],
      harm: 'One token has several spellings, so lists of revoked tokens are passed.',
      fix: 'Match each segment against ^[A-Za-z0-9_-]+$ before decoding it; Buffer.from(text, "base64url") reads both alphabets.',
    },
    {
      id: 'jwt-foreign-characters',
      title: 'Refuses foreign characters in a segment',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        header: { encoding: { of: 'header', change: { insert: '!', at: 'middle' } } },
        payload: { encoding: { of: 'payload', change: { insert: '!', at: 'middle' } } },
        signature: { encoding: { of: 'signature', change: { insert: '!', at: 'middle' } } },
        'space-in-signature': {
          encoding: { of: 'signature', change: { insert: ' ', at: 'middle' } },
        },
        'junk-at-end': { encoding: { of: 'signature', change: { insert: '~', at: 'end' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc7515#5.2-no-whitespace-or-extra-characters'],
        },
      ],
      harm: 'One token has endless spellings, so lists of revoked tokens are passed.',
      fix: 'Match each segment against ^[A-Za-z0-9_-]+$ before decoding it, or use a decoder with a strict mode.',
    },
    {
      id: 'jwt-dangling-symbol',
      title: 'Refuses segments of a length that no bytes have',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        payload: { encoding: { of: 'payload', change: 'dangling-symbol' } },
        signature: { encoding: { of: 'signature', change: 'dangling-symbol' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          softened: lenient,
          because: ['rfc7515#5.2-no-whitespace-or-extra-characters'],
        },
      ],
      harm: 'One token has many spellings, so lists of revoked tokens are passed.',
      fix: 'Refuse a segment whose length is one more than a multiple of four; Buffer.from drops the symbol that is left over.',
    },
    {
      id: 'jwt-trailing-bits',
      title: 'Refuses a signature whose unused bits are set',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { encoding: { of: 'signature', change: 'trailing-bits' } } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc4648#3.5-nonzero-pad-bits'] }],
      harm: 'Allowed; one token has a few spellings, which matters only to lists that compare tokens as text.',
      fix: 'Compare tokens by their jti or by a hash of their decoded parts.',
    },
    {
      id: 'jwt-json-serialization',
      title: 'Refuses a token in JSON serialization',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        flattened: { lookalike: 'flattened-json' },
        general: { lookalike: 'general-json' },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#1-compact-always'] }],
      harm: 'A library that guesses the format verifies one part and hands out another.',
      fix: 'Call the function for the compact form, and refuse a token that begins with a brace.',
    },
    {
      id: 'jwt-polyglot',
      title: 'Refuses JSON in which a second token hides',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            claims: { 'https://example.invalid/claim': true },
            signature: 'kept',
            lookalike: 'polyglot',
          },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#1-compact-always', 'rfc8725bis#3.14-token-format-checked'],
        },
      ],
      harm: 'One part of the reader verifies the token of the attacker, another takes the claims of the forged one.',
      fix: 'Check the whole text against three segments of base64url before any parser sees it.',
    },
    {
      id: 'jwt-encrypted-instead',
      title: 'Refuses an encrypted token in place of a signed one',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'claims-to-public-key': { lookalike: 'jwe-of-claims' },
        'claims-to-known-key': { lookalike: 'jwe-direct' },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.8-iss-key-binding',
            'rfc8725#3.1-algorithm-allow-list',
            'rfc8725bis#3.3-distinguish-jws-jwe',
          ],
        },
      ],
      harm: 'Anyone can encrypt to a public key, so anyone can write their own token.',
      fix: 'Accept signed tokens only where tokens are signed; use the function that verifies, not one that reads any JOSE.',
    },
    {
      id: 'jwt-encrypted-rsa1-5',
      title: 'Refuses a token that is encrypted with RSA1_5',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { lookalike: 'jwe-of-token-rsa1-5' } },
      },
      expect: [
        {
          should: { access: 'denied' },
          because: ['rfc8725#3.2-avoid-rsa-pkcs1-encryption'],
        },
      ],
      harm: 'Whoever can tell good padding from bad by the answers reads what was encrypted to this key.',
      fix: 'Take RSA-OAEP-256 or ECDH-ES only, or no encrypted tokens at all.',
    },
    {
      id: 'jwt-encryption-header-survived',
      title: 'Survives a signed token with a header of encryption',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        enc: { header: { enc: 'A128GCM' } },
        zip: { header: { zip: 'DEF' } },
      },
      expect: [{ should: { orderly: true }, because: ['rfc7519#7.2-jws-jwe-determination'] }],
      harm: 'A reader that takes the token for an encrypted one looks for segments that are not there.',
      fix: 'Count the segments first: three are a signed token, five an encrypted one, whatever the header has.',
    },
    {
      id: 'jwt-encrypted-unsecured',
      title: 'Refuses an unsecured token inside an encrypted one',
      severity: 'critical',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { lookalike: 'jwe-of-unsecured' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc8725#3.3-all-crypto-operations-validated', 'rfc7518#3.6-none-not-default'],
        },
      ],
      harm: 'Anyone can encrypt to a public key, so anyone can write their own token.',
      fix: 'Verify the inner token like any other, with a list of algorithms that lacks none.',
    },
  ],
}
