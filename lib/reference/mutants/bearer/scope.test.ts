import { request } from '../../ask.test.helper.ts'
import { type BearerRow, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { scope } from './scope.ts'

const asked =
  (token: 'token' | 'scopelessToken'): BearerRow['send'] =>
  (server) =>
    request('GET /protected/reports HTTP/1.1', `Authorization: Bearer ${server[token]}`)

const status = (mutated: string): BearerRow => ({
  send: asked('scopelessToken'),
  plain: '403',
  mutated,
})

const start = 'Bearer realm="Reference", error='
const rest = 'error_description="This token is good, and it does not reach this far."'

const challenge = (mutated: string): BearerRow => ({
  send: asked('scopelessToken'),
  see: 'WWW-Authenticate',
  plain: `${start}"insufficient_scope", ${rest}, scope="reports"`,
  mutated,
})

showBearerDifferences(scope, {
  'bearer-scope-ignored': status('200'),
  'bearer-scope-absent-accepted': status('200'),
  'bearer-scope-401': status('401'),
  'bearer-scope-challenge-absent': challenge(''),
  'bearer-scope-unnamed': challenge(`${start}"insufficient_scope", ${rest}`),
  'bearer-scope-code-wrong': challenge(`${start}"invalid_token", ${rest}, scope="reports"`),
})
