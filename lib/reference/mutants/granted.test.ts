import { as, basic, get, type Row, request, showDifferences } from '../ask.test.helper.ts'
import { grantedAnswers } from './granted.ts'

const good = as(basic())

const caches = (mutated: string): Row => ({
  send: good,
  see: 'Cache-Control',
  plain: 'private, no-store',
  mutated,
})

const field = (see: string, mutated: string): Row => ({ send: good, see, plain: '', mutated })

showDifferences(grantedAnswers, {
  'granted-public': caches('public, max-age=600'),
  'granted-without-cache-control': caches(''),
  'cookie-without-cache-control': field(
    'Set-Cookie',
    'session=demo; HttpOnly; SameSite=Strict; Path=/',
  ),
  'authentication-info-malformed': field('Authentication-Info', 'logged in; realm: "x"'),
  'authentication-info-in-clear': field('Authentication-Info', 'rspauth="6a4f", qop=auth'),
  'userinfo-in-content-location': field('Content-Location', 'http://demo@127.0.0.1/protected'),
  'precondition-before-access': {
    send: get('If-None-Match: *'),
    plain: '401',
    mutated: '304',
  },
  'match-before-access': { send: get('If-Match: "x"'), plain: '401', mutated: '412' },
  'range-before-access': {
    send: [get('Range: bytes=0-0'), get('Range: bytes=9000-')],
    plain: '401 401',
    mutated: '206 416',
  },
  'pages-below-refuse': {
    send: request('GET /protected/other HTTP/1.1', `Authorization: ${basic()}`),
    plain: '200',
    mutated: '401',
  },
  'challenge-on-granted': field('WWW-Authenticate', 'Basic realm="Reference", charset="UTF-8"'),
  'vary-authorization': field('Vary', 'Authorization'),
  'query-refuses': {
    send: request('GET /protected?a=1 HTTP/1.1', `Authorization: ${basic()}`),
    plain: '200',
    mutated: '401',
  },
  'unasked-credentials-refused': {
    send: [as(basic()), get(), as(basic())],
    plain: '200 401 200',
    mutated: '401 401 200',
  },
  'connection-remembers-refusal': {
    send: get().replace('Connection: close\r\n', '') + good,
    plain: '401+200',
    mutated: '401+401',
  },
  'connection-remembers': {
    send: [good.replace('Connection: close\r\n', '') + get(), get()],
    plain: '200+401 401',
    mutated: '200+200 401',
  },
})
