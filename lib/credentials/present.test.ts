import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { With } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'
import { createKeyring } from './jwt/keyring.ts'
import { type Credential, type Missing, present } from './present.ts'
import { bytesOfSpans } from './spans.ts'
import { targetOf } from './targets.test.support.ts'

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const from = (what: With, target: Target = targetOf()): Credential | Missing =>
  present(
    {
      target,
      random: randomFrom('1', 'present'),
      keyring: createKeyring(target.supplied, '1'),
      moment: { now: 1_700_000_000, exact: true },
    },
    what,
  )

const credentialOf = (what: With, target?: Target): Credential => {
  const found = from(what, target)
  if ('missing' in found) assert.fail(found.missing)
  return found
}

const value = (what: With, target?: Target): string =>
  credentialOf(what, target)
    .placed.lines.map((line) => bytesOfSpans(line.value))
    .join('\n')

const decoded = (text: string): string =>
  Buffer.from(text.replace(/^Basic /, ''), 'base64').toString('latin1')

test('nothing is no line, no secret and no log-in', () => {
  const nothing = credentialOf('nothing')
  assert.deepEqual(nothing.placed, { lines: [], trailers: [] })
  assert.deepEqual(nothing.secrets, [])
  assert.equal(nothing.login, undefined)
  assert.equal(nothing.say, 'no credentials')
})

test('the default account and named ones are sent by Basic, with all that must not be seen', () => {
  const found = credentialOf({ valid: 'basic' })
  assert.equal(decoded(value({ valid: 'basic' })), bytes('Alice:Sesame-Öffne-Dich'))
  assert.equal(found.say, 'the default account by Basic')
  assert.deepEqual(found.login, { user: 'Alice' })
  assert.deepEqual(found.secrets, [
    Buffer.from('Alice:Sesame-Öffne-Dich').toString('base64'),
    bytes('Alice:Sesame-Öffne-Dich'),
    bytes('Sesame-Öffne-Dich'),
  ])
  assert.deepEqual(found.faults, [])
  assert.equal(decoded(value({ valid: 'basic', account: 'plus-slash' })), 'Bob:>>>???~~~')
})

test('the secrets of faulted credentials are the forms that are sent', () => {
  const found = credentialOf({
    valid: 'basic',
    but: { password: { letters: 'swapped' }, base64: 'padding-absent', after: ' ' },
  })
  const swapped = bytes('sESAME-ÖFFNE-dICH')
  assert.deepEqual(found.secrets, [
    Buffer.from(`Alice:${swapped}`, 'latin1').toString('base64').replace(/=+$/, ''),
    `Alice:${swapped}`,
    swapped,
  ])
  assert.deepEqual(found.faults, [
    'the password with the case of its letters swapped',
    'the padding ("=") is left out',
    'a space after the credentials',
  ])
})

test('the user of a log-in is the one that the server reads, where it can read one', () => {
  assert.deepEqual(credentialOf({ valid: 'basic', but: { user: { append: ' ' } } }).login, {
    user: 'Alice ',
  })
  assert.deepEqual(credentialOf({ valid: 'basic', but: { user: 'empty' } }).login, {})
  assert.deepEqual(credentialOf({ valid: 'basic', but: { userPass: 'no-colon' } }).login, {})
})

test('a password in the place of the user-id is a secret and no name', () => {
  const swapped = credentialOf({ valid: 'basic', but: { userPass: 'swapped' } })
  assert.equal(
    decoded(value({ valid: 'basic', but: { userPass: 'swapped' } })),
    bytes('Sesame-Öffne-Dich:Alice'),
  )
  assert.deepEqual(swapped.login, {})
  assert.ok(swapped.secrets.includes(bytes('Sesame-Öffne-Dich')))
  assert.ok(!swapped.secrets.includes('Alice'))
})

test('a password can be borrowed only from an account that was supplied', () => {
  const borrowed: With = { valid: 'basic', but: { password: { ofAccount: 'plus-slash' } } }
  assert.equal(decoded(value(borrowed)), 'Alice:>>>???~~~')
  assert.deepEqual(from({ valid: 'basic', but: { password: { ofAccount: 'colon' } } }), {
    missing: 'an account named colon',
    option: '--account colon=USER:PASSWORD',
  })
})

test('where any credential will do and none is named, it is the default account', () => {
  assert.equal(value({ valid: 'any' }), value({ valid: 'basic' }))
})

test('a name alone is no secret', () => {
  const named = credentialOf({ valid: 'basic', but: { userPass: { onlyFirst: 5 } } })
  assert.equal(decoded(value({ valid: 'basic', but: { userPass: { onlyFirst: 5 } } })), 'Alice')
  assert.ok(!named.secrets.includes('Alice'))
})

test('an account that was not supplied is named with its option', () => {
  const bare = targetOf({ supplied: { accounts: {}, tokens: {} } })
  assert.deepEqual(from({ valid: 'basic' }, bare), {
    missing: 'Basic credentials',
    option: '--user NAME:PASSWORD',
  })
  assert.deepEqual(from({ valid: 'basic', account: 'colon' }), {
    missing: 'an account named colon',
    option: '--account colon=USER:PASSWORD',
  })
  assert.deepEqual(from({ valid: 'token' }, bare), {
    missing: 'an API token',
    option: '--scheme WORD=SECRET',
  })
  assert.deepEqual(from({ valid: 'bearer' }, bare), {
    missing: 'a bearer token',
    option: '--bearer TOKEN',
  })
  assert.deepEqual(from({ valid: 'jwt' }, bare), {
    missing: 'a JSON Web Token',
    option: '--bearer TOKEN',
  })
  // Names that every object has are no accounts.
  for (const account of ['constructor', '__proto__', 'toString']) {
    assert.ok('missing' in from({ valid: 'basic', account }))
  }
})

test('tokens follow their scheme word, and their faults are told', () => {
  assert.equal(value({ valid: 'token' }), 'Token token-secret-1')
  assert.equal(value({ valid: 'bearer' }), 'Bearer bearer-secret-1')
  assert.equal(
    value({ valid: 'token', but: { scheme: { letters: 'lower' }, token: { dropLast: 1 } } }),
    'token token-secret-',
  )
  const two = targetOf({
    supplied: { accounts: {}, tokens: { Token: 'first-secret', ApiKey: 'second-secret' } },
  })
  assert.equal(value({ valid: 'token' }, two), 'Token first-secret')
  assert.equal(value({ valid: 'token', account: 'ApiKey' }, two), 'ApiKey second-secret')
  assert.ok('missing' in from({ valid: 'token', account: 'Other' }, two))
  const changed = credentialOf({ valid: 'bearer', but: { token: { append: 'x' } } })
  assert.deepEqual(changed.faults, ['the token with "x" appended'])
  assert.deepEqual(changed.secrets, ['bearer-secret-1x'])
  // A refused bearer token is no failed log-in; a refused API token is.
  assert.equal(changed.login, undefined)
  assert.deepEqual(credentialOf({ valid: 'token' }).login, {})
})

test('a stranger has the form of a credential and cannot be valid', () => {
  const basic = credentialOf({ stranger: 'basic' })
  assert.match(decoded(value({ stranger: 'basic' })), /^[A-Za-z0-9]{12}:[A-Za-z0-9]{20}$/)
  assert.equal(basic.say, 'an unknown user by Basic')
  assert.deepEqual(basic.secrets, [
    value({ stranger: 'basic' }).slice('Basic '.length),
    decoded(value({ stranger: 'basic' })).slice(13),
  ])
  assert.match(basic.login?.user ?? '', /^[A-Za-z0-9]{12}$/)
  const token = value({ stranger: 'token' })
  assert.match(token, /^Token [A-Za-z0-9]{14}$/)
  const bearer = value({ stranger: 'bearer' })
  assert.match(bearer, /^Bearer [A-Za-z0-9]{6}-[A-Za-z0-9]{6}-[A-Za-z0-9]$/)
  for (const [at, char] of [...'bearer-secret-1'].entries()) {
    if (char !== '-') assert.notEqual(bearer['Bearer '.length + at], char)
  }
  assert.deepEqual(credentialOf({ stranger: 'token' }).login, {})
  assert.equal(credentialOf({ stranger: 'bearer' }).login, undefined)
  const bare = targetOf({ supplied: { accounts: {}, tokens: {} } })
  assert.match(value({ stranger: 'token' }, bare), /^Token [A-Za-z0-9]{24}$/)
  assert.match(value({ stranger: 'bearer' }, bare), /^Bearer [A-Za-z0-9]{24}$/)
})

test('a profile can ask for strangers that use a known name', () => {
  const { profile } = targetOf()
  const known = targetOf({ profile: { ...profile, stranger: 'known-user' } })
  assert.match(decoded(value({ stranger: 'basic' }, known)), /^Alice:[A-Za-z0-9]{20}$/)
  assert.deepEqual(credentialOf({ stranger: 'basic' }, known).login, { user: 'Alice' })
  const nobody = targetOf({
    profile: { ...profile, stranger: 'known-user' },
    supplied: { accounts: {}, tokens: {} },
  })
  assert.match(decoded(value({ stranger: 'basic' }, nobody)), /^[A-Za-z0-9]{12}:/)
})

test('a written field is sent as it is, and counts as a log-in where it is Basic', () => {
  assert.equal(value({ authorization: 'Xyzzy a' }), 'Xyzzy a')
  assert.equal(value({ authorization: { $bytes: 'ff00' } }), '\xff\0')
  assert.equal(credentialOf({ authorization: 'Xyzzy a' }).login, undefined)
  assert.deepEqual(credentialOf({ authorization: 'basic Og==' }).login, {})
  assert.equal(credentialOf({ authorization: 'Basics' }).login, undefined)
  assert.equal(
    credentialOf({ authorization: 'Xyzzy a' }).say,
    'an Authorization field with "Xyzzy a"',
  )
})
