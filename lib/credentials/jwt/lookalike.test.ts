import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { compactDecrypt, flattenedVerify, generalVerify } from 'jose'
import type { Lookalike } from '../../model/case.ts'
import { createKeyring } from './keyring.ts'
import {
  claimsText,
  ec,
  headerText,
  issued,
  issuedToken,
  keyOf,
  lackOf,
  make,
  partsOf,
  publicPemOf,
  segmentsOf,
  signingWith,
  supplied,
} from './tokens.test.support.ts'

const looks = (lookalike: Lookalike): string => make(issued, { lookalike }).token

test('JSON serialisations carry the valid signature', async () => {
  const key = createPublicKey(ec)
  await flattenedVerify(JSON.parse(looks('flattened-json')), key)
  await generalVerify(JSON.parse(looks('general-json')), key)
})

test('what is encoded once more is the valid token itself', () => {
  const text = looks('base64-of-token')
  assert.match(text, /^[A-Za-z0-9+/]+={0,2}$/)
  assert.equal(Buffer.from(text, 'base64').toString(), issuedToken)
  assert.equal(text.length % 4, 0)
})

test('a polyglot carries the valid token behind the forged one', () => {
  const { token } = make(issued, { lookalike: 'polyglot', claims: { sub: 'root' } })
  const read = JSON.parse(token) as Record<string, string>
  const [name = ''] = Object.keys(read)
  const [header, payload] = name.trim().split('.')
  assert.equal(headerText(`${header}.`), headerText(issuedToken))
  assert.equal(JSON.parse(claimsText(`.${payload}`)).sub, 'root')
  const { protected: protect, payload: valid, signature } = read
  assert.equal(`${protect}.${valid}.${signature}`, issuedToken)
})

test('what is encrypted can be read with the key of the server', async () => {
  const decrypted = async (lookalike: Lookalike): Promise<string> =>
    Buffer.from((await compactDecrypt(looks(lookalike), ec)).plaintext).toString()
  assert.equal(await decrypted('jwe-of-claims'), claimsText(issuedToken))
  assert.equal(await decrypted('jwe-of-token'), issuedToken)
  const unsecured = await decrypted('jwe-of-unsecured')
  assert.deepEqual(partsOf(unsecured).header, { alg: 'none' })
  assert.equal(claimsText(unsecured), claimsText(issuedToken))
  assert.equal(JSON.parse(headerText(looks('jwe-of-token'))).cty, 'JWT')
  assert.equal(JSON.parse(headerText(looks('jwe-of-token'))).kid, 'k1')
})

test('other encrypted tokens need no key of the server', async () => {
  const direct = await compactDecrypt(looks('jwe-direct'), Buffer.alloc(16))
  assert.equal(Buffer.from(direct.plaintext).toString(), claimsText(issuedToken))
  const costly = JSON.parse(headerText(looks('jwe-costly-password')))
  assert.deepEqual([costly.alg, costly.p2c], ['PBES2-HS256+A128KW', 2 ** 31 - 1])
})

test('a bomb is small on the wire', () => {
  const bomb = looks('jwe-zip-bomb')
  assert.ok(bomb.length < 20_000)
  assert.equal(JSON.parse(headerText(bomb)).zip, 'DEF')
})

test('nothing can be encrypted without a key that can be encrypted to', () => {
  const none = createKeyring(supplied({ bearer: issuedToken }), '1')
  assert.deepEqual(lackOf(none, { lookalike: 'jwe-of-claims' }), {
    missing: 'the public key of the server',
    option: '--public-key FILE',
  })
  const ed = keyOf({ kty: 'OKP', crv: 'Ed25519' })
  const ring = createKeyring(supplied({ bearer: issuedToken, publicKey: publicPemOf(ed) }), '1')
  assert.deepEqual(lackOf(ring, { lookalike: 'jwe-of-claims' }), {
    missing: 'a public key that can be encrypted to (RSA or EC)',
    option: '--public-key FILE',
  })
  const rsa = keyOf({ kty: 'RSA' })
  const own = createKeyring(supplied({ signingKey: { key: signingWith(rsa).key } }), '1')
  const { token } = make(own, { lookalike: 'jwe-of-claims', claims: { sub: 'x' } })
  assert.equal(segmentsOf(token).length, 5)
  const old = make(own, { lookalike: 'jwe-of-token-rsa1-5' }).token
  assert.equal(JSON.parse(headerText(old)).alg, 'RSA1_5')
  assert.deepEqual(lackOf(issued, { lookalike: 'jwe-of-token-rsa1-5' }), {
    missing: 'a public key of type RSA',
    option: '--public-key FILE',
  })
  assert.equal(JSON.parse(headerText(token)).kid, undefined)
})
