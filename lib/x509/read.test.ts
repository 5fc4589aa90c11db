import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { freshKey } from './authority.ts'
import { certificate } from './certificate.ts'
import { signatureHashOf } from './read.ts'
import type { CertificateHash } from './signing.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = freshKey()

const cases: readonly (readonly [string, typeof rsa, CertificateHash])[] = [
  ['RSA', rsa, 'md5'],
  ['RSA', rsa, 'sha1'],
  ['RSA', rsa, 'sha256'],
  ['RSA', rsa, 'sha384'],
  ['RSA', rsa, 'sha512'],
  ['ECDSA', ec, 'sha1'],
  ['ECDSA', ec, 'sha256'],
  ['ECDSA', ec, 'sha384'],
]

for (const [name, key, hash] of cases) {
  test(`Reads that ${name} signed with ${hash}`, () => {
    const bytes = certificate({ name: 'a', key: ec, hash }, { name: 'b', key })
    assert.equal(signatureHashOf(bytes), hash)
    assert.ok(new X509Certificate(bytes).subject)
  })
}

test('Knows the hash of a key that has one of its own', () => {
  const key = generateKeyPairSync('ed25519').privateKey
  assert.equal(signatureHashOf(certificate({ name: 'a', key }, { name: 'a', key })), 'sha512')
})

test('Throws where the bytes end too early', () => {
  assert.throws(() => signatureHashOf(Buffer.alloc(0)), RangeError)
})
