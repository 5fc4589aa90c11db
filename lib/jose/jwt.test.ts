import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compactVerify, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { randomFrom } from '../text/random.ts'
import { ALGORITHMS, type Algorithm, METHODS, verify } from './algorithms.ts'
import { exampleKey, rfc } from './fixtures.ts'
import { makeToken, type SignatureRecipe, type TokenRecipe } from './jwt.ts'
import { splitToken } from './jwt-read.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'
import { BOTH_ALPHABETS, bodyBytes, membersOf, octetsMember, withMembers } from './members.ts'
import type { SegmentEdit } from './segments.ts'
import { SIGNATURE_CHANGES } from './signature-changes.ts'

const ed = exampleKey('eddsa')
const signed: SignatureRecipe = { how: 'signed', alg: 'EdDSA', key: ed }
const plain: TokenRecipe = {
  header: { members: [['alg', 'EdDSA']] },
  claims: { members: [['sub', 'somebody']] },
  signature: signed,
}
const tokenOf = (changes: Partial<TokenRecipe>): string => makeToken({ ...plain, ...changes }).token
const accepted = (token: string): Promise<boolean> =>
  compactVerify(token, publicOf(ed)).then(
    () => true,
    () => false,
  )

test('makes the published tokens again, octet for octet', () => {
  for (const { alg, jws, jwk } of rfc.jws) {
    const split = splitToken(jws)
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
    const recipe = { header: { bytes: bytes(header) }, claims: { bytes: bytes(payload) } }
    const kept = makeToken({ ...recipe, signature: { how: 'kept', text: signature } })
    assert.equal(kept.token, jws)
    assert.deepEqual(kept.parts.signature, split.signature?.bytes)
    if (!['HS256', 'RS256'].includes(alg) || jwk === undefined) continue
    const key = exampleKey(alg.toLowerCase())
    const again = makeToken({ ...recipe, signature: { how: 'signed', alg: alg as Algorithm, key } })
    assert.equal(again.token, jws)
  }
  const unsecured = rfc.jws.find(({ alg }) => alg === 'none')
  const { token } = makeToken({
    header: { members: [['alg', 'none']] },
    claims: { text: '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}' },
    signature: { how: 'empty' },
  })
  assert.equal(token, unsecured?.jws)
})

test('makes tokens that jose verifies, and reads those that jose makes', async () => {
  const random = randomFrom('tokens')
  for (const alg of ALGORITHMS) {
    const { family, crv } = METHODS[alg]
    const curve = crv === undefined ? exampleKey('rs256') : generateKey({ kty: 'EC', crv }, 'jwt')
    const asymmetric = family === 'eddsa' ? ed : curve
    const key = family === 'hmac' ? secretKey(random.bytes(64)) : asymmetric
    const claims = { sub: random.text(9), n: random.int(1000), list: [random.text(2), null] }
    const { token, parts } = makeToken({
      header: { members: membersOf({ alg, kid: random.text(4), typ: 'JWT' }) },
      claims: { members: membersOf(claims) },
      signature: { how: 'signed', alg, key },
    })
    const verifier = family === 'hmac' ? key : publicOf(key)
    const theirs = await jwtVerify(token, verifier)
    assert.deepEqual({ ...theirs.payload }, claims)
    assert.ok(verify(alg, verifier, parts.signingInput, parts.signature ?? Buffer.alloc(0)))

    const made = await new SignJWT(claims as unknown as JWTPayload)
      .setProtectedHeader({ alg })
      .sign(key)
    const split = splitToken(made)
    assert.ok('value' in split.claims && 'value' in split.header && split.signature)
    assert.deepEqual({ ...split.claims.value }, claims)
    assert.equal(split.header.value.alg, alg)
    const input = Buffer.from(split.segments.slice(0, 2).join('.'))
    assert.ok(verify(alg, verifier, input, split.signature.bytes))
  }
})

test('writes members in order, repeated, raw and in octets', () => {
  const text = (members: Parameters<typeof withMembers>[0]): string =>
    bodyBytes({ members }).toString('latin1')
  assert.equal(text([]), '{}')
  assert.equal(
    text([
      ['b', 1],
      ['a', [null, { c: 'é' }]],
      ['b', 2],
      ['__proto__', { admin: true }],
    ]),
    Buffer.from('{"b":1,"a":[null,{"c":"é"}],"b":2,"__proto__":{"admin":true}}').toString('latin1'),
  )
  assert.equal(text([{ name: 'exp', valueText: '1e400' }]), '{"exp":1e400}')
  assert.equal(text([{ memberText: '"\\u0065xp":5' }]), '{"\\u0065xp":5}')
  assert.equal(text([octetsMember('sub', Buffer.from([0x61, 0xff]))]), '{"sub":"a\xff"}')
  assert.equal(bodyBytes({ text: 'é' }).toString('hex'), 'c3a9')
  assert.equal(bodyBytes({ bytes: Buffer.from([0xff]) }).toString('hex'), 'ff')
})

test('lays changes over members', () => {
  const members = [
    ['iss', 'a'],
    ['exp', 1],
    ['exp', 2],
    ['sub', 'b'],
  ] as const
  assert.deepEqual(withMembers(members, [['exp', 3]]), [
    ['iss', 'a'],
    ['exp', 3],
    ['sub', 'b'],
  ])
  assert.deepEqual(
    withMembers(members, [
      { name: 'exp', absent: true },
      { name: 'nbf', absent: true },
      ['aud', null],
      { name: 'iss', valueText: 'NaN' },
      { memberText: '"x":1' },
    ]),
    [{ name: 'iss', valueText: 'NaN' }, ['sub', 'b'], ['aud', null], { memberText: '"x":1' }],
  )
})

test('puts into the last segment what the recipe says', async () => {
  const good = tokenOf({})
  assert.ok(await accepted(good))
  assert.match(tokenOf({ signature: { how: 'empty' } }), /^[\w-]+\.[\w-]+\.$/)
  assert.match(tokenOf({ signature: { how: 'absent' } }), /^[\w-]+\.[\w-]+$/)
  assert.match(tokenOf({ signature: { how: 'kept', text: 'invalid' } }), /\.invalid$/)
  assert.match(tokenOf({ signature: { how: 'bytes', bytes: Buffer.alloc(3) } }), /\.AAAA$/)
  const made = makeToken({ ...plain, signature: { how: 'made', by: (input) => input } })
  assert.deepEqual(made.parts.signature, made.parts.signingInput)
  for (const [id, by] of Object.entries(SIGNATURE_CHANGES)) {
    const token = tokenOf({ signature: { how: 'changed', of: signed, by } })
    assert.notEqual(token, good, id)
    assert.ok(!(await accepted(token)), id)
    const { token: again } = makeToken({ ...plain, signature: { how: 'changed', of: signed, by } })
    assert.equal(again, token, id)
  }
  const none = tokenOf({ signature: { how: 'changed', of: { how: 'absent' }, by: (b) => b } })
  assert.match(none, /\.$/)
})

test('edits the encoded text, before signing and after', async () => {
  const claims = { members: membersOf({ filler: BOTH_ALPHABETS, n: 7 }) }
  const base = { ...plain, claims }
  const [header = '', payload = '', signature = ''] = makeToken(base).token.split('.')
  const after = (...editsAfterSigning: SegmentEdit[]): string =>
    makeToken({ ...base, editsAfterSigning }).token
  assert.equal(after(), `${header}.${payload}.${signature}`)
  const edit = (one: SegmentEdit): string => after(one)
  const to = 'signature'
  assert.equal(edit({ edit: 'append', to, text: 'A' }), `${header}.${payload}.${signature}A`)
  assert.equal(edit({ edit: 'prepend', to, text: 'A' }), `${header}.${payload}.A${signature}`)
  assert.equal(edit({ edit: 'replace', to, text: 'x' }), `${header}.${payload}.x`)
  assert.equal(
    edit({ edit: 'shorten', to, by: 4 }),
    `${header}.${payload}.${signature.slice(0, -4)}`,
  )
  assert.equal(edit({ edit: 'shorten', to, by: 999 }), `${header}.${payload}.`)
  assert.equal(edit({ edit: 'pad', to }), `${header}.${payload}.${signature}==`)
  assert.equal(edit({ edit: 'drop', to }), `${header}.${payload}`)
  assert.equal(edit({ edit: 'drop', to: 'header' }), `${payload}.${signature}`)
  assert.equal(
    edit({ edit: 'swap', to: 'header', with: 'payload' }),
    `${payload}.${header}.${signature}`,
  )
  assert.equal(
    edit({ edit: 'append', to: 'token', text: '.AAAA' }),
    `${header}.${payload}.${signature}.AAAA`,
  )
  assert.equal(
    edit({ edit: 'prepend', to: 'token', text: '.' }),
    `.${header}.${payload}.${signature}`,
  )
  const middle = `${signature.slice(0, 43)}!${signature.slice(43)}`
  assert.equal(edit({ edit: 'insert', to, text: '!' }), `${header}.${payload}.${middle}`)
  assert.equal(
    after({ edit: 'drop', to }, { edit: 'pad', to }, { edit: 'append', to: 'token', text: 'x' }),
    `${header}.${payload}x`,
  )

  const standard = makeToken({
    ...base,
    editsBeforeSigning: [{ edit: 'standard-alphabet', to: 'payload' }],
  })
  assert.match(standard.token.split('.')[1] ?? '', /\+.*\/|\/.*\+/)
  assert.match(standard.parts.signingInput.toString(), /\+/)
  const padded = makeToken({ ...base, editsBeforeSigning: [{ edit: 'pad', to: 'header' }] })
  const { signingInput, signature: bytes } = padded.parts
  assert.ok(verify('EdDSA', ed, signingInput, bytes ?? Buffer.alloc(0)))
  assert.equal(padded.token, `${signingInput}.${bytes?.toString('base64url')}`)
})

test('spells both alphabets differently at every offset', () => {
  for (const offset of [0, 1, 2]) {
    const text = Buffer.from('x'.repeat(offset) + BOTH_ALPHABETS).toString('base64')
    assert.match(text, /\+/)
    assert.match(text, /\//)
  }
})

test('sets the bits that belong to no octet, and only those', () => {
  const edits = (bytes: number): [string, string] => {
    const signature: SignatureRecipe = { how: 'bytes', bytes: Buffer.alloc(bytes, 0x55) }
    const to = 'signature'
    const editsAfterSigning = [{ edit: 'trailing-bits', to }] as const
    return [tokenOf({ signature }), tokenOf({ signature, editsAfterSigning })]
  }
  for (const bytes of [1, 2, 4, 5, 64, 256]) {
    const [before, after] = edits(bytes)
    assert.notEqual(before, after)
    assert.deepEqual(splitToken(before).signature?.bytes, splitToken(after).signature?.bytes)
  }
  const [before, after] = edits(3)
  assert.equal(before, after)
})

test('leaves the payload unencoded where the recipe says so', () => {
  const { token, parts } = makeToken({
    ...plain,
    header: { members: membersOf({ alg: 'EdDSA', b64: false, crit: ['b64'] }) },
    claims: { text: '{"sub":"é"}' },
    payload: 'raw',
  })
  assert.match(token, /^[\w-]+\.\{"sub":"\xc3\xa9"\}\.[\w-]+$/)
  assert.ok(parts.signingInput.toString().endsWith('.{"sub":"é"}'))
  assert.ok(verify('EdDSA', ed, parts.signingInput, parts.signature ?? Buffer.alloc(0)))
})

test('reads issued tokens however they are written', () => {
  const encode = (text: string): string => Buffer.from(text, 'latin1').toString('base64url')
  const split = splitToken(
    `  ${encode('{"alg":"HS256"}')}=.${encode('{"__proto__":1,"a":[2]}')}.A+_ \n`,
  )
  assert.ok('value' in split.header && 'value' in split.claims)
  assert.equal(split.header.value.alg, 'HS256')
  assert.deepEqual(Object.keys(split.claims.value), ['__proto__', 'a'])
  assert.equal(split.claims.bytes.toString(), '{"__proto__":1,"a":[2]}')
  assert.equal(split.signature?.text, 'A+_')
  const faults = (text: string): string[] =>
    [splitToken(text)]
      .flatMap(({ header, claims }) => [header, claims])
      .map((part) => ('fault' in part ? part.fault : 'none'))
  assert.match(faults('secret')[0] ?? '', /no dots/)
  assert.match(faults('a.b.c.d.e')[0] ?? '', /encrypted/)
  assert.match(faults('a.b.c.d')[1] ?? '', /more than three/)
  assert.match(faults('!.e30.')[0] ?? '', /header of the token is no base64url/)
  assert.match(faults('e30.bnVsbA.')[1] ?? '', /payload of the token is JSON but no object/)
  assert.match(faults(`e30.${encode('{"a":')}.`)[1] ?? '', /payload of the token holds no JSON/)
  assert.deepEqual(faults('e30.e30'), ['none', 'none'])
  assert.equal(splitToken('e30.e30').signature, undefined)
  assert.deepEqual(splitToken('').segments, [''])
})

test('never throws on any text', () => {
  const random = randomFrom('split')
  for (let times = 0; times < 500; times += 1) {
    const text = random.text(random.int(30), 'e30W10.bnVsbA=+/_-\u0000é{}"')
    const { header, claims } = splitToken(text)
    assert.ok('fault' in header || 'value' in header)
    assert.ok('fault' in claims || 'value' in claims)
  }
  const deep = Buffer.from('['.repeat(50_000) + ']'.repeat(50_000)).toString('base64url')
  assert.ok('fault' in splitToken(`e30.${deep}.`).claims)
})
