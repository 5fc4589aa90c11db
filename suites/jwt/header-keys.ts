import type { Line, Suite } from '../../lib/model/case.ts'

const notTrusted: Line = {
  must: { access: 'denied' },
  because: [
    'rfc8725#3.8-iss-key-binding',
    'rfc7515#5.2-signature-must-verify',
    'rfc7515#10.3-embedded-jwk-not-trusted',
  ],
}

/** JWT: a token does not choose the key it is verified with. */
export const jwtHeaderKeys: Suite = {
  id: 'jwt-header-keys',
  title: 'JWT: a token does not bring its own key',
  about:
    'The header can hold a key, a certificate, a URL where one lies, or the name of one. All of it was written by whoever made the token, so it can help to find a key that is trusted already and can make none trusted.',
  cases: [
    {
      id: 'jwt-embedded-key',
      title: 'Trusts no key that a token brings along',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { jwk: { $key: 'foreign', as: 'jwk' } },
            signature: { key: 'foreign' },
          },
        },
      },
      examples: {
        'same-kid': {},
        'without-kid': { header: { kid: { $absent: true } } },
        ec: { header: { alg: 'ES256' }, signature: { alg: 'ES256', key: 'foreign' } },
        rsa: { header: { alg: 'RS256' }, signature: { alg: 'RS256', key: 'foreign' } },
        secret: { header: { alg: 'HS256' }, signature: { alg: 'HS256', key: 'foreign' } },
      },
      expect: [notTrusted],
      harm: 'Anyone can write their own token and send the key that verifies it.',
      fix: 'Never verify with jwk from the header; take keys from the configuration or the key set of the issuer.',
    },
    {
      id: 'jwt-embedded-certificate',
      title: 'Trusts no certificate that a token brings along',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { x5c: { $key: 'foreign', as: 'certificates' } },
            signature: { key: 'foreign' },
          },
        },
      },
      examples: { 'same-kid': {}, 'without-kid': { header: { kid: { $absent: true } } } },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#4.1.6-x5c-chain-validated', 'rfc8725#3.8-iss-key-binding'],
        },
      ],
      harm: 'Anyone can write their own token and send a certificate they have signed themselves.',
      fix: 'Ignore x5c, or validate the chain up to an authority that was configured for this purpose alone.',
    },
    {
      id: 'jwt-certificate-thumbprint',
      title: 'Trusts no certificate for having the thumbprint that a token names',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { x5c: { $key: 'foreign', as: 'certificates' } },
            signature: { key: 'foreign' },
          },
        },
      },
      examples: {
        'sha-1': { header: { x5t: { $key: 'foreign', as: 'x5t' } } },
        'sha-256': { header: { 'x5t#S256': { $key: 'foreign', as: 'x5t#S256' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7515#5.2-signature-must-verify', 'rfc7515#4.1.7-x5t-hint-only'],
        },
      ],
      harm: 'Anyone can write their own token, with a certificate of their own and its thumbprint.',
      fix: 'Use x5t to find a certificate among those that were configured, and take none from the token.',
    },
    {
      id: 'jwt-key-set-url',
      title: 'Fetches no keys from where a token says',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { jku: { $callback: 'jwks' } },
            signature: { key: 'foreign' },
          },
        },
      },
      examples: { 'same-kid': {}, 'without-kid': { header: { kid: { $absent: true } } } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.8-iss-key-binding',
            'rfc7515#5.2-signature-must-verify',
            'rfc7515#10.3-jku-not-blindly-trusted',
          ],
        },
        {
          should: { callback: 'untouched' },
          severity: 'high',
          because: ['rfc8725#3.10-jku-x5u-ssrf'],
        },
        {
          when: { callbackOver: 'cleartext' },
          must: { callback: 'untouched' },
          severity: 'high',
          because: ['rfc7515#4.1.2-jku-tls'],
        },
      ],
      harm: 'Anyone can write their own token, or make the server send requests into its own network.',
      fix: 'Ignore jku, or follow it only to addresses on a list.',
    },
    {
      id: 'jwt-certificate-url',
      title: 'Fetches no certificate from where a token says',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            header: { x5u: { $callback: 'certificates' } },
            signature: { key: 'foreign' },
          },
        },
      },
      examples: { 'same-kid': {}, 'without-kid': { header: { kid: { $absent: true } } } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc8725#3.8-iss-key-binding',
            'rfc7515#5.2-signature-must-verify',
            'rfc7515#10.3-jku-not-blindly-trusted',
          ],
        },
        {
          should: { callback: 'untouched' },
          severity: 'high',
          because: ['rfc8725#3.10-jku-x5u-ssrf'],
        },
        {
          when: { callbackOver: 'cleartext' },
          must: { callback: 'untouched' },
          severity: 'high',
          because: ['rfc7515#4.1.5-x5u-tls'],
        },
      ],
      harm: 'Anyone can write their own token, or make the server send requests into its own network.',
      fix: 'Ignore x5u, or follow it only to addresses on a list.',
    },
    {
      id: 'jwt-issuer-url',
      title: 'Asks no issuer for its keys that it does not know',
      severity: 'critical',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: {
            claims: { iss: { $callback: 'issuer' } },
            signature: { key: 'foreign' },
          },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc8725#3.8-iss-key-binding', 'rfc7515#5.2-signature-must-verify'],
        },
        {
          should: { callback: 'untouched' },
          severity: 'high',
          because: ['rfc8725#2.9-other-claims-not-trusted'],
        },
      ],
      harm: 'Anyone can set up an issuer and write their own tokens, or make the server send requests into its own network.',
      fix: 'Compare iss with the issuers that are configured before anything is fetched.',
    },
    {
      id: 'jwt-kid-lookup',
      title: 'Finds no secret where kid leads to',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'empty-file': {
          header: { alg: 'HS256', kid: '../../../../../../../../dev/null' },
          signature: { key: { secret: '' } },
        },
        'empty-file-from-root': {
          header: { alg: 'HS256', kid: '/dev/null' },
          signature: { key: { secret: '' } },
        },
        'empty-file-url': {
          header: { alg: 'HS256', kid: 'file:///dev/null' },
          signature: { key: { secret: '' } },
        },
        'inherited-object': {
          header: { alg: 'HS256', kid: '__proto__' },
          signature: { key: { secret: '[object Object]' } },
        },
        'inherited-function': {
          header: { alg: 'HS256', kid: 'constructor' },
          signature: { key: { secret: 'function Object() { [native code] }' } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7515#5.2-signature-must-verify',
            'rfc8725#3.1-algorithm-allow-list',
            'rfc8725#3.10-kid-injection',
          ],
        },
      ],
      harm: 'Anyone can write their own token with a secret that they know lies there.',
      fix: 'Look kid up in a map of the keys that are trusted, by exact text; open no file and no object member by its name.',
    },
    {
      id: 'jwt-kid-injection',
      title: 'Takes kid for nothing but text',
      severity: 'critical',
      risk: ['intrusive'],
      send: { to: 'protected', with: { valid: 'jwt', but: { header: { alg: 'HS256' } } } },
      examples: {
        'sql-union': {
          header: { kid: "x' UNION SELECT 'AAAA" },
          signature: { key: { secret: 'AAAA' } },
        },
        'sql-union-comment': {
          header: { kid: "x' UNION SELECT 'AAAA' -- " },
          signature: { key: { secret: 'AAAA' } },
        },
        command: {
          header: { kid: '|printf AAAA' },
          signature: { key: { secret: 'AAAA' } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7515#5.2-signature-must-verify',
            'rfc8725#3.1-algorithm-allow-list',
            'rfc8725#3.10-kid-injection',
          ],
        },
      ],
      harm: 'A token becomes a query or a command, and everything behind it is open.',
      fix: 'Bind kid as a parameter, or look it up in a map in memory; build no command from it.',
    },
    {
      id: 'jwt-kid-odd-survived',
      title: 'Survives a kid of any kind',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt', but: { signature: 'kept' } } },
      examples: {
        empty: { header: { kid: '' } },
        number: { header: { kid: 0 } },
        array: { header: { kid: [{ $valid: 'kid' }] } },
        object: { header: { kid: { a: 1 } } },
        true: { header: { kid: true } },
        null: { header: { kid: null } },
        path: { header: { kid: '../../../../../../../../dev/null' } },
        'file-url': { header: { kid: 'file:///dev/null' } },
        'inherited-object': { header: { kid: '__proto__' } },
        'inherited-function': { header: { kid: 'constructor' } },
        'line-end': { header: { kid: 'x\r\nX-Conformance: 1' } },
        nul: { header: { kid: 'x\u0000y' } },
        unicode: { header: { kid: 'kid \ud83d\udd11 \u00e9' } },
        quote: { header: { kid: "'" } },
        'two-kib': { header: { kid: { $repeat: 'k', times: 2048 } } },
      },
      expect: [{ should: { orderly: true }, because: ['rfc8725#3.10-kid-injection'] }],
      harm: 'Anyone brings a worker down before any key is needed; an error in a look-up shows where text is taken for more.',
      fix: 'Check that kid is a string of the form your keys have, and answer 401 to all others.',
    },
    {
      id: 'jwt-kid-type',
      title: 'Refuses a kid that is no text',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        number: { header: { kid: 0 } },
        array: { header: { kid: [{ $valid: 'kid' }] } },
        object: { header: { kid: { a: 1 } } },
        true: { header: { kid: true } },
        null: { header: { kid: null } },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc7515#4.1.4-kid-string'] }],
      harm: 'None where every trusted key may be tried; where kid chooses the key, another one was chosen than the token says.',
      fix: 'Check that kid is a string before it is looked up.',
    },
    {
      id: 'jwt-kid-exact',
      title: 'Compares kid in exact case and without trimming',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'letter-case': { header: { kid: { $valid: 'kid', change: { letters: 'swapped' } } } },
        'space-after': { header: { kid: { $valid: 'kid', change: { append: ' ' } } } },
        'nul-after': {
          header: { kid: { $valid: 'kid', change: { append: { $bytes: '00' } } } },
        },
      },
      expect: [{ may: { access: 'denied' }, because: ['rfc7515#4.1.4-kid-string'] }],
      harm: 'None where every trusted key may be tried; where kid chooses the key, two names can mean one.',
      fix: 'Compare kid byte for byte.',
    },
  ],
}
