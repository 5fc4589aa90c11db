import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { KeySetHas, KeySetWanted } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { answered, contextOf } from './context.test.support.ts'
import { keySet, keySetHas, sayKeySet } from './key-set.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const whole = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'own' }
const { d: secret = '', ...ec } = whole
const rsa = { kty: 'RSA', n: Buffer.alloc(256, 0x80).toString('base64url'), e: 'AQAB', kid: 'rsa' }

type Found = readonly [unknown, string]

const found = (wanted: KeySetWanted, content: unknown, more: Partial<Answer> = {}): Found => {
  const body = typeof content === 'string' ? content : JSON.stringify(content)
  const { holds, got } = keySet(wanted, contextOf(answered({ body, ...more })))
  return [holds, got]
}

const wrong: Readonly<Record<KeySetWanted, readonly [keys: readonly unknown[], got: string]>> = {
  'well-formed': [[ec, null], 'null in the place of key 2'],
  public: [[rsa, whole], 'key 2 (kid "own") has d'],
  'one-purpose': [
    [{ ...ec, use: 'sig', key_ops: ['verify'] }],
    'key 1 (kid "own") has both use and key_ops',
  ],
  'agreeing-purpose': [
    [{ ...ec, use: 'enc', key_ops: ['verify'] }],
    'key 1 (kid "own") has use enc and key_ops verify',
  ],
  'related-operations': [
    [{ ...ec, key_ops: ['verify', 'encrypt'] }],
    'key 1 (kid "own") has key_ops verify, encrypt',
  ],
  'operations-once': [
    [{ ...ec, key_ops: ['verify', 'verify'] }],
    'key 1 (kid "own") lists an operation twice',
  ],
  'kids-distinct': [[ec, rsa, { ...ec, x: ec.y }], 'key 3 (kid "own") has the kid of key 1'],
  'ec-members': [[{ ...ec, kid: 5, y: undefined }], 'key 1 has no y'],
  'rsa-members': [[ec, { ...rsa, e: undefined }], 'key 2 (kid "rsa") has no e'],
  'rsa-minimal': [
    [{ ...rsa, e: 'AAEAAQ' }],
    'key 1 (kid "rsa") has e with a superfluous octet of zero before it',
  ],
  'rsa-2048': [[{ ...rsa, n: 'gAAA' }], 'key 1 (kid "rsa") has 24 bits'],
}

test('each wish tells a good set from one that breaks it, and from one that breaks another', () => {
  const good = { keys: [{ ...ec, use: 'sig' }, rsa] }
  for (const [name, [keys, got]] of Object.entries(wrong)) {
    const wanted = name as KeySetWanted
    assert.deepEqual(found(wanted, good), [true, '2 keys, like that'], name)
    assert.deepEqual(found(wanted, { keys }), [false, got], name)
    for (const [other, [others]] of Object.entries(wrong)) {
      // Uses that contradict each other are two, which is wrong by itself.
      if (other === name || (name === 'one-purpose' && other === 'agreeing-purpose')) continue
      assert.equal(found(wanted, { keys: others })[0], true, `${name} of ${other}`)
    }
  }
})

test('what a private member holds is never told', () => {
  const [, got] = found('public', { keys: [whole] })
  assert.ok(!got.includes(secret.slice(0, 8)))
  assert.deepEqual(found('public', { keys: [], backup: whole }), [false, 'key 1 (kid "own") has d'])
})

test('words of the target are told in one line, without secrets', () => {
  const context = contextOf(
    answered({ body: JSON.stringify({ keys: [{ ...whole, kid: 'a\n\u001b[1mhunter2' }] }) }),
    { mask: (text) => text.replaceAll('hunter2', '‹secret›') },
  )
  const { got } = keySet('public', context)
  assert.doesNotMatch(got, /[\n\u001b]|hunter2/)
})

test('what is no JSON is no set, and everything else about it is unknown', () => {
  assert.deepEqual(found('well-formed', '{"keys":[],}'), [false, 'no JSON'])
  assert.deepEqual(found('public', '{"keys":[],}'), ['unknown', 'no JSON'])
  assert.deepEqual(found('well-formed', '\u00ef\u00bb\u00bf{"keys":[]}'), [
    true,
    '0 keys, like that',
  ])
  assert.deepEqual(found('well-formed', '{"keys":[{"kty":"EC","kty":"EC"}]}'), [
    false,
    'the member kty twice in key 1',
  ])
})

test('an answer that is clearly something else is held against nobody', () => {
  const good = { keys: [ec] }
  const rows: readonly (readonly [unknown, Partial<Answer>, string])[] = [
    [good, { status: 404 }, '404 instead of a key set'],
    [good, { status: 304 }, '304 instead of a key set'],
    [good, { cut: true }, 'content that was cut'],
    [
      good,
      { violations: [{ code: 'cut-short', say: 'The content ended early.' }] },
      'content that was cut',
    ],
    [
      good,
      { fields: [['content-encoding', 'gzip']] },
      'content in a coding that was not asked for',
    ],
    ['\n<!doctype html><p>', {}, 'a page instead of a key set'],
    [
      { issuer: 'https://h.test', jwks_uri: 'https://h.test/keys' },
      {},
      'a document that names its key set in jwks_uri; give that URL',
    ],
    [{ error: 'not found' }, {}, 'JSON without any key in it'],
    [[], {}, 'JSON without any key in it'],
  ]
  for (const [content, more, got] of rows) {
    assert.deepEqual(found('well-formed', content, more), ['unknown', got])
    assert.deepEqual(found('public', content, more)[0], 'unknown')
  }
  assert.deepEqual(found('well-formed', { jwks_uri: 'x', keys: 1 })[0], false)
  assert.deepEqual(found('well-formed', { own: ec }), [false, 'no member keys'])
  const { answer: _, ...silent } = answered({})
  assert.equal(keySet('public', contextOf({ ...silent, ending: 'silent' })).holds, 'unknown')
})

test('a line on how a set is sent looks at whatever may be one', () => {
  const looks = (body: string): boolean => {
    const { answer } = answered({ body })
    return answer !== undefined && keySetHas('json', answer)
  }
  assert.deepEqual(['{"keys":[]}', '{"kty":"EC"}', '<p>', '{}', '{"keys":'].map(looks), [
    ...[true, true, false, false, false],
  ])
})

test('a line looks at sets that have something to look at', () => {
  const has: Readonly<
    Record<Exclude<KeySetHas, 'json'>, readonly [yes: readonly object[], no: readonly object[]]>
  > = {
    keys: [[ec], []],
    purpose: [[{ ...ec, key_ops: ['verify'] }], [{ ...ec, use: null, key_ops: [] }]],
    'two-purposes': [[{ ...ec, use: 'sig', key_ops: ['verify'] }], [{ ...ec, use: 'sig' }]],
    operations: [[{ ...ec, key_ops: ['verify'] }], [{ ...ec, use: 'sig' }]],
    kids: [
      [ec, rsa, ec],
      [ec, rsa, { ...ec, kid: undefined }],
    ],
    EC: [[ec], [rsa]],
    RSA: [[rsa], [ec]],
    'RSA-for-signatures': [[ec, rsa], [{ ...rsa, use: 'enc' }]],
  }
  for (const [name, [yes, no]] of Object.entries(has)) {
    const looks = (keys: readonly object[], more: Partial<Answer> = {}): boolean => {
      const { answer } = answered({ body: JSON.stringify({ keys }), ...more })
      assert.ok(answer)
      return keySetHas(name as KeySetHas, answer)
    }
    assert.equal(looks(yes), true, name)
    assert.equal(looks(no), false, name)
    assert.equal(looks(yes, { status: 401 }), false, name)
    assert.match(sayKeySet(name as KeySetHas), /^the key set has (?:a|an|two) /)
  }
})
