import assert from 'node:assert/strict'
import { constants, createDecipheriv, createHash, privateDecrypt } from 'node:crypto'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { compactDecrypt, compactVerify, flattenedVerify, generalVerify } from 'jose'
import { randomFrom } from '../text/random.ts'
import { exampleKey, rfc } from './fixtures.ts'
import { makeJwe, zipBomb } from './jwe.ts'
import { makeToken } from './jwt.ts'
import { splitToken } from './jwt-read.ts'
import { publicOf } from './key-kind.ts'
import { generateKey, secretKey } from './keys.ts'
import { flattenedJws, generalJws, jwsTexts, nested, polyglot, unsecured } from './lookalikes.ts'
import { membersOf } from './members.ts'

const rsa = exampleKey('rs256')
const ed = exampleKey('eddsa')
const random = () => randomFrom('jwe')
const plaintext = Buffer.from('{"sub":"somebody"}')
const signed = { how: 'signed', alg: 'EdDSA', key: ed } as const
const header = membersOf({ alg: 'EdDSA', kid: 'one' })
const issued = makeToken({
  header: { members: header },
  claims: { bytes: plaintext },
  signature: signed,
}).token

test('encrypts to a known key, as jose decrypts', async () => {
  const known = Buffer.alloc(16, 3)
  const token = makeJwe({ key: { known }, plaintext, random: random() })
  const theirs = await compactDecrypt(token, known)
  assert.deepEqual(Buffer.from(theirs.plaintext), plaintext)
  assert.deepEqual({ ...theirs.protectedHeader }, { alg: 'dir', enc: 'A128GCM' })
  assert.equal(token, makeJwe({ key: { known }, plaintext, random: random() }))
})

test('encrypts to public keys, as jose decrypts', async () => {
  const keys = [rsa, exampleKey('es256'), exampleKey('es512')]
  for (const key of [...keys, generateKey({ kty: 'EC', crv: 'P-384' }, 'jwe')]) {
    const token = makeJwe({
      key: { publicKey: publicOf(key) },
      plaintext: Buffer.from(issued),
      header: membersOf({ cty: 'JWT', kid: 'one' }),
      random: random(),
    })
    const theirs = await compactDecrypt(token, key)
    assert.equal(Buffer.from(theirs.plaintext).toString(), issued)
    assert.equal(theirs.protectedHeader.cty, 'JWT')
  }
  for (const key of [ed, secretKey('secret')]) {
    const publicKey = key.type === 'secret' ? key : publicOf(key)
    assert.throws(() => makeJwe({ key: { publicKey }, plaintext, random: random() }), TypeError)
  }
})

test('encrypts with the padding of PKCS #1 v1.5 where that is asked for', () => {
  const key = { publicKey: publicOf(rsa), padding: 'pkcs1' } as const
  const token = makeJwe({ key, plaintext: Buffer.from(issued), random: random() })
  const [header = '', encryptedKey = ''] = token.split('.')
  assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).alg, 'RSA1_5')
  const raw = { key: rsa, padding: constants.RSA_NO_PADDING }
  const block = privateDecrypt(raw, Buffer.from(encryptedKey, 'base64url'))
  assert.deepEqual([...block.subarray(0, 2), block.at(-17)], [0, 2, 0])
})

test('compresses a great many zeros into few octets', () => {
  const known = Buffer.alloc(16)
  const bomb = zipBomb(1024 * 1024)
  const token = makeJwe({ key: { known }, plaintext: bomb, compressed: true, random: random() })
  assert.ok(token.length < 2000)
  const [head = '', , iv = '', text = '', tag = ''] = token.split('.')
  const octets = (part: string): Buffer => Buffer.from(part, 'base64url')
  assert.equal(JSON.parse(octets(head).toString()).zip, 'DEF')
  const decipher = createDecipheriv('aes-128-gcm', known, octets(iv))
  decipher.setAAD(Buffer.from(head)).setAuthTag(octets(tag))
  const content = Buffer.concat([decipher.update(octets(text)), decipher.final()])
  assert.ok(inflateRawSync(content).equals(bomb))
})

test('asks for any number of rounds of a password', () => {
  const token = makeJwe({ key: { passwordCount: 2 ** 31 - 1 }, plaintext, random: random() })
  const [head = '', encryptedKey = ''] = token.split('.')
  const members = JSON.parse(Buffer.from(head, 'base64url').toString())
  assert.equal(members.p2c, 2147483647)
  assert.equal(members.alg, 'PBES2-HS256+A128KW')
  assert.match(members.p2s, /^[\w-]{22}$/)
  // A content key of 16 octets is wrapped in 24 (RFC 3394).
  assert.equal(Buffer.from(encryptedKey, 'base64url').length, 24)
})

test('writes the JSON serializations of RFC 7515 A.6 and A.7', async () => {
  const example = (id: string): string => rfc.jws.find((one) => one.id === id)?.jws ?? ''
  const [rs, es] = [example('rs256'), example('es256')].map(jwsTexts)
  assert.ok(rs && es)
  const wanted = rfc.flattened.jws as { header: { kid: string } }
  assert.deepEqual(JSON.parse(flattenedJws(es, { ...wanted.header })), wanted)
  const general = JSON.parse(generalJws(rs, es))
  const theirs = rfc.general.jws as { payload: string; signatures: { header?: unknown }[] }
  const signatures = theirs.signatures.map(({ header: _, ...rest }) => rest)
  assert.deepEqual(general, { payload: theirs.payload, signatures })
  await flattenedVerify(JSON.parse(flattenedJws(jwsTexts(issued))), publicOf(ed))
  await generalVerify(JSON.parse(generalJws(jwsTexts(issued))), publicOf(ed))
  assert.deepEqual(jwsTexts('alone'), { header: 'alone', payload: '', signature: '' })
})

test('hides a forged token in JSON whose signature is valid', async () => {
  const forged = { members: membersOf({ sub: 'admin' }) }
  const text = polyglot(jwsTexts(issued), { members: header }, forged)
  await flattenedVerify(JSON.parse(text), publicOf(ed))
  const [, payload = ''] = text.split('.')
  assert.equal(Buffer.from(payload, 'base64url').toString(), '{"sub":"admin"}')
  assert.equal(text.split('.').length, 3)
})

test('makes unsecured tokens in any spelling', () => {
  const claims = { bytes: plaintext }
  assert.equal(splitToken(unsecured(claims).token).signature?.text, '')
  const { token } = unsecured(claims, 'nOnE', membersOf({ kid: 'one' }), { how: 'absent' })
  const split = splitToken(token)
  assert.ok('value' in split.header)
  assert.deepEqual({ ...split.header.value }, { alg: 'nOnE', kid: 'one' })
  assert.equal(split.signature, undefined)
})

test('puts a token into a token', async () => {
  const inner = unsecured({ bytes: plaintext }).token
  const { token } = nested(inner, { header, signature: signed })
  const theirs = await compactVerify(token, publicOf(ed))
  assert.equal(Buffer.from(theirs.payload).toString(), inner)
  assert.equal(theirs.protectedHeader.cty, 'JWT')
})

test('repeats what a seed gives', () => {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
  const once = (): string =>
    digest(
      makeJwe({ key: { publicKey: publicOf(exampleKey('es256')) }, plaintext, random: random() }),
    )
  assert.equal(once(), once())
})
