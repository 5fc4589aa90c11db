import { as, basic, demo, encode, type Row, showDifferences, userPass } from '../ask.test.helper.ts'
import { base64 } from './base64.ts'

const good = basic().slice('Basic '.length)
const bare = good.replace(/=+$/, '')
const half = Math.floor(good.length / 2)
const refused = { plain: '401', mutated: '200' }
const granted = { plain: '200', mutated: '401' }

const sent = (rest: string): Pick<Row, 'send'> => ({ send: as(`Basic ${rest}`) })
const within = (extra: string): string => good.slice(0, half) + extra + good.slice(half)
const pieces = encode(`${demo.default.user}:D`) + encode(demo.default.password.slice(1))
const next = (symbol: string): string => String.fromCharCode(symbol.charCodeAt(0) + 1)

showDifferences(base64, {
  'base64-missing-padding-accepted': { ...sent(bare), ...refused },
  'base64-excess-padding-accepted': { ...sent(`${good}=`), ...refused },
  'base64-trailing-bits-accepted': { ...sent(good.replace(/.(?===$)/, next)), ...refused },
  'base64-url-safe-accepted': {
    ...sent(encode(userPass(demo['plus-slash'])).replaceAll('+', '-').replaceAll('/', '_')),
    ...refused,
  },
  'base64-blanks-skipped': { ...sent(within(' ')), ...refused },
  'base64-foreign-characters-skipped': { ...sent(within('!')), ...refused },
  'base64-inner-padding-skipped': { ...sent(within('=')), ...refused },
  'base64-after-padding-ignored': { ...sent(`${good}QUJD`), ...refused },
  'base64-pieces-joined': { ...sent(pieces), ...refused },
  'base64-lone-symbol-dropped': { ...sent(`${encode(userPass(demo.colon))}A`), ...refused },
  'base64-decoded-twice': { ...sent(encode(good)), ...refused },
  'base64-left-out-accepted': { ...sent(userPass(demo.default)), ...refused },
  'base64-plus-becomes-blank': { send: as(basic(demo['plus-slash'])), ...granted },
  'base64-any-case-accepted': { ...sent(good.toUpperCase()), ...refused },
  'base64-lone-symbol-500': { ...sent('QQQQQ'), plain: '401', mutated: '500' },
})
