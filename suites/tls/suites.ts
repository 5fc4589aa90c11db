import type { Suite } from '../../lib/model/case.ts'

/** Which cipher suites a server takes; each kind is offered alone. */
export const tlsSuites: Suite = {
  id: 'tls-suites',
  title: 'TLS: cipher suites that hide what is sent',
  about:
    'Each kind of weak suite is offered alone, in the first message of a handshake that goes no further.',
  cases: [
    {
      id: 'tls-suite-null',
      title: 'Takes no suite without encryption',
      severity: 'high',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['null'] } },
      },
      expect: [
        { must: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-null-ciphers'] },
      ],
      harm: 'Passwords and tokens are sent as readable as without TLS.',
      fix: 'Take eNULL out of the list of ciphers.',
    },
    {
      id: 'tls-suite-anonymous',
      title: 'Takes no suite without a certificate',
      severity: 'high',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['anonymous'] } },
      },
      expect: [
        { should: { channel: { hello: 'refused' } }, because: ['rfc9110#4.2.2-https-secured'] },
      ],
      harm: 'Whoever is on the way can answer in the place of the server.',
      fix: 'Take aNULL out of the list of ciphers.',
    },
    {
      id: 'tls-suite-export',
      title: 'Takes no suite of less than 112 bits',
      severity: 'high',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['export', 'des'] } },
      },
      expect: [
        { must: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-under-112-bit'] },
      ],
      harm: 'The key is found within hours, and clients that would not choose it can be pushed down to it (FREAK, Logjam).',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-rc4',
      title: 'Takes no suite with RC4',
      severity: 'high',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['rc4'] } },
      },
      expect: [{ must: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-rc4'] }],
      harm: 'A password that is sent many times can be read off the encrypted bytes.',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-3des',
      title: 'Takes no suite of less than 128 bits',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['3des'] } },
      },
      expect: [
        { should: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-under-128-bit'] },
      ],
      harm: 'A credential that is sent over one connection for hours can be read off the encrypted bytes (Sweet32).',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-static-rsa',
      title: 'Takes no suite with static RSA',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['static-rsa'] } },
      },
      expect: [
        { should: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-static-rsa'] },
      ],
      harm: 'Whoever gets the key one day reads all that was recorded before.',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-static-dh',
      title: 'Takes no suite with static Diffie-Hellman',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2', 'TLSv1.1', 'TLSv1'], suites: ['static-dh'] } },
      },
      expect: [
        { should: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-static-dh'] },
      ],
      harm: 'Whoever gets the key one day reads all that was recorded before.',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-dhe',
      title: 'Takes no suite with finite-field Diffie-Hellman in TLS 1.2',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: ['dhe'] } },
      },
      expect: [
        { should: { channel: { hello: 'refused' } }, because: ['rfc9325#4.1-no-ffdhe-tls12'] },
      ],
      harm: 'Parameters may be weak, and no client can say which it wants.',
      fix: 'Allow suites with ECDHE and AES-GCM or ChaCha20 only.',
    },
    {
      id: 'tls-suite-cbc',
      title: 'Takes suites with CBC together with encrypt_then_mac only',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-cbc'] } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          should: { channel: { takesUp: ['encrypt-then-mac'] } },
          because: ['rfc9325#4.2-cbc-needs-encrypt-then-mac'],
        },
      ],
      harm: 'Differences of time may tell what was encrypted (Lucky Thirteen).',
      fix: 'Take suites with CBC out of the list, or leave encrypt_then_mac on.',
    },
  ],
}
