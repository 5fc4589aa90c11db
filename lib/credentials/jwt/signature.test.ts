import assert from 'node:assert/strict'
import {
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { test } from 'node:test'
import { compactVerify, importJWK } from 'jose'
import { type METHODS, verify } from '../../jose/algorithms.ts'
import { toJwk } from '../../jose/jwk.ts'
import { publicOf } from '../../jose/key-kind.ts'
import { spellingsOfPublicKey } from '../../jose/spellings.ts'
import type { JwtFault, KeyChoice } from '../../model/case.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import {
  ec,
  issued,
  issuedToken,
  issuer,
  keyOf,
  lackOf,
  make,
  partsOf,
  publicPemOf,
  segmentsOf,
  signatureOf,
  signing,
  signingWith,
  supplied,
} from './tokens.test.support.ts'

const coveredBy = (token: string): Buffer =>
  Buffer.from(segmentsOf(token).slice(0, 2).join('.'), 'latin1')

const isBy = (token: string, alg: keyof typeof METHODS, key: KeyObject): boolean =>
  alg !== 'RS1' && verify(alg, key, coveredBy(token), signatureOf(token))

const hmacWith = (
  key: KeyChoice,
  ring: Keyring = issued,
): { token: string; hs256: (secret: Buffer | string) => Buffer } => {
  const { token } = make(ring, { header: { alg: 'HS256' }, signature: { key } })
  const hs256 = (secret: Buffer | string): Buffer =>
    createHmac('sha256', secret).update(coveredBy(token)).digest()
  return { token, hs256 }
}

test('a secret anyone could guess signs as it is', () => {
  for (const secret of ['', 'secret', 'null', '\0']) {
    const { token, hs256 } = hmacWith({ secret })
    assert.deepEqual(signatureOf(token), hs256(secret), JSON.stringify(secret))
    assert.deepEqual(partsOf(token).header.alg, 'HS256')
  }
  const bytes = hmacWith({ secret: { $bytes: 'ff00' } })
  assert.deepEqual(signatureOf(bytes.token), bytes.hs256(Buffer.from([0xff, 0])))
})

test('the text of a member signs', () => {
  const kid = hmacWith({ textOf: 'kid' })
  assert.deepEqual(signatureOf(kid.token), kid.hs256('k1'))
  const iss = hmacWith({ textOf: 'iss' })
  assert.deepEqual(signatureOf(iss.token), iss.hs256(issuer))
  const plain = createKeyring(supplied({ signingKey: { key: signingWith(ec).key } }), '1')
  const but = (textOf: 'kid' | 'iss'): JwtFault => ({ signature: { key: { textOf } } })
  assert.deepEqual(lackOf(plain, but('kid')), { missing: 'a token with a kid', option: '--kid K' })
  assert.deepEqual(lackOf(plain, but('iss')), {
    missing: 'a token with an issuer',
    option: '--issuer I',
  })
})

test('the public key signs in each of its spellings', () => {
  for (const { id, bytes } of spellingsOfPublicKey(createPublicKey(ec))) {
    const { token, hs256 } = hmacWith({ publicKeyAs: id })
    assert.deepEqual(signatureOf(token), hs256(bytes), id)
  }
  const but: JwtFault = { signature: { key: { publicKeyAs: 'n-hex' } } }
  assert.deepEqual(lackOf(issued, but), {
    missing: 'a public key that can be written as n-hex (one of type EC cannot)',
    option: '--public-key FILE',
  })
  const none = createKeyring(supplied({ bearer: issuedToken }), '1')
  assert.deepEqual(lackOf(none, { signature: { key: { publicKeyAs: 'pem-spki' } } }), {
    missing: 'the public key of the server',
    option: '--public-key FILE',
  })
})

test('a key that nobody trusts signs with the algorithm of the valid token, or another', () => {
  const same = make(issued, { signature: { key: 'foreign' } }).token
  assert.ok(isBy(same, 'ES256', issued.foreign('ES256')))
  assert.ok(!isBy(same, 'ES256', ec))
  assert.deepEqual(partsOf(same), partsOf(issuedToken))
  const other = make(issued, {
    header: { alg: 'EdDSA' },
    signature: { alg: 'EdDSA', key: 'foreign' },
  })
  assert.ok(isBy(other.token, 'EdDSA', issued.foreign('EdDSA')))
})

test('the header carries the key that signs', async () => {
  const jwk = make(issued, {
    header: { jwk: { $key: 'foreign', as: 'jwk' } },
    signature: { key: 'foreign' },
  }).token
  const { header } = partsOf(jwk)
  const key = await importJWK(header.jwk as object, 'ES256')
  await compactVerify(jwk, key)
  assert.deepEqual(
    { ...(header.jwk as object) },
    toJwk(issued.foreign('ES256'), { kid: 'k1', alg: 'ES256' }),
  )
  const oct = make(issued, {
    header: { alg: 'HS256', jwk: { $key: 'foreign', as: 'jwk' } },
    signature: { alg: 'HS256', key: 'foreign' },
  }).token
  await compactVerify(oct, await importJWK(partsOf(oct).header.jwk as object, 'HS256'))
  const x5c = make(issued, {
    header: { x5c: { $key: 'foreign', as: 'certificates' } },
    signature: { key: 'foreign' },
  }).token
  const [certificate] = partsOf(x5c).header.x5c as string[]
  const { publicKey } = new X509Certificate(Buffer.from(certificate ?? '', 'base64'))
  assert.ok(isBy(x5c, 'ES256', publicKey))
  const own = make(issued, { header: { jwk: { $key: 'trusted', as: 'jwk' } }, signature: 'kept' })
  assert.deepEqual({ ...(partsOf(own.token).header.jwk as object) }, toJwk(ec, { kid: 'k1' }))
})

test('the header carries the thumbprint of the certificate beside it', () => {
  for (const [as, hash] of [
    ['x5t', 'sha1'],
    ['x5t#S256', 'sha256'],
  ] as const) {
    const { header } = partsOf(
      make(issued, {
        header: {
          x5c: { $key: 'foreign', as: 'certificates' },
          [as]: { $key: 'foreign', as },
        },
        signature: { key: 'foreign' },
      }).token,
    )
    const [certificate = ''] = header.x5c as string[]
    const print = createHash(hash).update(Buffer.from(certificate, 'base64')).digest('base64url')
    assert.equal(header[as], print)
  }
})

test('the trusted key signs until a number begins with zeros', () => {
  for (const half of ['r', 's'] as const) {
    const { token } = make(signing, { signature: { leadingZero: half } })
    assert.equal(signatureOf(token)[half === 'r' ? 0 : 32], 0)
    assert.ok(isBy(token, 'ES256', publicOf(ec)))
  }
  assert.equal(lackOf(issued, { signature: { leadingZero: 'r' } }).missing, 'a signing key')
  const ed = createKeyring(
    supplied({ signingKey: signingWith(keyOf({ kty: 'OKP', crv: 'Ed25519' })) }),
    '1',
  )
  assert.deepEqual(lackOf(ed, { signature: { leadingZero: 's' } }), {
    missing: 'a signing key of type EC',
    option: '--signing-key FILE',
  })
})

test('a header can only carry what there is', () => {
  const key = (value: JwtFault['header'], signature: JwtFault['signature'] = 'kept'): JwtFault => ({
    ...(value === undefined ? {} : { header: value }),
    signature,
  })
  const none = createKeyring(supplied({ bearer: issuedToken }), '1')
  assert.deepEqual(lackOf(none, key({ jwk: { $key: 'trusted', as: 'jwk' } })), {
    missing: 'the public key of the server',
    option: '--public-key FILE',
  })
  assert.equal(
    lackOf(issued, key({ x5c: { $key: 'trusted', as: 'certificates' } })).option,
    '--public-key FILE',
  )
  assert.deepEqual(
    lackOf(
      issued,
      key({ x5c: { $key: 'foreign', as: 'certificates' } }, { alg: 'HS256', key: 'foreign' }),
    ),
    { missing: 'an algorithm with a public key', option: '--bearer TOKEN' },
  )
  assert.deepEqual(lackOf(issued, key({ jku: { $callback: 'jwks' } })), {
    missing: 'a listener that the server can reach',
    option: '--jwks-listen HOST:PORT',
  })
  const callback = (alg: string, document: string): string => `http://127.0.0.1/${alg}/${document}`
  const { token } = make(issued, key({ jku: { $callback: 'jwks' } }), { callback })
  assert.equal(partsOf(token).header.jku, 'http://127.0.0.1/ES256/jwks')
})

test('the trusted key signs otherwise only as its type allows', () => {
  const mismatched = make(signing, { signature: { alg: 'ES384', key: 'trusted' } }).token
  assert.equal(signatureOf(mismatched).length, 64)
  assert.equal(partsOf(mismatched).header.alg, 'ES256')
  assert.deepEqual(lackOf(signing, { signature: { alg: 'RS256', key: 'trusted' } }), {
    missing: 'a signing key that RS256 can use',
    option: '--signing-key FILE',
  })
  assert.deepEqual(lackOf(signing, { signature: { alg: 'ES256', key: 'trusted' } }), {
    missing: 'a signing key whose tokens are not signed with ES256',
    option: '--signing-key FILE',
  })
  const rsa = keyOf({ kty: 'RSA' })
  const ring = createKeyring(supplied({ signingKey: signingWith(rsa) }), '1')
  const pss = make(ring, { header: { alg: 'PS256' }, signature: { alg: 'PS256', key: 'trusted' } })
  assert.ok(isBy(pss.token, 'PS256', publicOf(rsa)))
})

test("another account's signature is put behind the valid text", () => {
  const other = make(signing, { claims: { x: 1 } }).token
  const ring = createKeyring(supplied({ bearer: issuedToken, bearers: { other } }), '1')
  const { token } = make(ring, { signature: { from: 'other' } })
  assert.equal(token, [...segmentsOf(issuedToken).slice(0, 2), segmentsOf(other)[2]].join('.'))
  assert.deepEqual(lackOf(issued, { signature: { from: 'other' } }), {
    missing: 'a JSON Web Token of the account other',
    option: '--account other=TOKEN',
  })
})

test('a forgery is made from what there is', () => {
  const zero = make(issued, { signature: { forged: 'ecdsa-zero' } }).token
  assert.deepEqual(signatureOf(zero), Buffer.alloc(64))
  const der = signatureOf(make(issued, { signature: { forged: 'ecdsa-der' } }).token)
  assert.equal(der[0], 0x30)
  const elsewhere: JwtFault = { signature: { forged: 'over-padded-text' } }
  assert.deepEqual(lackOf(issued, elsewhere), {
    missing: 'a signing key',
    option: '--signing-key FILE',
  })
  const padded = make(signing, elsewhere).token
  assert.ok(!isBy(padded, 'ES256', publicOf(ec)))
  const [header = '', payload = ''] = segmentsOf(padded)
  const wide = (text: string): string => text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  const input = Buffer.from(`${wide(header)}.${wide(payload)}`)
  assert.ok(verify('ES256', publicOf(ec), input, signatureOf(padded)))
  // Base64 of plain JSON has no symbol that the alphabets spell otherwise; a further token does.
  const standard = make(signing, { signature: { forged: 'over-standard-base64' } }).token
  assert.match(coveredBy(standard).toString(), /[-_]/)
})

test('a forgery names the key that it is for', () => {
  assert.deepEqual(lackOf(issued, { signature: { forged: 'eddsa-zero' } }), {
    missing: 'a key of type Ed25519',
    option: '--signing-key FILE',
  })
  assert.deepEqual(lackOf(signing, { signature: { forged: 'rsa-zero' } }), {
    missing: 'a key of type RSA for RS256 and its like or RSA for PS256 and its like',
    option: '--signing-key FILE',
  })
  const ed = keyOf({ kty: 'OKP', crv: 'Ed25519' })
  const ring = createKeyring(supplied({ signingKey: signingWith(ed) }), '1')
  const forged = make(ring, { signature: { forged: 'eddsa-zero' } }).token
  assert.deepEqual(signatureOf(forged), Buffer.alloc(64))
  assert.deepEqual(lackOf(signing, { signature: { forged: 'no-such' } }), {
    missing: 'a forgery named no-such',
    option: '--suite FILE',
  })
  assert.deepEqual(lackOf(signing, { signature: { key: { hosted: 'next' } } }), {
    missing: 'a key set that the server reads',
    option: '--jwks-listen HOST:PORT',
  })
})

test('what needs the public key of the server says so', () => {
  const rsa = keyOf({ kty: 'RSA' })
  const owner = createKeyring(supplied({ signingKey: signingWith(rsa) }), '1')
  const { token } = make(owner, {})
  const without = createKeyring(supplied({ bearer: token }), '1')
  const but: JwtFault = { signature: { forged: 'rsa-n' } }
  assert.deepEqual(lackOf(without, but), {
    missing: 'the public key of the server',
    option: '--public-key FILE',
  })
  const ring = createKeyring(supplied({ bearer: token, publicKey: publicPemOf(rsa) }), '1')
  assert.equal(signatureOf(make(ring, but).token).length, 256)
})
