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

/** Which of two cipher suites a server chooses. */
export const tlsPreferences: Suite = {
  id: 'tls-preferences',
  title: 'TLS: the better of two cipher suites',
  about:
    'Two kinds of suites are offered in the wrong order, or a good kind alone. The handshake goes no further than the choice.',
  cases: [
    {
      id: 'tls-suite-forward-secrecy',
      title: 'Prefers suites with forward secrecy',
      severity: 'medium',
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
              hello: {
                versions: ['TLSv1.2'],
                suites: [
                  'static-rsa',
                  'ecdhe-gcm-256',
                  'ecdhe-chacha',
                  'ecdhe-gcm-128',
                  'ecdhe-cbc',
                  'dhe',
                ],
              },
            },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              must: {
                channel: {
                  suite: ['ecdhe-gcm-256', 'ecdhe-chacha', 'ecdhe-gcm-128', 'ecdhe-cbc', 'dhe'],
                },
              },
              because: ['rfc9325#4.1-forward-secrecy-preferred'],
              softened:
                'Common servers leave the order to clients, which put the good suites first.',
            },
          ],
        },
      ],
      harm: 'Whoever gets the key one day reads all that was recorded before.',
      fix: 'Let the order of the server count, with suites of ECDHE first, or allow no others.',
    },
    {
      id: 'tls-suite-gcm-128',
      title: 'Takes a recommended suite with AES-128-GCM',
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
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-128'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              should: { channel: { hello: 'answered' } },
              because: ['rfc9325#4.2-recommended-suites'],
            },
          ],
        },
      ],
      harm: 'Clients that keep to the recommendation find nothing to agree on.',
      fix: 'Add ECDHE with AES-128-GCM to the list of ciphers.',
    },
    {
      id: 'tls-suite-gcm-256',
      title: 'Takes a recommended suite with AES-256-GCM',
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
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-256'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              should: { channel: { hello: 'answered' } },
              because: ['rfc9325#4.2-recommended-suites'],
            },
          ],
        },
      ],
      harm: 'Clients that keep to the recommendation find nothing to agree on.',
      fix: 'Add ECDHE with AES-256-GCM to the list of ciphers.',
    },
    {
      id: 'tls-suite-gcm-before-cbc',
      title: 'Prefers AES-GCM to weaker suites',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-128'] } },
          },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-cbc', 'ecdhe-gcm-128'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              must: { channel: { suite: ['ecdhe-gcm-128'] } },
              because: ['rfc9325#4.2.1-gcm-preferred-over-weaker'],
              softened:
                'Common servers leave the order to clients, which put the good suites first.',
            },
          ],
        },
      ],
      harm: 'Clients that list their suites in a poor order get the poorer protection.',
      fix: 'Let the order of the server count, with AES-GCM first, or allow no suites with CBC.',
    },
    {
      id: 'tls-suite-stronger',
      title: 'Prefers the stronger of two good suites',
      severity: 'low',
      steps: [
        {
          as: 'usual',
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-256'] } },
          },
        },
        {
          send: {
            to: 'protected',
            with: 'nothing',
            but: { hello: { versions: ['TLSv1.2'], suites: ['ecdhe-gcm-128', 'ecdhe-gcm-256'] } },
          },
          expect: [
            {
              when: { of: 'usual', channel: { hello: 'answered' } },
              may: { channel: { suite: ['ecdhe-gcm-256'] } },
              because: ['rfc9325#4.2.1-stronger-preferred'],
            },
          ],
        },
      ],
      harm: 'None that anybody could measure: both are good for decades.',
      fix: 'Nothing has to be changed; the order of the server can count, with AES-256 first.',
    },
  ],
}
