import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '../../../text/random.ts'
import { elementsOf, entriesOf } from './document.ts'

const words = ['keys', 'k', '"', '\\', '[', ']}', ',', ':', '\u2028', 'ü', '🙂', '__proto__', '']
const { int } = randomFrom('documents')

const word = (): string => words[int(words.length)] ?? ''

/** A value of any kind, less and less deep. */
const value = (depth: number): unknown => {
  const kind = int(depth > 0 ? 7 : 5)
  if (kind === 0) return null
  if (kind === 1) return int(1000) / 8
  if (kind === 2) return int(2) === 0
  if (kind < 5) return word() + word()
  const parts = Array.from({ length: int(4) }, () => value(depth - 1))
  return kind === 5 ? parts : Object.fromEntries(parts.map((part) => [word(), part]))
}

test('entries are what a parser of JSON finds in the array', () => {
  for (let round = 0; round < 2000; round += 1) {
    const keys = Array.from({ length: int(5) }, () => value(4))
    const set = { [word()]: value(3), keys, [`more ${word()}`]: value(3) }
    const json = JSON.stringify(set, null, int(3))
    const entries = entriesOf(Buffer.from(json))
    assert.deepEqual(
      entries?.map((text) => JSON.parse(text)),
      keys,
      json,
    )
  }
})

test('of several arrays the last is taken, however its name is written', () => {
  assert.deepEqual(elementsOf('{"keys":[1],"x":{"keys":[2]},"ke\\u0079s":[3, 4 ]}', 'keys'), [
    '3',
    ' 4 ',
  ])
  assert.deepEqual(elementsOf('{"keys":[]}', 'keys'), [])
})
