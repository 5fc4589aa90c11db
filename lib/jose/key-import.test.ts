import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { exampleKey, rfc } from './fixtures.ts'
import { type Jwk, toJwk, toPrivateJwk } from './jwk.ts'
import { isJwk, readJwk } from './jwk-read.ts'
import { importKey } from './key-import.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'

const rsa = exampleKey('rs256')
const ec = exampleKey('es256')
const ed = exampleKey('eddsa')
const ed448 = generateKey({ kty: 'OKP', crv: 'Ed448' }, 'import')

const imported = (text: string): KeyObject => {
  const result = importKey(text)
  if ('fault' in result) throw new Error(result.fault)
  return result.key
}
const faultOf = (text: string): string => {
  const result = importKey(text)
  return 'fault' in result ? result.fault : 'no fault'
}

test('reads private keys from PEM of every usual kind', () => {
  const files: readonly (readonly [KeyObject, 'pkcs8' | 'pkcs1' | 'sec1'])[] = [
    [rsa, 'pkcs8'],
    [rsa, 'pkcs1'],
    [ec, 'pkcs8'],
    [ec, 'sec1'],
    [ed, 'pkcs8'],
    [ed448, 'pkcs8'],
  ]
  for (const [key, type] of files) {
    const pem = String(key.export({ type: type as 'pkcs8', format: 'pem' }))
    for (const text of [pem, `\ufeff${pem}`, `  \n${pem.replaceAll('\n', '\r\n')}`]) {
      assert.ok(imported(text).equals(key), type)
    }
  }
})

test('reads public keys and certificates from PEM', () => {
  for (const key of [rsa, ec, ed].map(publicOf)) {
    assert.ok(imported(String(key.export({ type: 'spki', format: 'pem' }))).equals(key))
  }
  const pkcs1 = String(publicOf(rsa).export({ type: 'pkcs1', format: 'pem' }))
  assert.ok(imported(pkcs1).equals(publicOf(rsa)))
  const body = rfc.certificate.x5c.replace(/.{64}/g, '$&\n')
  const certificate = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
  assert.equal(imported(certificate).asymmetricKeyType, 'rsa')
  const pem = String(ec.export({ type: 'pkcs8', format: 'pem' }))
  assert.ok(imported(`${certificate}${pem}`).equals(ec), 'a private key comes before others')
  const parameters =
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
  assert.ok(imported(`${parameters}${pem}`).equals(ec))
})

test('reads JSON Web Keys and what they say about themselves', () => {
  for (const key of [rsa, ec, ed, ed448, secretKey('a secret')]) {
    assert.ok(imported(JSON.stringify(toPrivateJwk(key))).equals(key))
  }
  const jwk = toJwk(ec, { kid: 'one', use: 'sig', alg: 'ES256' })
  for (const value of [jwk, { keys: [jwk] }]) {
    const result = importKey(JSON.stringify(value))
    assert.ok('key' in result && result.key.equals(publicOf(ec)))
    assert.deepEqual(result.members, { kid: 'one', use: 'sig', alg: 'ES256' })
  }
})

test('reads a private RSA key that gives no primes', () => {
  const { kty = '', n = '', e = '', d = '' } = toPrivateJwk(rsa)
  assert.ok(imported(JSON.stringify({ kty, n, e, d })).equals(rsa))
  const { d: other = '' } = toPrivateJwk(generateKey({ kty: 'RSA', size: 2048 }, 'other'))
  for (const wrong of [other, 'AQ', 'Ag']) {
    assert.match(faultOf(JSON.stringify({ kty, n, e, d: wrong })), /do not belong together/)
  }
})

const without = (jwk: Jwk, name: string): Jwk => {
  const { [name]: _, ...rest } = jwk
  return rest
}
const ecJwk = toPrivateJwk(ec)
const rsaJwk = toPrivateJwk(rsa)
const edJwk = toPrivateJwk(ed)
const pkcs8 = String(rsa.export({ type: 'pkcs8', format: 'pem' }))
const asPem = (label: string, body: string): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`

const bad: Readonly<Record<string, readonly [string, RegExp]>> = {
  'an empty file': [' \n', /is empty/],
  'text that is no key': ['hunter2hunter2', /neither PEM nor a JSON Web Key/],
  DER: [rsa.export({ type: 'pkcs8', format: 'der' }).toString('latin1'), /is DER/],
  'an SSH key': ['ssh-rsa AAAAB3NzaC1yc2E comment', /ssh-keygen -e/],
  'an OpenSSH private key': [asPem('OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjE'), /ssh-keygen -p/],
  'an encrypted key': [
    String(rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })),
    /is encrypted/,
  ],
  'an encrypted key of the older kind': [
    String(rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })),
    /is encrypted/,
  ],
  'a certificate beside an encrypted key': [
    `${asPem('CERTIFICATE', rfc.certificate.x5c)}${asPem('ENCRYPTED PRIVATE KEY', 'MIIE')}`,
    /is encrypted/,
  ],
  'PEM cut off': [pkcs8.slice(0, 300), /cut off/],
  'PEM with a damaged body': [pkcs8.replace(/\n.{40}/, '\n'), /key in the PEM text cannot be read/],
  'a damaged certificate': [asPem('CERTIFICATE', 'MIIE'), /certificate in the PEM text/],
  'PEM without a key': [asPem('DH PARAMETERS', 'MIIE'), /holds no key/],
  'a key that cannot sign': [
    String(generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
    /of a type that JOSE cannot sign with/,
  ],
  'JSON with a slip': ['{"kty":"RSA",}', /is not JSON \(line 1, column 14\)/],
  'a member named twice': ['{"kty":"oct","k":"c2Vj","k":"c2Vj"}', /is not JSON/],
  'an empty set': ['{"keys":[]}', /set holds no key/],
  'a set of nothing': ['{"keys":[null]}', /set holds no key/],
  'a set that is no list': ['{"keys":1}', /set holds no key/],
  'a set of two': ['{"keys":[{},{}]}', /holds 2 keys where one is wanted/],
  'no kty': ['{"k":"c2Vj"}', /has no member kty/],
  'an unknown kty': ['{"kty":"AKP"}', /none of RSA, EC, OKP and oct/],
  'no modulus': [JSON.stringify(without(rsaJwk, 'n')), /has no member n\./],
  'a missing prime': [JSON.stringify(without(rsaJwk, 'dp')), /has no member dp\./],
  'many primes': [JSON.stringify({ ...rsaJwk, oth: [] }), /more than two primes/],
  'a padded modulus': [
    JSON.stringify({ ...rsaJwk, n: Buffer.alloc(257, 1).fill(0, 0, 1).toString('base64url') }),
    /superfluous zero octet/,
  ],
  'a member in Base64': [JSON.stringify({ ...edJwk, x: 'a+b/' }), /x of the key is not base64url/],
  'a member of another type': [JSON.stringify({ ...edJwk, x: 1 }), /x of the key is not base64url/],
  'an empty member': ['{"kty":"oct","k":""}', /k of the key is not base64url/],
  'no curve': [JSON.stringify(without(ecJwk, 'crv')), /names no curve/],
  'an unknown curve': [JSON.stringify({ ...ecJwk, crv: 'P-999' }), /crv of the key is none/],
  'a curve that cannot sign': [JSON.stringify({ ...edJwk, crv: 'X25519' }), /Ed25519, Ed448/],
  'a short coordinate': [JSON.stringify({ ...ecJwk, y: 'AAAA' }), /y of the key has not the 32/],
  'a point off the curve': [
    JSON.stringify({ ...without(ecJwk, 'd'), y: ecJwk.x }),
    /not on its curve/,
  ],
  'an RSA key with one prime twice': [
    JSON.stringify({ ...rsaJwk, p: rsaJwk.q }),
    /do not belong together/,
  ],
  'an RSA key with a wrong exponent': [
    JSON.stringify({ ...rsaJwk, d: rsaJwk.q }),
    /do not belong together/,
  ],
  'an RSA key with a wrong remainder': [
    JSON.stringify({ ...rsaJwk, dp: rsaJwk.dq }),
    /do not belong together/,
  ],
  'an RSA key with a wrong inverse': [
    JSON.stringify({ ...rsaJwk, qi: rsaJwk.dq }),
    /do not belong together/,
  ],
  'halves of two EC keys': [
    JSON.stringify({ ...ecJwk, d: toPrivateJwk(generateKey({ kty: 'EC', crv: 'P-256' }, 'b')).d }),
    /do not belong together/,
  ],
  'halves of two Ed keys': [
    JSON.stringify({ ...edJwk, d: Buffer.alloc(32, 7).toString('base64url') }),
    /do not belong together/,
  ],
}

for (const [what, [text, wanted]] of Object.entries(bad)) {
  test(`says in one sentence that it cannot use ${what}`, () => {
    const fault = faultOf(text)
    assert.match(fault, wanted)
    assert.match(fault, /^The [^\n]*\.$/)
    // No run of eight characters of the file stands in the sentence.
    const long = text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []
    const shown = long.filter((word) => fault.includes(word) && !/^[a-z-]+$/.test(word))
    assert.deepEqual(shown, [])
  })
}

test('never throws on hostile JSON', () => {
  const strange = [null, true, 1, '', [], {}, { a: 1 }, '__proto__', Number.MAX_VALUE]
  for (const kty of ['RSA', 'EC', 'OKP', 'oct', ...strange]) {
    for (const value of strange) {
      const names = ['crv', 'n', 'e', 'd', 'x', 'y', 'k', 'p']
      const jwk = { kty, ...Object.fromEntries(names.map((name) => [name, value])) }
      for (const part of ['public', 'whole'] as const)
        assert.ok('fault' in readJwk(jwk as Jwk, part))
    }
  }
  assert.deepEqual([null, [], 'x', {}].map(isJwk), [false, false, false, true])
})

test('reads the public part alone where asked to', () => {
  const broken = { ...ecJwk, d: 'not a key' }
  const read = readJwk(broken, 'public')
  assert.ok('key' in read && read.key.type === 'public' && read.key.equals(publicOf(ec)))
  assert.ok('fault' in readJwk(broken, 'whole'))
  assert.equal(createPrivateKey(pkcs8).equals(rsa), true)
})
