import type { Suite } from '../../lib/model/case.ts'

/** JWT: what a header can demand of whoever verifies the token, and what it says the token is. */
export const jwtDemands: Suite = {
  id: 'jwt-demands',
  title: 'JWT: what a header demands',
  about:
    'With crit an issuer says: whoever does not understand this must not accept the token. With cty it says that the payload is a token again. A verifier that overlooks either accepts what its issuer did not mean.',
  cases: [
    {
      id: 'jwt-critical-unknown',
      title: 'Refuses a critical extension that it does not know',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        present: {
          header: { crit: ['urn:example:conformance'], 'urn:example:conformance': 1 },
        },
        absent: { header: { crit: ['urn:example:conformance'] } },
        twice: {
          header: {
            crit: ['urn:example:conformance', 'urn:example:conformance'],
            'urn:example:conformance': 1,
          },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#4.1.11-crit-unknown-rejected', 'rfc7515#4.1.11-crit-processed'],
        },
      ],
      harm: 'A restriction that the issuer put into the token, such as a binding to a key, is ignored.',
      fix: 'Refuse a token whose crit lists anything you do not process; many libraries leave that to their caller.',
    },
    {
      id: 'jwt-critical-malformed',
      title: 'Refuses a list of critical extensions that is none',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        text: { header: { crit: 'exp', exp: 1 } },
        null: { header: { crit: null } },
        number: { header: { crit: [1], '1': 1 } },
        object: { header: { crit: {} } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7515#4.1.11-crit-processed'] }],
      harm: 'Verifiers disagree about what a token demands.',
      fix: 'Check that crit is an array of strings wherever it is present.',
    },
    {
      id: 'jwt-critical-needless',
      title: 'Refuses a list of critical extensions that is empty or names standard members',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: { empty: { header: { crit: [] } }, standard: { header: { crit: ['alg'] } } },
      expect: [
        {
          may: { access: 'denied' },
          because: [
            'rfc7515#4.1.11-crit-empty-list',
            'rfc7515#4.1.11-crit-standard-or-absent-names',
          ],
        },
      ],
      harm: 'None: nothing is demanded that every verifier does not do.',
      fix: 'Nothing has to be changed.',
    },
    {
      id: 'jwt-unencoded-payload',
      title: 'Refuses a payload that is not encoded',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { b64: false }, encoding: { of: 'payload', change: 'not-encoded' } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7515#5.2-no-whitespace-or-extra-characters',
            'rfc7797#6-b64-false-needs-crit',
          ],
        },
      ],
      harm: 'Two readers of one token find different claims in it.',
      fix: 'Take segments of base64url only; leave out support for b64 where tokens are read.',
    },
    {
      id: 'jwt-unencoded-payload-critical',
      title: 'Refuses a payload that is not encoded and says so',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { b64: false, crit: ['b64'] },
            encoding: { of: 'payload', change: 'not-encoded' },
          },
        },
      },
      expect: [
        {
          // Where b64 is understood, only its use in tokens is forbidden, and that to the issuer.
          should: { access: 'denied' },
          because: ['rfc7797#7-jwt-must-not-use-b64-false', 'rfc7515#4.1.11-crit-unknown-rejected'],
        },
      ],
      harm: 'Two readers of one token find different claims in it.',
      fix: 'Take segments of base64url only; leave out support for b64 where tokens are read.',
    },
    {
      id: 'jwt-unencoded-payload-otherwise',
      title: 'Refuses a payload that is not encoded where b64 is anything but false',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { encoding: { of: 'payload', change: 'not-encoded' } } },
      },
      examples: {
        true: { header: { b64: true } },
        absent: { header: { b64: { $absent: true } } },
        null: { header: { b64: null } },
        number: { header: { b64: 0 } },
        text: { header: { b64: 'false' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7797#3-b64-default-true', 'rfc7515#5.2-no-whitespace-or-extra-characters'],
        },
      ],
      harm: 'Two readers of one token find different claims in it.',
      fix: 'Take segments of base64url only; leave out support for b64 where tokens are read.',
    },
    {
      id: 'jwt-nested-type-alone',
      title: 'Refuses claims in a token that says it holds another token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt', but: { header: { cty: 'JWT' } } } },
      expect: [{ may: { access: 'denied' }, because: ['rfc7519#5.2-cty-nested'] }],
      harm: 'None: most verifiers have no use for cty and ignore it.',
      fix: 'Refuse a cty of JWT where tokens in tokens are not taken.',
    },
    {
      id: 'jwt-nested-type-prefix',
      title: 'Takes a cty for the same with application/ before it',
      severity: 'low',
      steps: [
        {
          as: 'short',
          send: {
            to: 'protected',
            with: {
              valid: 'jwt',
              but: { header: { cty: 'JWT' }, claimsJson: { is: { token: 'valid' } } },
            },
          },
        },
        {
          as: 'whole',
          send: {
            to: 'protected',
            with: {
              valid: 'jwt',
              but: { header: { cty: 'application/jwt' }, claimsJson: { is: { token: 'valid' } } },
            },
          },
          expect: [
            {
              // Tokens in tokens may be refused, and then cty is used for nothing.
              when: { of: 'short', outcome: 'granted' },
              must: { same: 'short', in: ['access'] },
              because: ['rfc7515#4.1.10-cty-prefix-rule'],
            },
          ],
        },
      ],
      harm: 'Tokens of issuers that write the whole media type are refused.',
      fix: 'Add application/ to a cty without a slash before it is compared, without regard to letter case.',
    },
    {
      id: 'jwt-nested-own-key',
      title: 'Refuses a token inside a signed one that brings its own key',
      severity: 'high',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { cty: 'JWT' }, claimsJson: { is: { token: 'with-own-key' } } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.3-nested-application-supplied-keys',
            'rfc7515#10.3-embedded-jwk-not-trusted',
          ],
        },
      ],
      harm: 'Claims that anybody can have signed are taken for those of the issuer.',
      fix: 'Verify the inner token with keys of your configuration, like any other, or refuse cty altogether.',
    },
    {
      id: 'jwt-nested-unsecured',
      title: 'Refuses an unsecured token inside a signed one',
      severity: 'high',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { cty: 'JWT' }, claimsJson: { is: { token: 'unsecured' } } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc8725#3.3-all-crypto-operations-validated', 'rfc7518#3.6-none-not-default'],
        },
      ],
      harm: 'Claims that nobody signed are taken for signed ones.',
      fix: 'Verify the inner token like any other, or refuse cty altogether.',
    },
    {
      id: 'jwt-other-kind',
      title: 'Refuses a token that says it is of another kind',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'security-event': { header: { typ: 'secevent+jwt' } },
        'proof-of-possession': { header: { typ: 'dpop+jwt' } },
        'log-out': { header: { typ: 'logout+jwt' } },
      },
      expect: [
        { may: { access: 'denied' }, because: ['rfc8725#2.8-cross-jwt-confusion-mitigated'] },
      ],
      harm: 'None where aud or other claims tell them apart; where nothing does, a token for one purpose serves another.',
      fix: 'Check typ where the issuer sets it, or give each kind of token an audience of its own.',
    },
    {
      id: 'jwt-type-absent',
      title: 'Accepts a token without typ',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { header: { typ: { $absent: true } } } },
      },
      expect: [{ may: { access: 'granted' }, because: ['rfc7519#5.1-typ-optional'] }],
      harm: 'None where the issuer always sets it; access tokens after RFC 9068 even have to have it.',
      fix: 'Nothing has to be changed where typ tells kinds of tokens apart.',
    },
    {
      id: 'jwt-type-prefix',
      title: 'Takes a typ for the same with application/ before it',
      severity: 'low',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { header: { typ: { $valid: 'typ', change: { prepend: 'application/' } } } },
        },
      },
      expect: [
        {
          // Where the valid typ has a slash already, this is another one.
          when: { issued: { typ: 'short' } },
          should: { access: 'granted' },
          because: ['rfc7515#4.1.9-typ-prefix-rule'],
        },
      ],
      harm: 'Tokens of issuers that write the whole media type are refused.',
      fix: 'Add application/ to a typ without a slash before it is compared, without regard to letter case.',
    },
  ],
}
