import type { Suite } from '../../lib/model/case.ts'

/** JWT: what the issuer has put into the token that was supplied. */
export const jwtIssued: Suite = {
  id: 'jwt-issued',
  title: 'JWT: what the issuer gives out',
  about:
    'A verifier can only check what a token says. These cases send the token that was supplied, as it is, and look at what its issuer wrote. A token made for tests may differ from what users get, on purpose.',
  cases: [
    {
      id: 'jwt-issued-signed',
      title: 'Issues tokens with a signature',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          should: { access: 'granted', issued: { signed: true } },
          because: ['rfc8725#3.2-none-not-generated'],
        },
      ],
      harm: 'Whoever reads such a token learns to write one, and a server that takes it has to know every token that was issued.',
      fix: 'Sign every token with a key of the issuer; name the algorithm where the library is called.',
    },
    {
      id: 'jwt-issued-expires',
      title: 'Issues tokens that expire',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          should: { access: 'granted', issued: { claims: ['exp'] } },
          because: ['rfc6750#5.2-lifetime-limited'],
        },
      ],
      harm: 'A token that leaks is good until somebody changes the key.',
      fix: 'Set exp in every token; where tokens have to live long, let them be revoked.',
    },
    {
      id: 'jwt-issued-short-lived',
      title: 'Issues tokens that live for one hour at most',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          when: { issued: { claims: ['exp', 'iat'] } },
          may: { access: 'granted', issued: { lifetime: 3600 } },
          because: ['rfc6750#5.3-short-lived-tokens'],
        },
      ],
      harm: 'A token that leaks is good for longer; tokens for machines and for tests often live long on purpose.',
      fix: 'Set exp to an hour after iat or less, above all for browsers, and give clients a way to fetch the next token.',
    },
    {
      id: 'jwt-issued-scope',
      title: 'Issues tokens that say how far they reach',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          may: {
            access: 'granted',
            issued: {
              claims: [['scope', 'scp', 'permissions', 'roles', 'groups', 'entitlements']],
            },
          },
          because: ['rfc6750#5.2-scope-restricted'],
        },
      ],
      harm: 'None where the server knows otherwise how far a token reaches; elsewhere each token opens everything.',
      fix: 'Put scope into the token, and only as much of it as the client has asked for.',
    },
    {
      id: 'jwt-issued-audience',
      title: 'Issues tokens that say for whom they are',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          // A MUST only where the issuer serves several parties, which cannot be seen.
          may: { access: 'granted', issued: { claims: ['aud'] } },
          because: [
            'rfc6750#5.3-audience-restricted-tokens',
            'rfc8725#3.9-aud-issued-when-shared-issuer',
          ],
        },
      ],
      harm: 'None while the issuer serves one party; a token for one of several opens the others as well.',
      fix: 'Put aud into every token: the service that it is for.',
    },
    {
      id: 'jwt-issued-typed',
      title: 'Issues tokens that name their type',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          // The general type is what RFC 7519 recommends, and whether another would be due cannot be seen.
          when: { issued: { typ: { noneOf: ['JWT', 'application/jwt'] } } },
          may: { access: 'granted', issued: { typ: 'present' } },
          because: ['rfc8725#3.11-explicit-typing'],
        },
      ],
      harm: 'None where other claims tell kinds of tokens apart; where nothing does, one serves for another.',
      fix: 'Set typ to a type of its own for each kind of token, such as at+jwt, and check it.',
    },
    {
      id: 'jwt-issued-names',
      title: 'Issues tokens whose names with a colon are URIs',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer' } },
      expect: [
        {
          should: { access: 'granted', issued: { uris: ['iss', 'sub', 'aud'] } },
          because: ['rfc7519#2-stringoruri-colon-is-uri'],
        },
      ],
      harm: 'Verifiers that read such a name as a URI refuse the token.',
      fix: 'Put a scheme before it, or write the name without a colon.',
    },
  ],
}
