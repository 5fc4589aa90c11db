import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address, bytes, cut, prose, typeable } from './safe.ts'

test('keeps text readable and takes from it what acts', () => {
  assert.equal(prose('§2 – ‹label› é'), '§2 – ‹label› é')
  assert.equal(prose('a\u001b[1m\n::x ##[y \u202e'), 'a\\x1b[1m\\n:\\x3ax #\\x23[y \\u{202e}')
  assert.equal(prose('already \\x1b escaped'), 'already \\x1b escaped')
  assert.equal(prose(prose('\u001b \\ ::')), prose('\u001b \\ ::'))
})

test('shows bytes so that they can be read back, and text that is no bytes as text', () => {
  assert.equal(bytes('caf\u00c3\u00a9 \u00ff \\x1b'), 'café \\xff \\\\x1b')
  assert.equal(bytes('‹label›'), '‹label›')
})

test('keeps the colons of an IPv6 host and of nothing else', () => {
  assert.equal(address('http://[::1]:80/::a'), 'http://[::1]:80/:\\x3aa')
})

test('prints a command as it is or not at all', () => {
  assert.equal(typeable("curl 'http://[::1]/'"), "curl 'http://[::1]/'")
  for (const command of [undefined, 'a\nb', 'a \u001b', 'a \u202e', '##[group]', ' ::error::x']) {
    assert.equal(typeable(command), undefined)
  }
})

test('cuts between characters', () => {
  assert.equal(cut('ab😀d', 4), 'ab😀d')
  assert.equal(cut('ab😀de', 4), 'ab😀…')
  assert.equal(cut('abc', 0), '…')
})
