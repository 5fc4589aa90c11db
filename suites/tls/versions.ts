import type { Suite } from '../../lib/model/case.ts'

/** Which versions of TLS a server speaks; each is offered alone. */
export const tlsVersions: Suite = {
  id: 'tls-versions',
  title: 'TLS: versions that hold, and none that do not',
  about:
    'A handshake is begun that offers one version only, written here byte by byte, since no library of today would offer the old ones. It goes no further than the answer. A refusal counts only where a usual hello of the same writer is answered.',
  cases: [
    {
      id: 'tls-ssl2',
      title: 'Refuses SSL 2.0',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { hello: { versions: ['SSLv2'] } } },
      expect: [{ must: { channel: { hello: 'refused' } }, because: ['rfc9325#3.1.1-no-sslv2'] }],
      harm: 'Everything that was ever sent to this key, by newer versions too, can be decrypted (DROWN).',
      fix: 'Replace the TLS library: none of this century should know SSL 2.0.',
    },
    {
      id: 'tls-ssl3',
      title: 'Refuses SSL 3.0',
      severity: 'high',
      send: {
        to: 'protected',
        with: 'nothing',
        but: {
          hello: {
            versions: ['SSLv3'],
            suites: ['ecdhe-cbc', 'dhe', 'static-rsa', '3des', 'rc4'],
          },
        },
      },
      expect: [{ must: { channel: { hello: 'refused' } }, because: ['rfc9325#3.1.1-no-sslv3'] }],
      harm: 'Whoever is on the way can guess a password byte by byte (POODLE).',
      fix: 'Set the lowest version to TLS 1.2.',
    },
    {
      id: 'tls-10',
      title: 'Refuses TLS 1.0',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: {
          hello: {
            versions: ['TLSv1'],
            suites: ['ecdhe-cbc', 'dhe', 'static-rsa', '3des', 'rc4', 'null', 'anonymous'],
          },
        },
      },
      expect: [{ must: { channel: { hello: 'refused' } }, because: ['rfc9325#3.1.1-no-tls10'] }],
      harm: 'Old clients stay on ciphers and hashes that are broken, and an attacker may push others down to them.',
      fix: 'Set the lowest version to TLS 1.2, in nginx with ssl_protocols TLSv1.2 TLSv1.3.',
    },
    {
      id: 'tls-11',
      title: 'Refuses TLS 1.1',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: {
          hello: {
            versions: ['TLSv1.1'],
            suites: ['ecdhe-cbc', 'dhe', 'static-rsa', '3des', 'rc4', 'null', 'anonymous'],
          },
        },
      },
      expect: [{ must: { channel: { hello: 'refused' } }, because: ['rfc9325#3.1.1-no-tls11'] }],
      harm: 'Old clients stay on ciphers and hashes that are broken, and an attacker may push others down to them.',
      fix: 'Set the lowest version to TLS 1.2, in nginx with ssl_protocols TLSv1.2 TLSv1.3.',
    },
    {
      id: 'tls-12',
      title: 'Speaks TLS 1.2',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: {
          hello: {
            versions: ['TLSv1.2'],
            suites: [
              'ecdhe-gcm-256',
              'ecdhe-chacha',
              'ecdhe-gcm-128',
              'ecdhe-cbc',
              'dhe',
              'static-rsa',
              '3des',
              'rc4',
            ],
          },
        },
      },
      // Whoever speaks TLS 1.3 alone leaves old clients out on purpose, and harms nobody.
      expect: [
        { may: { channel: { hello: 'answered' } }, because: ['rfc9325#3.1.1-tls12-supported'] },
      ],
      harm: 'Clients that do not know TLS 1.3 cannot connect.',
      fix: 'Nothing, where all clients are known to speak TLS 1.3; else allow TLS 1.2 with ECDHE and AES-GCM.',
    },
    {
      id: 'tls-13',
      title: 'Speaks TLS 1.3',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { hello: { versions: ['TLSv1.3'] } } },
      expect: [
        {
          should: { channel: { hello: 'answered' } },
          because: ['rfc9325#3.1.1-tls13-supported'],
        },
      ],
      harm: 'Handshakes are slower, and certificates and names are sent readable.',
      fix: 'Allow TLS 1.3; it takes OpenSSL 1.1.1 or what came after it.',
    },
    {
      id: 'tls-13-preferred',
      title: 'Prefers TLS 1.3 where both sides speak it',
      severity: 'low',
      steps: [
        {
          as: 'alone',
          send: { to: 'protected', with: 'nothing', but: { hello: { versions: ['TLSv1.3'] } } },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.3', 'TLSv1.2'] } },
          },
          expect: [
            {
              when: { of: 'alone', channel: { hello: 'answered' } },
              must: { channel: { version: 'TLSv1.3' } },
              because: ['rfc9325#3.1.1-tls13-preferred'],
            },
          ],
        },
      ],
      harm: 'Clients that could have the better protection do not get it.',
      fix: 'Remove what puts TLS 1.2 first, such as a proxy in front that does not know TLS 1.3.',
    },
  ],
}
