import type { Suite } from '../../lib/model/case.ts'

/** More than one credential in a request. */
export const authorizationDuplicates: Suite = {
  id: 'authorization-duplicates',
  title: 'Authorization: more than one in a request',
  about:
    'Authorization is a field with one value. A server that is sent two may refuse, or take the first or the last; one that takes whichever is valid lets a filter in front be led astray.',
  cases: [
    {
      id: 'authorization-two-lines',
      title: 'Refuses two Authorization lines that differ',
      severity: 'medium',
      steps: [
        {
          as: 'valid-first',
          send: {
            to: 'protected',
            with: { valid: 'any', but: { beside: { what: 'stranger', place: 'after' } } },
          },
          expect: [
            {
              may: { access: 'denied' },
              severity: 'low',
              because: ['rfc9110#5.3-duplicate-authorization-lines'],
            },
          ],
        },
        {
          as: 'valid-last',
          send: {
            to: 'protected',
            with: { valid: 'any', but: { beside: { what: 'stranger', place: 'before' } } },
          },
          expect: [
            {
              may: { access: 'denied' },
              severity: 'low',
              because: ['rfc9110#5.3-duplicate-authorization-lines'],
            },
            {
              should: { access: 'granted', notAll: ['valid-first', 'valid-last'] },
              because: ['rfc9110#5.3-duplicate-authorization-lines'],
            },
          ],
        },
      ],
      harm: 'A gateway that checks one line and a server that serves by the other disagree about who is calling.',
      fix: 'Answer 400 to a second Authorization line; many HTTP libraries keep the first line and drop the others without a word.',
    },
    {
      id: 'authorization-joined',
      title: 'Refuses two credentials on one line',
      severity: 'medium',
      steps: [
        {
          as: 'valid-first',
          send: {
            to: 'protected',
            with: {
              valid: 'basic',
              but: { beside: { what: 'stranger', place: 'after', joined: true } },
            },
          },
          expect: [
            {
              should: { access: 'denied' },
              severity: 'low',
              because: ['rfc7617#2-token68-credentials'],
            },
          ],
        },
        {
          as: 'valid-last',
          send: {
            to: 'protected',
            with: {
              valid: 'basic',
              but: { beside: { what: 'stranger', place: 'before', joined: true } },
            },
          },
          expect: [
            {
              should: { access: 'denied' },
              severity: 'low',
              because: ['rfc7617#2-token68-credentials'],
            },
            {
              should: { access: 'granted', notAll: ['valid-first', 'valid-last'] },
              because: ['rfc9110#5.3-duplicate-authorization-lines'],
            },
          ],
        },
      ],
      harm: 'A proxy that joins two lines by a comma makes one value of them, and each part of the chain finds other credentials in it.',
      fix: 'Match the whole value: a comma has no place in Basic credentials.',
    },
    {
      id: 'authorization-same-twice',
      title: 'Notices the same Authorization line sent twice',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'any', but: { beside: { what: 'same', place: 'after' } } },
      },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#5.3-duplicate-authorization-lines'] },
      ],
      harm: 'None by itself; a server that does not notice this will not notice two that differ.',
      fix: 'Answer 400 to a second Authorization line, whatever it says.',
    },
  ],
}
