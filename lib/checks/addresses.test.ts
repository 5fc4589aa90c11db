import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AddressFacts, CertificateFacts } from '../model/channel.ts'
import { channel, sayChannel } from './channel.ts'
import { contextOf } from './context.test.support.ts'

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
  hashes: ['sha256'],
}

type Offers = AddressFacts['offers']

const good: Offers = {
  'TLSv1.3': 'taken',
  'TLSv1.2': 'taken',
  'weak-suites': 'refused',
  'TLSv1.1': 'refused',
  TLSv1: 'refused',
  SSLv3: 'refused',
  SSLv2: 'refused',
}

const server = (
  address: string,
  offers: Offers = {},
  shown: Partial<CertificateFacts> = {},
): AddressFacts => ({
  address,
  offers: { ...good, ...offers },
  certificate: { ...certificate, ...shown },
})

const finding = (
  servers: readonly AddressFacts[],
): { readonly holds: boolean | 'unknown'; readonly got: string } => {
  const addresses = { known: servers.map(({ address }) => address), servers }
  return channel({ addresses: 'alike' }, contextOf({ ending: 'closed', channel: { addresses } }))
}

const without = (offer: keyof Offers): AddressFacts => {
  const { [offer]: _, ...offers } = good
  return { address: 'B', offers, certificate }
}

const pairs: readonly (readonly [
  second: AddressFacts,
  holds: boolean | 'unknown',
  got: string | RegExp,
])[] = [
  [server('B'), true, 'no difference between A, B'],
  [server('B', { TLSv1: 'taken', 'TLSv1.1': 'taken' }), false, 'TLSv1.1, TLSv1 at B and not at A'],
  [server('B', { SSLv2: 'taken' }), false, 'SSLv2 at B and not at A'],
  [server('B', { 'weak-suites': 'taken' }), false, /^suites that nobody should take at B/],
  [server('B', { 'TLSv1.3': 'refused' }), false, 'TLSv1.3 at A and not at B'],
  // Whoever speaks TLS 1.3 alone is no weaker.
  [server('B', { 'TLSv1.2': 'refused' }), true, /^no difference/],
  [
    server('B', { 'TLSv1.2': 'refused', 'TLSv1.3': 'refused', TLSv1: 'taken' }),
    false,
    'TLSv1.3, TLSv1.2 at A and not at B; TLSv1 at B and not at A',
  ],
  // Some never answer a hello of SSL 2.0, which is a refusal.
  [server('B', { SSLv2: 'silent' }), true, /^no difference/],
  [server('B', { 'TLSv1.3': 'silent' }), 'unknown', 'TLSv1.3 not known of B'],
  [without('TLSv1'), 'unknown', 'TLSv1 not known of B'],
  [without('TLSv1.3'), 'unknown', 'TLSv1.3 not known of B'],
  [
    server('B', {}, { until: -DAY / 2 }),
    false,
    'the certificate at B: in force from 1969-12-31 to 1969-12-31, not in force today, as at A',
  ],
  [
    server('B', {}, { trusted: 'its issuer is not known here' }),
    false,
    /^the certificate at B: its/,
  ],
  [server('B', {}, { forHost: 'DNS:b.test' }), false, /^the certificate at B: DNS:b\.test/],
  [server('B', {}, { keyBits: 1024 }), false, /^the certificate at B: rsa of 1024 bits/],
  [server('B', {}, { hashes: ['sha1'] }), false, /^the certificate at B: sha1/],
  [server('B', {}, { until: 2 * DAY, keyType: 'ec', curve: 'P-256' }), true, /^no difference/],
  [{ address: 'B', offers: good }, 'unknown', 'the certificate at B was not seen'],
]

for (const [second, holds, got] of pairs) {
  test(`Beside a good server, ${JSON.stringify(second)} is alike: ${holds}`, () => {
    for (const servers of [
      [server('A'), second],
      [second, server('A')],
    ]) {
      const found = finding(servers)
      assert.equal(found.holds, holds, found.got)
    }
    const { got: said } = finding([server('A'), second])
    if (typeof got === 'string') assert.equal(said, got)
    else assert.match(said, got)
  })
}

test('What all have in common is no difference, however bad', () => {
  const bad: Offers = { SSLv2: 'taken', 'weak-suites': 'taken', 'TLSv1.3': 'refused' }
  const expired = { until: -DAY }
  assert.equal(finding([server('A', bad, expired), server('B', bad, expired)]).holds, true)
})

test('A difference that is known is told, whatever else is not', () => {
  const found = finding([server('A'), server('B', { TLSv1: 'taken' }), without('TLSv1.1')])
  assert.deepEqual([found.holds, found.got], [false, 'TLSv1 at B and not at A, B'])
})

test('Where fewer than two answer there are not several', () => {
  const several = (servers: readonly AddressFacts[]): boolean | 'unknown' => {
    const addresses = { known: ['A', 'B'], servers }
    const context = contextOf({ ending: 'closed', channel: { addresses } })
    return channel({ addresses: 'several' }, context).holds
  }
  assert.deepEqual(
    [several([]), several([server('A')]), several([server('A'), server('B')])],
    [false, false, true],
  )
  assert.equal(finding([server('A')]).holds, 'unknown')
  const hello = contextOf({ ending: 'closed', channel: { hello: { reply: 'answered' } } })
  assert.equal(channel({ addresses: 'alike' }, hello).holds, 'unknown')
  const addresses = contextOf({
    ending: 'closed',
    channel: { addresses: { known: [], servers: [] } },
  })
  assert.equal(channel({ hello: 'answered' }, addresses).holds, 'unknown')
})

test('What is wanted of addresses is said in words', () => {
  assert.equal(sayChannel({ addresses: 'several' }), 'two or more addresses of the host answer')
  assert.match(sayChannel({ addresses: 'alike' }), /^the same versions and equally sound/)
})
