import type { Suite } from '../../lib/model/case.ts'

/** Authentication belongs to a request, not to the connection that carries it. */
export const connection: Suite = {
  id: 'connection',
  title: 'Connections: who is calling is told by each request',
  about:
    'Connections are shared by proxies and reused by clients. What one request was granted says nothing about the next one.',
  cases: [
    {
      id: 'connection-valid-then-nothing',
      title: 'Forgets credentials after each request of a connection',
      severity: 'critical',
      steps: [
        { role: 'control', on: 'one', send: { to: 'protected', with: { valid: 'any' } } },
        {
          as: 'without',
          on: 'one',
          send: { to: 'protected', with: 'nothing' },
          expect: [
            {
              must: { access: 'denied' },
              because: ['rfc9110#3.3-no-connection-bound-identity'],
            },
          ],
        },
        { role: 'control', send: { to: 'protected', with: { valid: 'any' } } },
      ],
      harm: 'Behind a proxy that shares connections, one user is served as another.',
      fix: 'Keep who is calling in the request object, never on the socket or the connection.',
    },
    {
      id: 'connection-valid-then-wrong',
      title: 'Checks the credentials of every request of a connection',
      severity: 'critical',
      steps: [
        { role: 'control', on: 'one', send: { to: 'protected', with: { valid: 'basic' } } },
        {
          as: 'wrong',
          on: 'one',
          send: { to: 'protected', with: { valid: 'basic', but: { password: 'other' } } },
          expect: [
            {
              must: { access: 'denied' },
              because: [
                'rfc9110#3.3-no-connection-bound-identity',
                'rfc7617#2-service-only-when-validated',
              ],
            },
          ],
        },
        { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
      ],
      harm: 'Behind a proxy that shares connections, whoever comes second needs no password.',
      fix: 'Validate the credentials of each request; a cache of results is keyed by the credentials, not by the connection.',
    },
    {
      id: 'connection-nothing-then-valid',
      title: 'Accepts credentials on a connection that was refused before',
      severity: 'medium',
      steps: [
        { as: 'without', on: 'one', send: { to: 'protected', with: 'nothing' } },
        {
          as: 'valid',
          on: 'one',
          send: { to: 'protected', with: { valid: 'any' } },
          expect: [
            {
              must: { access: 'granted' },
              because: ['rfc9110#3.3-no-connection-bound-identity'],
            },
          ],
        },
      ],
      harm: 'Browsers ask first without credentials and then on the same connection with them; their users cannot log in.',
      fix: 'Keep the result of a check in the request object, never on the socket or the connection.',
    },
    {
      id: 'http-1-0-anonymous',
      title: 'Refuses HTTP/1.0 without credentials',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing', but: { version: 'HTTP/1.0' } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'An old version number is enough to get past the log-in.',
      fix: 'Apply the same rules whatever version the request line names.',
    },
  ],
}
