import assert from 'node:assert/strict'
import { test } from 'node:test'
import { algorithmsOf } from '../../jose/algorithms.ts'
import { toJwk, toPrivateJwk } from '../../jose/jwk.ts'
import type { KeySpec } from '../../jose/keys.ts'
import { bearerOf, createKeyring, readIssued } from './keyring.ts'
import {
  ec,
  issuedToken,
  keyOf,
  pemOf,
  publicPemOf,
  signingWith,
  supplied,
} from './tokens.test.support.ts'

const pem = (key: ReturnType<typeof keyOf>): string => publicPemOf(key)

test('signs with the algorithm that the type of the key calls for', () => {
  const rows: readonly (readonly [KeySpec, string])[] = [
    [{ kty: 'RSA' }, 'RS256'],
    [{ kty: 'EC', crv: 'P-256' }, 'ES256'],
    [{ kty: 'EC', crv: 'P-384' }, 'ES384'],
    [{ kty: 'EC', crv: 'P-521' }, 'ES512'],
    [{ kty: 'OKP', crv: 'Ed25519' }, 'EdDSA'],
    [{ kty: 'OKP', crv: 'Ed448' }, 'EdDSA'],
  ]
  for (const [spec, alg] of rows) {
    const { trusted } = createKeyring(supplied({ signingKey: { key: pemOf(keyOf(spec)) } }), '1')
    assert.equal(trusted?.alg, alg)
  }
  const secret = createKeyring(supplied({ signingKey: { key: 'too short for anything' } }), '1')
  assert.equal(secret.trusted?.alg, 'HS256')
  const strange = JSON.stringify(toPrivateJwk(keyOf({ kty: 'EC', crv: 'secp256k1' })))
  assert.throws(
    () => createKeyring(supplied({ signingKey: { key: strange } }), '1'),
    /No algorithm of RFC 7518/,
  )
})

test('prefers what was said, then what the key says, then what the issued token says', () => {
  const rsa = keyOf({ kty: 'RSA' })
  const named = JSON.stringify(toPrivateJwk(rsa, { alg: 'PS384', kid: 'own' }))
  const fromKey = createKeyring(supplied({ signingKey: { key: named } }), '1').trusted
  assert.deepEqual([fromKey?.alg, fromKey?.kid], ['PS384', 'own'])
  const said = createKeyring(
    supplied({ signingKey: { key: named, alg: 'RS512', kid: 'said' } }),
    '1',
  ).trusted
  assert.deepEqual([said?.alg, said?.kid], ['RS512', 'said'])
  // An algorithm that the key cannot be used with is no wish that can be granted.
  const unfit = createKeyring(supplied({ signingKey: { key: pemOf(ec), alg: 'RS256' } }), '1')
  assert.equal(unfit.trusted?.alg, 'ES256')
  const like = createKeyring(supplied({ bearer: issuedToken, signingKey: { key: pemOf(ec) } }), '1')
  assert.deepEqual([like.trusted?.alg, like.trusted?.kid], ['ES256', 'k1'])
})

test('knows the public key that it was given, or that of the signing key', () => {
  const jwk = { ...toJwk(ec), kid: 'x' }
  const given = createKeyring(supplied({ publicKey: `\ufeff${JSON.stringify(jwk)}` }), '1')
  assert.deepEqual(given.publicKey?.published, jwk)
  const set = createKeyring(supplied({ publicKey: JSON.stringify({ keys: [jwk] }) }), '1')
  assert.deepEqual(set.publicKey?.published, jwk)
  // Nobody publishes a private key: it is only where the public one came from.
  const secret = createKeyring(supplied({ publicKey: JSON.stringify(toPrivateJwk(ec)) }), '1')
  assert.equal(secret.publicKey?.published, undefined)
  const own = createKeyring(supplied({ signingKey: signingWith(ec) }), '1')
  assert.equal(own.publicKey?.key.export({ type: 'spki', format: 'pem' }), pem(ec))
  const hmac = createKeyring(supplied({ signingKey: { key: 'correct horse battery' } }), '1')
  assert.equal(hmac.publicKey, undefined)
  assert.equal(createKeyring(supplied(), '1').publicKey, undefined)
})

test('says in one sentence why a key cannot be read', () => {
  assert.throws(() => createKeyring(supplied({ signingKey: { key: '{' } }), '1'), {
    name: 'TypeError',
    message: 'The key file is not JSON (line 1, column 2).',
  })
  assert.throws(() => createKeyring(supplied({ publicKey: 'nothing' }), '1'), TypeError)
})

test('makes foreign keys from the seed, one of a kind', () => {
  const ring = createKeyring(supplied(), '7')
  for (const alg of ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS512'] as const) {
    assert.ok(algorithmsOf(ring.foreign(alg)).includes(alg), alg)
    assert.equal(ring.foreign(alg), ring.foreign(alg))
  }
  assert.equal(ring.foreign('PS256'), ring.foreign('RS1'))
  const again = createKeyring(supplied(), '7').foreign('ES256')
  const other = createKeyring(supplied(), '8').foreign('ES256')
  assert.ok(again.equals(ring.foreign('ES256')))
  assert.ok(!other.equals(ring.foreign('ES256')))
})

test('takes apart what is a signed token, and nothing else', () => {
  assert.equal(readIssued(issuedToken)?.header.alg, 'ES256')
  const encoded = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  const others = [
    undefined,
    'opaque',
    'a.b.c',
    `${encoded({ alg: 'ES256' })}.${encoded({})}`,
    `${encoded({})}.${encoded({})}.AA`,
    `${encoded({ alg: 'ES256' })}.${encoded([])}.AA`,
  ]
  for (const each of others) assert.equal(readIssued(each), undefined)
})

test('finds the tokens of accounts by their own names', () => {
  const given = supplied({ bearer: 'a', bearers: { other: issuedToken } })
  assert.equal(bearerOf(given, 'default'), 'a')
  assert.equal(bearerOf(given, 'other'), issuedToken)
  assert.equal(bearerOf(given, 'constructor'), undefined)
  assert.equal(bearerOf(supplied(), 'other'), undefined)
  const ring = createKeyring(given, '1')
  assert.equal(ring.issued('default'), undefined)
  assert.equal(ring.issued('other')?.claims.role, 'admin')
})
