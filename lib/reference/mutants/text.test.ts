import { as, basic, basicOf, demo, showDifferences, userPass, utf8 } from '../ask.test.helper.ts'
import { text } from './text.ts'

const { user, password } = demo.utf8

showDifferences(text, {
  'utf8-refused': { send: as(basic(demo.utf8)), plain: '200', mutated: '401' },
  'latin1-decoded': {
    send: [as(basic(demo.utf8)), as(basicOf(`${user}:${password}`))],
    plain: '200 401',
    mutated: '401 200',
  },
  'utf8-decomposed-expected': { send: as(basic(demo.utf8)), plain: '200', mutated: '401' },
  'utf8-decomposed-accepted': {
    send: as(basicOf(utf8(`${user}:${password}`.normalize('NFD')))),
    plain: '401',
    mutated: '200',
  },
  'invalid-utf8-dropped': {
    send: as(basicOf(`${userPass(demo.default)}\xff`)),
    plain: '401',
    mutated: '200',
  },
  'invalid-utf8-500': { send: as(basicOf('u:\xc3\x28')), plain: '401', mutated: '500' },
})
