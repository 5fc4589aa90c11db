import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toJwk, toPrivateJwk } from '../../jose/jwk.ts'
import { readPublicKey, readSigningKey } from './key-files.ts'
import { ec, keyOf, pemOf, publicPemOf } from './tokens.test.support.ts'

const faultOf = (read: ReturnType<typeof readSigningKey>): string =>
  'fault' in read ? read.fault : assert.fail('the key was read')

test('reads private keys in PEM and as JSON, with what the file says of them', () => {
  const pem = readSigningKey(pemOf(ec))
  assert.ok('key' in pem && pem.key.type === 'private')
  const jwk = readSigningKey(JSON.stringify(toPrivateJwk(ec, { kid: 'k', alg: 'ES256' })))
  assert.ok('key' in jwk)
  assert.deepEqual({ ...jwk.members }, { kid: 'k', alg: 'ES256' })
})

test('takes one line of text for the secret of an HMAC', () => {
  for (const text of ['correct horse battery staple', 'correct horse battery staple\r\n']) {
    const read = readSigningKey(text)
    assert.ok('key' in read && read.key.type === 'secret')
    assert.equal(read.key.export().toString(), 'correct horse battery staple')
  }
  const oct = readSigningKey(JSON.stringify({ kty: 'oct', k: 'AAEC' }))
  assert.ok('key' in oct)
  assert.deepEqual(oct.key.export(), Buffer.from([0, 1, 2]))
})

test('takes nothing for a secret that was meant to be a key', () => {
  assert.match(faultOf(readSigningKey(pemOf(ec).slice(0, 80))), /cut off/)
  assert.match(faultOf(readSigningKey('{"kty":')), /not JSON/)
  assert.match(faultOf(readSigningKey('ssh-ed25519 AAAA')), /SSH/)
  assert.match(faultOf(readSigningKey('')), /empty/)
  assert.match(faultOf(readSigningKey('two\nlines')), /neither PEM nor/)
  assert.match(faultOf(readSigningKey(publicPemOf(ec))), /public key; signing takes/)
})

test('reads the public half of whatever it is given', () => {
  const spki = { type: 'spki', format: 'pem' } as const
  for (const text of [publicPemOf(ec), pemOf(ec), JSON.stringify(toJwk(ec))]) {
    const read = readPublicKey(text)
    assert.ok('key' in read)
    assert.equal(read.key.export(spki), publicPemOf(ec))
  }
  const secret = JSON.stringify(toPrivateJwk(keyOf({ kty: 'oct' })))
  assert.match(faultOf(readPublicKey(secret)), /no public half/)
  assert.match(faultOf(readPublicKey('nothing')), /neither PEM nor/)
})
