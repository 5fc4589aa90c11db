import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountName, accountsFrom } from './accounts.ts'
import { encode, userPass } from './ask.test.helper.ts'

for (const seed of ['reference', '7', 'another']) {
  const accounts = accountsFrom(seed)
  const base64 = (name: AccountName): string => encode(userPass(accounts[name]))

  test(`seed ${seed}: default has mixed case in both parts, and padding`, () => {
    const { user, password } = accounts.default
    for (const part of [user, password]) assert.match(part, /[a-z].*[A-Z]|[A-Z].*[a-z]/)
    assert.ok(password.length >= 16)
    assert.match(base64('default'), /^[A-Za-z0-9]+==$/)
  })

  test(`seed ${seed}: plus-slash needs plus, slash and padding; no other needs plus or slash`, () => {
    assert.match(base64('plus-slash'), /\+.*\/.*=$/)
    for (const name of ['default', 'colon', 'utf8', 'long', 'unprivileged'] as const) {
      assert.doesNotMatch(base64(name), /[+/]/)
    }
  })

  test(`seed ${seed}: colon has two colons and no padding`, () => {
    assert.equal(accounts.colon.password.split(':').length, 3)
    assert.doesNotMatch(base64('colon'), /=/)
  })

  test(`seed ${seed}: utf8 has composed letters beyond ASCII in both parts`, () => {
    for (const part of Object.values(accounts.utf8)) {
      assert.match(part, /[^\x00-\x7f]/)
      assert.equal(part.normalize('NFC'), part)
      assert.notEqual(part.normalize('NFD'), part)
    }
  })

  test(`seed ${seed}: long has 100 characters, every printable special but the colon among them`, () => {
    const { password } = accounts.long
    assert.equal(password.length, 100)
    const specials = [...' !"#$%&\'()*+,-./;<=>?@[\\]^_`{|}~']
    assert.ok(specials.every((special) => password.includes(special)))
    assert.match(password, /^[ -9;-~]+$/)
    assert.doesNotMatch(base64('long'), /=/)
  })
}
