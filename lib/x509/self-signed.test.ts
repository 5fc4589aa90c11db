import assert from 'node:assert/strict'
import { createPublicKey, createSecretKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { generateKey, type KeySpec } from '../jose/keys.ts'
import { selfSigned } from './self-signed.ts'

const specs: readonly KeySpec[] = [
  { kty: 'RSA' },
  { kty: 'EC', crv: 'P-256' },
  { kty: 'EC', crv: 'P-384' },
  { kty: 'EC', crv: 'P-521' },
  { kty: 'OKP', crv: 'Ed25519' },
  { kty: 'OKP', crv: 'Ed448' },
]

for (const spec of specs) {
  test(`Writes a certificate that its own ${JSON.stringify(spec)} key verifies`, () => {
    const key = generateKey(spec, 'certificates')
    const certificate = new X509Certificate(selfSigned(key, { name: 'Prüfer' }))
    const own = createPublicKey(key)
    assert.ok(certificate.verify(own))
    assert.deepEqual(
      certificate.publicKey.export({ type: 'spki', format: 'der' }),
      own.export({ type: 'spki', format: 'der' }),
    )
    assert.equal(certificate.subject, 'CN=Prüfer')
    assert.equal(certificate.issuer, certificate.subject)
    const now = Date.now()
    assert.ok(Date.parse(certificate.validFrom) < now && now < Date.parse(certificate.validTo))
  })
}

test('Holds from the first moment given to the last', () => {
  const key = generateKey({ kty: 'EC', crv: 'P-256' }, 'certificates')
  const from = new Date('2020-02-29T23:59:58Z')
  const until = new Date('2049-12-31T01:02:03Z')
  const certificate = new X509Certificate(selfSigned(key, { name: 'a', from, until }))
  assert.equal(Date.parse(certificate.validFrom), from.getTime())
  assert.equal(Date.parse(certificate.validTo), until.getTime())
})

test('Refuses to certify a secret', () => {
  assert.throws(() => selfSigned(createSecretKey(Buffer.alloc(32)), { name: 'a' }), TypeError)
})
