import type { Suite } from '../../lib/model/case.ts'

/** What the parameters of a Bearer challenge are like (RFC 6750 §3). */
export const bearerChallenge: Suite = {
  id: 'bearer-challenge',
  title: 'Bearer: what stands in a challenge',
  about:
    'Programs act on the parameters of a Bearer challenge, so RFC 6750 §3 says which characters they hold and which words. Each case looks at every Bearer challenge of the run for one way of missing it.',
  cases: [
    {
      id: 'bearer-challenge-has-parameter',
      title: 'Sends a parameter with every Bearer challenge',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer' },
          must: { challenge: { every: 'Bearer', has: 'any' } },
          because: ['rfc6750#3-at-least-one-auth-param'],
        },
      ],
      harm: 'Clients that read by the grammar of RFC 6750 do not take the bare word for a challenge.',
      fix: 'Send a realm or a scope with it, such as Bearer realm="api".',
    },
    {
      id: 'bearer-challenge-scope',
      title: 'Writes the scope of a challenge so that it can be sent back',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer', parameter: 'scope' },
          must: { challenge: { every: 'Bearer', values: { of: ['scope'], are: 'plain-ascii' } } },
          because: ['rfc6750#3-scope-charset'],
        },
        {
          when: { challenge: 'Bearer', parameter: 'scope' },
          should: {
            challenge: { every: 'Bearer', values: { of: ['scope'], are: 'single-spaced' } },
          },
          because: ['rfc6750#3-scope-charset'],
        },
      ],
      harm: 'The authorization server refuses the scope that a client copies from the challenge.',
      fix: 'Name scopes in printable US-ASCII without quotes and backslashes, with one space between them.',
    },
    {
      id: 'bearer-challenge-error-text',
      title: 'Keeps error and its description to printable US-ASCII',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer', parameter: 'error' },
          must: { challenge: { every: 'Bearer', values: { of: ['error'], are: 'plain-ascii' } } },
          because: ['rfc6750#3-error-charset'],
        },
        {
          when: { challenge: 'Bearer', parameter: 'error_description' },
          must: {
            challenge: {
              every: 'Bearer',
              values: { of: ['error_description'], are: 'plain-ascii' },
            },
          },
          because: ['rfc6750#3-error-charset'],
        },
      ],
      harm: 'Clients show garbled text, or end the value at a quote that belongs to it.',
      fix: 'Describe errors in English sentences without double quotes and backslashes; translate them in the client.',
    },
    {
      id: 'bearer-challenge-error-uri',
      title: 'Points to pages about errors by URI references',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer', parameter: 'error_uri' },
          must: {
            challenge: { every: 'Bearer', values: { of: ['error_uri'], are: 'uri-reference' } },
          },
          because: ['rfc6750#3-error-uri-reference'],
        },
      ],
      harm: 'The link that developers are shown leads nowhere.',
      fix: 'Put the address of a page into error_uri, percent-encoded where it has to be, or leave it out.',
    },
    {
      id: 'bearer-challenge-error-registered',
      title: 'Calls errors by their registered codes',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { challenge: 'Bearer', parameter: 'error' },
          should: {
            challenge: {
              every: 'Bearer',
              values: {
                of: ['error'],
                are: [
                  'invalid_request',
                  'invalid_token',
                  'insufficient_scope',
                  'invalid_dpop_proof',
                  'use_dpop_nonce',
                  'insufficient_user_authentication',
                ],
              },
            },
          },
          because: ['rfc6750#3.1-error-code-registered', 'rfc6750#1.1-names-values-case-sensitive'],
        },
      ],
      harm: 'Clients do not know the code, so they neither fetch a new token nor ask for more scope.',
      fix: 'Send invalid_request, invalid_token or insufficient_scope, in small letters, and say the rest in error_description.',
    },
    {
      id: 'bearer-challenge-scope-named',
      title: 'Says which scope would suffice',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', account: 'unprivileged' } },
      expect: [
        {
          when: { status: 403, challenge: 'Bearer' },
          may: { challenge: { scheme: 'Bearer', has: ['scope'] } },
          because: ['rfc6750#3.1-insufficient-scope-scope-attr'],
        },
      ],
      harm: 'None by itself; clients have to know from elsewhere what to ask for.',
      fix: 'Add scope="…" with what the page needs to the insufficient_scope challenge.',
    },
  ],
}
