import type { Suite } from '../../lib/model/case.ts'
import type { SuiteFamily } from '../../lib/model/channel.ts'

/** What a server of TLS 1.2 can be expected to find something in. */
const every: readonly SuiteFamily[] = [
  'ecdhe-gcm-256',
  'ecdhe-chacha',
  'ecdhe-gcm-128',
  'ecdhe-cbc',
  'dhe',
  'static-rsa',
  '3des',
  'rc4',
]

/** The keys that are agreed on in a handshake. */
export const tlsKeys: Suite = {
  id: 'tls-keys',
  title: 'TLS: keys that nobody else can find',
  about:
    'Groups, primes and the signature under the key of the server, as they show in the first messages of a handshake that goes no further.',
  cases: [
    {
      id: 'tls-groups',
      title: 'Agrees on keys in P-256 and in X25519',
      severity: 'low',
      // In TLS 1.2 a certificate on another curve would speak against a group, and not the server.
      steps: [
        {
          as: 'usual',
          send: { to: 'protected', with: 'nothing', but: { hello: { versions: ['TLSv1.3'] } } },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.3'], groups: ['P-256'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              should: { channel: { hello: 'answered' } },
              because: ['rfc9325#4.2.1-curves-p256-x25519'],
            },
          ],
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.3'], groups: ['X25519'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              should: { channel: { hello: 'answered' } },
              because: ['rfc9325#4.2.1-curves-p256-x25519'],
            },
          ],
        },
      ],
      harm: 'Clients that know no other group cannot connect.',
      fix: 'Add P-256 and X25519 to the groups or curves of the TLS library.',
    },
    {
      id: 'tls-group-small',
      title: 'Agrees on no keys in curves of less than 224 bits',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: {
          hello: {
            versions: ['TLSv1.2'],
            groups: ['small'],
            suites: ['ecdhe-gcm-128', 'ecdhe-gcm-256', 'ecdhe-cbc', 'ecdhe-chacha'],
          },
        },
      },
      expect: [
        { must: { channel: { hello: 'refused' } }, because: ['rfc9325#4.5-curve-at-least-224'] },
      ],
      harm: 'Keys in such a curve are within reach of those who can pay for it.',
      fix: 'Allow X25519, P-256 and stronger groups only.',
    },
    {
      id: 'tls-prime',
      title: 'Agrees on keys with a prime of 2048 bits or more',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: ['dhe'] } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          must: { channel: { primeBits: 2048 } },
          because: ['rfc9325#4.5-dhe-2048'],
        },
      ],
      harm: 'What is agreed on can be computed by those who can pay for it (Logjam).',
      fix: 'Allow ECDHE only, or use a group of RFC 7919.',
    },
    {
      id: 'tls-prime-reuse',
      title: 'Makes a new Diffie-Hellman key for every connection',
      severity: 'low',
      steps: [
        {
          as: 'first',
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['dhe'] } },
          },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['dhe'] } },
          },
          expect: [
            {
              when: { of: 'first', channel: { hello: 'answered' } },
              should: { channel: { freshSince: 'first' } },
              because: ['rfc9325#7.4-no-ffdh-reuse'],
            },
          ],
        },
      ],
      harm: 'A secret that was shared with somebody else can be found by measuring time (Raccoon).',
      fix: 'Allow ECDHE only, or have the library make a key for each connection.',
    },
    {
      id: 'tls-signature',
      title: 'Signs its key with no broken hash',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          must: { channel: { hashFreeOf: ['md5', 'sha1'] } },
          because: ['rfc9325#4.5-no-sha1-md5-signature'],
        },
      ],
      harm: 'Whoever finds two texts of one hash can answer in the place of the server (SLOTH).',
      fix: 'Replace the TLS library by one that takes the hashes a client offers in its order.',
    },
  ],
}
