import { as, get } from '../../ask.test.helper.ts'
import { showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { lines } from './lines.ts'

const description =
  'error_description="This token is not good here. Get a new one from the issuer."'

showBearerDifferences(lines, {
  'bearer-field-name-exact-case': {
    send: ({ token }) => get(`authorization: Bearer ${token}`),
    plain: '200',
    mutated: '401',
  },
  'bearer-blank-at-end-refused': {
    send: ({ token }) => as(`Bearer ${token} `),
    plain: '200',
    mutated: '400',
  },
  'bearer-scheme-twice-accepted': {
    send: ({ token }) => as(`Bearer Bearer ${token}`),
    plain: '400',
    mutated: '200',
  },
  'bearer-unreadable-field-403': {
    send: () => as('Bearer a b'),
    plain: '400',
    mutated: '403',
  },
  'bearer-opaque-token-other-scheme': {
    send: () => as('Bearer abc'),
    see: 'WWW-Authenticate',
    plain: `Bearer realm="Reference", error="invalid_token", ${description}`,
    mutated: 'Session realm="Pages"',
  },
})
