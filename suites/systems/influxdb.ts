import type { Suite } from '../../lib/model/case.ts'
import { influxdbWithoutTls } from './without-tls.ts'

/** InfluxDB Cloud Serverless: the scheme Token, and Basic with a token for password. */
export const influxdb: Suite = {
  id: 'influxdb',
  title: 'InfluxDB Cloud Serverless: what its page says',
  about:
    'The page has a scheme of its own, whose word has one spelling, and Basic with an API token in the place of the password. Where RFC 9110 says otherwise, its rule is shown beside.',
  byProfile: true,
  cases: [
    {
      id: 'influxdb-word-exact',
      title: 'Refuses the word Token in other letter case',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        lower: { scheme: { letters: 'lower' } },
        upper: { scheme: { letters: 'upper' } },
        swapped: { scheme: { letters: 'swapped' } },
      },
      expect: [
        {
          documented: { access: 'denied' },
          because: ['influxdb#S3-14'],
          despite: ['rfc9110#11.1-scheme-case-insensitive'],
        },
        // The Core server of the same family answers 400, and the page names no status.
        { may: { status: 401 }, because: ['influxdb#S3-14'] },
      ],
      harm: 'Clients that work here fail at servers of the same family that compare letter by letter.',
      fix: 'Compare the word exactly, as documented, or document that its letter case is free.',
    },
    {
      id: 'influxdb-one-space',
      title: 'Refuses anything but one space after the word Token',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        two: { separator: '  ' },
        tab: { separator: '\t' },
        none: { separator: '' },
      },
      expect: [
        {
          documented: { access: 'denied' },
          because: ['influxdb#S3-13'],
          despite: ['rfc9110#11.2-token68-credentials-grammar'],
        },
      ],
      harm: 'One token has several spellings, so what filters or masks the field misses some.',
      fix: 'Split the value at its one space.',
    },
    {
      id: 'influxdb-word-there',
      title: 'Refuses a token that stands alone',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'token', but: { scheme: 'absent' } } },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-13'] }],
      harm: 'What looks for the word to mask the secret does not find it.',
      fix: 'Expect the word before the token.',
    },
    {
      id: 'influxdb-token-whole',
      title: 'Refuses what is no whole token, letter by letter',
      severity: 'critical',
      send: { to: 'protected', with: { valid: 'token' } },
      examples: {
        part: { token: { onlyFirst: 16 } },
        more: { token: { append: 'xxxx' } },
        letters: { token: { letters: 'swapped' } },
        empty: { token: 'empty' },
      },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-12', 'influxdb#S3-13'] }],
      harm: 'A part of a token is enough to get in, or a revoked token has further spellings.',
      fix: 'Compare the whole token, lengths included.',
    },
    {
      id: 'influxdb-basic-encoded',
      title: 'Refuses Basic credentials that are not encoded',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { base64: 'not-encoded' } } },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-03', 'influxdb#S3-04'] }],
      harm: 'One token has several spellings, and logs that mask Base64 show it.',
      fix: 'Decode Base64 strictly, and refuse what does not decode.',
    },
    {
      id: 'influxdb-basic-colon',
      title: 'Refuses Basic credentials without a colon',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic', but: { userPass: 'no-colon' } } },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-04'] }],
      harm: 'What ends in a token gets in, whatever stands before it.',
      fix: 'Split the decoded text at its first colon, and refuse a text that has none.',
    },
    {
      id: 'influxdb-basic-token',
      title: 'Refuses a token in other letter case in the place of the password',
      severity: 'high',
      send: {
        to: 'protected',
        with: { valid: 'basic', but: { password: { letters: 'swapped' } } },
      },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-07'] }],
      harm: 'What is no token gets in as one.',
      fix: 'Look the password up as a token is looked up everywhere else.',
    },
    {
      id: 'influxdb-basic-at-token-paths',
      title: 'Refuses Basic at the paths below /api/v2',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' }, but: { boundFor: 'token' } },
      // The page says that some operations take it, and not which.
      expect: [{ may: { access: 'denied' }, because: ['influxdb#S3-02'] }],
      harm: 'None: the page leaves it open which operations take Basic.',
      fix: 'Document which operations take Basic.',
    },
    {
      id: 'influxdb-authorizations-there',
      title: 'Has an endpoint for the management of tokens',
      severity: 'low',
      steps: [
        { role: 'control', send: { to: 'protected', with: { valid: 'token' } } },
        {
          send: { to: 'authorizations', with: { valid: 'token' } },
          expect: [
            { documented: { status: { noneOf: [404, 405, 501] } }, because: ['influxdb#S3-16'] },
          ],
        },
      ],
      harm: 'Tokens cannot be revoked as the documentation says.',
      fix: 'Serve the endpoint, or take it from the documentation.',
    },
    {
      id: 'influxdb-authorizations-refuse',
      title: 'Lists tokens to nobody without one',
      severity: 'critical',
      send: { to: 'authorizations', with: 'nothing' },
      expect: [{ documented: { access: 'denied' }, because: ['influxdb#S3-16'] }],
      harm: 'Whoever asks is told the tokens of everybody, or how many there are.',
      fix: 'Ask for a token at this endpoint as at every other.',
    },
    {
      id: 'influxdb-sign-in',
      title: 'Signs in by GET and by POST',
      severity: 'low',
      steps: [
        { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
        {
          as: 'by-get',
          send: { to: 'signin-by-get', with: { valid: 'basic' } },
          expect: [{ may: { status: '2xx' }, because: ['influxdb#S3-08'] }],
        },
        {
          as: 'by-post',
          send: { to: 'signin', with: { valid: 'basic' } },
          expect: [{ may: { status: '2xx' }, because: ['influxdb#S3-08'] }],
        },
      ],
      harm: 'None: the page shows GET, the sources of the family have POST, and either may be right.',
      fix: 'Document the method that signs in.',
    },
    ...influxdbWithoutTls,
  ],
}
