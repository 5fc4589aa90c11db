import { as, basic, basicOf, demo, showDifferences, userPass } from '../ask.test.helper.ts'
import { userPass as family } from './user-pass.ts'

const { user, password } = demo.default
const refused = { plain: '401', mutated: '200' }
const granted = { plain: '200', mutated: '401' }

showDifferences(family, {
  'split-at-last-colon': { send: as(basic(demo.colon)), ...granted },
  'password-cut-at-colon': { send: as(basicOf(`${user}:${password}:more`)), ...refused },
  'no-colon-accepted': { send: as(basicOf(user)), ...refused },
  'no-colon-500': { send: as(basicOf(user)), plain: '401', mutated: '500' },
  'percent-decoded': { send: as(basic(demo.long)), ...granted },
  'password-cut-at-nul': { send: as(basicOf(`${userPass(demo.default)}\0junk`)), ...refused },
  'user-cut-at-nul': { send: as(basicOf(`${user}\0junk:${password}`)), ...refused },
  'control-suffix-stripped': { send: as(basicOf(`${userPass(demo.default)}\n`)), ...refused },
  'control-character-hangs': {
    send: as(basicOf(`${userPass(demo.default)}\0`)),
    plain: '401',
    mutated: 'silence',
  },
})
