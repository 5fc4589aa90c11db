import type { Suite } from '../../lib/model/case.ts'

/** The certificate, whoever trusts it. */
export const tlsCertificate: Suite = {
  id: 'tls-certificate',
  title: 'TLS: a certificate worth trusting',
  about:
    'A handshake in which any certificate would do, to say everything that is wrong with the one that is shown: a client says one thing and hangs up. What is trusted is what this machine trusts and what --ca names.',
  cases: [
    {
      id: 'certificate-trusted',
      title: 'Shows a certificate that leads to a trusted authority',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          should: { channel: { certificate: 'trusted' } },
          because: ['rfc9110#4.2.2-https-secured'],
        },
      ],
      harm: 'Users learn to click warnings away, and clients are told not to look; then anybody can answer in the place of the server.',
      fix: 'Send the certificates between your own and the root, or have one issued by an authority that clients trust; name a private one with --ca.',
    },
    {
      id: 'certificate-in-date',
      title: 'Shows a certificate that is in force',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          must: { channel: { certificate: 'in-date' } },
          because: ['rfc9110#7.4-misdirected-https', 'rfc9110#4.2.2-https-secured'],
        },
      ],
      harm: 'Clients refuse to connect, or are told not to look at certificates any more.',
      fix: 'Renew it, and let the renewal run by itself; mind that the server has to be told to read it again.',
    },
    {
      id: 'certificate-lasts',
      title: 'Renews its certificate in good time',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          may: { channel: { certificate: 'lasts' } },
          because: ['house#certificates-are-renewed-in-time'],
        },
      ],
      harm: 'Within two weeks nobody will be able to connect.',
      fix: 'Look whether the renewal still runs and whether the server has read the new certificate.',
    },
    {
      id: 'certificate-for-host',
      title: 'Shows a certificate for the host that was asked for',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          must: { channel: { certificate: 'for-host' } },
          because: ['rfc9110#7.4-misdirected-https', 'rfc9110#4.3.4-server-cert-matches-origin'],
        },
      ],
      harm: 'Clients refuse to connect, or are told not to look at certificates any more.',
      fix: 'Have one issued with the host in subjectAltName: the common name counts for nobody.',
    },
    {
      id: 'certificate-rsa-key',
      title: 'Shows no RSA key of less than 2048 bits',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          must: { channel: { certificate: 'strong-key' } },
          because: ['rfc9325#4.5-rsa-cert-2048'],
        },
      ],
      harm: 'Those who can pay for it find the private key and answer in the place of the server.',
      fix: 'Have a certificate issued for a key on P-256, or for RSA with 2048 bits.',
    },
    {
      id: 'certificate-curve',
      title: 'Shows a key on P-256 where it signs with ECDSA',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        { may: { channel: { certificate: 'usual-curve' } }, because: ['rfc9325#4.2-ecdsa-p256'] },
      ],
      harm: 'None: stronger curves are slower, and a few clients know none of them.',
      fix: 'Nothing has to be changed.',
    },
    {
      id: 'certificate-hash',
      title: 'Shows no certificate signed with MD5 or SHA-1',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        {
          must: { channel: { certificate: 'strong-hash' } },
          because: ['rfc9325#4.5-no-sha1-md5-signature'],
        },
      ],
      harm: 'A second certificate with the same signature can be made for somebody else.',
      fix: 'Have it issued anew; every authority signs with SHA-256 by now.',
    },
    {
      id: 'certificate-hash-usual',
      title: 'Shows RSA certificates that are signed with SHA-256',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
      expect: [
        { may: { channel: { certificate: 'usual-hash' } }, because: ['rfc9325#4.5-sha256'] },
      ],
      harm: 'None: longer hashes are as good, and a few clients know none of them.',
      fix: 'Nothing has to be changed.',
    },
    {
      id: 'certificate-order',
      title: 'Sends its certificates in order',
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
            ],
          },
        },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          should: { channel: { chain: 'in-order' } },
          because: ['rfc9110#4.2.2-https-secured'],
        },
      ],
      harm: 'Clients that follow the chain as it is sent find no way to the root.',
      fix: 'Put the own certificate first into the file, then the one that issued it, and so on; the root is not needed.',
    },
    {
      id: 'certificate-with-hsts',
      title: 'Declares HSTS with a certificate that its clients trust',
      severity: 'medium',
      steps: [
        { as: 'granted', role: 'control', send: { to: 'protected', with: { valid: 'any' } } },
        { as: 'refused', send: { to: 'protected', with: 'nothing' } },
        {
          send: { to: 'protected', with: 'nothing', but: { look: 'certificate' } },
          expect: [
            {
              when: { of: 'granted', over: 'tls', field: 'Strict-Transport-Security' },
              should: { channel: { certificate: 'not-self-signed' } },
              because: ['rfc6797#11.3-hsts-with-selfsigned'],
            },
            {
              when: { of: 'refused', over: 'tls', field: 'Strict-Transport-Security' },
              should: { channel: { certificate: 'not-self-signed' } },
              because: ['rfc6797#11.3-hsts-with-selfsigned'],
            },
          ],
        },
      ],
      harm: 'Browsers that know HSTS let nobody past the warning: the host cannot be reached.',
      fix: 'Have a certificate issued by an authority that clients trust before HSTS is declared.',
    },
  ],
}
