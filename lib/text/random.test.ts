import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from './random.ts'

const draws = (...of: Parameters<typeof randomFrom>): number[] => {
  const random = randomFrom(...of)
  return Array.from({ length: 20 }, () => random.int(1000))
}

test('the same seed and labels give the same stream', () => {
  assert.deepEqual(draws(7, 'password', 'first'), draws(7, 'password', 'first'))
  assert.deepEqual(draws(7), draws('7'))
})

test('another seed or label gives another stream', () => {
  const streams = [
    draws(7),
    draws(8),
    draws(7, 'a'),
    draws(7, 'b'),
    draws(7, 'a', 'b'),
    draws(7, 'ab'),
    draws(7, 'a","b'),
  ]
  assert.equal(new Set(streams.map((stream) => stream.join())).size, streams.length)
})

test('a stream stays what it is over releases, since reports name only their seed', () => {
  const random = randomFrom('pinned', 'stream')
  assert.deepEqual(
    [random.int(1000), random.text(8), Buffer.from(random.bytes(4)).toString('hex')],
    [192, 'vZGA5Hpl', 'd7e46b7a'],
  )
})

test('using one stream does not disturb another', () => {
  const lone = randomFrom(1, 'lone').text(30)
  const other = randomFrom(1, 'other')
  const again = randomFrom(1, 'lone')
  let interleaved = ''
  for (let i = 0; i < 30; i += 1) {
    other.int(5)
    interleaved += again.text(1)
  }
  assert.equal(interleaved, lone)
})

test('int covers its range evenly', () => {
  const random = randomFrom(3)
  const counts = new Array<number>(10).fill(0)
  for (let i = 0; i < 20_000; i += 1) {
    const drawn = random.int(10)
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
  for (const count of counts) assert.ok(count > 1800 && count < 2200, counts.join())
})

test('int takes ranges up to 2^32 and nothing else', () => {
  const random = randomFrom(4)
  assert.equal(random.int(1), 0)
  for (let i = 0; i < 100; i += 1) {
    const wide = random.int(2 ** 32)
    assert.ok(wide >= 0 && wide < 2 ** 32)
    // A range just over half of 2^32 throws nearly half of the draws away.
    assert.ok(random.int(2 ** 31 + 1) <= 2 ** 31)
  }
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) {
    assert.throws(() => random.int(n), RangeError)
  }
})

test('pick takes members of the list, and an empty list is an error', () => {
  const random = randomFrom(5)
  const seen = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))
  assert.deepEqual([...seen].sort(), ['a', 'b', 'c'])
  assert.throws(() => random.pick([]), RangeError)
})

test('text keeps to its length and alphabet', () => {
  const random = randomFrom(6)
  assert.match(random.text(200), /^[A-Za-z0-9]{200}$/)
  assert.match(random.text(50, 'xy'), /^[xy]{50}$/)
  assert.equal([...random.text(5, '😀')].length, 5)
  assert.equal(random.text(0), '')
})

test('bytes reach every value', () => {
  assert.equal(new Set(randomFrom(7).bytes(10_000)).size, 256)
})

test('shuffle keeps the members and the list it was given', () => {
  const list = Object.freeze(Array.from({ length: 50 }, (_, i) => i))
  const mixed = randomFrom(8).shuffle(list)
  assert.notDeepEqual(mixed, list)
  assert.deepEqual(
    [...mixed].sort((a, b) => a - b),
    list,
  )
  assert.deepEqual(randomFrom(8).shuffle([]), [])
})

test('shuffle gives every order of three about equally often', () => {
  const random = randomFrom(9)
  const counts = new Map<string, number>()
  for (let i = 0; i < 6000; i += 1) {
    const order = random.shuffle(['a', 'b', 'c']).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  assert.equal(counts.size, 6)
  for (const count of counts.values()) assert.ok(count > 850 && count < 1150)
})
