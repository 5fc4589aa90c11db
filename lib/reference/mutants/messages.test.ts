import { basic, get, request, showDifferences } from '../ask.test.helper.ts'
import { messages } from './messages.ts'

const authorization = `Authorization: ${basic()}`
const refused = { plain: '400', mutated: '200' }
const good = get(authorization)

const post = (...lines: readonly string[]): string =>
  ['POST /protected HTTP/1.1', 'Host: localhost', ...lines, '', ''].join('\r\n')

const open = (...lines: readonly string[]): string =>
  ['GET /protected HTTP/1.1', 'Host: localhost', authorization, ...lines, '', ''].join('\r\n')

showDifferences(messages, {
  'request-line-repaired': {
    send: request('GET /protected x HTTP/1.1', authorization),
    ...refused,
  },
  'request-line-500': { send: request('GET /protected x HTTP/1.1'), plain: '400', mutated: '500' },
  'request-line-404': { send: request('hello there'), plain: '400', mutated: '404' },
  'absolute-form-refused': {
    send: request('GET http://localhost/protected HTTP/1.1', authorization),
    plain: '200',
    mutated: '400',
  },
  'https-target-served': {
    send: request('GET https://localhost/protected HTTP/1.1', authorization),
    plain: '421',
    mutated: '200',
  },
  'host-twice-accepted': { send: get('Host: other', authorization), ...refused },
  'host-missing-accepted': { send: good.replace('Host: localhost\r\n', ''), ...refused },
  'host-invalid-accepted': { send: good.replace('localhost', 'local host/x'), ...refused },
  'te-and-cl-kept-open': {
    send: `${open('Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n${good}`,
    plain: '400',
    mutated: '200+200',
  },
  'content-length-loose': {
    send: `${get(authorization, 'Content-Length: 5, 6')}12345`,
    ...refused,
  },
  'unknown-coding-accepted': {
    send: get(authorization, 'Transfer-Encoding: chunked, identity'),
    ...refused,
  },
  'body-left-unread': {
    send: `${post(`Content-Length: ${good.length}`)}${good}`,
    plain: '401',
    mutated: '401+200',
  },
  'close-unannounced': {
    send: post('Content-Length: 1000'),
    see: 'Connection',
    plain: 'close',
    mutated: '',
  },
  'expect-ignored': {
    send: post('Expect: 100-continue', 'Content-Length: 3'),
    end: true,
    plain: '401',
    mutated: '400',
  },
  'head-not-awaited': {
    send: 'GET /protected HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n',
    later: `${authorization}\r\n\r\n`,
    plain: '200',
    mutated: '401',
  },
})
