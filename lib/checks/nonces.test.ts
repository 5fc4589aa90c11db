import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelWanted } from '../model/channel.ts'
import { channel, sayChannel } from './channel.ts'
import { contextOf } from './context.test.support.ts'

const suite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'

const looked = (wanted: ChannelWanted, nonces: readonly string[], handshake = true) =>
  channel(
    wanted,
    contextOf({
      ending: 'closed',
      channel: { nonces: { ...(handshake ? { suite } : {}), nonces } },
    }),
  )

const hex = (...numbers: readonly bigint[]): readonly string[] =>
  numbers.map((each) => each.toString(16).padStart(16, '0'))

const END = 2n ** 64n - 1n

const findings: readonly (readonly [
  name: string,
  nonces: readonly string[],
  seen: boolean,
  unrepeated: boolean | 'unknown',
  counted: boolean | 'unknown',
])[] = [
  ['Counted from zero', hex(0n, 1n, 2n, 3n), true, true, true],
  [
    'Counted from anywhere',
    hex(0x8fff_ffff_ffff_ffffn, 9n << 60n, (9n << 60n) + 1n),
    true,
    true,
    true,
  ],
  ['Counted over the end', hex(END - 1n, END, 0n, 1n), true, true, true],
  ['Random', hex(7n, 1n, 2n, 3n), true, true, false],
  ['Counted down', hex(3n, 2n, 1n), true, true, false],
  ['With a gap', hex(1n, 2n, 4n), true, true, false],
  ['One for all', hex(0n, 0n, 0n), true, false, false],
  ['The first one twice', hex(0n, 0n, 1n, 2n), true, false, false],
  ['One come back to', hex(5n, 6n, 7n, 5n), true, false, false],
  // Two that are alike are enough to be told.
  ['Two that are alike', hex(1n, 1n), true, false, false],
  ['Two that are not', hex(1n, 2n), false, 'unknown', 'unknown'],
  ['Two without order', hex(2n, 1n), false, 'unknown', 'unknown'],
  ['None', [], false, 'unknown', 'unknown'],
]

for (const [name, nonces, seen, unrepeated, counted] of findings) {
  test(`${name}: nonces are told from better and worse ones`, () => {
    const holds = (wanted: NonNullable<ChannelWanted['nonces']>): boolean | 'unknown' =>
      looked({ nonces: wanted }, nonces).holds
    assert.deepEqual(
      [holds('seen'), holds('unrepeated'), holds('counted')],
      [seen, unrepeated, counted],
    )
  })
}

test('What came and what was wanted is said in words', () => {
  const wanted = { nonces: 'unrepeated' } as const
  assert.equal(looked(wanted, ['a', 'a']).got, 'a twice')
  assert.equal(looked(wanted, ['a', 'b', 'c']).got, 'a b c')
  assert.equal(looked(wanted, ['a']).got, 'too few records')
  assert.equal(looked(wanted, [], false).got, 'no handshake of TLS 1.2 with AES-GCM')
  assert.equal(sayChannel(wanted), 'no nonce of AES-GCM twice under one key')
})

test('Nonces say nothing of what else is wanted', () => {
  assert.equal(looked({ hello: 'answered' }, ['a', 'b', 'c']).holds, 'unknown')
})
