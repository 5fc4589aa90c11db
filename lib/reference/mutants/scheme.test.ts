import { as, basic, showDifferences } from '../ask.test.helper.ts'
import { scheme } from './scheme.ts'

const good = basic().slice('Basic '.length)
const refused = { plain: '401', mutated: '200' }
const granted = { plain: '200', mutated: '401' }
const upset = { plain: '401', mutated: '500' }

showDifferences(scheme, {
  'scheme-exact-case': { send: as(`bAsIc ${good}`), ...granted },
  'scheme-ignored': { send: as(`Other ${good}`), ...refused },
  'scheme-unanchored': { send: as(`XBasic ${good}`), ...refused },
  'scheme-left-out-accepted': { send: as(good), ...refused },
  'scheme-without-blank-accepted': { send: as(`Basic${good}`), ...refused },
  'scheme-alone-500': { send: as('Basic'), ...upset },
  'scheme-alone-accepted': { send: as('Basic'), ...refused },
  'empty-field-accepted': { send: as(''), ...refused },
  'unregistered-scheme-accepted': { send: as('Xyzzy abc'), ...refused },
  'scheme-alone-403': { send: as('Basic'), plain: '401', mutated: '403' },
  'tab-after-scheme-accepted': { send: as(`Basic\t${good}`), ...refused },
  'two-blanks-refused': { send: as(`Basic  ${good}`), ...granted },
  'quoted-credentials-accepted': { send: as(`Basic "${good}"`), ...refused },
  'scheme-twice-accepted': { send: as(`Basic Basic ${good}`), ...refused },
  'word-after-credentials-ignored': { send: as(`Basic ${good} more`), ...refused },
  'list-after-credentials-ignored': { send: as(`Basic ${good}, Basic eDp5`), ...refused },
  'obs-text-500': { send: as('Basic \xe9\xff'), ...upset },
  'unbalanced-quote-hangs': { send: as('Basic "abc'), plain: '401', mutated: 'silence' },
  'empty-field-cut': { send: as(''), plain: '401', mutated: 'cut' },
  'other-scheme-500': { send: as('Unheard abc'), ...upset },
})
