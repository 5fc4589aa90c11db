import type { Account, Supplied } from '../model/profile.ts'
import type { Given } from './option.ts'
import type { ReadFile, Settings } from './settings.ts'
import { closest } from './suggest.ts'
import { readTokens } from './token-options.ts'
import { UsageError } from './usage-error.ts'
import { one } from './values.ts'

/** What the credential options say, and remarks on names that look misspelt. */
export interface ReadSupplied {
  readonly supplied: Supplied
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** A user-id that was given without a password, to be asked for on a terminal. */
  readonly askFor?: string
  readonly notices: readonly string[]
}

const token = /^[!#$%&'*+\-.^_`|~\da-z]+$/iu
// Line ends would start another field line; C0 and DEL no field value may hold (RFC 9110 §5.5).
const control = /[\x00-\x08\x0a-\x1f\x7f]/u

const wellKnown = ['default', 'plus-slash', 'colon', 'utf8', 'long', 'api-key', 'other'] as const

/** Accounts that built-in cases log in to with a password. */
const passwordNames: ReadonlySet<string> = new Set(wellKnown.slice(0, -1))

/** Fields the cases write themselves, or that frame the request, and what to use instead. */
const reserved: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Credentials are given with --user, --bearer or --scheme.'],
  ['host', 'The host is that of --target; see --resolve and --servername.'],
  ['content-length', 'It is computed.'],
  ['transfer-encoding', 'It is computed.'],
  ['connection', 'The cases decide about connections.'],
])

function checkControls(text: string, given: Given): void {
  if (!control.test(text) && !text.includes('\t')) return
  throw new UsageError(
    'bad-value',
    `${given.source.name} holds a control character, such as a line break.`,
    'RFC 7617 forbids them in user-ids and passwords; a file may end with one line break.',
  )
}

function readAccount(given: Given): Account {
  const at = given.text.indexOf(':')
  if (at < 0) {
    throw new UsageError('bad-value', `${given.source.name} has no colon after the user-id.`)
  }
  checkControls(given.text, given)
  return { user: given.text.slice(0, at), password: given.text.slice(at + 1) }
}

function checkName({ key = '', source }: Given): void {
  if (/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/u.test(key)) return
  throw new UsageError(
    'bad-value',
    `${source.name} wants a name of small letters, digits and hyphens before =.`,
    `Well-known names: ${wellKnown.join(', ')}.`,
  )
}

/** A value without a colon is no user-id and password: then it is a token, where the name allows one. */
function isToken({ key = '', text }: Given): boolean {
  return !text.includes(':') && !passwordNames.has(key)
}

function readAccounts(given: readonly Given[]): ReadonlyMap<string, Account> {
  for (const each of given) checkName(each)
  const own = given.filter((each) => !isToken(each))
  return new Map(own.map((each) => [each.key ?? '', readAccount(each)]))
}

function readBearers(given: readonly Given[]): Pick<Supplied, 'bearers'> {
  const tokens = given.filter(isToken)
  if (tokens.length === 0) return {}
  return { bearers: Object.fromEntries(tokens.map((each) => [each.key, readBearer(each)])) }
}

function readScheme(given: Given): readonly [word: string, secret: string] {
  const word = given.key ?? ''
  const own = { basic: '--user', bearer: '--bearer' }[word.toLowerCase()]
  if (own !== undefined) {
    throw new UsageError('bad-value', `${given.source.name} is not for ${word}.`, `Use ${own}.`)
  }
  if (!token.test(word)) {
    throw new UsageError('bad-value', `${given.source.name} wants WORD=SECRET.`)
  }
  checkControls(given.text, given)
  return [word, given.text]
}

function readBearer(given: Given): string {
  checkControls(given.text, given)
  if (/\s/u.test(given.text)) {
    throw new UsageError(
      'bad-value',
      `${given.source.name} holds a blank, which no bearer token has.`,
      'Give the token alone, without the word Bearer.',
    )
  }
  return given.text
}

function readField(given: Given): readonly [name: string, value: string] {
  const at = given.text.indexOf(':')
  const name = given.text.slice(0, Math.max(at, 0))
  const value = given.text.slice(at + 1).replace(/^[ \t]+|[ \t]+$/gu, '')
  if (!token.test(name) || control.test(value)) {
    throw new UsageError('bad-value', `${given.source.name} wants 'Name: value'.`)
  }
  const instead = reserved.get(name.toLowerCase())
  if (instead !== undefined) {
    throw new UsageError('bad-value', `${given.source.name} cannot set ${name}.`, instead)
  }
  if (value === '') {
    throw new UsageError('empty-secret', `${given.source.name} has no value for ${name}.`)
  }
  // Field lines carry bytes as latin1 characters; what the operator typed travels as UTF-8.
  return [name, Buffer.from(value, 'utf8').toString('latin1')]
}

function misspelt(names: Iterable<string>): readonly string[] {
  return [...names].flatMap((name) => {
    const near = closest(name, wellKnown)
    return near === undefined || near === name
      ? []
      : [`No built-in case uses the account ${name}; ${near} is a well-known name.`]
  })
}

/** Reads every option that supplies a credential. Throws UsageError; no sentence repeats one. */
export function readSupplied(settings: Settings, readFile: ReadFile): ReadSupplied {
  const named = settings.get('account') ?? []
  const accounts = readAccounts(named)
  const user = one(settings, 'user')
  const asked = user !== undefined && !user.text.includes(':') ? user : undefined
  if (user !== undefined && accounts.has('default')) {
    throw new UsageError(
      'given-twice',
      `${user.source.name} is the account default, which was given as an account too.`,
    )
  }
  if (asked !== undefined) checkControls(asked.text, asked)
  const first: readonly (readonly [string, Account])[] =
    user === undefined || asked !== undefined ? [] : [['default', readAccount(user)]]
  const bearer = one(settings, 'bearer')
  return {
    supplied: {
      accounts: Object.fromEntries([...first, ...accounts]),
      tokens: Object.fromEntries((settings.get('scheme') ?? []).map(readScheme)),
      ...(bearer === undefined ? {} : { bearer: readBearer(bearer) }),
      ...readBearers(named),
      ...readTokens(settings, readFile),
    },
    fields: (settings.get('header') ?? []).map(readField),
    ...(asked === undefined ? {} : { askFor: asked.text }),
    notices: misspelt(named.map(({ key = '' }) => key)),
  }
}
