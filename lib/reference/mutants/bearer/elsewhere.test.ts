import { get } from '../../ask.test.helper.ts'
import { type BearerRow, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { elsewhere } from './elsewhere.ts'

const line = (of: (token: string) => string): BearerRow => ({
  send: ({ token }) => get(of(token)),
  plain: '401',
  mutated: '200',
})

showBearerDifferences(elsewhere, {
  'bearer-access-token-field-accepted': line((token) => `X-Access-Token: ${token}`),
  'bearer-proxy-authorization-accepted': line((token) => `Proxy-Authorization: Bearer ${token}`),
  'bearer-method-renamed-open': line(() => 'X-HTTP-Method-Override: OPTIONS'),
})
