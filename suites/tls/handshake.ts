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

/** What else is agreed on in a handshake. */
export const tlsHandshake: Suite = {
  id: 'tls-handshake',
  title: 'TLS: what is agreed on beside version and suite',
  about:
    'Extensions, groups and keys, as far as they show in the first messages of a handshake of TLS 1.2 or in the choice of a group. Nothing is resumed and nothing renegotiated.',
  cases: [
    {
      id: 'tls-compression',
      title: 'Compresses nothing',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every, also: 'compression' } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          should: { channel: { compression: 'none' } },
          because: ['rfc9325#3.3-no-tls-compression'],
        },
      ],
      harm: 'The length of what is sent tells secrets apart (CRIME).',
      fix: 'Switch compression off in the TLS library; new ones have none.',
    },
    {
      id: 'tls-renegotiation',
      title: 'Answers renegotiation_info',
      severity: 'medium',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          must: { channel: { takesUp: ['renegotiation-info'] } },
          because: ['rfc9325#3.5-renegotiation-info'],
        },
      ],
      harm: 'Others can put their own request before that of a user, on the same connection.',
      fix: 'Replace a TLS library of before 2010.',
    },
    {
      id: 'tls-extended-master-secret',
      title: 'Answers extended_master_secret',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          must: { channel: { takesUp: ['extended-master-secret'] } },
          because: ['rfc9325#3.5-extended-master-secret'],
        },
      ],
      harm: 'Two connections can be made to share their keys, so that what is bound to one holds on the other.',
      fix: 'Replace the TLS library by one that knows RFC 7627, or allow TLS 1.3 only.',
    },
    {
      id: 'tls-truncated-hmac',
      title: 'Leaves truncated HMAC alone',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every, also: 'truncated-hmac' } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          must: { channel: { leaves: ['truncated-hmac'] } },
          because: ['rfc9325#4.6-no-truncated-hmac'],
        },
      ],
      harm: 'Forging a record takes fewer tries.',
      fix: 'Switch the extension off in the TLS library.',
    },
    {
      id: 'tls-alpn',
      title: 'Says by ALPN that it speaks HTTP/1.1',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered' } },
          may: { channel: { protocol: 'http/1.1' } },
          because: ['rfc9325#3.8-alpn-supported'],
        },
      ],
      harm: 'A server of another protocol can be made to answer in its place (ALPACA).',
      fix: 'Name http/1.1, and h2 where it is spoken, to the TLS library.',
    },
    {
      id: 'tls-alpn-mismatch',
      title: 'Ends a handshake for a protocol that it does not speak',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: every } },
          },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: {
              hello: { versions: ['TLSv1.2'], suites: every, protocols: ['x-nobody-speaks-this'] },
            },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              may: { channel: { hello: 'refused' } },
              because: ['rfc9325#3.8-alpn-no-overlap-alert'],
            },
          ],
        },
      ],
      harm: 'A client of another protocol can be made to talk to this server (ALPACA).',
      fix: 'Have the TLS library answer with no_application_protocol where ALPN finds nothing in common.',
    },
    {
      id: 'tls-name-unknown',
      title: 'Ends a handshake for a name that is not served',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: { to: 'protected', with: 'nothing', but: { hello: {} } },
        },
        {
          send: { to: 'protected', with: 'nothing', but: { hello: { name: 'unknown' } } },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              may: { channel: { hello: 'refused' } },
              because: ['rfc9325#3.7-unknown-sni-rejected'],
            },
          ],
        },
      ],
      harm: 'Whoever points a name of their own here can have this server answer for it, with a certificate that does not fit.',
      fix: 'Reject names that are not served: nginx does with ssl_reject_handshake in its default server.',
    },
    {
      id: 'tls-group-p256',
      title: 'Agrees on keys in P-256',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: { to: 'protected', with: 'nothing', but: { hello: {} } },
        },
        {
          send: { to: 'protected', with: 'nothing', but: { hello: { groups: ['P-256'] } } },
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
      fix: 'Add P-256 to the groups or curves of the TLS library.',
    },
    {
      id: 'tls-group-x25519',
      title: 'Agrees on keys in X25519',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: { to: 'protected', with: 'nothing', but: { hello: {} } },
        },
        {
          send: { to: 'protected', with: 'nothing', but: { hello: { groups: ['X25519'] } } },
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
      fix: 'Add X25519 to the groups or curves of the TLS library.',
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
