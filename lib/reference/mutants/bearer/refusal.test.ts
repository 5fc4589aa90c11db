import { as, get, request } from '../../ask.test.helper.ts'
import { asking, type BearerRow, now, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { refusal } from './refusal.ts'

const realm = 'Bearer realm="Reference"'
const description =
  'error_description="This token is not good here. Get a new one from the issuer."'
const failed = `${realm}, error="invalid_token", ${description}`

const says = (value: string | undefined, plain: string, mutated: string): BearerRow => ({
  send: () => (value === undefined ? get() : as(value)),
  see: 'WWW-Authenticate',
  plain,
  mutated,
})

const expired = asking({ claims: { exp: now(-3600) } })

showBearerDifferences(refusal, {
  'bearer-error-missing': says('Bearer a.b.c', failed, realm),
  'bearer-error-unregistered': says('Bearer a.b.c', failed, `${realm}, error="token_invalid"`),
  'bearer-error-of-requests': says('Bearer a.b.c', failed, `${realm}, error="invalid_request"`),
  'bearer-error-anonymous': says(undefined, realm, `${realm}, error="invalid_token"`),
  'bearer-error-other-scheme': says('Basic YTpi', realm, `${realm}, error="invalid_token"`),
  'bearer-unreadable-token-403': { send: () => as('Bearer a.b'), plain: '401', mutated: '403' },
  'bearer-unverified-token-403': {
    send: asking({ signature: () => Buffer.alloc(64) }),
    plain: '401',
    mutated: '403',
  },
  'bearer-expired-403': { send: expired, plain: '401', mutated: '403' },
  'bearer-expired-500': { send: expired, plain: '401', mutated: '500' },
  'bearer-two-methods-500': {
    send: ({ token }) =>
      request('GET /protected?access_token=a HTTP/1.1', `Authorization: Bearer ${token}`),
    plain: '400',
    mutated: '500',
  },
  'bearer-token-echoed': says(
    'Bearer a.b.c',
    failed,
    `${realm}, error="invalid_token", error_description="Not good: a.b.c"`,
  ),
  'bearer-claim-reflected': {
    ...says(
      '',
      failed,
      `${realm}, error="invalid_token", error_description="Unknown issuer "\xc3\xa9"`,
    ),
    send: asking({ claims: { iss: '"é' }, sign: () => Buffer.alloc(64) }),
  },
  'bearer-token-in-link': {
    send: () => as('Bearer a.b.c'),
    see: 'body',
    plain:
      '{"error":"invalid_token","message":"This token is not good here. Get a new one from the issuer."}',
    mutated:
      '{"error":"invalid_token","message":"This token is not good here. Get a new one from the issuer.","again":"/protected?access_token=a.b.c"}',
  },
})
