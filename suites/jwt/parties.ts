import type { Suite } from '../../lib/model/case.ts'

/** JWT: who issued a token, and for whom. Judged against what the operator says is expected. */
export const jwtParties: Suite = {
  id: 'jwt-parties',
  title: 'JWT: from whom, and for whom',
  about:
    'A key is often shared: by the services of one issuer, or by the tenants of one provider. Then iss and aud say whether a token with a good signature was meant for this server. These cases need the issuer and the audience that the server expects.',
  cases: [
    {
      id: 'jwt-issuer-foreign',
      title: 'Refuses a token of another issuer',
      severity: 'high',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { iss: 'https://issuer.example.invalid/' } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc8725#3.8-iss-key-binding'] }],
      harm: 'Whoever shares a key with the issuer, such as another tenant, can speak for it.',
      fix: 'Give the verifier the one issuer it is to expect.',
    },
    {
      id: 'jwt-issuer-exact',
      title: 'Compares the issuer as a whole and in exact case',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'letter-case': { claims: { iss: { $valid: 'iss', change: { letters: 'swapped' } } } },
        longer: {
          claims: { iss: { $valid: 'iss', change: { append: '.example.invalid' } } },
        },
        'without-end': { claims: { iss: { $valid: 'iss', change: { dropLast: 1 } } } },
        beginning: { claims: { iss: { $valid: 'iss', change: { onlyFirst: 8 } } } },
        empty: { claims: { iss: '' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#4.1.1-iss-case-sensitive-exact', 'rfc8725#3.8-iss-key-binding'],
        },
      ],
      harm: 'A name that only begins like that of the issuer, or is a part of it, passes for it.',
      fix: 'Compare for equality: no prefix, no "contains", no pattern without anchors, no normalisation.',
    },
    {
      id: 'jwt-issuer-type',
      title: 'Refuses a token whose issuer is no text',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'list-with-issuer': {
          claims: { iss: ['https://issuer.example.invalid/', { $valid: 'iss' }] },
        },
        'list-of-issuer': { claims: { iss: [{ $valid: 'iss' }] } },
        null: { claims: { iss: null } },
        object: { claims: { iss: {} } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc8725#3.8-iss-key-binding', 'rfc7519#4.1.1-iss-type'],
        },
      ],
      harm: 'A list that also names the issuer passes for it, and other parts of the service read the first name.',
      fix: 'Check that iss is a string before it is compared.',
    },
    {
      id: 'jwt-issuer-missing',
      title: 'Refuses a token that names no issuer',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { iss: { $absent: true } } } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc7519#4-required-claims-by-context'] }],
      harm: 'Whoever shares a key with the issuer leaves out who they are.',
      fix: 'Require iss as well as comparing it: many libraries compare it only where it is present.',
    },
    {
      id: 'jwt-audience-foreign',
      title: 'Refuses a token for another audience',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        text: { claims: { aud: 'https://other.example.invalid/' } },
        list: {
          claims: { aud: ['https://other.example.invalid/', 'https://third.example.invalid/'] },
        },
        'empty-list': { claims: { aud: [] } },
        'empty-text': { claims: { aud: '' } },
        'list-of-empty-text': { claims: { aud: [''] } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.3-aud-mismatch-rejected'] }],
      harm: 'A token given to any other service of the issuer opens this one.',
      fix: 'Give the verifier the audience it is to expect, and refuse a list that does not hold it.',
    },
    {
      id: 'jwt-audience-exact',
      title: 'Compares the audience as a whole and in exact case',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'letter-case': { claims: { aud: { $valid: 'aud', change: { letters: 'swapped' } } } },
        longer: {
          claims: { aud: { $valid: 'aud', change: { append: '.example.invalid' } } },
        },
        beginning: { claims: { aud: { $valid: 'aud', change: { onlyFirst: 5 } } } },
        'without-end': { claims: { aud: { $valid: 'aud', change: { dropLast: 1 } } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7519#4.1.3-aud-mismatch-rejected',
            'rfc7519#4.1.3-aud-no-substring',
            'rfc7519#4.1.3-aud-case-sensitive',
          ],
        },
      ],
      harm: 'A token for a service whose name is a part of this one, or begins like it, gets in.',
      fix: 'Compare for equality: no "contains" on text, no pattern without anchors.',
    },
    {
      id: 'jwt-audience-type',
      title: 'Refuses a token whose audience is neither text nor a list of text',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        object: { claims: { aud: { '0': { $valid: 'aud' } } } },
        nested: { claims: { aud: [[{ $valid: 'aud' }]] } },
        null: { claims: { aud: null } },
        number: { claims: { aud: 0 } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#4.1.3-aud-mismatch-rejected'] }],
      harm: 'The check is skipped for what it does not expect, so the token need not be for this server.',
      fix: 'Check that aud is a string or an array of strings before it is compared.',
    },
    {
      id: 'jwt-audience-missing',
      title: 'Refuses a token that names no audience',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claims: { aud: { $absent: true } } } },
      },
      expect: [
        {
          // A MUST only where the issuer serves several parties, which cannot be seen.
          should: { access: 'denied' },
          because: [
            'rfc8725#3.9-aud-required-when-shared-issuer',
            'rfc7519#4-required-claims-by-context',
          ],
        },
      ],
      harm: 'A token that was meant for nobody in particular gets in everywhere.',
      fix: 'Require aud as well as comparing it: many libraries compare it only where it is present.',
    },
    {
      id: 'jwt-audience-list',
      title: 'Accepts a token for several audiences, this one among them',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        first: { claims: { aud: [{ $valid: 'aud' }, 'https://other.example.invalid/'] } },
        last: { claims: { aud: ['https://other.example.invalid/', { $valid: 'aud' }] } },
        alone: { claims: { aud: [{ $valid: 'aud' }] } },
      },
      expect: [{ must: { access: 'granted' }, because: ['rfc7519#4.1.3-aud-array-or-string'] }],
      harm: 'Tokens of issuers that always write a list are refused.',
      fix: 'Take aud as a string or as an array, and look for your own name in it.',
    },
    {
      id: 'jwt-beyond-basic-plane',
      title: 'Compares names with characters beyond the Basic Multilingual Plane as they are',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        issuer: { claims: { iss: { $valid: 'iss', change: { append: '\u{1f511}' } } } },
        audience: { claims: { aud: { $valid: 'aud', change: { append: '\u{1f511}' } } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7515#10.13-non-bmp-compare'] }],
      harm: 'A name that only begins like the right one passes for it: some databases cut text at such a character.',
      fix: 'Compare whole strings in memory, or give the column a character set of four bytes (utf8mb4).',
    },
    {
      id: 'jwt-claims-none',
      title: 'Refuses a token that claims nothing',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          // The absent claims say what the server has to expect; the text is what is signed.
          but: {
            claims: { iss: { $absent: true }, aud: { $absent: true } },
            claimsJson: { is: '{}' },
          },
        },
      },
      expect: [
        {
          should: { access: 'denied' },
          because: [
            'rfc7519#4-required-claims-by-context',
            'rfc8725#3.9-aud-required-when-shared-issuer',
          ],
        },
      ],
      harm: 'Whatever the key has signed, for whatever purpose, opens the door.',
      fix: 'Name the claims that a token needs, and refuse one that lacks any of them.',
    },
    {
      id: 'jwt-subject-known',
      title: 'Refuses a token about nobody that it knows',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        unknown: { claims: { sub: 'conformance-nobody' } },
        missing: { claims: { sub: { $absent: true } } },
        number: { claims: { sub: 42 } },
        null: { claims: { sub: null } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc8725#3.8-sub-valid'] }],
      harm: 'None where everybody the issuer knows is welcome; elsewhere an account is made, or found, for nobody.',
      fix: 'Look the subject up and refuse where there is none, if the service keeps accounts of its own.',
    },
    {
      id: 'jwt-subject-exact',
      title: 'Compares the subject in exact case',
      severity: 'medium',
      steps: [
        {
          as: 'unknown',
          send: {
            to: 'protected',
            with: {
              valid: 'jwt',
              but: { claims: { sub: { $valid: 'sub', change: { append: '-conformance' } } } },
            },
          },
        },
        {
          as: 'letter-case',
          send: {
            to: 'protected',
            with: {
              valid: 'jwt',
              but: { claims: { sub: { $valid: 'sub', change: { letters: 'swapped' } } } },
            },
          },
          expect: [
            {
              // Who lets in an unknown subject compares it with nothing.
              must: { same: 'unknown', in: ['access'] },
              because: ['rfc7519#4.1.2-sub-case-sensitive'],
            },
          ],
        },
      ],
      harm: 'Two users of the issuer whose names differ in letter case only are one user here.',
      fix: 'Compare sub byte for byte; in a database, use a binary collation for the column.',
    },
  ],
}
