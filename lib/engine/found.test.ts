import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  AddressesFacts,
  CertificateFacts,
  NonceFacts,
  ResumptionFacts,
} from '../model/channel.ts'
import { sayFound, whyNothing } from './found.ts'

test('What a hello came to is said in one line', () => {
  assert.equal(sayFound({}), undefined)
  const hello = (facts: object): string | undefined =>
    sayFound({ channel: { hello: { reply: 'answered', usual: true, ...facts } } })
  assert.equal(hello({ reply: 'alert', alert: 'protocol_version' }), 'the alert protocol_version')
  assert.equal(hello({ reply: 'silent' }), 'no answer')
  assert.equal(
    hello({
      version: 'TLSv1.2',
      suite: 'S',
      primeBits: 1024,
      protocol: 'http/1.1',
      extensions: ['alpn', 'status-request'],
    }),
    'answered, TLSv1.2, S, a prime of 1024 bits, http/1.1, with alpn and status-request',
  )
})

test('What a certificate says is said in one line', () => {
  const facts = {
    trusted: 'its issuer is not known here',
    selfSigned: false,
    from: 0,
    until: 86_400_000,
    now: 0,
    host: 'h.test',
    forHost: 'DNS:other.test',
    keyType: 'rsa',
    keyBits: 1024,
    hashes: ['sha1'],
  }
  assert.equal(
    sayFound({ channel: { certificate: facts } }),
    'in force from 1970-01-01 to 1970-01-02, not for h.test: DNS:other.test, not trusted: its issuer is not known here, rsa 1024, sha1',
  )
})

const DAY = 86_400_000

const shown: CertificateFacts = {
  trusted: true,
  selfSigned: false,
  from: 0,
  until: DAY,
  now: 0,
  host: 'h.test',
  forHost: true,
  keyType: 'ec',
  hashes: [],
}

test('Each address is named with what it takes and shows', () => {
  const addresses: AddressesFacts = {
    known: ['192.0.2.1', '2001:db8::1', '192.0.2.3'],
    servers: [
      {
        address: '192.0.2.1',
        offers: { 'TLSv1.3': 'taken', TLSv1: 'refused' },
        certificate: shown,
      },
      { address: '2001:db8::1', offers: { TLSv1: 'silent' } },
    ],
  }
  assert.equal(
    sayFound({ channel: { addresses } }),
    '192.0.2.1 takes TLSv1.3, certificate in force from 1970-01-01 to 1970-01-02, for h.test, trusted; 2001:db8::1 takes nothing of that alone; nothing known of 192.0.2.3',
  )
  assert.equal(whyNothing({ channel: { addresses } }), undefined)
  assert.equal(whyNothing({}), undefined)
})

test('Where addresses cannot be compared it is said why', () => {
  const why = (addresses: AddressesFacts): string | undefined => {
    const exchange = { channel: { addresses } }
    assert.equal(sayFound(exchange), whyNothing(exchange))
    return whyNothing(exchange)
  }
  const [one, two] = ['192.0.2.1', '192.0.2.2']
  assert.deepEqual(
    [
      why({ known: [], servers: [], hidden: 'proxy' }),
      why({ known: [one], servers: [], hidden: 'chosen' }),
      why({ known: [one], servers: [] }),
      why({ known: [one, two], servers: [{ address: two, offers: {} }] }),
      why({ known: [one, two], servers: [] }),
    ],
    [
      'a proxy connects, to whichever address it likes',
      '192.0.2.1 alone was chosen',
      'the host has one address, 192.0.2.1',
      'of 192.0.2.1 and 192.0.2.2, 192.0.2.2 alone answers here',
      'of 192.0.2.1 and 192.0.2.2, none answers here',
    ],
  )
})

test('What becomes of who comes back is said in one line', () => {
  const say = (resumption: ResumptionFacts): readonly (string | undefined)[] => [
    sayFound({ channel: { resumption } }),
    whyNothing({ channel: { resumption } }),
  ]
  assert.deepEqual(say({ came: 'resumed', newKey: true }), [
    'the session was taken up again, with a new key',
    undefined,
  ])
  assert.deepEqual(say({ came: 'resumed', newKey: false, earlyData: 5 }), [
    'a ticket that offers 5 bytes of early data, the session was taken up again, without a new key',
    undefined,
  ])
  assert.deepEqual(say({ came: 'no-ticket' }), ['no ticket came', 'no ticket came'])
})

test('The nonces of records are said in one line', () => {
  const say = (nonces: NonceFacts): string | undefined => {
    const exchange = { channel: { nonces } }
    assert.equal(whyNothing(exchange), sayFound(exchange))
    return sayFound(exchange)
  }
  const suite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'
  assert.equal(say({ nonces: [] }), 'no handshake of TLS 1.2 with AES-GCM')
  assert.equal(say({ suite, nonces: [] }), `${suite}, no encrypted record`)
  assert.equal(say({ suite, nonces: ['a'] }), `${suite}, 1 encrypted record with the nonces a`)
  assert.equal(
    say({ suite, nonces: ['a', 'b'] }),
    `${suite}, 2 encrypted records with the nonces a b`,
  )
})
