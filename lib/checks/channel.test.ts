import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  CertificateFacts,
  CertificateWanted,
  ChannelWanted,
  HelloFacts,
} from '../model/channel.ts'
import { channel, sayChannel } from './channel.ts'
import { contextOf, judgedAs } from './context.test.support.ts'

const answered: HelloFacts = {
  reply: 'answered',
  usual: true,
  version: 'TLSv1.2',
  suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  family: 'ecdhe-gcm-128',
  compressed: false,
  extensions: ['renegotiation-info'],
  protocol: 'http/1.1',
  primeBits: 2048,
  share: 'a',
  hash: 'sha256',
  inOrder: true,
}

const alert: HelloFacts = { reply: 'alert', alert: 'protocol_version', usual: true }

const withHello = (hello: HelloFacts): object => ({ ending: 'closed', channel: { hello } })

const hellos: readonly (readonly [
  wanted: ChannelWanted,
  facts: HelloFacts,
  holds: boolean | 'unknown',
])[] = [
  [{ hello: 'refused' }, alert, true],
  [{ hello: 'refused' }, { reply: 'ended', usual: true }, true],
  [{ hello: 'refused' }, { reply: 'silent', usual: true }, true],
  [{ hello: 'refused' }, { reply: 'other', usual: true }, true],
  [{ hello: 'refused' }, answered, false],
  // Where the writer finds no answer at all, a refusal is its own fault.
  [{ hello: 'refused' }, { ...alert, usual: false }, 'unknown'],
  [{ hello: 'refused' }, { reply: 'silent', usual: false }, 'unknown'],
  [{ hello: 'answered' }, answered, true],
  [{ hello: 'answered' }, alert, false],
  [{ hello: 'answered' }, { reply: 'other', usual: true }, false],
  [{ hello: 'answered' }, { ...alert, usual: false }, 'unknown'],
  // Silence may be the network's.
  [{ hello: 'answered' }, { reply: 'silent', usual: true }, 'unknown'],
  [{ version: 'TLSv1.2' }, answered, true],
  [{ version: 'TLSv1.3' }, answered, false],
  [{ version: 'TLSv1.2' }, alert, 'unknown'],
  [{ suite: ['ecdhe-gcm-128'] }, answered, true],
  [{ suite: ['static-rsa', 'rc4'] }, answered, false],
  [{ takesUp: ['renegotiation-info'] }, answered, true],
  [{ takesUp: ['extended-master-secret'] }, answered, false],
  [{ leaves: ['truncated-hmac'] }, answered, true],
  [{ leaves: ['renegotiation-info'] }, answered, false],
  // TLS 1.3 does not show what it takes up.
  [{ takesUp: ['renegotiation-info'] }, { reply: 'answered', usual: true }, 'unknown'],
  [{ compression: 'none' }, answered, true],
  [{ compression: 'none' }, { ...answered, compressed: true }, false],
  [{ protocol: 'http/1.1' }, answered, true],
  [{ protocol: 'h2' }, answered, false],
  [{ primeBits: 2048 }, answered, true],
  [{ primeBits: 2048 }, { ...answered, primeBits: 1024 }, false],
  [{ primeBits: 2048 }, { reply: 'answered', usual: true }, 'unknown'],
  [{ hashFreeOf: ['sha1'] }, answered, true],
  [{ hashFreeOf: ['sha1'] }, { ...answered, hash: 'sha1' }, false],
  [{ chain: 'in-order' }, answered, true],
  [{ responder: 'named' }, { ...answered, responder: true }, true],
  [{ responder: 'named' }, { ...answered, responder: false }, false],
  [{ responder: 'named' }, answered, 'unknown'],
  [{ chain: 'in-order' }, { ...answered, inOrder: false }, false],
  [{ hello: 'answered', version: 'TLSv1.3' }, answered, false],
]

for (const [wanted, facts, holds] of hellos) {
  test(`${JSON.stringify(wanted)} of ${facts.reply} ${facts.usual ? '' : 'where nothing is'} is ${holds}`, () => {
    assert.equal(channel(wanted, contextOf(withHello(facts))).holds, holds)
  })
}

test('A key is fresh where it differs from the one of the step before', () => {
  const wanted: ChannelWanted = { freshSince: 'first' }
  const after = (share?: string): boolean | 'unknown' => {
    const { share: _, ...rest } = answered
    const before = withHello(share === undefined ? rest : { ...answered, share })
    const steps = new Map([['first', judgedAs('denied', before as never)]])
    return channel(wanted, contextOf(withHello(answered), { steps })).holds
  }
  assert.deepEqual([after('a'), after('b'), after()], [false, true, 'unknown'])
})

const DAY = 86_400_000

const certificate: CertificateFacts = {
  trusted: true,
  selfSigned: false,
  from: -DAY,
  until: 30 * DAY,
  now: 0,
  host: 'h.test',
  forHost: true,
  keyType: 'rsa',
  keyBits: 2048,
  hashes: ['sha256', 'sha256'],
}

const ec = (curve: string): Partial<CertificateFacts> => ({ keyType: 'ec', curve })

const certificates: readonly (readonly [
  wanted: CertificateWanted,
  facts: Partial<CertificateFacts>,
  holds: boolean | 'unknown',
])[] = [
  ['trusted', {}, true],
  ['trusted', { trusted: 'its issuer is not known here' }, false],
  ['not-self-signed', {}, true],
  ['not-self-signed', { selfSigned: true }, true],
  ['not-self-signed', { selfSigned: true, trusted: 'no' }, false],
  ['in-date', {}, true],
  ['in-date', { from: 1 }, false],
  ['in-date', { until: -1 }, false],
  ['lasts', {}, true],
  ['lasts', { until: 13 * DAY }, false],
  ['lasts', { until: -DAY }, true],
  ['for-host', {}, true],
  ['for-host', { forHost: 'DNS:other.test' }, false],
  ['strong-key', {}, true],
  ['strong-key', { keyBits: 1024 }, false],
  ['strong-key', { keyType: 'rsa-pss', keyBits: 1024 }, false],
  ['strong-key', ec('P-256'), true],
  ['strong-curve', ec('P-256'), true],
  ['strong-curve', ec('P-192'), false],
  ['strong-curve', ec('secp160r1'), false],
  ['strong-curve', ec('secp256k1'), true],
  ['strong-curve', ec('a-new-one'), 'unknown'],
  ['strong-curve', {}, true],
  ['usual-curve', ec('P-256'), true],
  ['usual-curve', ec('P-384'), false],
  ['usual-curve', {}, true],
  ['strong-hash', {}, true],
  ['strong-hash', { hashes: ['sha256', 'sha1'] }, false],
  ['strong-hash', { hashes: ['md5'] }, false],
  ['usual-hash', {}, true],
  ['usual-hash', { hashes: ['sha512'] }, false],
  ['usual-hash', { ...ec('P-256'), hashes: ['sha512'] }, true],
]

for (const [wanted, facts, holds] of certificates) {
  test(`A certificate with ${JSON.stringify(facts)} is ${wanted}: ${holds}`, () => {
    const exchange = { ending: 'closed', channel: { certificate: { ...certificate, ...facts } } }
    assert.equal(channel({ certificate: wanted }, contextOf(exchange)).holds, holds)
  })
}

test('A ticket holds for as long as is wanted at most, and none for no time', () => {
  const holds = (ticket: object): boolean | 'unknown' =>
    channel({ ticket: 60 }, contextOf({ ending: 'closed', channel: { ticket } })).holds
  assert.deepEqual(
    [holds({ lifetime: 60 }), holds({ lifetime: 61 }), holds({}), holds({ failed: true })],
    [true, false, true, 'unknown'],
  )
})

test('Where no probe was made, or another one, nothing is known', () => {
  const trouble = { code: 'refused', say: 'h.test:443 refused the connection.' }
  const none = channel({ hello: 'refused' }, contextOf({ ending: 'closed', trouble }))
  assert.deepEqual([none.holds, none.got], ['unknown', trouble.say])
  const other = contextOf({ ending: 'closed', channel: { certificate } })
  assert.equal(channel({ hello: 'refused' }, other).holds, 'unknown')
  const hello = contextOf(withHello(answered))
  assert.equal(channel({ certificate: 'trusted' }, hello).holds, 'unknown')
})

test('What is wanted is said in words', () => {
  assert.equal(sayChannel({ hello: 'refused' }), 'the handshake refused')
  assert.equal(
    sayChannel({ version: 'TLSv1.3', primeBits: 2048 }),
    'TLSv1.3, a prime of 2048 bits or more',
  )
  assert.equal(sayChannel({ certificate: 'in-date' }), 'the certificate: in force today')
})
