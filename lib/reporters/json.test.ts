import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixtures } from './fixtures.ts'
import { json } from './json.ts'

const options = { colour: true, width: 80 }

test('is the report itself', () => {
  for (const report of Object.values(fixtures)) {
    const text = json.render(report, options)
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(report)))
    assert.ok(text.startsWith('{\n  "schema": "1.0",\n'))
    assert.ok(text.endsWith('}\n'))
  }
})

test('carries nothing that acts on a terminal or a pipeline', () => {
  const { hostile } = fixtures
  assert.ok(hostile)
  const text = json.render(hostile, options)
  assert.doesNotMatch(text, /::|##\[/)
  assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f]|[\p{Cf}\p{Zl}\p{Zp}]/u)
})
