import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelWanted, ResumptionFacts } from '../model/channel.ts'
import { channel, sayChannel } from './channel.ts'
import { contextOf } from './context.test.support.ts'

const looked = (wanted: ChannelWanted, resumption: ResumptionFacts) =>
  channel(wanted, contextOf({ ending: 'closed', channel: { resumption } }))

const key = { resumption: 'with-new-key' } as const
const early = { earlyData: 'none' } as const
const resumed = { came: 'resumed', newKey: true } as const

const findings: readonly (readonly [
  wanted: ChannelWanted,
  facts: ResumptionFacts,
  holds: boolean | 'unknown',
])[] = [
  [{ resumption: 'resumed' }, resumed, true],
  [{ resumption: 'resumed' }, { came: 'anew' }, false],
  [{ resumption: 'resumed' }, { came: 'open' }, false],
  [{ resumption: 'resumed' }, { came: 'no-ticket' }, false],
  [key, resumed, true],
  [key, { came: 'resumed', newKey: false }, false],
  // Who is not taken up again has nothing to say of keys.
  [key, { came: 'anew' }, 'unknown'],
  [key, { came: 'open' }, 'unknown'],
  [key, { came: 'no-handshake' }, 'unknown'],
  [early, resumed, true],
  [early, { ...resumed, earlyData: 16_384 }, false],
  [early, { came: 'anew', earlyData: 16_384 }, 'unknown'],
  [early, { came: 'no-ticket' }, 'unknown'],
  [{ ...key, ...early }, { ...resumed, earlyData: 1 }, false],
  [{ hello: 'answered' }, resumed, 'unknown'],
]

for (const [wanted, facts, holds] of findings) {
  test(`${JSON.stringify(wanted)} of ${JSON.stringify(facts)} is ${holds}`, () => {
    assert.equal(looked(wanted, facts).holds, holds)
  })
}

test('What came and what was wanted is said in words', () => {
  assert.equal(looked(key, { came: 'resumed', newKey: false }).got, 'the key of the ticket alone')
  assert.equal(looked(early, { ...resumed, earlyData: 5 }).got, 'early data, up to 5 bytes')
  assert.equal(sayChannel(key), 'a new key for the session')
  assert.equal(
    sayChannel({ resumption: 'resumed', ...early }),
    'a session of TLS 1.3 is taken up again, no offer of early data',
  )
})
