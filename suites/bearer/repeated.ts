import type { Suite } from '../../lib/model/case.ts'

/** More than one token in a request, and requests one after another on a connection. */
export const bearerRepeated: Suite = {
  id: 'bearer-repeated',
  title: 'Bearer: more than one token, one after another',
  about:
    'Authorization is a field with one value, and it speaks for one request. A server that takes whichever of two tokens is valid, or remembers the last one, serves one caller as another.',
  cases: [
    {
      id: 'bearer-two-lines',
      title: 'Refuses two Authorization lines with different tokens',
      severity: 'medium',
      steps: [
        {
          as: 'valid-first',
          send: {
            to: 'protected',
            with: { valid: 'bearer', but: { beside: { what: 'stranger', place: 'after' } } },
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
            with: { valid: 'bearer', but: { beside: { what: 'stranger', place: 'before' } } },
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
      id: 'bearer-joined',
      title: 'Refuses two tokens on one line',
      severity: 'medium',
      steps: [
        {
          as: 'valid-first',
          send: {
            to: 'protected',
            with: {
              valid: 'bearer',
              but: { beside: { what: 'stranger', place: 'after', joined: true } },
            },
          },
          expect: [
            {
              should: { access: 'denied' },
              severity: 'low',
              because: ['rfc6750#2.1-b64token-syntax'],
            },
          ],
        },
        {
          as: 'valid-last',
          send: {
            to: 'protected',
            with: {
              valid: 'bearer',
              but: { beside: { what: 'stranger', place: 'before', joined: true } },
            },
          },
          expect: [
            {
              should: { access: 'denied' },
              severity: 'low',
              because: ['rfc6750#2.1-b64token-syntax'],
            },
            {
              should: { access: 'granted', notAll: ['valid-first', 'valid-last'] },
              because: ['rfc9110#5.3-duplicate-authorization-lines'],
            },
          ],
        },
      ],
      harm: 'A proxy that joins two lines by a comma makes one value of them, and each part of the chain finds another token in it.',
      fix: 'Match the whole value: a comma has no place in a bearer token.',
    },
    {
      id: 'bearer-same-twice',
      title: 'Notices the same token sent twice',
      severity: 'low',
      send: {
        to: 'protected',
        with: { valid: 'bearer', but: { beside: { what: 'same', place: 'after' } } },
      },
      expect: [
        { may: { access: 'denied' }, because: ['rfc9110#5.3-duplicate-authorization-lines'] },
      ],
      harm: 'None by itself; a server that does not notice this will not notice two that differ.',
      fix: 'Answer 400 to a second Authorization line, whatever it says.',
    },
    {
      id: 'bearer-connection-valid-then-nothing',
      title: 'Forgets a token after each request of a connection',
      severity: 'critical',
      steps: [
        { role: 'control', on: 'one', send: { to: 'protected', with: { valid: 'bearer' } } },
        {
          as: 'without',
          on: 'one',
          send: { to: 'protected', with: 'nothing' },
          expect: [
            {
              must: { access: 'denied' },
              because: [
                'rfc9110#3.3-no-connection-bound-identity',
                'rfc6750#1.3-token-validated-before-serving',
              ],
            },
          ],
        },
        { role: 'control', send: { to: 'protected', with: { valid: 'bearer' } } },
      ],
      harm: 'Behind a proxy that shares connections, one user is served as another.',
      fix: 'Keep who is calling in the request object, never on the socket or the connection.',
    },
    {
      id: 'bearer-connection-valid-then-wrong',
      title: 'Checks the token of every request of a connection',
      severity: 'critical',
      steps: [
        { role: 'control', on: 'one', send: { to: 'protected', with: { valid: 'bearer' } } },
        {
          as: 'wrong',
          on: 'one',
          send: { to: 'protected', with: { valid: 'bearer', but: { token: 'other' } } },
          expect: [
            {
              must: { access: 'denied' },
              because: [
                'rfc9110#3.3-no-connection-bound-identity',
                'rfc6750#1.3-token-validated-before-serving',
              ],
            },
          ],
        },
        { role: 'control', send: { to: 'protected', with: { valid: 'bearer' } } },
      ],
      harm: 'Behind a proxy that shares connections, whoever comes second needs no token.',
      fix: 'Validate the token of each request; a cache of results is keyed by the token, not by the connection.',
    },
  ],
}
