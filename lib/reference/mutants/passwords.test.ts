import { as, basicOf, demo, type Row, showDifferences, utf8 } from '../ask.test.helper.ts'
import { passwords } from './passwords.ts'

const { user, password } = demo.default
const long = demo.long.password

const accepted = (name: string, given: string): Row => ({
  send: as(basicOf(utf8(`${name}:${given}`))),
  plain: '401',
  mutated: '200',
})

showDifferences(passwords, {
  'password-any-case': accepted(user, password.toUpperCase()),
  'user-any-case': accepted(user.toLowerCase(), password),
  'password-start-suffices': accepted(user, password.slice(0, -1)),
  'password-tail-ignored': accepted(user, `${password}x`),
  'password-cut-at-72': accepted(demo.long.user, `${long.slice(0, 72)}other`),
  'password-cut-at-8': accepted(demo.long.user, `${long.slice(0, 8)}other`),
  'password-rules-only': accepted(user, 'CorrectHorse1'),
  'password-blanks-trimmed': accepted(user, `${password} `),
  'user-blanks-trimmed': accepted(`${user} `, password),
  'any-user-accepted': accepted('Nobody', password),
  'foreign-password-accepted': accepted(user, demo.colon.password),
  'parts-swapped-accepted': accepted(password, user),
  'empty-password-accepted': accepted(user, ''),
  'empty-user-accepted': accepted('', ''),
  'empty-user-500': { ...accepted('', password), mutated: '500' },
  'injection-accepted': accepted(user, "' OR '1'='1"),
  'metacharacters-500': { ...accepted("O'Brien", 'wrong'), mutated: '500' },
})
