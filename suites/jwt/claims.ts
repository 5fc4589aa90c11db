import type { Suite } from '../../lib/model/case.ts'

/** JWT: when a token is valid, and what happens to claims that nobody knows. */
export const jwtClaims: Suite = {
  id: 'jwt-claims',
  title: 'JWT: a token counts in its time',
  about:
    'Each case signs a token with the trusted key and changes one claim of it, so that nothing but that claim can be the reason for a refusal. Nothing is judged within two minutes of a limit.',
  cases: [
    {
      id: 'jwt-expired',
      title: 'Refuses a token that expired an hour ago',
      severity: 'critical',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: -3600 } } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.4-exp-past-rejected'] }],
      harm: 'A token that leaked once is good for ever.',
      fix: 'Verify exp with every request; look for ignoreExpiration or verify_exp among the options.',
    },
    {
      id: 'jwt-expired-lately',
      title: 'Allows no more than a few minutes after exp',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: -600 } } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#4.1.4-exp-past-rejected', 'rfc7519#4.1.4-exp-leeway-bounded'],
        },
      ],
      harm: 'Short-lived tokens live much longer than their issuer meant.',
      fix: 'Set the leeway to a minute or two, and check the clock of the server.',
    },
    {
      id: 'jwt-exp-odd-number',
      title: 'Refuses a token whose expiry is an odd number in the past',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        zero: { claims: { exp: 0 } },
        negative: { claims: { exp: -1 } },
        fraction: { claims: { exp: { $now: -86400.5 } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#4.1.4-exp-past-rejected', 'rfc7519#4.1.4-exp-extreme-values'],
        },
      ],
      harm: 'A token whose expiry is zero never expires: in many languages zero counts as not there.',
      fix: 'Ask whether exp is present, not whether it is true, and compare it as a number.',
    },
    {
      id: 'jwt-exp-string',
      title: 'Refuses a token whose expiry is a number in quotes',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: 3600, as: 'string' } } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.4-exp-number'] }],
      harm: 'None while the text is read as the number; verifiers disagree about such tokens.',
      fix: 'Refuse an exp that is no JSON number.',
    },
    {
      id: 'jwt-exp-type',
      title: 'Refuses a token whose expiry is no number',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'past-in-quotes': { claims: { exp: { $now: -3600, as: 'string' } } },
        text: { claims: { exp: 'never' } },
        array: { claims: { exp: [{ $now: -3600 }] } },
        object: { claims: { exp: {} } },
        true: { claims: { exp: true } },
        false: { claims: { exp: false } },
        null: { claims: { exp: null } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.4-exp-number'] }],
      harm: 'The check of exp is skipped, or compares with what is no number and is always false: such tokens never expire.',
      fix: 'Refuse an exp that is no finite JSON number, null among the others.',
    },
    {
      id: 'jwt-exp-missing',
      title: 'Refuses a token without exp',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $absent: true } } } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc7519#4.1.4-exp-missing-policy'] }],
      harm: 'Allowed; a token without exp that leaks is good until the key is changed.',
      fix: 'Require exp where the issuer always sets it.',
    },
    {
      id: 'jwt-exp-extreme',
      title: 'Survives an expiry beyond all clocks',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'two-to-64': { claims: { exp: { $literal: '18446744073709551616' } } },
        '1e308': { claims: { exp: { $literal: '1e308' } } },
        '1e400': { claims: { exp: { $literal: '1e400' } } },
        'minus-1e400': { claims: { exp: { $literal: '-1e400' } } },
      },
      expect: [{ should: { orderly: true }, because: ['rfc7519#4.1.4-exp-extreme-values'] }],
      harm: 'A number that no date can hold ends in an error that nobody catches.',
      fix: 'Compare exp as a number, or check its range before a date is made of it.',
    },
    {
      id: 'jwt-exp-fraction',
      title: 'Accepts an expiry with a fraction of a second',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: 3600.5 } } } },
      },
      expect: [{ should: { access: 'granted' }, because: ['rfc7519#2-numericdate-fraction'] }],
      harm: 'Tokens of issuers that count in fractions are refused.',
      fix: 'Read exp as a number, not as an integer.',
    },
    {
      id: 'jwt-exp-seconds',
      title: 'Counts an expiry in seconds, however large it is',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { exp: { $now: -3600, as: 'milliseconds' } } } },
      },
      expect: [{ may: { access: 'granted' }, because: ['rfc7519#2-numericdate-not-milliseconds'] }],
      harm: 'None where lifetimes are limited; where milliseconds are guessed, two verifiers disagree about one token.',
      fix: 'Take exp for seconds, always.',
    },
    {
      id: 'jwt-not-before',
      title: 'Refuses a token whose time has not begun',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'one-hour': { claims: { nbf: { $now: 3600 }, exp: { $now: 7200 } } },
        'ten-minutes': { claims: { nbf: { $now: 600 }, exp: { $now: 7200 } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.5-nbf-future-rejected'] }],
      harm: 'Tokens that were given out in advance count at once.',
      fix: 'Verify nbf with a leeway of a minute or two; some libraries have to be told to.',
    },
    {
      id: 'jwt-not-before-type',
      title: 'Refuses a token whose beginning is no number',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'future-in-quotes': {
          claims: { nbf: { $now: 3600, as: 'string' }, exp: { $now: 7200 } },
        },
        null: { claims: { nbf: null } },
        object: { claims: { nbf: {} } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.5-nbf-number'] }],
      harm: 'The check of nbf is skipped, so tokens that were given out in advance count at once.',
      fix: 'Refuse an nbf that is present and no JSON number.',
    },
    {
      id: 'jwt-issued-at-type',
      title: 'Refuses a token whose time of issue is no number',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { iat: 'yesterday' } } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc7519#4.1.6-iat-number'] }],
      harm: 'None unless something is decided by iat.',
      fix: 'Refuse an iat that is no JSON number if sessions are ended or tokens aged by it.',
    },
    {
      id: 'jwt-issued-in-future',
      title: 'Accepts a token that was issued an hour from now',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { iat: { $now: 3600 }, exp: { $now: 7200 } } } },
      },
      expect: [{ may: { access: 'granted' }, because: ['rfc7519#4.1.6-iat-future-not-mandated'] }],
      harm: 'None where the clocks of issuer and server agree; where the issuer is ahead, its tokens do not count at once.',
      fix: 'Nothing has to be changed; nbf is the claim that says from when on a token counts.',
    },
    {
      id: 'jwt-id-type',
      title: 'Refuses a token whose jti is no text',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt', but: { claims: { jti: 1 } } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc7519#4.1.7-jti-string'] }],
      harm: 'None unless tokens are revoked or counted by jti.',
      fix: 'Check that jti is a string where something is looked up by it.',
    },
    {
      id: 'jwt-unknown-members',
      title: 'Accepts a token with claims and headers that it does not know',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        claim: { claims: { 'https://example.invalid/claim': { list: [1, 'two', null] } } },
        header: { header: { 'x-conformance': 'unknown' } },
      },
      expect: [
        {
          must: { access: 'granted' },
          because: ['rfc7519#4-unknown-claims-ignored', 'rfc7515#4-unknown-header-ignored'],
        },
      ],
      harm: 'The issuer cannot add anything to its tokens without locking users out.',
      fix: 'Look at the members you know and leave the others alone, unless crit lists them.',
    },
    {
      id: 'jwt-confirmation-checked',
      title: 'Refuses a bound token without proof that its sender may use it',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'proof-of-possession': {
          claims: { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } },
        },
        certificate: {
          claims: { cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } },
        },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc9700#4.10.1-cnf-enforced'] }],
      harm: 'None where the issuer binds no tokens; where it does, a stolen one is as good as any.',
      fix: 'Where tokens are bound to a key or a certificate, check the proof and refuse without it.',
    },
  ],
}
