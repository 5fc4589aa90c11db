import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKey, type KeySpec } from '../jose/keys.ts'
import { spellingsOfPublicKey } from '../jose/spellings.ts'
import type { JwtFault, Send } from '../model/case.ts'
import { checkJwt, SPELLINGS } from './check-jwt.ts'
import { root } from './problem.ts'

const sent = (but: JwtFault): Send => ({ to: 'protected', with: { valid: 'jwt', but } })

test('Knows the names that a token can be made with', () => {
  const sound: readonly JwtFault[] = [
    { signature: { forged: 'ecdsa-zero' } },
    { signature: { alg: 'RS1', key: 'trusted' } },
    { signature: { alg: 'HS256', key: { publicKeyAs: 'pem-spki' } } },
    { signature: { key: 'foreign' }, header: { jku: { $callback: 'jwks' } } },
    { claims: { iss: { $callback: 'issuer' }, deep: { $callback: 1 } } },
    { claims: { exp: { $now: -121 }, nbf: { $now: 3600 }, iat: { $now: 0 } } },
    { signature: 'kept', claims: { exp: 5 } },
  ]
  for (const but of sound) assert.deepEqual(checkJwt(sent(but), root), [], JSON.stringify(but))
  assert.deepEqual(checkJwt({ to: 'protected', with: 'nothing' }, root), [])
  assert.deepEqual(checkJwt({ to: 'protected', with: { valid: 'jwt' } }, root), [])
  assert.deepEqual(checkJwt({ to: 'protected', with: { valid: 'basic' } }, root), [])
})

const rows: readonly (readonly [JwtFault, string, RegExp, string | undefined])[] = [
  [
    { signature: { forged: 'ecdsa-zerro' } },
    '/with/but/signature/forged',
    /^There is none named "ecdsa-zerro"\.$/,
    'ecdsa-zero',
  ],
  [
    { signature: { alg: 'none', key: 'trusted' } },
    '/with/but/signature/alg',
    /^Nothing can be signed with "none"/,
    undefined,
  ],
  [
    { signature: { key: { publicKeyAs: 'spki' } } },
    '/with/but/signature/key/publicKeyAs',
    /^There is none named "spki"\.$/,
    undefined,
  ],
  [
    { header: { jku: { $callback: 'jwk' } }, signature: { key: 'foreign' } },
    '/with/but/header/jku/$callback',
    /^There is none named "jwk"\.$/,
    'jwks',
  ],
  [
    { claims: { exp: { $now: -30 } } },
    '/with/but/claims/exp/$now',
    /^Nothing is judged within 120 seconds of now/,
    undefined,
  ],
  [
    { claims: { nbf: { $now: 120 } } },
    '/with/but/claims/nbf/$now',
    /^Nothing is judged within 120 seconds/,
    undefined,
  ],
]

for (const [but, path, say, suggestion] of rows) {
  test(`Names the place and the reason of ${JSON.stringify(but)}`, () => {
    const [first, ...more] = checkJwt(sent(but), root)
    assert.notEqual(first, undefined)
    assert.deepEqual(more, [])
    assert.equal(first?.path, path)
    assert.match(first?.say ?? '', say)
    assert.equal(first?.suggestion, suggestion)
  })
}

test('The spellings are those that keys have', () => {
  const specs: readonly KeySpec[] = [
    { kty: 'RSA', size: 1024 },
    { kty: 'EC', crv: 'P-256' },
    { kty: 'OKP', crv: 'Ed25519' },
  ]
  const made = specs.flatMap((spec) =>
    spellingsOfPublicKey(generateKey(spec, 'spellings')).map(({ id }) => id),
  )
  assert.deepEqual([...new Set(made)].sort(), [...SPELLINGS].sort())
})
