import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify } from 'jose'
import { verify } from './algorithms.ts'
import { exampleKey, keyOf } from './fixtures.ts'
import { forge, forgeryOf } from './forgeries.ts'
import { type Jwk, toJwk, toPrivateJwk } from './jwk.ts'
import { makeJwks, type ReadJwks, readJwks } from './jwks.ts'
import { BROKEN_SETS, PUBLICATIONS, strayEntries, WEAK_KEYS } from './jwks-entries.ts'
import { makeToken } from './jwt.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'
import { membersOf } from './members.ts'
import { primesBelow } from './rsa-numbers.ts'

const rsa = exampleKey('rs256')
const members: Jwk = { kid: 'good', use: 'sig', alg: 'RS256' }
const good = toJwk(rsa, members)
const token = makeToken({
  header: { members: membersOf({ alg: 'RS256', kid: 'good' }) },
  claims: { members: membersOf({ sub: 'somebody' }) },
  signature: { how: 'signed', alg: 'RS256', key: rsa },
}).token

const readSet = (text: string): ReadJwks => {
  const read = readJwks(text)
  if ('fault' in read) throw new Error(read.fault)
  return read
}
const whyNot = (entry: Jwk | null): string =>
  readSet(makeJwks([entry])).unusable[0]?.why ?? 'it can be used'

test('reads the keys it wrote', () => {
  const ec = exampleKey('es256')
  const set = readSet(makeJwks([good, toJwk(ec)], { note: 1 }))
  assert.deepEqual(set.unusable, [])
  const [first, second] = set.usable
  assert.ok(first && second && set.usable.length === 2)
  assert.ok(first.key.equals(publicOf(rsa)) && second.key.equals(publicOf(ec)))
  assert.deepEqual([first.kid, second.kid], ['good', undefined])
  assert.deepEqual(first.algorithms, ['RS256'])
  assert.deepEqual(second.algorithms, ['ES256'])
  assert.deepEqual({ ...first.jwk }, good)
  assert.deepEqual([first.index, second.index], [0, 1])
})

test('finds the good key among entries that nobody can use, as jose does', async () => {
  for (const [id, stray] of Object.entries(strayEntries('seed'))) {
    // A good key with a name that is none: whether it counts is each reader's own choice.
    if (id === 'kid-number') continue
    for (const entries of [
      [...stray, good],
      [good, ...stray],
    ]) {
      const text = makeJwks(entries)
      const set = readSet(text)
      assert.equal(set.usable.length, 1, id)
      assert.ok(set.usable[0]?.key.equals(publicOf(rsa)), id)
      assert.equal(set.unusable.length, stray.length, id)
      for (const { why } of set.unusable) assert.match(why, /^The [^\n]*\.$/, id)
      // jose reads no set at all that holds anything but objects.
      if (id === 'not-objects') continue
      await jwtVerify(token, createLocalJWKSet(JSON.parse(text) as JSONWebKeySet))
    }
  }
})

test('leaves out of a set what jose cannot import either', async () => {
  for (const [id, [entry]] of Object.entries(strayEntries('seed'))) {
    if (['key-agreement', 'ml-dsa', 'not-objects', 'kid-number'].includes(id)) continue
    await assert.rejects(importJWK(entry as object, 'ES256'), Error, id)
  }
})

test('repeats stray entries of a seed', () => {
  const text = (seed: string): string => JSON.stringify(strayEntries(seed))
  assert.equal(text('a'), text('a'))
  assert.notEqual(text('a'), text('b'))
  for (const [id] of Object.entries(strayEntries('a'))) assert.match(id, /^[a-z0-9-]+$/)
})

const ofCurves = [
  'crv-other-case',
  'no-crv',
  'no-x',
  'no-y',
  'small-order',
  'as-x25519',
  'as-ed448',
  'short-x',
  'off-curve',
]

test('publishes keys on curves so that they cannot be used', () => {
  const ec = generateKey({ kty: 'EC', crv: 'P-256' }, 'curves')
  const ed = generateKey({ kty: 'OKP', crv: 'Ed25519' }, 'curves')
  for (const id of ofCurves) {
    const key = ['no-crv', 'no-x', 'small-order', 'as-x25519', 'as-ed448'].includes(id) ? ed : ec
    const entry = PUBLICATIONS[id]?.(key, { kid: 'k' })
    assert.equal(readSet(makeJwks([entry as Jwk])).usable.length, 0, id)
  }
})

test('says what a key may be used for, however it is published', () => {
  const usable: Record<string, string> = {}
  for (const [id, publish] of Object.entries(PUBLICATIONS)) {
    const entry = publish(rsa, members)
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry)
    const [key] = readSet(`{"keys":[${text}]}`).usable
    usable[id] = key === undefined ? 'no' : key.algorithms.join(' ')
    assert.equal(key?.exposed === true, ['private', 'secret'].includes(id), id)
  }
  const all = 'RS256 RS384 RS512 PS256 PS384 PS512'
  assert.deepEqual(usable, {
    plain: 'RS256',
    'no-kid': 'RS256',
    'no-alg': all,
    'no-use': 'RS256',
    'no-alg-no-use': all,
    'use-enc': 'no',
    'key-ops-verify': 'RS256',
    'key-ops-encrypt': 'no',
    'surplus-members': 'RS256',
    'x5t-surplus': 'RS256',
    private: 'RS256',
    secret: 'RS256',
    'key-ops-twice': 'RS256',
    'use-against-key-ops': 'no',
    'alg-of-another': 'PS256',
    'own-value-first': 'RS256',
    'own-value-last': 'RS256',
    'escaped-names': 'RS256',
    'names-in-capitals': 'no',
    'no-kty': 'no',
    'kty-other-case': 'no',
    'no-n': 'no',
    'no-e': 'no',
    'e-with-zero': 'no',
    'exponent-one': 'no',
    'as-ec': 'no',
    // What these change an RSA key does not have.
    ...Object.fromEntries(ofCurves.map((id) => [id, 'RS256'])),
  })
  const nameless = PUBLICATIONS['no-kid']?.(rsa, members)
  assert.ok(typeof nameless === 'object' && !('kid' in nameless))
})

test('says why an entry cannot be used', () => {
  assert.equal(whyNot(null), 'The entry is no object.')
  assert.equal(
    whyNot(toPrivateJwk(secretKey('abc'))),
    'The entry is a secret, which no set may publish.',
  )
  assert.equal(whyNot({ ...good, use: 'enc' }), 'The use of the key is not sig.')
  assert.equal(whyNot({ ...good, key_ops: 'verify' }), 'The key_ops of the key do not name verify.')
  for (const alg of ['ES256', 'RSA-OAEP', 1, null]) {
    assert.equal(whyNot({ ...good, alg }), 'The alg of the key is none that its type signs with.')
  }
  const small = generateKey({ kty: 'RSA', size: 1024 }, 'small')
  assert.equal(whyNot(toJwk(small)), 'The key has 1024 bits, fewer than 2048.')
  const other = generateKey({ kty: 'EC', crv: 'secp256k1' }, 'k1')
  assert.equal(whyNot(toJwk(other)), 'The key is on secp256k1, not on P-256.')
  assert.equal(whyNot({ ...toJwk(exampleKey('eddsa')), alg: 'Ed25519' }), 'it can be used')
})

test('says why a text is no set', () => {
  const faults = Object.entries(BROKEN_SETS).map(([id, text]) => {
    const read = readJwks(text(good))
    return [id, 'fault' in read ? read.fault : `${read.usable.length} keys`]
  })
  const [notJson, noObject] = ['The key set is not JSON.', 'The key set is JSON but no object.']
  const noMember = 'The key set has no member keys.'
  const noList = 'The member keys of the key set is no list.'
  assert.deepEqual(Object.fromEntries(faults), {
    'empty-body': notJson,
    html: notJson,
    'invalid-json': notJson,
    array: noObject,
    null: noObject,
    'no-keys': noMember,
    'keys-object': noList,
    'keys-null': noList,
    'single-jwk': noMember,
    error: noMember,
    'keys-twice': '0 keys',
    'deep-json': '0 keys',
    'huge-8mb': '0 keys',
  })
})

test('publishes keys that are wrong in themselves', () => {
  const why = Object.entries(WEAK_KEYS).map(([id, publish]) => {
    const jwk = publish('seed', { kid: id })
    assert.deepEqual(jwk, publish('seed', { kid: id }))
    assert.equal(jwk.kid, id)
    return [id, whyNot(jwk)]
  })
  assert.deepEqual(Object.fromEntries(why), {
    'rsa-exponent-one': 'The key has an exponent that is even or 1.',
    'rsa-16384': 'it can be used',
    'rsa-wide-exponent': 'it can be used',
    'rsa-roca': 'it can be used',
    'ed25519-small-order': 'The key is a point of small order.',
  })
})

test('gives weak keys the weakness they are named for', () => {
  const weak = (id: string): Jwk => WEAK_KEYS[id]?.('seed', {}) ?? {}
  const octets = (text: unknown): Buffer => Buffer.from(String(text), 'base64url')
  assert.equal(octets(weak('rsa-16384').n).length, 2048)
  assert.equal(octets(weak('rsa-wide-exponent').e).length, 512)
  const n = BigInt(`0x${octets(weak('rsa-roca').n).toString('hex')}`)
  for (const prime of primesBelow(168).filter((p) => p > 2 && p !== 65537)) {
    const powers = new Set(Array.from({ length: prime }, (_, k) => power(65537 % prime, k, prime)))
    assert.ok(powers.has(Number(n % BigInt(prime))), String(prime))
  }
  const input = Buffer.from('header.payload')
  const key = keyOf(weak('rsa-exponent-one'))
  const forgery = forgeryOf('rsa-pkcs1-exponent-one')
  const signature = forgery && forge(forgery, { alg: 'RS256', input, publicKey: key })
  assert.equal(signature?.length, 256)
  assert.equal(verify('RS256', key, input, signature), false)
})

const power = (base: number, exponent: number, modulus: number): number =>
  Array.from({ length: exponent }).reduce<number>((product) => (product * base) % modulus, 1)

test('never throws on strange sets', () => {
  for (const text of ['', '{', '[]', '"x"', '{"keys":[{"kty":"RSA","n":{},"e":[]}]}', '\xff']) {
    const read = readJwks(text)
    assert.ok('fault' in read || read.usable.length === 0)
  }
  const proto = '{"keys":[{"__proto__":{"kty":"oct"},"constructor":1}]}'
  assert.equal(readSet(proto).unusable[0]?.why, 'The key has no member kty.')
})
