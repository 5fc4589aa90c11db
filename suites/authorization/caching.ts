import type { Suite } from '../../lib/model/case.ts'

const keepsOthersOut = ['private', 'no-store', 'no-cache']

/** Answers to requests with credentials are not for others. */
export const caching: Suite = {
  id: 'caching',
  title: 'Caching: what one user was granted is not served to others',
  about:
    'A shared cache in the chain keeps answers for everybody. Answers to requests with Authorization are an exception that the cache has to know and the server can spoil.',
  cases: [
    {
      id: 'granted-not-public',
      title: 'Calls no granted answer public',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', sent: 'secret' },
          should: { field: { name: 'Cache-Control', freeOf: ['public', 's-maxage'] } },
          because: ['rfc9111#3.5-no-accidental-public'],
        },
      ],
      harm: 'Any shared cache on the way is told that it may serve the answer to others.',
      fix: 'Send Cache-Control: private; static file handlers often say public unless they are told otherwise.',
    },
    {
      id: 'granted-private',
      title: 'Says of granted answers that they are private',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', sent: 'secret' },
          may: { field: { name: 'Cache-Control', listsAny: keepsOthersOut } },
          because: ['rfc9111#5.2.2.7-private-on-user-specific'],
        },
      ],
      harm: 'Little: shared caches leave answers to requests with Authorization alone anyway, unless they are told otherwise.',
      fix: 'Send Cache-Control: private with what is meant for one user, or no-store where not even the browser is to keep it.',
    },
    {
      id: 'cookie-not-cached',
      title: 'Keeps granted answers that set a cookie out of shared caches',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', field: 'Set-Cookie' },
          should: { field: { name: 'Cache-Control', listsAny: keepsOthersOut } },
          because: ['rfc9111#7.3-sensitive-responses-cache-control'],
        },
      ],
      harm: 'The cookie of one user is kept with the answer and handed to whoever comes next.',
      fix: 'Send Cache-Control: private or no-store wherever a cookie is set: Set-Cookie alone stops no cache.',
    },
    {
      id: 'elsewhere-not-cached',
      title: 'Keeps what it grants to credentials in other places out of shared caches',
      severity: 'medium',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', sent: 'elsewhere' },
          should: { field: { name: 'Cache-Control', listsAny: keepsOthersOut } },
          because: ['rfc9110#16.4.2-other-credential-fields-disallow-caching'],
        },
      ],
      harm: 'Caches know that Authorization makes an answer private and do not know it of a cookie, a query or another field: they serve it to everybody.',
      fix: 'Send Cache-Control: private or no-store with every answer that rests on credentials outside of Authorization.',
    },
    {
      id: 'vary-without-authorization',
      title: 'Leaves Authorization out of Vary',
      severity: 'low',
      watch: 'every-exchange',
      expect: [
        {
          when: { outcome: 'granted', field: 'Vary' },
          may: { field: { name: 'Vary', freeOf: ['authorization'] } },
          because: ['rfc9110#12.5.5-vary-authorization-unneeded'],
        },
      ],
      harm: 'None: shared caches keep such answers to themselves already.',
      fix: 'Nothing has to be changed; Cache-Control: private says it better.',
    },
  ],
}
