import { basic, demo, get, request, showDifferences } from '../ask.test.helper.ts'
import { elsewhere } from './elsewhere.ts'

const { user, password } = demo.default
const value = encodeURIComponent(basic())
const refused = { plain: '401', mutated: '200' }

const form = `username=${user}&password=${encodeURIComponent(password)}`
const formType = 'Content-Type: application/x-www-form-urlencoded'
const chunked = `${get('Transfer-Encoding: chunked', 'Trailer: Authorization')}3\r\nabc\r\n0\r\nAuthorization: ${basic()}\r\n\r\n`
const absolute = `GET http://${user}:${password}@localhost/protected HTTP/1.1`

showDifferences(elsewhere, {
  'credentials-in-cookie': { send: get(`Cookie: a=b; auth=${value}`), ...refused },
  'credentials-in-query': {
    send: [
      request(`GET /protected?authorization=${value} HTTP/1.1`),
      request(`GET /protected?${form} HTTP/1.1`),
    ],
    plain: '401 401',
    mutated: '200 200',
  },
  'credentials-in-x-authorization': { send: get(`X-Authorization: ${basic()}`), ...refused },
  'credentials-elsewhere-cacheable': {
    send: get(`X-Authorization: ${basic()}`),
    see: 'Cache-Control',
    plain: '',
    mutated: 'max-age=60',
  },
  'credentials-in-proxy-authorization': {
    send: get(`Proxy-Authorization: ${basic()}`),
    ...refused,
  },
  'identity-field-trusted': { send: get('X-Forwarded-User: demo'), ...refused },
  'forwarded-address-trusted': {
    send: [get('X-Forwarded-For: 127.0.0.1'), get('Forwarded: for=127.0.0.1')],
    plain: '401 401',
    mutated: '200 200',
  },
  'credentials-in-trailer': { send: chunked, ...refused },
  'credentials-in-body': {
    send: get(formType, `Content-Length: ${form.length}`) + form,
    ...refused,
  },
  'credentials-in-userinfo': { send: request(absolute), plain: '400', mutated: '200' },
  'userinfo-ignored': {
    send: request(absolute, `Authorization: ${basic()}`),
    plain: '400',
    mutated: '200',
  },
})
