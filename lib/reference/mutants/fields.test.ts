import { basic, get, request, showDifferences } from '../ask.test.helper.ts'
import { fields } from './fields.ts'

const good = basic()
const half = Math.floor(good.length / 2)
const refused = { plain: '400', mutated: '200' }
const granted = { plain: '200', mutated: '401' }

const within = (extra: string): string =>
  get(`Authorization: ${good.slice(0, half)}${extra}${good.slice(half)}`)

showDifferences(fields, {
  'field-name-exact-case': { send: get(`authorization: ${good}`), ...granted },
  'blank-before-colon-accepted': { send: get(`Authorization : ${good}`), ...refused },
  'blank-before-colon-dropped': {
    send: get(`Authorization : ${good}`),
    plain: '400',
    mutated: '401',
  },
  'line-without-colon-dropped': {
    send: get('Authorization', `Authorization: ${good}`),
    ...refused,
  },
  'fold-deleted': { send: within('\r\n '), ...refused },
  'fold-500': { send: within('\r\n '), plain: '400', mutated: '500' },
  'blank-before-first-field-trimmed': {
    send: request(`GET /protected HTTP/1.1\r\n Authorization: ${good}`),
    ...refused,
  },
  'blank-after-value-kept': { send: get(`Authorization: ${good} `), ...granted },
  'blank-before-value-kept': { send: get(`Authorization:  ${good}`), ...granted },
  'blank-after-colon-needed': { send: get(`Authorization:${good}`), ...granted },
  'nul-deleted': { send: within('\0'), ...refused },
  'nul-ends-value': { send: get(`Authorization: ${good}\0junk`), ...refused },
  'bare-cr-deleted': { send: within('\r'), ...refused },
  'control-bytes-deleted': { send: within('\x01'), ...refused },
  'control-bytes-500': { send: within('\x01'), plain: '400', mutated: '500' },
})
