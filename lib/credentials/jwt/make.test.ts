import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { compactVerify, jwtVerify } from 'jose'
import type { KeySpec } from '../../jose/keys.ts'
import type { JwtFault } from '../../model/case.ts'
import { createKeyring } from './keyring.ts'
import {
  audience,
  claimsText,
  ec,
  headerText,
  issued,
  issuedToken,
  issuer,
  keyOf,
  lackOf,
  make,
  noon,
  partsOf,
  segmentsOf,
  signatureOf,
  signing,
  signingWith,
  supplied,
} from './tokens.test.support.ts'

const currentDate = new Date(noon.now * 1000)
const publicKey = createPublicKey(ec)

const isSigned = (token: string): Promise<boolean> =>
  compactVerify(token, publicKey).then(
    () => true,
    () => false,
  )

const specs: readonly KeySpec[] = [
  { kty: 'RSA' },
  { kty: 'EC', crv: 'P-256' },
  { kty: 'EC', crv: 'P-521' },
  { kty: 'OKP', crv: 'Ed25519' },
]

for (const spec of specs) {
  test(`an independent verifier takes a token of a ${JSON.stringify(spec)} key`, async () => {
    const key = keyOf(spec)
    const ring = createKeyring(supplied({ signingKey: signingWith(key) }), '1')
    const { token, made } = make(ring, {})
    assert.equal(made, 'minted')
    const { payload } = await jwtVerify(token, createPublicKey(key), {
      issuer,
      audience,
      currentDate,
      typ: 'JWT',
    })
    assert.equal(payload.exp, noon.now + 600)
  })
}

test('an independent verifier takes a token signed with a secret', async () => {
  const secret = 'correct horse battery staple, thirty-two and more'
  const ring = createKeyring(supplied({ signingKey: { key: secret } }), '1')
  const { token } = make(ring, {})
  const verified = await jwtVerify(token, Buffer.from(secret), { currentDate })
  assert.equal(verified.protectedHeader.alg, 'HS256')
})

test('an issued token goes out as it came', () => {
  assert.equal(make(issued, {}).token, issuedToken)
  assert.equal(make(issued, { scheme: { letters: 'lower' } }).token, issuedToken)
})

test('what is changed is signed again, and verifies', async () => {
  const changes: readonly JwtFault[] = [
    { claims: { exp: { $now: -600 } } },
    { header: { typ: 'at+jwt' } },
    { claimsJson: { after: 'x' } },
    { encoding: { of: 'payload', change: 'padded' } },
    { encoding: { of: 'header', change: 'trailing-bits' } },
    { size: 3000 },
    { signature: { key: 'trusted' }, claims: { x: 1 } },
  ]
  for (const but of changes) {
    const { token } = make(signing, but)
    assert.ok(await isSigned(token), JSON.stringify(but))
    assert.notEqual(token, make(signing, {}).token)
  }
  const { header, claims } = partsOf(make(signing, { header: { typ: 'x' } }).token)
  assert.deepEqual([header.typ, claims.sub], ['x', 'conformance'])
})

test('without the key only what needs none can be made', () => {
  const needs = { missing: 'a signing key', option: '--signing-key FILE' }
  const signed: readonly JwtFault[] = [
    { claims: { exp: 0 } },
    { header: { alg: { $absent: true } } },
    { headerJson: { written: 'spaced' } },
    { encoding: { of: 'payload', change: 'padded' } },
    { size: 2048 },
    { signature: { key: 'trusted', alg: 'ES384' } },
    { lookalike: 'flattened-json', claims: { x: 1 } },
  ]
  for (const but of signed) assert.deepEqual(lackOf(issued, but), needs, JSON.stringify(but))
})

test('tampering keeps the signature or spoils it, and nothing else', () => {
  const [header, payload, signature] = segmentsOf(issuedToken)
  const kept = make(issued, { claims: { admin: true }, signature: 'kept' }).token
  assert.deepEqual(
    segmentsOf(kept).filter((_, at) => at !== 1),
    [header, signature],
  )
  assert.equal(claimsText(kept), claimsText(issuedToken).replace(/\}$/, ',"admin":true}'))
  assert.equal(make(issued, { signature: 'empty' }).token, `${header}.${payload}.`)
  assert.equal(make(issued, { signature: 'absent' }).token, `${header}.${payload}`)
  assert.equal(
    make(issued, { signature: { text: 'invalid' } }).token,
    `${header}.${payload}.invalid`,
  )
})

const spoilt: Readonly<Record<string, (bytes: Buffer) => readonly number[]>> = {
  zeros: (bytes) => [...bytes].map(() => 0),
  ones: (bytes) => [...bytes].map(() => 0xff),
  half: (bytes) => [...bytes.subarray(0, bytes.length / 2)],
  'one-byte': () => [0],
  'without-last': (bytes) => [...bytes.subarray(0, -1)],
  'zero-appended': (bytes) => [...bytes, 0],
  'zero-prepended': (bytes) => [0, ...bytes],
  'first-flipped': (bytes) => [...bytes].map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
  'last-flipped': (bytes) =>
    [...bytes].map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
}

test('the octets of the signature change as they are said to', () => {
  const valid = signatureOf(issuedToken)
  for (const [bytes, change] of Object.entries(spoilt)) {
    const but = { signature: { bytes } } as JwtFault
    assert.deepEqual([...signatureOf(make(issued, but).token)], [...change(valid)], bytes)
  }
  const flipped = signatureOf(make(issued, { signature: 'flipped' }).token)
  const differing = [...flipped].filter((byte, at) => byte !== valid[at])
  assert.equal(differing.length, 1)
  assert.equal(
    [...flipped].findIndex((byte, at) => byte !== valid[at]),
    valid.length / 2,
  )
})

test('segments are changed after signing', () => {
  const [header = '', payload = '', signature = ''] = segmentsOf(issuedToken)
  const rows: readonly (readonly [NonNullable<JwtFault['segments']>, string])[] = [
    ['swapped', `${payload}.${header}.${signature}`],
    ['leading-dot', `.${issuedToken}`],
    ['fourth-empty', `${issuedToken}.`],
    ['fourth-junk', `${issuedToken}.AAAA`],
    ['five', `${issuedToken}.a.b`],
    ['dots-only', '..'],
    ['thousand-dots', '.'.repeat(1000)],
    ['empty-header', `.${payload}.${signature}`],
    ['empty-payload', `${header}..${signature}`],
    ['with-itself', `${issuedToken}.${issuedToken}`],
  ]
  for (const [segments, wanted] of rows) assert.equal(make(issued, { segments }).token, wanted)
  assert.match(make(issued, { segments: 'one-word' }).token, /^[A-Za-z0-9]{24}$/)
})

test('a segment can be encoded otherwise', () => {
  const [header = '', payload = '', signature = ''] = segmentsOf(issuedToken)
  const of = (change: NonNullable<JwtFault['encoding']>['change']): string =>
    make(issued, { encoding: { of: 'signature', change } } as JwtFault).token
  const start = `${header}.${payload}.`
  // 64 octets are 86 symbols, of which the last carries four bits too many.
  assert.equal(of('padded'), `${start}${signature}==`)
  assert.equal(of('dangling-symbol'), `${start}${signature}AAA`)
  assert.equal(of({ insert: '!', at: 'start' }), `${start}!${signature}`)
  assert.equal(
    of({ insert: '!', at: 'middle' }),
    `${start}${signature.slice(0, 43)}!${signature.slice(43)}`,
  )
  assert.equal(of({ insert: ' ', at: 'end' }), `${start}${signature} `)
  const bits = of('trailing-bits')
  assert.notEqual(bits, issuedToken)
  assert.deepEqual(signatureOf(bits), signatureOf(issuedToken))
})

test('a change of encoding that needs a certain text gets one', () => {
  for (const of of ['header', 'payload'] as const) {
    for (const change of ['padded', 'trailing-bits', 'standard-alphabet'] as const) {
      const { token } = make(signing, { encoding: { of, change } })
      const segment = segmentsOf(token)[of === 'header' ? 0 : 1] ?? ''
      const plain = Buffer.from(segment, 'base64url').toString('base64url')
      assert.notEqual(segment, plain, `${of} ${change}`)
      assert.equal(JSON.parse(of === 'header' ? headerText(token) : claimsText(token)).x, undefined)
    }
  }
  for (let length = 0; length < 6; length += 1) {
    const signingKey = { ...signingWith(ec), issuer: `${issuer}${'a'.repeat(length)}` }
    const ring = createKeyring(supplied({ signingKey }), '1')
    const { token } = make(ring, { encoding: { of: 'payload', change: 'dangling-symbol' } })
    const [, payload = ''] = segmentsOf(token)
    assert.equal(payload.length % 4, 1)
    assert.match(Buffer.from(payload.slice(0, -1), 'base64url').toString('utf8'), /\}$/)
  }
  for (let seed = 0; seed < 20; seed += 1) {
    const { token } = make(signing, { encoding: { of: 'signature', change: 'standard-alphabet' } })
    assert.match(segmentsOf(token)[2] ?? '', /[+/]/)
  }
})

test('an unencoded payload has no dot that would end it', () => {
  const but: JwtFault = {
    header: { b64: false, crit: ['b64'] },
    encoding: { of: 'payload', change: 'not-encoded' },
  }
  const segments = segmentsOf(make(signing, but).token)
  assert.equal(segments.length, 3)
  assert.equal(JSON.parse(segments[1] ?? '').iss, issuer)
})

test('a token is padded to about its size', () => {
  for (const size of [2048, 6000, 65_536]) {
    const { length } = make(signing, { size }).token
    assert.ok(Math.abs(length - size) < 8, `${length} for ${size}`)
  }
})

test('what the server expects is only judged where the operator said it', () => {
  const silent = createKeyring(supplied({ signingKey: { key: signingWith(ec).key } }), '1')
  assert.deepEqual(lackOf(silent, { claims: { iss: 'https://evil.test/' } }), {
    missing: 'the issuer that the server expects',
    option: '--issuer I',
  })
  assert.deepEqual(lackOf(silent, { claimsJson: { lastMembers: { aud: 'x' } } }), {
    missing: 'the audience that the server expects',
    option: '--audience A',
  })
  const claims = { iss: issuer, aud: audience }
  const told = createKeyring(supplied({ signingKey: { key: signingWith(ec).key, claims } }), '1')
  assert.equal(partsOf(make(told, { claims: { iss: 'x', aud: 'y' } }).token).claims.iss, 'x')
  // A forged token says what it likes.
  const forged = make(silent, { claims: { iss: 'x' }, signature: { key: 'foreign' } }).token
  assert.equal(partsOf(forged).claims.iss, 'x')
})

test('a fault that changes nothing is the valid token in all but chance', () => {
  const essence = (but: JwtFault): string => make(signing, but).essence
  const valid = essence({})
  const nothing: readonly JwtFault[] = [
    { scheme: 'absent' },
    { claims: { iss: { $valid: 'iss' } } },
    { header: { alg: 'ES256' } },
    { claims: { iss: { $valid: 'iss' } }, signature: 'kept' },
    { claimsJson: { before: '' } },
  ]
  for (const but of nothing) assert.equal(essence(but), valid, JSON.stringify(but))
  const something: readonly JwtFault[] = [
    { claims: { iss: 'x' } },
    { signature: 'flipped' },
    { signature: { key: 'foreign' } },
    { claims: { x: 1 }, signature: 'kept' },
    { segments: 'five' },
    { lookalike: 'general-json' },
    { encoding: { of: 'signature', change: 'padded' } },
  ]
  const seen = new Set([valid, ...something.map(essence)])
  assert.equal(seen.size, something.length + 1)
  assert.notEqual(make(signing, {}).token, make(signing, {}).token)
  assert.equal(
    make(issued, {}).essence,
    make(issued, { claims: { sub: { $valid: 'sub' } }, signature: 'kept' }).essence,
  )
})
