import { as, basic, basicOf, demo, get, type Row, showDifferences } from '../ask.test.helper.ts'
import { refusal } from './refusal.ts'

const { user } = demo.default
const unknown = as(basicOf('Nobody:secret-word'))
const wrong = as(basicOf(`${user}:secret-word`))

const anonymous = (mutated: string): Row => ({ send: get(), plain: '401', mutated })
const usual =
  '{"error":"unauthorized","message":"This needs the credentials of an account. Send them and it will answer."}'
const challenge = 'Basic realm="Reference", charset="UTF-8"'

showDifferences(refusal, {
  'missing-credentials-403': anonymous('403'),
  'missing-credentials-302': anonymous('302'),
  'missing-credentials-200': anonymous('200'),
  'missing-credentials-407': {
    send: get(),
    see: 'Proxy-Authenticate',
    plain: '',
    mutated: 'Basic realm="Reference"',
  },
  'missing-credentials-404': anonymous('404'),
  'bare-407': anonymous('407'),
  'other-scheme-511': { send: as('Xyzzy abc'), plain: '401', mutated: '511' },
  'missing-credentials-426': { send: get(), see: 'Upgrade', plain: '', mutated: 'TLS/1.2' },
  'bare-426': anonymous('426'),
  'wrong-credentials-403': { send: [get(), wrong], plain: '401 401', mutated: '401 403' },
  'wrong-credentials-302': { send: wrong, see: 'Location', plain: '', mutated: '/login' },
  'malformed-403': {
    send: ['(foo)', 'Basic foo', 'Basic bm9jb2xvbg==', 'Basic'].map(as),
    plain: '401 401 401 401',
    mutated: '403 403 403 401',
  },
  'wrong-credentials-200': { send: [get(), wrong], plain: '401 401', mutated: '401 200' },
  'upgrade-unlisted': { send: get(), see: 'Upgrade', plain: '', mutated: 'h2c' },
  'unexplained-401': { send: get(), see: 'body', plain: usual, mutated: '' },
  'unknown-user-by-status': { send: [wrong, unknown], plain: '401 401', mutated: '401 404' },
  'unknown-user-by-length': {
    send: [wrong, unknown],
    see: 'Content-Length',
    plain: '109 109',
    mutated: '109 117',
  },
  'unknown-user-by-content': {
    send: [wrong, unknown],
    see: 'body',
    plain: `${usual} ${usual}`,
    mutated:
      '{"error":"wrong-password","message":"Try again with another one."} {"error":"unknown-user","message":"Try again with another one."}',
  },
  'unknown-user-by-challenge': {
    send: [wrong, unknown],
    see: 'WWW-Authenticate',
    plain: `${challenge} ${challenge}`,
    mutated: `${challenge} Basic realm="Reference (new users)", charset="UTF-8"`,
  },
  'secret-in-content': {
    send: wrong,
    see: 'body',
    plain: usual,
    mutated: `{"error":"unauthorized","message":"Cannot log in with ${user}:secret-word; try again."}`,
  },
  'secret-in-field': {
    send: wrong,
    see: 'X-Debug-Authorization',
    plain: '',
    mutated: basicOf(`${user}:secret-word`),
  },
  'secret-in-location': {
    send: wrong,
    see: 'Location',
    plain: '',
    mutated: `/login?as=${user}%3Asecret-word`,
  },
  'secret-in-granted-field': {
    send: as(basic()),
    see: 'X-Debug-Authorization',
    plain: '',
    mutated: basic(),
  },
})
