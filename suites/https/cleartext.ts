import type { Suite } from '../../lib/model/case.ts'

/** What an https server says to those who come without TLS; nothing real is sent there unasked. */
export const httpsCleartext: Suite = {
  id: 'https-cleartext',
  title: 'HTTPS: nothing secret in the clear',
  about:
    'Basic and Bearer carry the secret itself. These cases knock at the http door beside an https target, with invented credentials or none, and at the TLS port without TLS. A door that is shut is as good as any refusal.',
  cases: [
    {
      id: 'cleartext-resource',
      title: 'Serves nothing protected to those who come without TLS',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'Anyone can read the resource by leaving out the s of https.',
      fix: 'Let the http listener answer nothing but a redirect to https, or take it down.',
    },
    {
      id: 'cleartext-challenge',
      title: 'Asks nobody for a password or token without TLS',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          must: { challenge: { noneOf: ['Bearer'] } },
          because: ['rfc6750#5.2-confidentiality-tls'],
        },
        {
          should: { challenge: { noneOf: ['Basic'] } },
          because: ['rfc9110#17.16.1-secured-connection-before-credentials'],
        },
      ],
      harm: 'Browsers and clients answer the challenge, and everybody on the way reads the secret.',
      fix: 'Redirect or refuse before the authentication check on the http listener: with 308 to https, or with 403.',
    },
    {
      id: 'cleartext-credentials',
      title: 'Grants nothing on valid credentials that come without TLS',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'any' }, but: { over: 'cleartext' } },
      expect: [
        {
          should: { access: 'denied' },
          because: [
            'rfc9110#17.16.1-secured-connection-before-credentials',
            'rfc6750#5.2-confidentiality-tls',
          ],
        },
      ],
      harm: 'A client with an http URL in its settings works for years and shows its secret with every request.',
      fix: 'Refuse on the http listener whatever the credentials are, and treat those that were sent there as known to others.',
    },
    {
      id: 'cleartext-token',
      title: 'Grants nothing on a bearer token that comes without TLS',
      severity: 'high',
      send: { to: 'protected', with: { valid: 'bearer' }, but: { over: 'cleartext' } },
      expect: [{ must: { access: 'denied' }, because: ['rfc6750#5.2-confidentiality-tls'] }],
      harm: 'Whoever has read the token on its way is let in with it until it expires.',
      fix: 'Refuse on the http listener whatever the token is, and revoke those that were sent there.',
    },
    {
      id: 'cleartext-cookie',
      title: 'Sets no cookie without Secure on an answer without TLS',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          should: { field: { name: 'Set-Cookie', cookiesAre: 'Secure' } },
          because: ['house#cookies-are-secure'],
        },
      ],
      harm: 'Whoever listens takes the cookie and with it the session that is later used over TLS.',
      fix: 'Set no cookie on the http listener, and mark those set over TLS as Secure.',
    },
    {
      id: 'cookie-secure',
      title: 'Marks every cookie that it sets over TLS as Secure',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Set-Cookie' },
          should: { field: { name: 'Set-Cookie', cookiesAre: 'Secure' } },
          because: ['house#cookies-are-secure'],
        },
      ],
      harm: 'One link to an http URL of this host makes browsers send the cookie in the clear.',
      fix: 'Add Secure to every Set-Cookie, or have the framework do it behind a proxy that ends TLS.',
    },
    {
      id: 'tls-port-cleartext',
      title: 'Serves nothing without TLS on the port that speaks TLS',
      severity: 'high',
      send: { to: 'protected', with: 'nothing', but: { over: 'tls-port' } },
      expect: [
        {
          must: { access: 'denied', challenge: { noneOf: ['Bearer'] } },
          because: [
            'rfc9110#7.4-misdirected-https',
            'rfc7617#2-service-only-when-validated',
            'rfc6750#5.2-confidentiality-tls',
          ],
        },
        {
          should: { challenge: { noneOf: ['Basic'] } },
          because: ['rfc9110#17.16.1-secured-connection-before-credentials'],
        },
      ],
      harm: 'A client that leaves TLS out is served, and nobody notices that its secrets can be read.',
      fix: 'Let the listener of this port speak TLS only; a port that takes both serves whoever was tricked out of TLS.',
    },
  ],
}
