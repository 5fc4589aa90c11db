import assert from 'node:assert/strict'
import type { KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { CompactSign, compactVerify } from 'jose'
import { randomFrom } from '../text/random.ts'
import { ALGORITHMS, type Algorithm, isAlgorithm, METHODS, sign, verify } from './algorithms.ts'
import { cookbook, exampleKey, keyOf, rfc } from './fixtures.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'

const rsa = exampleKey('rs256')

const keyFor = (alg: Algorithm): KeyObject => {
  const { family, crv } = METHODS[alg]
  if (family === 'hmac') return generateKey({ kty: 'oct', size: 512 }, 'key')
  if (family === 'eddsa') return generateKey({ kty: 'OKP', crv: 'Ed25519' }, 'key')
  return crv === undefined ? rsa : generateKey({ kty: 'EC', crv }, 'key')
}
const verifierOf = (key: KeyObject): KeyObject => (key.type === 'secret' ? key : publicOf(key))

const parts = (jws: string): { input: Buffer; signature: Buffer } => {
  const dot = jws.lastIndexOf('.')
  return {
    input: Buffer.from(jws.slice(0, dot)),
    signature: Buffer.from(jws.slice(dot + 1), 'base64url'),
  }
}

for (const example of [...rfc.jws, ...cookbook]) {
  const { id, where, alg, jwk, jws, reproducible } = example
  if (jwk === undefined || !isAlgorithm(alg)) continue
  test(`verifies the example ${where} (${id})`, () => {
    const { input, signature } = parts(jws)
    const key = keyOf(jwk)
    assert.ok(verify(alg, verifierOf(key), input, signature))
    assert.ok(!verify(alg, key, Buffer.concat([input, Buffer.from('x')]), signature))
    if (reproducible) assert.equal(sign(alg, key, input).toString('hex'), signature.toString('hex'))
    else assert.ok(verify(alg, key, input, sign(alg, key, input)))
  })
}

for (const { where, jwk, message, signature } of rfc.ed448) {
  test(`signs as ${where} does`, () => {
    const bytes = Buffer.from(message, 'base64url')
    assert.equal(sign('EdDSA', keyOf(jwk), bytes).toString('base64url'), signature)
    assert.ok(verify('EdDSA', keyOf(jwk), bytes, Buffer.from(signature, 'base64url')))
  })
}

for (const alg of ALGORITHMS) {
  const key = keyFor(alg)

  test(`${alg}: jose accepts what we sign, and we accept what jose signs`, async () => {
    const random = randomFrom('interop', alg)
    for (let times = 0; times < 5; times += 1) {
      const payload = random.bytes(random.int(200))
      const header = { alg, kid: random.text(8) }
      const encoded = [JSON.stringify(header), payload].map((part) =>
        Buffer.from(part as string).toString('base64url'),
      )
      const input = encoded.join('.')
      const ours = sign(alg, key, Buffer.from(input)).toString('base64url')
      const theirs = await compactVerify(`${input}.${ours}`, verifierOf(key))
      assert.deepEqual(Buffer.from(theirs.payload), Buffer.from(payload))

      const jws = await new CompactSign(payload).setProtectedHeader(header).sign(key)
      const { input: signed, signature } = parts(jws)
      assert.ok(verify(alg, verifierOf(key), signed, signature))
    }
  })

  test(`${alg}: refuses a signature with any octet changed, missing or added`, () => {
    const bytes = Buffer.from('seeded text')
    const good = sign(alg, key, bytes)
    assert.ok(verify(alg, key, bytes, good))
    const random = randomFrom('changed', alg)
    for (let times = 0; times < 20; times += 1) {
      const changed = Buffer.from(good)
      const at = random.int(good.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8))
      assert.ok(!verify(alg, key, bytes, changed))
    }
    assert.ok(!verify(alg, key, bytes, good.subarray(1)))
    assert.ok(!verify(alg, key, bytes, good.subarray(0, -1)))
    assert.ok(!verify(alg, key, bytes, Buffer.concat([good, Buffer.alloc(1)])))
    assert.ok(!verify(alg, key, bytes, Buffer.concat([Buffer.alloc(1), good])))
    assert.ok(!verify(alg, key, bytes, Buffer.alloc(0)))
  })

  test(`${alg}: is no other algorithm`, () => {
    const bytes = Buffer.from('seeded text')
    const good = sign(alg, key, bytes)
    for (const other of ALGORITHMS) {
      assert.equal(verify(other, key, bytes, good), other === alg, other)
    }
  })
}

test('signs with keys that do not fit, where the numbers allow it', () => {
  const bytes = Buffer.from('x')
  const wider = generateKey({ kty: 'EC', crv: 'P-384' }, 'unfit')
  assert.equal(sign('ES256', wider, bytes).length, 96)
  const other = generateKey({ kty: 'EC', crv: 'secp256k1' }, 'unfit')
  assert.equal(sign('ES256', other, bytes).length, 64)
  assert.equal(sign('RS1', rsa, bytes).length, 256)
  assert.equal(sign('HS256', secretKey(''), bytes).length, 32)
  for (const key of [wider, other]) {
    assert.ok(!verify('ES256', key, bytes, sign('ES256', key, bytes)))
  }
  assert.ok(!verify('HS256', secretKey('short'), bytes, sign('HS256', secretKey('short'), bytes)))
})

test('throws where a key cannot sign with an algorithm at all', () => {
  const bytes = Buffer.from('x')
  assert.throws(() => sign('RS256', exampleKey('es256'), bytes), {
    name: 'TypeError',
    message: 'RS256 signs with a key of type RSA',
  })
  assert.throws(() => sign('RS256', publicOf(rsa), bytes), {
    name: 'TypeError',
    message: 'RS256 signs with a private key',
  })
})

test('knows its names letter for letter', () => {
  for (const name of ['RS1', 'none', 'rs256', 'Ed25519', '', null, ['RS256'], 'constructor']) {
    assert.equal(isAlgorithm(name), false)
  }
  assert.equal(isAlgorithm('EdDSA'), true)
})
