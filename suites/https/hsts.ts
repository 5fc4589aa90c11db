import type { Suite } from '../../lib/model/case.ts'

/** Strict-Transport-Security (RFC 6797). */
export const hsts: Suite = {
  id: 'https-hsts',
  title: 'HTTPS: Strict-Transport-Security says what it means',
  about:
    'One field tells browsers never to come without TLS again. It counts only over TLS, only where it is well formed, and only on the answers that carry it: a browser may never see any but the 401.',
  cases: [
    {
      id: 'hsts-declared',
      title: 'Declares that it wants TLS',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', outcome: 'granted' },
          may: { field: { name: 'Strict-Transport-Security', present: true } },
          because: ['rfc6797#7.1-sts-on-secure-responses'],
        },
      ],
      harm: 'The first request of a browser may be in the clear each time; clients of an API do not look at it.',
      fix: 'Send Strict-Transport-Security: max-age=63072000 with every answer over TLS, if browsers use this host.',
    },
    {
      id: 'hsts-grammar',
      title: 'Writes Strict-Transport-Security by its grammar',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          must: { hsts: 'grammar' },
          because: ['rfc6797#6.1-sts-grammar'],
        },
      ],
      harm: 'Browsers ignore the whole field, and nobody is told.',
      fix: 'Part the directives by semicolons, not by commas: max-age=63072000; includeSubDomains.',
    },
    {
      id: 'hsts-directives-once',
      title: 'Names each directive of Strict-Transport-Security once',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          must: { hsts: 'once' },
          because: ['rfc6797#6.1-directives-once'],
        },
      ],
      harm: 'Browsers differ in which of the two they believe, or ignore both.',
      fix: 'Look for the second place that writes the field, such as a proxy that adds to what the application wrote.',
    },
    {
      id: 'hsts-max-age',
      title: 'Says in seconds how long Strict-Transport-Security holds',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          must: { hsts: 'max-age' },
          because: ['rfc6797#6.1.1-max-age-required'],
        },
      ],
      harm: 'Browsers ignore the whole field, and nobody is told.',
      fix: 'Write max-age with a whole number of seconds, such as max-age=63072000.',
    },
    {
      id: 'hsts-subdomains-bare',
      title: 'Writes includeSubDomains without a value',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          must: { hsts: 'bare' },
          because: ['rfc6797#6.1.2-includesubdomains-valueless'],
        },
      ],
      harm: 'Browsers may ignore the directive or the whole field; with "=false" some take it for a yes.',
      fix: 'Write includeSubDomains alone, or leave it out.',
    },
    {
      id: 'hsts-single',
      title: 'Sends Strict-Transport-Security in one line',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          must: { hsts: 'single' },
          because: ['rfc6797#7.1-single-sts-field'],
        },
      ],
      harm: 'Browsers look at the first line only, which may be the weaker one.',
      fix: 'Let either the proxy or the application write it, and have the proxy take out what the other wrote.',
    },
    {
      id: 'hsts-lasts',
      title: 'Lets Strict-Transport-Security hold for half a year or longer',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          may: { hsts: 'lasting' },
          because: ['house#hsts-lasts'],
        },
      ],
      harm: 'Browsers forget it between two visits; with max-age=0 they forget it at once, which is right only where HSTS is to end.',
      fix: 'Send max-age=63072000 once nothing on this host needs http any more.',
    },
    {
      id: 'hsts-subdomains',
      title: 'Lets Strict-Transport-Security hold for subdomains too',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { over: 'tls', field: 'Strict-Transport-Security' },
          may: { hsts: 'subdomains' },
          because: ['house#hsts-lasts'],
        },
      ],
      harm: 'Cookies of the whole domain can be had through a subdomain in the clear.',
      fix: 'Add includeSubDomains where every subdomain is served over TLS.',
    },
    {
      id: 'hsts-on-refusals',
      title: 'Sends Strict-Transport-Security with refusals as with grants',
      severity: 'low',
      steps: [
        { as: 'granted', role: 'control', send: { to: 'protected', with: { valid: 'any' } } },
        {
          as: 'refused',
          send: { to: 'protected', with: 'nothing' },
          expect: [
            {
              when: { of: 'granted', over: 'tls', field: 'Strict-Transport-Security' },
              should: { field: { name: 'Strict-Transport-Security', present: true } },
              because: ['rfc6797#7.1-sts-on-secure-responses'],
            },
          ],
        },
      ],
      harm: 'Whoever never logs in is never told to keep to TLS, and is asked for a password all the same.',
      fix: 'nginx adds it to errors only with add_header … always; put it where answers of every status pass.',
    },
    {
      id: 'hsts-on-grants',
      title: 'Sends Strict-Transport-Security with grants as with refusals',
      severity: 'low',
      steps: [
        { as: 'refused', send: { to: 'protected', with: 'nothing' } },
        {
          as: 'granted',
          send: { to: 'protected', with: { valid: 'any' } },
          expect: [
            {
              when: { of: 'refused', over: 'tls', field: 'Strict-Transport-Security' },
              should: { field: { name: 'Strict-Transport-Security', present: true } },
              because: ['rfc6797#7.1-sts-on-secure-responses'],
            },
          ],
        },
      ],
      harm: 'Browsers whose password is remembered see no answer that carries it.',
      fix: 'Put it where answers of every status pass, such as the proxy that ends TLS.',
    },
    {
      id: 'hsts-not-in-cleartext',
      title: 'Sends no Strict-Transport-Security without TLS',
      severity: 'low',
      send: { to: 'protected', with: 'nothing', but: { over: 'cleartext' } },
      expect: [
        {
          must: { field: { name: 'Strict-Transport-Security', present: false } },
          because: ['rfc6797#7.2-no-sts-over-http'],
        },
      ],
      harm: 'None by itself, since browsers ignore it there; it shows that the http listener is the https one without TLS.',
      fix: 'Set the field in the configuration of the https listener only.',
    },
  ],
}
