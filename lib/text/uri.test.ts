import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUri, isUriReference, webUrlOf } from './uri.ts'

test('URIs and relative references are told from other text', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['https://api.example.test/errors#token', true],
    ['http://user:pass@h.test:80/a/b;c=d?x=1&y=/?#f/?', true],
    ['http://[2001:db8::1]:8080/', true],
    ['urn:ietf:rfc:6750', true],
    ['mailto:a@b.test', true],
    ['/errors/token', true],
    ['//h.test/errors', true],
    ['errors/a:b', true],
    ['./a:b', true],
    ['?page=3', true],
    ['#token', true],
    ['', true],
    ['a%20b', true],
    ['see the manual, page 3', false],
    ['https://h.test/a b', false],
    ['https://h.test/caf\xe9', false],
    ['https://h.test/a"b', false],
    ['https://h.test/<a>', false],
    ['https://h.test/a\\b', false],
    ['https://h.test/%zz', false],
    ['https://h.test/%2', false],
    ['https://h.test/[a]', false],
    ['https://h.test/#a#b', false],
    ['https://h.test:port/', false],
    ['1:b', false],
    [':b', false],
  ]
  for (const [text, wanted] of table) assert.equal(isUriReference(text), wanted, text)
})

test('a URI names its scheme', () => {
  for (const text of ['urn:a:b', 'https://h.test/', 'user:42']) assert.ok(isUri(text), text)
  for (const text of ['/a:b', 'a/b:c', '42:user', 'a b:c', '']) assert.ok(!isUri(text), text)
})

test('a long text that fails at its end takes no long time', () => {
  const started = performance.now()
  for (const part of ['a', '%41', '/', ':', '@', '.'])
    assert.equal(isUriReference(`http://${part.repeat(100_000)} `), false)
  assert.ok(performance.now() - started < 1000)
})

test('absolute http and https URLs are told from other references', () => {
  assert.equal(webUrlOf('HTTPS://h.test/a')?.href, 'https://h.test/a')
  assert.equal(webUrlOf('http://127.0.0.1:1/a?b')?.host, '127.0.0.1:1')
  for (const text of ['/a', '//h.test/a', 'https:/a', 'https://', 'ftp://h.test/', 'h.test', ''])
    assert.equal(webUrlOf(text), undefined, text)
  assert.equal(webUrlOf('https://h.test:99999/'), undefined)
})
