import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BearerCredential, JwtCredential, JwtFault } from '../model/case.ts'
import type { Supplied } from '../model/profile.ts'
import { curlFor } from './curl.ts'
import { targetOf } from './targets.test.support.ts'

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encoded({ alg: 'ES256' })}.${encoded({ sub: 'a' })}.c2lnbmVk`

const issued: Supplied = { accounts: {}, tokens: {}, bearer: token, bearers: { other: token } }

const commandFor = (
  what: BearerCredential | JwtCredential,
  supplied: Supplied = issued,
): string | undefined =>
  curlFor(targetOf({ supplied }), { to: 'protected', with: what }, what.valid)

const sentFor = (but: JwtFault, supplied?: Supplied): string | undefined =>
  /"Authorization: (.*)"$/.exec(commandFor({ valid: 'jwt', but }, supplied) ?? '')?.[1]

test('an issued token is sent from its variable, cut and joined as a shell can', () => {
  const variable = 'CONFORMANCE_BEARER'
  const cut = `\${${variable}%.*}`
  const rows: readonly (readonly [JwtFault, string])[] = [
    [{ scheme: { letters: 'upper' } }, `BEARER $${variable}`],
    [{ separator: '  ' }, `Bearer  $${variable}`],
    [{ signature: 'absent' }, `Bearer ${cut}`],
    [{ signature: 'empty' }, `Bearer ${cut}.`],
    [{ signature: { text: 'invalid' } }, `Bearer ${cut}.invalid`],
    [{ segments: 'leading-dot' }, `Bearer .$${variable}`],
    [{ segments: 'fourth-empty' }, `Bearer $${variable}.`],
    [{ segments: 'fourth-junk' }, `Bearer $${variable}.AAAA`],
    [{ segments: 'five' }, `Bearer $${variable}.a.b`],
    [{ segments: 'dots-only' }, 'Bearer ..'],
    [{ segments: 'with-itself' }, `Bearer $${variable}.$${variable}`],
    [{ lookalike: 'base64-of-token' }, `Bearer $(printf %s "$${variable}" | openssl base64 -A)`],
  ]
  for (const [but, wanted] of rows) assert.equal(sentFor(but), wanted, JSON.stringify(but))
  assert.match(
    commandFor({ valid: 'jwt', account: 'other' }) ?? '',
    /Bearer \$CONFORMANCE_ACCOUNT_OTHER"$/,
  )
  assert.match(commandFor({ valid: 'bearer' }) ?? '', /Bearer \$CONFORMANCE_BEARER"$/)
})

test('no command is printed for a token that a shell cannot make', () => {
  const faults: readonly JwtFault[] = [
    { header: { alg: 'none' }, signature: 'empty' },
    { signature: 'flipped' },
    { signature: { text: 'a b' } },
    { signature: { bytes: 'zeros' } },
    { segments: 'swapped' },
    { segments: 'fourth-empty', signature: 'empty' },
    { lookalike: 'base64-of-token', signature: 'empty' },
    { lookalike: 'general-json' },
    { fieldName: { is: 'X' } },
  ]
  for (const but of faults) assert.equal(sentFor(but), undefined, JSON.stringify(but))
  assert.equal(commandFor({ valid: 'bearer', but: { token: 'other' } }), undefined)
  assert.equal(commandFor({ valid: 'jwt' }, { ...issued, bearer: 'opaque' }), undefined)
  assert.equal(commandFor({ valid: 'jwt', account: 'third' }), undefined)
  const signing: Supplied = { ...issued, signingKey: { key: 'correct horse battery staple' } }
  assert.equal(commandFor({ valid: 'jwt' }, signing), undefined)
  const stranger = { to: 'protected', with: { stranger: 'jwt' } } as const
  assert.equal(curlFor(targetOf({ supplied: issued }), stranger, 'jwt'), undefined)
})
