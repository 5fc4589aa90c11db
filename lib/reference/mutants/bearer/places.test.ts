import { as, get, request } from '../../ask.test.helper.ts'
import { type BearerRow, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { places } from './places.ts'

const query = (token: string): string => `/protected?access_token=${token}`

/** Content of a type that holds the token. */
const content = (method: string, type: string, text: string): string =>
  `${request(
    `${method} /protected HTTP/1.1`,
    `Content-Type: ${type}`,
    `Content-Length: ${text.length}`,
  )}${text}`

const first = (send: BearerRow['send'], plain = '401', mutated = '200'): BearerRow => ({
  send,
  plain,
  mutated,
})

const asked = ({ token }: { readonly token: string }): string =>
  request(`GET ${query(token)} HTTP/1.1`)

showBearerDifferences(places, {
  'bearer-query-accepted': first(asked),
  'bearer-query-answer-cacheable': { ...first(asked, '', 'max-age=600'), see: 'Cache-Control' },
  'bearer-form-with-get-accepted': first(({ token }) =>
    content('GET', 'application/x-www-form-urlencoded', `access_token=${token}`),
  ),
  'bearer-json-content-accepted': first(({ token }) =>
    content('POST', 'application/json', JSON.stringify({ access_token: token })),
  ),
  'bearer-cookie-accepted': first(({ token }) => get(`Cookie: a=b; access_token=${token}`)),
  'bearer-two-methods-accepted': first(
    ({ token }) => request(`GET ${query('a')} HTTP/1.1`, `Authorization: Bearer ${token}`),
    '400',
  ),
  'bearer-query-unlisted': first(asked),
  'bearer-token-in-cookie': {
    send: ({ token }) => as(`Bearer ${token}`),
    see: 'Set-Cookie',
    tidy: (seen) => seen.replace(/[\w-]+\.[\w-]+\.[\w-]+/, 'TOKEN'),
    plain: '',
    mutated: 'session=TOKEN; Path=/; HttpOnly; SameSite=Lax',
  },
  'bearer-connection-remembers': {
    send: ({ token }) =>
      `GET /protected HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n${get()}`,
    plain: '200+401',
    mutated: '200+200',
  },
  'bearer-head-open': first(() => request('HEAD /protected HTTP/1.1')),
  'bearer-granted-public': {
    send: ({ token }) => as(`Bearer ${token}`),
    see: 'Cache-Control',
    plain: 'private, no-store',
    mutated: 'public, max-age=600',
  },
})
