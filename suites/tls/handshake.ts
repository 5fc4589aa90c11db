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
    'Extensions, as far as they show in the first messages of a handshake of TLS 1.2, and what becomes of who comes back. Nothing is renegotiated.',
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
      id: 'tls-stapling',
      title: 'Staples what its authority says of revocation',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { hello: { versions: ['TLSv1.2'], suites: every } },
      },
      expect: [
        {
          when: { channel: { hello: 'answered', responder: 'named' } },
          should: { channel: { takesUp: ['status-request'] } },
          because: ['rfc9325#7.5-ocsp-stapling'],
        },
      ],
      harm: 'Clients ask the authority, which learns who comes here, or do not ask at all.',
      fix: 'Switch OCSP stapling on, in nginx with ssl_stapling on; with a resolver for the responder.',
    },
    {
      id: 'tls-ticket-lifetime',
      title: 'Gives tickets that hold for a week at most',
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
          send: { to: 'protected', with: 'nothing', but: { look: 'ticket' } },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              must: { channel: { ticket: 604800 } },
              because: ['rfc9325#3.4-ticket-validity-limited'],
            },
          ],
        },
      ],
      harm: 'Whoever gets the key of the tickets one day reads what was sent over all sessions that were resumed with them.',
      fix: 'Let sessions and tickets last for a day, and change the key of the tickets as often.',
    },
    {
      id: 'tls-resumption-new-key',
      title: 'Agrees on a new key with who comes back to a session of TLS 1.3',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { look: 'resumption' } },
      // The same paragraph lets a server do without for hours after a key was agreed on.
      expect: [
        {
          when: { channel: { resumption: 'resumed' } },
          may: { channel: { resumption: 'with-new-key' } },
          because: ['rfc9325#3.4-resumption-psk-dhe'],
        },
      ],
      harm: 'Whoever gets the key of the tickets one day reads what was sent over the sessions that were resumed without.',
      fix: 'Leave psk_ke out of the modes that the TLS library takes, so that only psk_dhe_ke is left; or see to it that a new key is agreed on every few hours.',
    },
    {
      id: 'tls-early-data',
      title: 'Offers no early data to who comes back',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { look: 'resumption' } },
      // Nothing forbids it: whether it is handled with care shows in no handshake.
      expect: [
        {
          when: { channel: { resumption: 'resumed' } },
          may: { channel: { earlyData: 'none' } },
          because: ['rfc9325#3.10-early-data-restricted'],
        },
      ],
      harm: 'Whoever records a request that was sent early can have it done again, credentials and all.',
      fix: 'Leave early data off, in nginx with ssl_early_data off; or take only requests that do no harm when they are repeated, and answer 425 to others (RFC 8470).',
    },
    {
      id: 'tls-nonces',
      title: 'Counts the nonces of AES-GCM up and uses none twice',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { look: 'nonces' } },
      expect: [
        {
          when: { channel: { nonces: 'seen' } },
          should: { channel: { nonces: 'unrepeated' } },
          because: ['rfc9325#7.2.1-gcm-nonce-sequence'],
        },
        // RFC 5288 §3 leaves the choice of a nonce to who encrypts, as long as none comes twice; what was
        // added to the number of the record at first, if anything, does not show.
        {
          when: { channel: { nonces: 'unrepeated' } },
          may: { channel: { nonces: 'counted' } },
          severity: 'low',
          because: ['rfc9325#7.2.1-gcm-nonce-sequence'],
        },
      ],
      harm: 'Two records under one nonce give away the key that records are authenticated with, so that anyone on the way can forge them (Nonce-Disrespecting Adversaries, 2016). Nonces that are not counted may come twice sooner or later.',
      fix: 'Replace the TLS library, or the device that ends TLS, by one that counts, as all common ones do. Until then allow TLS 1.3 and ChaCha20 only, where nonces are made from the number of the record.',
    },
  ],
}
