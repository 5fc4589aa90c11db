import type { Lines, Suite, When } from '../../lib/model/case.ts'

/** The profile is that of a target whose issuer says so in its tokens. */
const declared: When = { issued: { typ: { anyOf: ['at+jwt', 'application/at+jwt'] } } }

/** What RFC 9068 §4 asks of every refusal. */
const explained: Lines = [
  {
    when: declared,
    must: { challenge: { scheme: 'Bearer', error: 'invalid_token' } },
    because: ['rfc9068#4-invalid-token-code', 'rfc9068#4-errors-per-rfc6750'],
  },
  {
    when: declared,
    should: { status: 401 },
    because: ['rfc9068#4-errors-per-rfc6750'],
  },
]

/** JWT: access tokens by their profile. */
export const jwtAccessToken: Suite = {
  id: 'jwt-access-token',
  title: 'JWT: access tokens after RFC 9068',
  about:
    'A profile says what every access token has and what a server checks of it. It counts where the token that was supplied says at+jwt in its typ, and all of this suite is left out elsewhere.',
  cases: [
    {
      id: 'jwt-access-token-typ',
      title: 'Refuses a token whose typ is not that of an access token',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        general: { header: { typ: 'JWT' } },
        'log-out': { header: { typ: 'logout+jwt' } },
        missing: { header: { typ: { $absent: true } } },
      },
      expect: [
        { when: declared, must: { access: 'denied' }, because: ['rfc9068#4-typ-validated'] },
      ],
      harm: 'An ID token, or any other that the same issuer has signed, is taken for an access token.',
      fix: 'Compare typ with at+jwt and application/at+jwt, without regard to letter case, and refuse all others.',
    },
    {
      id: 'jwt-access-token-incomplete',
      title: 'Refuses an access token without exp, iss or aud',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        exp: { claims: { exp: { $absent: true } } },
        iss: { claims: { iss: { $absent: true } } },
        aud: { claims: { aud: { $absent: true } } },
      },
      expect: [
        {
          when: declared,
          should: { access: 'denied' },
          because: ['rfc9068#2.2-missing-required-claim-rejected'],
        },
      ],
      harm: 'A token that never expires, or is from nobody, or for nobody, gets in.',
      fix: 'Require the claims that are checked: many libraries check them only where they are present.',
    },
    {
      id: 'jwt-access-token-unnamed',
      title: 'Refuses an access token without sub, client_id, iat or jti',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        sub: { claims: { sub: { $absent: true } } },
        client: { claims: { client_id: { $absent: true } } },
        iat: { claims: { iat: { $absent: true } } },
        jti: { claims: { jti: { $absent: true } } },
      },
      expect: [
        {
          when: declared,
          may: { access: 'denied' },
          because: ['rfc9068#2.2-missing-required-claim-rejected'],
        },
      ],
      harm: 'None unless something is decided or written down by such a claim.',
      fix: 'Require the claims of the profile where you use them.',
    },
    {
      id: 'jwt-access-token-refusal',
      title: 'Explains to clients why an access token was refused',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'foreign-key': { signature: { key: 'foreign' } },
        altered: { claims: { scope: '*' }, signature: 'kept' },
        expired: { claims: { exp: { $now: -3600 } } },
      },
      expect: explained,
      harm: 'Clients do not learn that a new token would help.',
      fix: 'Answer 401 with WWW-Authenticate: Bearer error="invalid_token" whatever check an access token has failed.',
    },
    {
      id: 'jwt-access-token-signed',
      title: 'Issues access tokens with a signature',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          when: declared,
          should: { access: 'granted', issued: { signed: true } },
          because: ['rfc9068#2.1-signed-never-none'],
        },
      ],
      harm: 'Whoever reads such a token learns to write one.',
      fix: 'Sign every access token, best with an asymmetric key that the issuer publishes.',
    },
    {
      id: 'jwt-access-token-complete',
      title: 'Issues access tokens with all that their profile requires',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          when: declared,
          should: {
            access: 'granted',
            issued: { claims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'] },
          },
          because: ['rfc9068#2.2-required-claims-issued'],
        },
      ],
      harm: 'Servers that follow the profile refuse the token, or cannot tell whose it is.',
      fix: 'Put iss, exp, aud, sub, client_id, iat and jti into every access token.',
    },
    {
      id: 'jwt-access-token-short-typ',
      title: 'Issues access tokens whose typ is at+jwt without a prefix',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          when: declared,
          may: { access: 'granted', issued: { typ: 'short' } },
          because: ['rfc9068#2.1-typ-short-form'],
        },
      ],
      harm: 'None with servers that know both forms.',
      fix: 'Leave out application/ in typ.',
    },
  ],
}
