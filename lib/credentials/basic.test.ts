import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BasicFault } from '../model/case.ts'
import type { Account } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'
import { lenderOf, presentBasic, sayBasicFault, userPassOf } from './basic.ts'

const account: Account = { user: 'Alice', password: 'Open:Sésame' }

const stream = () => randomFrom('1', 'basic')

/** The octets that a strict reader of the credentials finds, as latin1. */
const decoded = (but: BasicFault, of: Account = account): string =>
  Buffer.from(presentBasic('default', of, but, stream()).credentials, 'base64').toString('latin1')

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

test('credentials without a fault decode to user-id, colon and password in UTF-8', () => {
  assert.equal(decoded({}), bytes('Alice:Open:Sésame'))
})

test('each fault of user-id and password changes that part alone', () => {
  const table: readonly (readonly [BasicFault, string])[] = [
    [{ user: 'empty' }, ':Open:Sésame'],
    [{ password: 'empty' }, 'Alice:'],
    [{ user: { letters: 'swapped' } }, 'aLICE:Open:Sésame'],
    [{ user: { letters: 'upper' } }, 'ALICE:Open:Sésame'],
    [{ password: { letters: 'swapped' } }, 'Alice:oPEN:séSAME'],
    [{ password: { append: 'x' } }, 'Alice:Open:Sésamex'],
    [{ password: { append: { $bytes: '00' } } }, 'Alice:Open:Sésame\0'],
    [{ password: { prepend: 'x:' } }, 'Alice:x:Open:Sésame'],
    [{ password: { onlyFirst: 4 } }, 'Alice:Open'],
    [{ password: { dropLast: 1 } }, 'Alice:Open:Sésam'],
    [{ password: { cutAtLast: ':' } }, 'Alice:Open'],
    [{ password: { is: '' } }, 'Alice:'],
    [{ user: { append: ' ' }, password: { prepend: ' ' } }, 'Alice : Open:Sésame'],
  ]
  for (const [but, wanted] of table) {
    assert.equal(decoded(but), bytes(wanted), JSON.stringify(but))
  }
})

test('a replaced part has its length and nothing of it, and the other part is untouched', () => {
  const user = decoded({ user: 'other' })
  assert.match(user, /^[A-Za-z0-9]{5}:/)
  assert.equal(user.slice(6), bytes('Open:Sésame'))
  const password = decoded({ password: 'other' })
  assert.match(password, /^Alice:[A-Za-z0-9]{12}$/)
  const kept = decoded({ password: { keepFirst: 4 } })
  assert.match(kept, /^Alice:Open[A-Za-z0-9]{8}$/)
  assert.doesNotMatch(kept, /:S/)
})

test('the password of another account stands in the place of the right one', () => {
  const lender: Account = { user: 'Bob', password: 'Bobs-Ö' }
  const but = { password: { ofAccount: 'second' } }
  assert.equal(lenderOf(but), 'second')
  assert.equal(lenderOf({ password: 'other' }), undefined)
  assert.equal(lenderOf({}), undefined)
  assert.equal(userPassOf(account, but, stream(), lender), bytes('Alice:Bobs-Ö'))
  const { label } = presentBasic('default', account, but, stream(), lender)
  assert.equal(label, 'default: user:password of second, Base64')
  assert.deepEqual(sayBasicFault(but), ['the password is the one of the account second'])
})

test('user-id and password change places', () => {
  assert.equal(decoded({ userPass: 'swapped' }), bytes('Open:Sésame:Alice'))
  const { label } = presentBasic('default', account, { userPass: 'swapped' }, stream())
  assert.equal(label, 'default: password:user, Base64')
  assert.deepEqual(sayBasicFault({ userPass: 'swapped' }), [
    'user-id and password have changed places',
  ])
})

test('faults of the joined octets are laid over both parts', () => {
  assert.equal(decoded({ userPass: 'no-colon' }), bytes('AliceOpen:Sésame'))
  assert.equal(decoded({ userPass: { is: ':' } }), ':')
  assert.equal(
    decoded({ userPass: { append: { $bytes: 'ff' } } }),
    `${bytes('Alice:Open:Sésame')}\xff`,
  )
  assert.equal(decoded({ userPass: { cutAtLast: ':' } }), 'Alice:Open')
  assert.equal(decoded({ user: 'empty', userPass: { prepend: 'x' } }), bytes('x:Open:Sésame'))
})

test('charsets other than UTF-8 change the octets and nothing else', () => {
  assert.equal(decoded({ charset: 'latin-1' }), 'Alice:Open:S\xe9same')
  assert.equal(decoded({ charset: 'latin-1' }, { user: 'a', password: '€é' }), 'a:?\xe9')
  assert.equal(decoded({ charset: 'nfd' }), bytes('Alice:Open:Sésame'.normalize('NFD')))
  assert.notEqual(decoded({ charset: 'nfd' }), decoded({}))
})

test('a change of Base64 leaves the octets as they are', () => {
  const presented = presentBasic('default', account, { base64: 'not-encoded' }, stream())
  assert.equal(presented.credentials, bytes('Alice:Open:Sésame'))
  assert.equal(presented.userPass, bytes('Alice:Open:Sésame'))
  const spaced = presentBasic(
    'default',
    account,
    { base64: { insert: ' ', at: 'start' } },
    stream(),
  )
  assert.equal(spaced.credentials, ` ${Buffer.from('Alice:Open:Sésame').toString('base64')}`)
})

test('the same seed gives the same octets, and another seed others', () => {
  const but: BasicFault = { password: 'other' }
  assert.equal(userPassOf(account, but, stream()), userPassOf(account, but, stream()))
  assert.notEqual(
    userPassOf(account, but, stream()),
    userPassOf(account, but, randomFrom('2', 'basic')),
  )
})

test('labels say what was done to the credentials and show nothing of them', () => {
  const table: readonly (readonly [BasicFault, string, boolean])[] = [
    [{}, 'plus-slash: user:password, Base64', false],
    [{ scheme: 'absent' }, 'plus-slash: user:password, Base64', false],
    [{ user: 'other' }, 'plus-slash: another user:password, Base64', true],
    [{ user: 'empty' }, 'plus-slash: user changed:password, Base64', true],
    [{ password: 'other' }, 'plus-slash: user:another password, Base64', true],
    [{ password: { append: 'x' } }, 'plus-slash: user:password changed, Base64', true],
    [{ userPass: 'no-colon' }, 'plus-slash: userpassword, Base64', true],
    [{ userPass: { is: ':' } }, 'plus-slash: user:password, changed, Base64', true],
    [{ charset: 'nfd' }, 'plus-slash: user:password, NFD, Base64', true],
    [{ charset: 'latin-1' }, 'plus-slash: user:password, LATIN-1, Base64', true],
    [{ base64: 'url-safe' }, 'plus-slash: user:password, Base64, URL-safe alphabet', true],
  ]
  for (const [but, label, faulty] of table) {
    const presented = presentBasic('plus-slash', account, but, stream())
    assert.equal(presented.label, label)
    assert.equal(presented.faulty, faulty, label)
    assert.equal(presented.scheme, 'Basic')
  }
})

test('each fault is one phrase', () => {
  const table: readonly (readonly [BasicFault, readonly string[]])[] = [
    [{}, []],
    [{ user: 'other' }, ['the user-id replaced by random text of the same length']],
    [{ password: { dropLast: 1 } }, ['the password without its last character']],
    [{ userPass: 'no-colon' }, ['no colon between user-id and password']],
    [{ userPass: { is: ':' } }, ['user:password replaced by ":"']],
    [{ charset: 'latin-1' }, ['the text is encoded as ISO-8859-1']],
    [{ charset: 'nfd' }, ['the text is in Unicode form NFD']],
    [{ base64: 'padding-absent' }, ['the padding ("=") is left out']],
    [{ user: 'empty', password: 'empty' }, ['the user-id left empty', 'the password left empty']],
  ]
  for (const [but, wanted] of table) assert.deepEqual(sayBasicFault(but), wanted)
})
