import assert from 'node:assert/strict'
import { constants, type KeyObject, publicDecrypt } from 'node:crypto'
import { test } from 'node:test'
import { compactVerify } from 'jose'
import { ALGORITHMS, type Algorithm, METHODS, sign, verify } from './algorithms.ts'
import { EC_CURVES, ED_CURVES } from './curves.ts'
import { exampleKey, keyOf } from './fixtures.ts'
import { pssSigned } from './forgeries/rsa-pss.ts'
import { FORGERIES, type Forgery, forge, forgeryOf, type Material } from './forgeries.ts'
import { toJwk } from './jwk.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'
import { toBytes, toNumber } from './numbers.ts'

const rsa = exampleKey('rs256')
const header = Buffer.from('{"alg":"?","kid":"a-~~~"}')
const payload = Buffer.from('{"sub":"somebody???","n":1}')

const keyFor = (alg: Algorithm): KeyObject => {
  const { family, crv } = METHODS[alg]
  if (family === 'hmac') return secretKey(Buffer.alloc(64, 7))
  if (family === 'eddsa') return generateKey({ kty: 'OKP', crv: 'Ed25519' }, 'forged')
  return crv === undefined ? rsa : generateKey({ kty: 'EC', crv }, 'forged')
}
const verifierOf = (key: KeyObject): KeyObject => (key.type === 'secret' ? key : publicOf(key))

const inputOf = (alg: Algorithm, extra = ''): Buffer => {
  const head = header.toString().replace('?', alg)
  const body = payload.toString().replace('}', `${extra}}`)
  return Buffer.from([head, body].map((text) => Buffer.from(text).toString('base64url')).join('.'))
}

const joseAccepts = async (
  { alg, input }: Pick<Material, 'alg' | 'input'>,
  key: KeyObject,
  signature: Uint8Array,
): Promise<boolean> => {
  const text = `${Buffer.from(input).toString()}.${Buffer.from(signature).toString('base64url')}`
  return compactVerify(text, key, { algorithms: [alg] }).then(
    () => true,
    () => false,
  )
}

/** What no key of these can be made to do: the exponent is another, or the number has no room. */
const impossible: Readonly<Record<string, RegExp>> = {
  'rsa-pkcs1-cube-root': /^RS/,
  'rsa-pkcs1-exponent-one': /^RS/,
}

const materialOf = (alg: Algorithm, extra = ''): Material => ({
  alg,
  input: inputOf(alg, extra),
  privateKey: keyFor(alg),
})

// Whether the sum with the modulus fits depends on the signature, so several texts are tried.
const made = (forgery: Forgery, alg: Algorithm): [Material, Buffer] | undefined => {
  for (let tries = 0; tries < 40; tries += 1) {
    const material = materialOf(alg, `,"try":${tries}`)
    const signature = forge(forgery, material)
    if (signature !== undefined) return [material, signature]
    if (forgery.id !== 'rsa-plus-n') return undefined
  }
  return undefined
}

for (const alg of ALGORITHMS) {
  const { family } = METHODS[alg]
  const key = keyFor(alg)
  const forgeries = FORGERIES.filter((forgery) => forgery.families.includes(family))

  test(`${alg}: the control is accepted, by jose too`, async () => {
    const material = materialOf(alg)
    const control = sign(alg, key, material.input)
    assert.ok(verify(alg, verifierOf(key), material.input, control))
    assert.ok(await joseAccepts(material, verifierOf(key), control))
  })

  test(`${alg}: every forgery is refused, by jose too; what is valid is accepted`, async () => {
    for (const forgery of forgeries) {
      const found = made(forgery, alg)
      if (found === undefined) {
        assert.match(alg, impossible[forgery.id] ?? /^none$/, `${forgery.id} was made`)
        continue
      }
      const [material, signature] = found
      const accepted = forgery.valid === true
      const say = `${alg} ${forgery.id}`
      assert.equal(verify(alg, verifierOf(key), material.input, signature), accepted, say)
      assert.equal(await joseAccepts(material, verifierOf(key), signature), accepted, say)
    }
    assert.ok(forgeries.length > 10)
  })
}

test('Ed448: every forgery is refused', () => {
  const key = generateKey({ kty: 'OKP', crv: 'Ed448' }, 'forged')
  const input = inputOf('EdDSA')
  for (const forgery of FORGERIES.filter(({ families }) => families.includes('eddsa'))) {
    const signature = forge(forgery, { alg: 'EdDSA', input, privateKey: key })
    assert.ok(signature !== undefined, forgery.id)
    assert.equal(verify('EdDSA', key, input, signature), false, forgery.id)
  }
})

test('needs no more than it says', () => {
  for (const alg of ALGORITHMS) {
    const full = materialOf(alg)
    const { input, privateKey } = full
    assert.ok(privateKey)
    const valid = sign(alg, privateKey, input)
    const known = privateKey.type === 'secret' ? {} : { publicKey: publicOf(privateKey) }
    for (const forgery of FORGERIES.filter((one) => one.needs.every((n) => n !== 'private-key'))) {
      const material: Material = {
        ...{ alg, input },
        ...(forgery.needs.includes('valid-signature') ? { valid } : {}),
        ...(forgery.needs.includes('public-key') ? known : {}),
      }
      const withLess = forge(forgery, material)
      assert.equal(withLess === undefined, forge(forgery, { ...full, valid }) === undefined)
      const { length } = forgery.needs
      if (length > 0) assert.equal(forge(forgery, { alg, input }), undefined, forgery.id)
    }
  }
})

test('has an id and a reason of its own for every forgery', () => {
  const ids = FORGERIES.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const { id, wrong, needs, families } of FORGERIES) {
    assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    assert.match(wrong, /^[a-zR-S].{10,}[^.]$/)
    assert.ok(families.length > 0)
    assert.equal(new Set(needs).size, needs.length)
    assert.equal(forgeryOf(id)?.id, id)
  }
  assert.equal(forgeryOf('ecdsa-right'), undefined)
})

const opened = (id: string, key: KeyObject = rsa): string => {
  const material: Material = { alg: 'RS256', input: inputOf('RS256'), privateKey: key }
  const signature = forge(forgeryOf(id) as Forgery, material)
  assert.ok(signature)
  return publicDecrypt(
    { key: publicOf(key), padding: constants.RSA_NO_PADDING },
    signature,
  ).toString('hex')
}
const info = '3031300d060960864801650304020105000420'

test('differs from the right RSA padding in what it says alone', () => {
  const pad = (octets: number): string => 'ff'.repeat(octets)
  assert.match(
    opened('rsa-pkcs1-trailing-garbage'),
    RegExp(`^0001${pad(186)}00${info}.{64}(a5){16}$`),
  )
  assert.match(opened('rsa-pkcs1-short-ff'), RegExp(`^0001${pad(8)}00${info}.{64}(a5){194}$`))
  const bare = '302f300b0609608648016503040201'
  assert.match(opened('rsa-pkcs1-no-null'), RegExp(`^0001${pad(204)}00${bare}0420.{64}$`))
  assert.match(opened('rsa-pkcs1-long-length'), RegExp(`^0001${pad(201)}0030813130.{96}$`))
  assert.match(opened('rsa-pkcs1-raw-hash'), RegExp(`^0001${pad(221)}00.{64}$`))
  assert.match(opened('rsa-pkcs1-wrong-oid'), /003031300d060960864801650304020305000420.{64}$/)
  assert.match(
    opened('rsa-pkcs1-garbage-in-parameters'),
    /609608648016503040201(0420)(a5){32}0420.{64}$/,
  )
  assert.match(opened('rsa-pkcs1-wrong-ps-byte'), RegExp(`^0001${pad(18)}fe${pad(183)}00${info}`))
  assert.match(opened('rsa-pkcs1-no-separator'), RegExp(`^0001${pad(203)}${info}`))
  assert.match(opened('rsa-pkcs1-type0'), RegExp(`^0000(00)+${info}`))
  assert.match(opened('rsa-pkcs1-type2'), RegExp(`^0002(5a)+00${info}`))
  assert.match(opened('rsa-pkcs1-first-octet'), RegExp(`^0101${pad(202)}00${info}`))
})

test('leaves PSS forgeries one fault away from a valid signature', () => {
  for (const alg of ['PS256', 'PS384', 'PS512'] as const) {
    const input = inputOf(alg)
    const right = pssSigned(alg, rsa, input, {})
    assert.ok(right && verify(alg, rsa, input, right), alg)
  }
  assert.equal(pssSigned('PS256', exampleKey('es256'), inputOf('PS256'), {}), undefined)
  const tiny = generateKey({ kty: 'RSA', size: 512 }, 'tiny')
  assert.equal(pssSigned('PS512', tiny, inputOf('PS512'), {}), undefined)
})

test('is one fault away from a valid signature', () => {
  const undone: Readonly<Record<string, (bytes: bigint, order: bigint) => bigint>> = {
    'ecdsa-r-plus-order': (r, n) => r % n,
    'ecdsa-s-plus-order': (s, n) => s % n,
  }
  for (const alg of ['ES256', 'ES384', 'ES512'] as const) {
    const { size, order } = EC_CURVES[METHODS[alg].crv ?? 'P-256']
    for (const [id, undo] of Object.entries(undone)) {
      const material = materialOf(alg)
      const forged = forge(forgeryOf(id) as Forgery, material) ?? Buffer.alloc(0)
      const half = forged.length / 2
      const right = [forged.subarray(0, half), forged.subarray(half)].map((bytes) =>
        toBytes(undo(toNumber(bytes), order), size),
      )
      assert.ok(verify(alg, keyFor(alg), material.input, Buffer.concat(right)), `${alg} ${id}`)
    }
  }
  const ed = materialOf('EdDSA')
  const forged = forge(forgeryOf('eddsa-s-plus-order') as Forgery, ed) ?? Buffer.alloc(0)
  const s = toNumber(Buffer.from(forged.subarray(32)).reverse()) % ED_CURVES.Ed25519.order
  const right = Buffer.concat([forged.subarray(0, 32), toBytes(s, 32).reverse()])
  assert.ok(verify('EdDSA', keyFor('EdDSA'), ed.input, right))
  const found = made(forgeryOf('rsa-plus-n') as Forgery, 'RS256')
  assert.ok(found)
  const n = toNumber(Buffer.from(String(toJwk(rsa).n), 'base64url'))
  assert.ok(verify('RS256', rsa, found[0].input, toBytes(toNumber(found[1]) - n, 256)))
})

test('forges without the private key where the exponent is 3', async () => {
  const key = publicOf(generateKey({ kty: 'RSA', size: 2048, exponent: 3 }, 'cube'))
  const material: Material = { alg: 'RS256', input: inputOf('RS256'), publicKey: key }
  const signature = forge(forgeryOf('rsa-pkcs1-cube-root') as Forgery, material)
  assert.ok(signature)
  const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature).toString('hex')
  assert.match(block, RegExp(`^0001(ff){8}00${info}`))
  assert.equal(verify('RS256', key, material.input, signature), false)
  assert.equal(await joseAccepts(material, key, signature), false)
})

test('forges by doing nothing where the exponent is 1', () => {
  const { n = '' } = toJwk(rsa)
  const key = keyOf({ kty: 'RSA', n, e: 'AQ' })
  const material: Material = { alg: 'RS256', input: inputOf('RS256'), publicKey: key }
  const signature = forge(forgeryOf('rsa-pkcs1-exponent-one') as Forgery, material)
  assert.match(signature?.toString('hex') ?? '', RegExp(`^0001(ff){202}00${info}`))
  assert.equal(verify('RS256', key, material.input, signature ?? Buffer.alloc(0)), false)
})

test('makes nothing of material that does not belong together', () => {
  const input = inputOf('ES256')
  const named = (id: string): Forgery => forgeryOf(id) as Forgery
  const publicKey = publicOf(rsa)
  assert.equal(forge(named('ecdsa-zero'), { alg: 'RS256', input }), undefined)
  assert.equal(
    forge(named('ecdsa-der'), { alg: 'ES256', input, valid: Buffer.alloc(3) }),
    undefined,
  )
  assert.equal(
    forge(named('eddsa-short'), { alg: 'EdDSA', input, valid: Buffer.alloc(3) }),
    undefined,
  )
  assert.equal(
    forge(named('rsa-zero'), { alg: 'RS256', input, publicKey: publicOf(exampleKey('es256')) }),
    undefined,
  )
  const tiny = generateKey({ kty: 'RSA', size: 512 }, 'tiny')
  assert.equal(
    forge(named('rsa-pkcs1-type0'), { alg: 'RS256', input, privateKey: tiny }),
    undefined,
  )
  assert.equal(forge(named('rsa-pkcs1-cube-root'), { alg: 'RS256', input, publicKey }), undefined)
})

test('tells the curves of EdDSA apart by key or by length', () => {
  const input = inputOf('EdDSA')
  const zero = forgeryOf('eddsa-zero') as Forgery
  const key = generateKey({ kty: 'OKP', crv: 'Ed448' }, 'forged')
  const lengthOf = (material: Partial<Material>): number | undefined =>
    forge(zero, { alg: 'EdDSA', input, ...material })?.length
  assert.equal(lengthOf({}), 64)
  assert.equal(lengthOf({ publicKey: publicOf(key) }), 114)
  assert.equal(lengthOf({ valid: Buffer.alloc(114) }), 114)
})
