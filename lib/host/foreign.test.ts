import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { importJWK, importX509, jwtVerify } from 'jose'
import { createKeyring, type Keyring } from '../credentials/jwt/keyring.ts'
import { makeJwt } from '../credentials/jwt/make.ts'
import { generateKey } from '../jose/keys.ts'
import { randomFrom } from '../text/random.ts'
import { foreignPath, serveForeign } from './foreign.ts'

const key = generateKey({ kty: 'EC', crv: 'P-256' }, 'host')
const pem = String(key.export({ type: 'pkcs8', format: 'pem' }))
const ring = (kid?: string): Keyring =>
  createKeyring(
    {
      accounts: {},
      tokens: {},
      signingKey: { key: pem, ...(kid === undefined ? {} : { kid }) },
    },
    'host',
  )

const urlOf = (path: string): string => `http://127.0.0.1:1/s/${path}`

const bodyOf = (keyring: Keyring, path: string): string => {
  const found = serveForeign(keyring, urlOf)(path)
  return String(found?.body ?? assert.fail(`nothing at ${path}`))
}

/** A token that the foreign key signed. */
const forged = (keyring: Keyring, alg: string): string =>
  makeJwt(
    {
      keyring,
      account: 'default',
      moment: { now: Math.floor(Date.now() / 1000), exact: true },
      random: randomFrom('host'),
    },
    { header: { alg }, signature: { alg, key: 'foreign' } },
  ).token

test('the key set holds the public key that verifies the forged token, under the valid kid', async () => {
  for (const alg of ['ES256', 'RS256', 'EdDSA']) {
    const keyring = ring('k1')
    const { keys } = JSON.parse(bodyOf(keyring, foreignPath('tag', alg, 'jwks')))
    assert.equal(keys.length, 1)
    assert.deepEqual([keys[0].kid, keys[0].alg, keys[0].use], ['k1', alg, 'sig'])
    await jwtVerify(forged(keyring, alg), await importJWK(keys[0], alg))
  }
  const [only] = JSON.parse(bodyOf(ring(), foreignPath('tag', 'ES256', 'jwks'))).keys
  assert.ok(!('kid' in only))
})

test('nothing that is served is private', () => {
  const keyring = ring('k1')
  for (const alg of ['ES256', 'RS256', 'EdDSA', 'PS512', 'ES512']) {
    for (const document of ['jwks', 'certificates', 'issuer/.well-known/openid-configuration']) {
      const body = bodyOf(keyring, foreignPath('tag', alg, document))
      assert.doesNotMatch(body, /"(?:d|p|q|dp|dq|qi|k)":|PRIVATE/)
    }
  }
  assert.equal(serveForeign(keyring, urlOf)('tag/HS256/jwks'), undefined)
})

test('the certificate holds the key, too', async () => {
  const keyring = ring('k1')
  const text = bodyOf(keyring, foreignPath('tag', 'ES256', 'certificates'))
  assert.ok(new X509Certificate(text).publicKey)
  await jwtVerify(forged(keyring, 'ES256'), await importX509(text, 'ES256'))
})

test('the metadata of the issuer leads to the key set', () => {
  const body = bodyOf(ring(), 'tag/ES256/issuer/.well-known/oauth-authorization-server')
  assert.deepEqual(JSON.parse(body), {
    issuer: urlOf('tag/ES256/issuer'),
    jwks_uri: urlOf('tag/ES256/jwks'),
  })
})

test('there is nothing else', () => {
  const serve = serveForeign(ring(), urlOf)
  for (const path of ['', 'tag', 'tag/ES256', 'tag/none/jwks', 'tag/ES256/x', 'tag/ES256/issuer']) {
    assert.equal(serve(path), undefined, path)
  }
})
