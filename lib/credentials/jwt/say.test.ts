import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JwtFault } from '../../model/case.ts'
import { labelJwt, sayJwtFault } from './say.ts'

const rows: readonly (readonly [JwtFault, string])[] = [
  [{ header: { alg: 'none' } }, 'the header\'s alg is "none"'],
  [{ header: { kid: { $absent: true } } }, "the header's kid is left out"],
  [{ claims: { exp: null } }, 'the claim exp is null'],
  [{ claims: { exp: { $now: -600 } } }, 'the claim exp is 600 seconds in the past'],
  [
    { claims: { nbf: { $now: 3600, as: 'string' } } },
    'the claim nbf is 3600 seconds from now, as text',
  ],
  [{ claims: { exp: { $now: 0, as: 'milliseconds' } } }, 'the claim exp is now, in milliseconds'],
  [{ claims: { exp: [{ $now: -5 }] } }, 'the claim exp is a list of a time 5 seconds in the past'],
  [{ claims: { aud: [] } }, 'the claim aud is an empty list'],
  [
    { claims: { aud: ['x', { $valid: 'aud' }] } },
    'the claim aud is a list of "x" and the right value',
  ],
  [
    { claims: { aud: { 0: { $valid: 'aud', change: 'other' } } } },
    'the claim aud is an object with the member 0',
  ],
  [{ claims: { aud: { 0: 'x' } } }, 'the claim aud is {"0":"x"}'],
  [
    { claims: { aud: [{ $valid: 'aud', change: 'other' }] } },
    'the claim aud is a list of the right value, changed',
  ],
  [{ claims: { iss: { $valid: 'iss' } } }, 'the claim iss is what it was'],
  [
    { claims: { iss: { $valid: 'iss', change: { append: '.x' } } } },
    'the claim iss with ".x" appended',
  ],
  [{ claims: { exp: { $literal: '1e400' } } }, 'the claim exp is 1e400'],
  [{ claims: { a: { $bytes: 'ff' } } }, 'the claim a is the bytes ff'],
  [{ claims: { a: [{ $absent: true }] } }, 'the claim a is a list of nothing'],
  [{ claims: { a: 'a'.repeat(80) } }, `the claim a is "${'a'.repeat(59)}…`],
  [{ claims: { 'a\u202eb': '\u001b[31m' } }, 'the claim a\\u{202e}b is "\\\\u001b[31m"'],
  [
    { header: { jwk: { $key: 'foreign', as: 'jwk' } } },
    "the header's jwk is a key that nobody trusts",
  ],
  [
    { header: { x5c: { $key: 'trusted', as: 'certificates' } } },
    "the header's x5c is a certificate of the server's own key",
  ],
  [
    { header: { jku: { $callback: 'jwks' } } },
    "the header's jku is a URL of this tool's own listener",
  ],
  [{ headerJson: { is: 'null' } }, 'the header: "null" instead'],
  [{ claimsJson: { is: { token: 'valid' } } }, 'the payload: a valid token instead'],
  [{ claimsJson: { is: { token: 'unsecured' } } }, 'the payload: an unsecured token instead'],
  [{ claimsJson: { before: ' ' } }, 'a space before the payload'],
  [{ claimsJson: { after: 'x' } }, '"x" after the payload'],
  [{ claimsJson: { inside: ',' } }, 'a comma before the last brace of the payload'],
  [{ claimsJson: { firstMembers: { exp: 1 } } }, 'the payload first has another exp'],
  [{ headerJson: { lastMembers: { alg: 'none' } } }, 'the header has another alg at the end'],
  [{ claimsJson: { written: 'single-quotes' } }, 'the payload is written with single quotes'],
  [{ claimsJson: { wrappedIn: 'array' } }, 'the payload in a JSON array'],
  [{ claimsJson: { nested: 9 } }, 'the payload has 9 nested arrays in an unused member'],
  [{ size: 2048 }, 'an unused claim makes the token 2048 bytes long'],
  [{ signature: 'kept' }, 'the signature is the one of the unchanged token'],
  [{ signature: { bytes: 'half' } }, 'the second half of the signature is cut off'],
  [{ signature: { text: 'x' } }, 'the signature is "x"'],
  [{ signature: { from: 'other' } }, "the signature is another token's"],
  [{ signature: { forged: 'ecdsa-zero' } }, 'the signature is forged (ecdsa-zero)'],
  [{ signature: { leadingZero: 'r' } }, 'the number r of the signature begins with a zero byte'],
  [
    { header: { x5t: { $key: 'foreign', as: 'x5t' } } },
    "the header's x5t is the thumbprint of a certificate of a key that nobody trusts",
  ],
  [
    { claimsJson: { is: { token: 'with-own-key' } } },
    'the payload: a token that brings its own key instead',
  ],
  [
    { lookalike: 'jwe-of-token-rsa1-5' },
    "the token encrypted to the server's public key with RSA1_5",
  ],
  [{ signature: { alg: 'ES384', key: 'trusted' } }, 'it is signed with ES384 by the trusted key'],
  [{ signature: { key: 'foreign' } }, 'it is signed by a key that nobody trusts'],
  [{ signature: { key: { secret: '' } } }, 'it is signed by an empty secret'],
  [{ signature: { key: { secret: 'null' } } }, 'it is signed by the secret "null"'],
  [{ signature: { key: { textOf: 'kid' } } }, 'it is signed by the text of its kid as a secret'],
  [{ signature: { key: { hosted: 'next' } } }, 'it is signed by the published key next'],
  [
    { signature: { alg: 'HS256', key: { publicKeyAs: 'n-hex' } } },
    "it is signed with HS256 by the server's public key as a secret (n-hex)",
  ],
  [{ encoding: { of: 'payload', change: 'not-encoded' } }, 'the payload segment is not encoded'],
  [
    { encoding: { of: 'signature', change: { insert: '!', at: 'middle' } } },
    '"!" in the middle of the signature segment',
  ],
  [{ segments: 'five' }, 'two more segments follow, so that it looks encrypted'],
  [{ lookalike: 'general-json' }, 'in the general JSON serialisation'],
  [{ lookalike: 'base64-of-token' }, 'in Base64 once more, as a whole'],
]

for (const [but, wanted] of rows) {
  test(`says ${wanted.slice(0, 70)}`, () => assert.deepEqual(sayJwtFault(but), [wanted]))
}

test('each fault of a token is a phrase of its own', () => {
  assert.deepEqual(sayJwtFault({ header: { alg: 'none' }, signature: 'empty', scheme: 'absent' }), [
    'the header\'s alg is "none"',
    'the signature is empty',
  ])
  assert.deepEqual(sayJwtFault({}), [])
})

test('a label says what became of the token and shows nothing of it', () => {
  const labels: readonly (readonly [JwtFault, string])[] = [
    [{}, 'issued token'],
    [{ header: { alg: 'x' }, signature: 'kept' }, 'issued token: header changed, signature kept'],
    [{ claimsJson: { after: 'x' } }, 'issued token: claims changed'],
    [{ size: 9 }, 'issued token: claims changed'],
    [{ signature: { key: 'trusted' } }, 'issued token: signature made otherwise'],
    [{ signature: { key: 'foreign' } }, 'issued token: signature by another key'],
    [{ signature: { from: 'other' } }, 'issued token: signature of another token'],
    [{ signature: { forged: 'x' } }, 'issued token: signature forged'],
    [{ signature: { leadingZero: 's' } }, 'issued token: signature made otherwise'],
    [{ signature: { bytes: 'half' } }, 'issued token: signature changed'],
    [{ encoding: { of: 'header', change: 'padded' } }, 'issued token: header encoded otherwise'],
    [{ segments: 'five' }, 'issued token: segments changed'],
    [{ lookalike: 'jwe-of-claims' }, 'issued token: jwe of claims'],
  ]
  for (const [but, wanted] of labels) assert.equal(labelJwt('issued', but), wanted)
  assert.equal(labelJwt('minted', {}), 'token of the signing key')
})
