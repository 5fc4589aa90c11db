/** Access by fields that are not Authorization. */
import { valuesOf } from '../../http/types.ts'
import { alsoFrom } from './places.ts'
import type { BearerDefect } from './types.ts'

export const elsewhere: readonly BearerDefect[] = [
  {
    id: 'bearer-access-token-field-accepted',
    does: 'Takes the token from the field X-Access-Token.',
    breaks: 'may',
    clauses: ['rfc9110#11.4-401-when-credentials-missing'],
    change: alsoFrom((_carried, { fields }) => valuesOf(fields, 'x-access-token')[0]),
  },
  {
    id: 'bearer-proxy-authorization-accepted',
    does: 'Takes the token from Proxy-Authorization where there is no Authorization.',
    breaks: 'must',
    clauses: ['rfc9110#11.7.2-proxy-authorization-not-for-origin'],
    change: alsoFrom((_carried, { fields }) => {
      const [value = ''] = valuesOf(fields, 'proxy-authorization')
      return /^bearer +([^\s,]+)$/i.exec(value)?.[1]
    }),
  },
  {
    id: 'bearer-method-renamed-open',
    does: 'Asks for no token where X-HTTP-Method-Override says OPTIONS, and serves GET all the same.',
    breaks: 'must',
    clauses: ['rfc6750#1.3-token-validated-before-serving'],
    change: (policy) => ({
      ...policy,
      authenticate: (whole, request) => {
        const [renamed = ''] = valuesOf(request.fields, 'x-http-method-override')
        return renamed.toUpperCase() === 'OPTIONS'
          ? Promise.resolve({ claims: { scope: 'read reports' } })
          : policy.authenticate(whole, request)
      },
    }),
  },
]
