import type { Suite } from '../../lib/model/case.ts'

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
