import { as, basicOf, demo, get, type Row, request, showDifferences } from '../ask.test.helper.ts'
import { challenge } from './challenge.ts'

const plain = 'Basic realm="Reference", charset="UTF-8"'

const anonymous = (mutated: string): Row => ({
  send: get(),
  see: 'WWW-Authenticate',
  plain,
  mutated,
})

const afterWrong = (mutated: string): Row => ({
  ...anonymous(mutated),
  send: as(basicOf(`${demo.default.user}:wrong`)),
})

showDifferences(challenge, {
  'bare-401-wrong-credentials': {
    ...afterWrong(''),
  },
  'bare-401-malformed': { ...anonymous(''), send: as('Basic') },
  'realm-missing': anonymous('Basic charset="UTF-8"'),
  'realm-unquoted': anonymous('Basic realm=Reference, charset="UTF-8"'),
  'realm-twice': anonymous('Basic realm="Reference", realm="Other", charset="UTF-8"'),
  'realm-beyond-ascii': anonymous('Basic realm="R\xe9f\xe9rence", charset="UTF-8"'),
  'realm-reflects-target': {
    ...anonymous('Basic realm="Reference /protected?a=1", charset="UTF-8"'),
    send: request('GET /protected?a=1 HTTP/1.1'),
  },
  'challenge-empty-member': anonymous('Basic realm="Reference", , charset="UTF-8"'),
  'challenge-blanks-round-equals': anonymous('Basic realm = "Reference", charset="UTF-8"'),
  'challenge-needless-escape': anonymous('Basic realm="Re\\ference", charset="UTF-8"'),
  'challenge-quote-open': anonymous('Basic charset="UTF-8", realm="Reference'),
  'challenge-tab-after-scheme': anonymous('Basic\trealm="Reference", charset="UTF-8"'),
  'challenge-scheme-absent': afterWrong('realm="Reference", charset="UTF-8"'),
  'challenge-value-absent': anonymous('Basic realm="Reference", charset='),
  'challenge-token68-and-parameters': anonymous('Basic UmVm==, realm="Reference", charset="UTF-8"'),
  'challenge-value-unquoted': anonymous('Basic realm=Reference/1, charset="UTF-8"'),
  'challenge-comma-absent': anonymous('Basic realm="Reference" charset="UTF-8"'),
  'challenge-semicolon': anonymous('Basic realm="Reference"; charset="UTF-8"'),
  'challenge-sentence': anonymous('Basic realm="Reference", charset="UTF-8", (please log in)'),
  'charset-latin1': anonymous('Basic realm="Reference", charset="ISO-8859-1"'),
  'challenge-extra-parameter': anonymous('Basic realm="Reference", charset="UTF-8", version="2"'),
  'challenge-inapplicable': afterWrong('Bearer realm="Reference"'),
  'challenge-renamed': afterWrong('xBasic realm="Reference", charset="UTF-8"'),
  'challenge-unknown-first': anonymous(`Reference-Login realm="Reference" | ${plain}`),
  'challenges-on-one-line': anonymous(`${plain}, Digest realm="Other", nonce="bm9uY2U"`),
})
