import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schemaOf } from './schema.ts'
import { anyText, named, pair, record, type Shape } from './shape.ts'

test('A record whose names are no text cannot be written down', () => {
  const wrong: Shape<string> = { node: { kind: 'boolean' } }
  assert.throws(() => record<{ readonly [name: string]: string }>(wrong, anyText()), TypeError)
})

test('Two shapes of one name cannot be published together', () => {
  const one = named('same', () => anyText())
  const other = named('same', () => anyText())
  const about = { id: 'urn:x', title: 'x', description: 'x' }
  assert.throws(() => schemaOf(pair(one, other), about), TypeError)
  const schema = schemaOf(pair(one, one), about)
  assert.ok(typeof schema === 'object' && schema !== null && '$defs' in schema)
})
