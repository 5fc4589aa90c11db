import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { repeatedNames } from '../text/json-repeated.ts'
import { malformed, type PublishedKey, readPublished } from './published.ts'
import {
  ecFault,
  mayVerify,
  modulusBits,
  paddedNumber,
  rsaFault,
  smallModulus,
} from './published-numbers.ts'
import { privateMembers } from './published-private.ts'
import { contradiction, namesake, twice, twoUses, unrelated } from './published-rules.ts'

const shapeOf = (text: string): string | undefined =>
  malformed(readPublished(JSON.parse(text), repeatedNames(text)))

const own = (more: PublishedKey = {}): PublishedKey => ({ kty: 'EC', kid: 'a', ...more })

test('a set is an object with an array of objects that have a kty, and nothing twice', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['{"keys":[]}', undefined],
    ['{"keys":[{"kty":"EC"},{"kty":"X"}],"more":[1]}', undefined],
    ['[{"kty":"EC"}]', 'the content is an array'],
    ['"keys"', 'the content is a text'],
    ['null', 'the content is null'],
    ['{"kty":"EC"}', 'no member keys'],
    ['{"keys":{"a":{"kty":"EC"}}}', 'keys is an object'],
    ['{"keys":null}', 'keys is null'],
    ['{"keys":[{"kty":"EC"},null]}', 'null in the place of key 2'],
    ['{"keys":["EC"]}', 'a text in the place of key 1'],
    ['{"keys":[[]]}', 'an array in the place of key 1'],
    ['{"keys":[{"kty":"EC"},{"crv":"P-256"}]}', 'key 2 has no kty'],
    ['{"keys":[{"kty":1}]}', 'key 1 has a kty that is a number'],
    ['{"keys":[],"keys":[]}', 'the member keys twice in the set'],
    ['{"keys":[{"kty":"EC","kid":"a","kid":"b"}]}', 'the member kid twice in key 1'],
    ['{"keys":[{"kty":"EC","note":{"a":1,"a":2}}],"more":{"b":1,"b":1}}', undefined],
  ]
  for (const [text, wanted] of rows) assert.equal(shapeOf(text), wanted, text)
})

test('keys are found where the array is missing, and others beside it', () => {
  const found = (document: unknown): readonly [number, number] => {
    const { keys, all } = readPublished(document, [])
    return [keys.length, all.length]
  }
  assert.deepEqual(found({ keys: [own(), { kid: 'b' }, null] }), [2, 2])
  assert.deepEqual(found([own(), own()]), [2, 2])
  assert.deepEqual(found(own()), [1, 1])
  assert.deepEqual(found({ keys: [own()], private: [own({ d: 'x' })] }), [1, 2])
  assert.deepEqual(found({ keys: { a: own() } }), [1, 1])
  for (const none of [null, 1, 'kty', {}, []]) assert.deepEqual(found(none), [0, 0])
})

test('what is private depends on the type, and what is empty discloses nothing', () => {
  const rows: readonly (readonly [PublishedKey, string])[] = [
    [own({ d: 'AQ', x: 'AQ', k: 'AQ' }), 'd'],
    [{ kty: 'OKP', d: 'AQ' }, 'd'],
    [{ kty: 'RSA', n: 'AQ', d: 'AQ', p: 'AQ', oth: [{}], qi: '' }, 'd p oth'],
    [{ kty: 'oct', k: 'AQ' }, 'k'],
    [{ kty: 'AKP', pub: 'AQ', priv: 'AQ' }, 'priv'],
    [{ kty: 'X-NEW', d: 'AQ', k: 'AQ' }, ''],
    [{ d: 'AQ' }, 'd'],
    [own({ d: null }), ''],
    [own({ d: 12 }), 'd'],
    [{ kty: 'RSA', d: '', p: null, oth: [] }, ''],
    [own({ pem: '-----BEGIN EC PRIVATE KEY-----\nA' }), 'pem'],
    [own({ pem: '-----BEGIN PUBLIC KEY-----\nA' }), ''],
  ]
  for (const [key, wanted] of rows) assert.equal(privateMembers(key).join(' '), wanted)
})

test('use and key_ops stand alone, or agree', () => {
  const rows: readonly (readonly [PublishedKey, boolean, string | undefined])[] = [
    [{ use: 'sig' }, false, undefined],
    [{ key_ops: ['verify'] }, false, undefined],
    [{ use: 'sig', key_ops: ['verify'] }, true, undefined],
    [{ use: 'sig', key_ops: [] }, false, undefined],
    [{ use: null, key_ops: ['encrypt'] }, false, undefined],
    [{ use: 'sig', key_ops: ['encrypt'] }, true, 'has use sig and key_ops encrypt'],
    [{ use: 'enc', key_ops: ['wrapKey', 'verify'] }, true, 'has use enc and key_ops verify'],
    [{ use: 'enc', key_ops: ['deriveBits'] }, true, undefined],
    [{ use: 'x-own', key_ops: ['sign'] }, true, undefined],
    [{ use: 'sig', key_ops: ['x-own'] }, true, undefined],
  ]
  for (const [key, both, wanted] of rows) {
    assert.equal(twoUses(key) !== undefined, both, JSON.stringify(key))
    assert.equal(contradiction(key), wanted)
  }
})

test('three pairs of operations go together, and each is listed once', () => {
  const related = [
    ['sign', 'verify'],
    ['encrypt', 'decrypt'],
    ['wrapKey', 'unwrapKey'],
    ['sign'],
    [],
  ]
  for (const key_ops of related) assert.equal(unrelated({ key_ops }), undefined)
  assert.equal(unrelated({ key_ops: ['verify', 'x-own'] }), undefined)
  assert.equal(unrelated({ key_ops: 'verify encrypt' }), undefined)
  assert.equal(unrelated({ key_ops: ['verify', 'verify'] }), undefined)
  assert.equal(unrelated({ key_ops: ['verify', 'wrapKey'] }), 'has key_ops verify, wrapKey')
  assert.equal(
    unrelated({ key_ops: ['deriveKey', 'deriveBits'] }),
    'has key_ops deriveKey, deriveBits',
  )
  assert.equal(twice({ key_ops: ['verify', 'sign'] }), undefined)
  assert.equal(twice({ key_ops: ['verify', 'VERIFY'] }), undefined)
  assert.equal(twice({ key_ops: ['a', 'b', 'a'] }), 'lists an operation twice')
})

test('another key of one type has another kid', () => {
  const one = own({ crv: 'P-256', x: '1', y: '2' })
  const other = own({ crv: 'P-256', x: '3', y: '4' })
  assert.equal(namesake(other, [one]), 0)
  assert.equal(namesake({ ...one, alg: 'ES256', use: 'sig' }, [one]), undefined)
  assert.equal(namesake({ ...other, kid: 'A' }, [one]), undefined)
  assert.equal(namesake({ ...other, kty: 'OKP' }, [one]), undefined)
  assert.equal(
    namesake({ crv: 'P-256', x: '3', kty: 'EC' }, [{ ...one, kid: undefined }]),
    undefined,
  )
  assert.equal(namesake({ kty: 'X', kid: 'a' }, [{ kty: 'X', kid: 'a', x: '1' }]), undefined)
})

const zeros = (size: number): string => Buffer.alloc(size, 1).toString('base64url')

test('an EC key has its curve and whole coordinates', () => {
  for (const [crv, size] of [
    ['P-256', 32],
    ['P-384', 48],
    ['P-521', 66],
  ] as const) {
    const key = { kty: 'EC', crv, x: zeros(size), y: zeros(size) }
    assert.equal(ecFault(key), undefined)
    assert.equal(ecFault({ ...key, y: undefined }), 'has no y')
    assert.equal(ecFault({ ...key, x: null, y: undefined }), 'has no x and no y')
    assert.equal(
      ecFault({ ...key, x: zeros(size - 1) }),
      `has ${size - 1} octets in x instead of the ${size} of ${crv}`,
    )
    assert.match(ecFault({ ...key, y: zeros(size + 1) }) ?? '', /octets in y instead/)
    assert.equal(ecFault({ ...key, crv: undefined }), 'has no crv')
  }
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  })
  assert.equal(ecFault({ ...made }), undefined)
  for (const x of ['AQ==', 'A/8', 'A B', '', 'A', 1]) {
    assert.equal(ecFault({ ...made, x }), 'has x in another encoding than base64url')
  }
  assert.equal(ecFault({ crv: 'secp256k1', x: 'AQ' }), undefined)
  assert.equal(ecFault({ crv: 'X' }), 'has no x')
})

test('an RSA key has n and e, without zeros before them', () => {
  const key = { kty: 'RSA', n: zeros(256), e: 'AQAB' }
  assert.equal(rsaFault(key), undefined)
  assert.equal(rsaFault({ ...key, e: undefined }), 'has no e')
  assert.equal(rsaFault({ ...key, e: 65537 }), 'has e in another encoding than base64url')
  assert.equal(rsaFault({ ...key, n: `${key.n}==` }), 'has n in another encoding than base64url')
  assert.equal(paddedNumber(key), undefined)
  assert.equal(
    paddedNumber({ ...key, e: 'AAEAAQ' }),
    'has e with a superfluous octet of zero before it',
  )
  assert.match(paddedNumber({ ...key, n: 'AP__' }) ?? '', /^has n /)
  assert.equal(paddedNumber({ ...key, n: 'no number!' }), undefined)
})

test('the bits of a modulus are counted from its first one', () => {
  const bits = (...octets: readonly number[]): number | undefined =>
    modulusBits({ n: Buffer.from(octets).toString('base64url') })
  assert.equal(bits(0x80, 0), 16)
  assert.equal(bits(0x01, 0xff), 9)
  assert.equal(bits(0, 0x7f, 0), 15)
  assert.equal(bits(0), undefined)
  assert.equal(modulusBits({ n: 5 }), undefined)
  const full = Buffer.alloc(256, 0x80).toString('base64url')
  assert.equal(modulusBits({ n: full }), 2048)
})

test('what serves for signatures has 2048 bits', () => {
  const small = { kty: 'RSA', n: Buffer.alloc(128, 0x80).toString('base64url') }
  assert.equal(smallModulus(small), 'has 1024 bits')
  assert.equal(smallModulus({ ...small, use: 'sig', alg: 'RS256' }), 'has 1024 bits')
  assert.equal(smallModulus({ ...small, key_ops: ['verify'] }), 'has 1024 bits')
  for (const more of [
    { use: 'enc' },
    { alg: 'RSA-OAEP-256' },
    { alg: 'RSA1_5' },
    { key_ops: ['wrapKey'] },
    { kty: 'EC' },
  ]) {
    assert.equal(smallModulus({ ...small, ...more }), undefined)
    assert.equal(mayVerify({ ...small, ...more }), false)
  }
  const shorter = Buffer.alloc(256, 0x80)
  shorter[0] = 0x7f
  assert.equal(smallModulus({ ...small, n: shorter.toString('base64url') }), 'has 2047 bits')
})
