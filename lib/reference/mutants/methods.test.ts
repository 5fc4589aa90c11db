import { basic, request, showDifferences } from '../ask.test.helper.ts'
import { methods } from './methods.ts'

const by = (method: string, ...lines: readonly string[]): string =>
  request(`${method} /protected HTTP/1.1`, ...lines)

const content =
  '{"error":"unauthorized","message":"This needs the credentials of an account. Send them and it will answer."}'

showDifferences(methods, {
  'head-open': { send: by('HEAD'), plain: '401', mutated: '200' },
  'post-open': { send: by('POST'), plain: '401', mutated: '200' },
  'post-accepted': { send: by('POST'), plain: '401', mutated: '202' },
  'unknown-method-200': { send: by('BREW'), see: 'Content-Length', plain: '70', mutated: '0' },
  'http-1.0-open': { send: 'GET /protected HTTP/1.0\r\n\r\n', plain: '401', mutated: '200' },
  'query-open': { send: request('GET /protected?a=1 HTTP/1.1'), plain: '401', mutated: '200' },
  'unknown-method-open': { send: by('BREW'), plain: '501', mutated: '200' },
  'lower-case-method-open': { send: by('get'), plain: '501', mutated: '200' },
  'method-any-case': {
    send: [by('get'), by('get', `Authorization: ${basic()}`)],
    plain: '501 501',
    mutated: '401 200',
  },
  'unknown-method-500': { send: by('BREW'), plain: '501', mutated: '500' },
  'trace-echoes': {
    send: by('TRACE', 'Authorization: Basic eDp5'),
    see: 'body',
    plain: '{"error":"not-implemented","message":"No such method is known here."}',
    mutated:
      'TRACE /protected HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic eDp5\r\nConnection: close',
  },
  'head-401-bare': {
    send: by('HEAD'),
    see: 'WWW-Authenticate',
    plain: 'Basic realm="Reference", charset="UTF-8"',
    mutated: '',
  },
  'head-other-challenge': {
    send: by('HEAD'),
    see: 'WWW-Authenticate',
    plain: 'Basic realm="Reference", charset="UTF-8"',
    mutated: 'Basic realm="Heads", charset="UTF-8"',
  },
  'head-403': { send: by('HEAD'), plain: '401', mutated: '403' },
  'head-with-content': { send: by('HEAD'), see: 'body', plain: '', mutated: content },
})
