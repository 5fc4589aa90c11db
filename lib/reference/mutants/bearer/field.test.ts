import { as, get } from '../../ask.test.helper.ts'
import { type BearerRow, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { field } from './field.ts'

const valued = (
  value: (token: string) => string,
  plain: string,
  mutated: string,
  see = 'status',
): BearerRow => ({ send: ({ token }) => as(value(token)), plain, mutated, see })

const lines = (...values: readonly ((token: string) => string)[]): BearerRow['send'] => {
  return ({ token }) => get(...values.map((value) => `Authorization: ${value(token)}`))
}

const good = (token: string): string => `Bearer ${token}`
const bad = (): string => 'Bearer a.b.c'

showBearerDifferences(field, {
  'bearer-scheme-exact-case': valued((token) => `bearer ${token}`, '200', '401'),
  'bearer-scheme-ignored': valued((token) => `Token ${token}`, '401', '200'),
  'bearer-scheme-left-out': valued((token) => token, '401', '200'),
  'bearer-blank-left-out': valued((token) => `Bearer${token}`, '401', '200'),
  'bearer-colon-accepted': valued((token) => `Bearer: ${token}`, '401', '200'),
  'bearer-tab-accepted': valued((token) => `Bearer\t${token}`, '401', '200'),
  'bearer-two-blanks-refused': valued((token) => `Bearer  ${token}`, '200', '400'),
  'bearer-quoted-accepted': valued((token) => `Bearer "${token}"`, '400', '200'),
  'bearer-word-after-ignored': valued((token) => `Bearer ${token} extra`, '400', '200'),
  'bearer-list-after-ignored': valued((token) => `Bearer ${token}, x=y`, '400', '200'),
  'bearer-alone-500': valued(() => 'Bearer', '400', '500'),
  'bearer-alone-403': valued(() => 'Bearer', '400', '403'),
  'bearer-duplicate-first-wins': { send: lines(good, bad), plain: '400', mutated: '200' },
  'bearer-duplicate-last-wins': { send: lines(bad, good), plain: '400', mutated: '200' },
  'bearer-duplicate-same-accepted': { send: lines(good, good), plain: '400', mutated: '200' },
  'bearer-duplicate-any-wins': {
    send: (server) => [lines(bad, good)(server), lines(good, bad)(server)].flat(),
    plain: '400 400',
    mutated: '200 200',
  },
})
