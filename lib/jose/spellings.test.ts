import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { exampleKey } from './fixtures.ts'
import { toJwk } from './jwk.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'
import { spellingsOfPublicKey } from './spellings.ts'

const idsOf = (key: Parameters<typeof spellingsOfPublicKey>[0]): string[] =>
  spellingsOfPublicKey(key).map(({ id }) => id)

const common = [
  ...['pem-spki', 'pem-spki-trim', 'pem-spki-crlf', 'pem-body-b64', 'der-spki'],
  ...['jwk-json', 'jwk-min-sorted'],
]

test('spells an RSA key in thirteen ways', () => {
  assert.deepEqual(idsOf(exampleKey('rs256')), [
    ...common,
    ...['pem-pkcs1', 'pem-pkcs1-trim', 'der-pkcs1', 'n-b64u', 'n-bytes', 'n-hex'],
  ])
})

test('spells EC and Ed keys', () => {
  const ec = ['point-bytes', 'point-compressed', 'point-hex', 'x-b64u', 'x-bytes', 'x-hex']
  assert.deepEqual(idsOf(exampleKey('es256')), [...common, ...ec, 'openssh'])
  assert.deepEqual(idsOf(exampleKey('eddsa')), [
    ...common,
    ...['okp-x-b64u', 'okp-x-bytes', 'okp-x-hex', 'openssh'],
  ])
  assert.deepEqual(idsOf(generateKey({ kty: 'EC', crv: 'secp256k1' }, 'ssh')), [...common, ...ec])
  assert.deepEqual(idsOf(secretKey('a secret')), [])
})

test('gives every spelling its own octets, and a private key those of its public half', () => {
  for (const id of ['rs256', 'es256', 'es512', 'eddsa']) {
    const spellings = spellingsOfPublicKey(exampleKey(id))
    const distinct = new Set(spellings.map(({ bytes }) => bytes.toString('hex')))
    assert.equal(distinct.size, spellings.length)
    assert.deepEqual(spellings, spellingsOfPublicKey(publicOf(exampleKey(id))))
  }
})

test('spells the key itself', () => {
  for (const id of ['rs256', 'es256', 'eddsa']) {
    const key = publicOf(exampleKey(id))
    const bytesOf = (name: string): Buffer =>
      spellingsOfPublicKey(key).find((spelling) => spelling.id === name)?.bytes ?? Buffer.alloc(0)
    for (const name of ['pem-spki', 'pem-spki-trim', 'pem-spki-crlf']) {
      assert.ok(createPublicKey(bytesOf(name)).equals(key), name)
    }
    const der = createPublicKey({ key: bytesOf('der-spki'), format: 'der', type: 'spki' })
    assert.ok(der.equals(key))
    for (const name of ['jwk-json', 'jwk-min-sorted']) {
      const jwk = JSON.parse(bytesOf(name).toString())
      assert.ok(createPublicKey({ key: jwk, format: 'jwk' }).equals(key), name)
    }
    assert.ok(bytesOf('pem-spki').toString().endsWith('-----END PUBLIC KEY-----\n'))
    assert.ok(bytesOf('pem-spki-trim').toString().endsWith('-----END PUBLIC KEY-----'))
    assert.ok(!/[^\r]\n/.test(bytesOf('pem-spki-crlf').toString()))
  }
})

test('spells the numbers of a key', () => {
  const bytesOf = (id: string, name: string): string => {
    const found = spellingsOfPublicKey(exampleKey(id)).find((spelling) => spelling.id === name)
    return found?.bytes.toString('hex') ?? ''
  }
  const { n = '' } = toJwk(exampleKey('rs256')) as Record<string, string>
  assert.equal(bytesOf('rs256', 'n-bytes'), Buffer.from(n, 'base64url').toString('hex'))
  const { x = '', y = '' } = toJwk(exampleKey('es256')) as Record<string, string>
  const [xHex, yHex] = [x, y].map((text) => Buffer.from(text, 'base64url').toString('hex'))
  assert.equal(bytesOf('es256', 'point-bytes'), `04${xHex}${yHex}`)
  // The last bit of this y is 1.
  assert.equal(bytesOf('es256', 'point-compressed'), `03${xHex}`)
  assert.equal(bytesOf('es256', 'x-bytes'), xHex)
  assert.match(
    Buffer.from(bytesOf('es256', 'openssh'), 'hex').toString(),
    /^ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB/,
  )
  assert.match(
    Buffer.from(bytesOf('eddsa', 'openssh'), 'hex').toString(),
    /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI/,
  )
})

test('takes the published JSON as it is published', () => {
  const published = { e: 'AQAB', n: 'abc', kty: 'RSA', kid: 'one' }
  const spellings = spellingsOfPublicKey(exampleKey('rs256'), published)
  const json = spellings.find(({ id }) => id === 'jwk-json')?.bytes.toString()
  assert.equal(json, '{"e":"AQAB","n":"abc","kty":"RSA","kid":"one"}')
})
