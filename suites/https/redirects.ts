import type { Suite } from '../../lib/model/case.ts'

/** Where redirects lead that have to do with the scheme. */
export const httpsRedirects: Suite = {
  id: 'https-redirects',
  title: 'HTTPS: redirects lead to TLS and stay at home',
  about:
    'A redirect from http to https is the usual way to bring people over, and the one answer that everybody on the way can change. These cases look at where it leads. None is followed.',
  cases: [
    {
      id: 'cleartext-redirect-to-https',
      title: 'Sends nobody who comes without TLS to an http URL',
      severity: 'medium',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          should: { redirect: { to: 'https' } },
          because: ['house#cleartext-leads-to-tls'],
        },
      ],
      harm: 'Clients are kept in the clear, with whatever they send next.',
      fix: 'Write the whole URL into Location, https and host included; a relative one stays on http.',
    },
    {
      id: 'cleartext-redirect-same-host',
      title: 'Sends nobody who comes without TLS to another host',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          should: { redirect: { host: 'same' } },
          because: ['house#cleartext-leads-to-tls'],
        },
      ],
      harm: 'The host that was asked for never gets to say that it wants TLS, so that the next visit starts in the clear again.',
      fix: 'Redirect to https on the same host, and from there to another one where that is meant.',
    },
    {
      id: 'cleartext-redirect-elsewhere',
      title: 'Sends nobody who comes without TLS in a circle',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          should: { redirect: { elsewhere: true } },
          because: ['house#cleartext-leads-to-tls'],
        },
      ],
      harm: 'Clients follow the redirect to itself until they give up.',
      fix: 'Behind a proxy that ends TLS, let the application know by which scheme it was asked.',
    },
    {
      id: 'cleartext-redirect-permanent',
      title: 'Brings the users of a host with HSTS over to https for good',
      severity: 'low',
      steps: [
        { as: 'granted', role: 'control', send: { to: 'protected', with: { valid: 'any' } } },
        { as: 'refused', send: { to: 'protected', with: 'nothing' } },
        {
          send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
          expect: [
            {
              when: { of: 'granted', field: 'Strict-Transport-Security' },
              should: { status: { anyOf: [301, 308, '4xx'] } },
              because: ['rfc6797#7.2-redirect-to-https'],
            },
            {
              when: { of: 'refused', field: 'Strict-Transport-Security' },
              should: { status: { anyOf: [301, 308, '4xx'] } },
              because: ['rfc6797#7.2-redirect-to-https'],
            },
          ],
        },
      ],
      harm: 'Clients that remember permanent redirects start in the clear each time.',
      fix: 'Answer 308 or 301 on http, or refuse: for an API a refusal is better, since a redirect comes after the secret was sent.',
    },
    {
      id: 'cleartext-host-reflected',
      title: 'Lets the Host field send nobody to another host',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { over: 'cleartext', host: 'foreign' },
      },
      expect: [
        {
          should: { redirect: { host: 'same' } },
          because: ['house#host-field-leads-nowhere'],
        },
      ],
      harm: 'A cache that keeps the redirect sends everybody to a host that one request has named.',
      fix: 'Write the name of the host into the configuration of the redirect, and refuse hosts that are not served.',
    },
    {
      id: 'cleartext-redirect-query',
      title: 'Repeats no credentials of the query in its redirect',
      severity: 'low',
      send: {
        to: 'protected',
        with: 'nothing',
        but: { over: 'cleartext', target: { append: '?access_token=invented-for-this-test' } },
      },
      expect: [
        {
          may: { redirect: { omits: 'invented-for-this-test' } },
          because: ['rfc9110#17.9-no-credentials-in-uris'],
        },
      ],
      harm: 'A token that was shown once in the clear is used on as if nothing had happened, and is written into one more log.',
      fix: 'Redirect without the query, or refuse requests in the clear whose query holds a token.',
    },
    {
      id: 'tls-redirect-stays-secure',
      title: 'Sends nobody from https to http',
      severity: 'high',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', status: '3xx', field: 'Location' },
          should: { redirect: { to: 'https' } },
          because: ['rfc9110#4.2.2-https-secured'],
        },
      ],
      harm: 'Clients follow, and what they send next can be read and changed by everybody on the way.',
      fix: 'Behind a proxy that ends TLS, let the application know that it is asked over https, or write relative references into Location.',
    },
  ],
}
