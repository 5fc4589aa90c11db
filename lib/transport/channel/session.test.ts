import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resumableIn, ticketIn } from './session.ts'

const whole = (...members: readonly string[]): Buffer => {
  const content = Buffer.from(members.join(''), 'hex')
  return Buffer.concat([Buffer.from([0x30, content.length]), content])
}

const form = '020101'
const version = '02020304'
const suite = '04021302'
const identifier = '0402aaaa'
const secret = '0403bbbbbb'
const lifetime = 'a9040202001c'
const ticket = 'aa040402cccc'

test('A session of TLS 1.3 says what it takes to come back', () => {
  const bytes = whole(
    form,
    version,
    suite,
    identifier,
    secret,
    lifetime,
    ticket,
    'ae0602045a000001',
  )
  assert.deepEqual(resumableIn(bytes), {
    suite: 0x1302,
    secret: Buffer.from('bbbbbb', 'hex'),
    ticket: Buffer.from('cccc', 'hex'),
    ageAdd: 0x5a000001,
    earlyData: 0,
  })
  assert.deepEqual(ticketIn(bytes), { lifetime: 28 })
})

test('Numbers may be as large as they get, or left out where they are nought', () => {
  const large = whole(
    form,
    version,
    suite,
    identifier,
    secret,
    ticket,
    'ae07020500ffffffff',
    'af0402024000',
  )
  const { ageAdd, earlyData } = resumableIn(large) ?? {}
  assert.deepEqual([ageAdd, earlyData], [0xffffffff, 0x4000])
})

test('Nobody comes back without a ticket, a secret or TLS 1.3', () => {
  const strange: readonly Buffer[] = [
    Buffer.alloc(0),
    Buffer.from('3080', 'hex'),
    Buffer.from('3082ffff02', 'hex'),
    whole(form),
    whole(form, version, suite, identifier, secret),
    whole(form, version, suite, identifier, '0400', ticket),
    whole(form, version, suite, identifier, secret, 'aa020400'),
    whole(form, version, '0403001302', identifier, secret, ticket),
    whole(form, '02020303', suite, identifier, secret, ticket),
  ]
  for (const each of strange) assert.equal(resumableIn(each), undefined, each.toString('hex'))
})
