import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shown } from './shown.ts'

test('Shows printable ASCII and escapes the rest', () => {
  assert.equal(shown('a b~'), '"a b~"')
  assert.equal(shown('\x1b[2J\r\n\x7f\xe9"\\'), '"\\x1b[2J\\x0d\\x0a\\x7f\\xe9\\"\\\\"')
})

test('Cuts what is long, before escaping', () => {
  assert.equal(shown('a'.repeat(60)), `"${'a'.repeat(60)}"`)
  assert.equal(shown('a'.repeat(61)), `"${'a'.repeat(60)}…"`)
  assert.equal(shown('\n\n\n', 2), '"\\x0a\\x0a…"')
})
