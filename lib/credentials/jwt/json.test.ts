import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toJwk } from '../../jose/jwk.ts'
import type { JsonChange, JwtFault, MemberValue } from '../../model/case.ts'
import {
  claimsText,
  headerText,
  issued,
  issuedToken,
  issuer,
  lackOf,
  make,
  noon,
  partsOf,
  signatureOf,
  signing,
} from './tokens.test.support.ts'

const claims = (members: { readonly [name: string]: MemberValue }): string =>
  claimsText(make(signing, { claims: members }).token)

/** The text of one claim as it stands in the token. */
const valueText = (value: MemberValue): string => {
  const text = claims({ probe: value })
  return text.slice(text.indexOf('"probe":') + 8, -1)
}

const jsonOf = (claimsJson: JsonChange, more: JwtFault = {}): string =>
  claimsText(make(signing, { ...more, claimsJson }).token)

test('values stand in the token as the case writes them', () => {
  const rows: readonly (readonly [MemberValue, string])[] = [
    [null, 'null'],
    [true, 'true'],
    [1.5, '1.5'],
    ['a"b', '"a\\"b"'],
    [[], '[]'],
    [{}, '{}'],
    [[1, ['two', { three: null }]], '[1,["two",{"three":null}]]'],
    [{ $now: -600 }, String(noon.now - 600)],
    [{ $now: 900.5 }, String(noon.now + 900.5)],
    [{ $now: -600, as: 'string' }, `"${noon.now - 600}"`],
    [{ $now: 600, as: 'milliseconds' }, `${(noon.now + 600) * 1000}`],
    [{ $literal: '1e400' }, '1e400'],
    [{ $literal: 'NaN' }, 'NaN'],
    [{ $bytes: '61ff' }, '"a\xff"'],
    [{ $bytes: '6100' }, '"a\\u0000"'],
    [{ $repeat: 'ab', times: 2 }, '"abab"'],
    [[{ $now: 0 }, { $absent: true }, 'x'], `[${noon.now},"x"]`],
    [{ a: { $absent: true }, b: { $literal: '{}' } }, '{"b":{}}'],
  ]
  for (const [value, wanted] of rows) assert.equal(valueText(value), wanted, wanted)
})

test('members replace those of their name in their place, and new ones follow', () => {
  const before = Object.keys(partsOf(make(signing, { claims: { x: 1 } }).token).claims)
  assert.deepEqual(before, ['sub', 'iss', 'aud', 'iat', 'exp', 'jti', 'x'])
  const changed = partsOf(make(signing, { claims: { aud: null, exp: { $absent: true } } }).token)
  assert.deepEqual(Object.keys(changed.claims), ['sub', 'iss', 'aud', 'iat', 'jti'])
  assert.equal(changed.claims.aud, null)
  assert.equal(
    headerText(make(signing, { header: { typ: { $absent: true }, crit: ['x'] } }).token),
    '{"alg":"ES256","kid":"k1","crit":["x"]}',
  )
})

test('the right value can be changed as text, and every text of a list', () => {
  assert.equal(valueText([{ $valid: 'iss' }]), `["${issuer}"]`)
  const longer = { $valid: 'iss', change: { append: '.evil.test' } } as const
  assert.equal(valueText({ 0: longer }), `{"0":"${issuer}.evil.test"}`)
  const { header } = partsOf(
    make(signing, { header: { alg: { $valid: 'alg', change: { letters: 'lower' } } } }).token,
  )
  assert.equal(header.alg, 'es256')
  const other = partsOf(
    make(signing, { claims: { sub: { $valid: 'sub', change: 'other' } } }).token,
  ).claims.sub
  assert.match(String(other), /^[A-Za-z0-9]{11}$/)
  assert.notEqual(other, 'conformance')
})

test('what the valid token does not have cannot be changed, and its option is named', () => {
  const lacking = (header: boolean, name: string, change?: 'empty'): unknown => {
    const value = { x: { $valid: name, ...(change === undefined ? {} : { change }) } }
    return lackOf(signing, header ? { header: value } : { claims: value })
  }
  assert.deepEqual(lacking(true, 'jku'), {
    missing: 'a token with the header member jku',
    option: '--claims FILE',
  })
  assert.deepEqual(lacking(false, 'role'), {
    missing: 'a token with the claim role',
    option: '--claims FILE',
  })
  assert.deepEqual(lacking(false, 'constructor'), {
    missing: 'a token with the claim constructor',
    option: '--claims FILE',
  })
  assert.deepEqual(lacking(false, 'exp', 'empty'), {
    missing: 'a token with the claim exp as text',
    option: '--claims FILE',
  })
  assert.deepEqual(lackOf(issued, { header: { x: { $valid: 'jku' } }, signature: 'kept' }), {
    missing: 'a token with the header member jku',
    option: '--bearer TOKEN',
  })
})

test('JSON can be written in other ways that say the same', () => {
  const plain = partsOf(make(signing, { claims: { ü: 1 } }).token).claims
  for (const written of ['spaced', 'escaped-names'] as const) {
    const text = jsonOf({ written }, { claims: { ü: 1 } })
    const read = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'))
    assert.deepEqual({ ...read, jti: 0 }, { ...plain, jti: 0 })
  }
  assert.match(
    jsonOf({ written: 'spaced' }),
    /^\{\r\n\t"sub" : "conformance" ,\r\n\t"iss" : .*\r\n\}$/s,
  )
  assert.match(jsonOf({ written: 'escaped-names' }), /^\{"\\u0073ub":"conformance",/)
})

test('JSON can be spoilt in one way', () => {
  assert.match(jsonOf({ written: 'single-quotes' }), /^\{'sub':'conformance',.*\}$/)
  assert.match(jsonOf({ inside: ',' }), /,\}$/)
  assert.match(jsonOf({ inside: ',"__proto__":{"a":1}' }), /,"__proto__":\{"a":1\}\}$/)
  assert.match(jsonOf({ before: { $bytes: 'efbbbf' } }), /^\xef\xbb\xbf\{/)
  assert.match(jsonOf({ after: 'x' }), /\}x$/)
  assert.match(jsonOf({ wrappedIn: 'array' }), /^\[\{.*\}\]$/)
  assert.match(String(JSON.parse(jsonOf({ wrappedIn: 'string' }))), /^\{"sub":/)
  assert.match(jsonOf({ nested: 3 }), /,"nested":\[\[\[\]\]\]\}$/)
  assert.equal(jsonOf({ is: 'null' }), 'null')
  assert.equal(jsonOf({ is: { $bytes: 'ff' }, after: 'x' }), '\xffx')
  const first = jsonOf({ firstMembers: { exp: { $now: -3600 } } })
  assert.match(first, new RegExp(`^\\{"exp":${noon.now - 3600},"sub":.*"exp":${noon.now + 600},`))
  const last = jsonOf({ lastMembers: { exp: { $now: -3600 }, gone: { $absent: true } } })
  assert.match(last, new RegExp(`"exp":${noon.now + 600},.*,"exp":${noon.now - 3600}\\}$`))
  assert.equal(
    headerText(make(signing, { headerJson: { lastMembers: { alg: 'none' } } }).token),
    '{"alg":"ES256","kid":"k1","typ":"JWT","alg":"none"}',
  )
})

test('the claims can be another token', () => {
  const valid = jsonOf({ is: { token: 'valid' } }, { header: { cty: 'JWT' } })
  assert.equal(partsOf(valid).header.alg, 'ES256')
  const unsecured = jsonOf({ is: { token: 'unsecured' } })
  assert.deepEqual(partsOf(unsecured).header, { alg: 'none' })
  assert.match(unsecured, /\.$/)
  assert.equal(partsOf(unsecured).claims.sub, 'conformance')
  const own = jsonOf({ is: { token: 'with-own-key' } })
  const { jwk, ...header } = partsOf(own).header
  assert.deepEqual(header, { alg: 'ES256' })
  assert.deepEqual({ ...(jwk as object) }, toJwk(signing.foreign('ES256')))
  assert.equal(partsOf(own).claims.sub, 'conformance')
  assert.equal(signatureOf(own).length, 64)
})

test('what surrounds an issued text leaves the text as it was issued', () => {
  const { token } = make(issued, { claimsJson: { after: 'x' }, signature: 'kept' })
  assert.equal(claimsText(token), `${claimsText(issuedToken)}x`)
  assert.equal(headerText(token), headerText(issuedToken))
})
