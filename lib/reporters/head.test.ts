import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShownSpan } from '../model/index.ts'
import { linesOf, tellingLines } from './head.ts'

const request = (head: readonly ShownSpan[]) => ({ method: 'GET', url: 'http://127.0.0.1/', head })

test('cuts at CRLF and leaves other line ends where they are', () => {
  const lines = linesOf([
    { text: 'GET / HTTP/1.1\r\nA: b\nC: d\r\nAuthorization: ' },
    { secret: 'token', fault: true },
    { text: '\r\n' },
  ])
  assert.deepEqual(lines, [
    { spans: [{ text: 'GET / HTTP/1.1' }] },
    { spans: [{ text: 'A: b\nC: d' }] },
    { spans: [{ text: 'Authorization: ' }, { secret: 'token', fault: true }] },
  ])
})

test('keeps a fault that is nothing', () => {
  const lines = linesOf([
    { text: 'Authorization: Basic ' },
    { text: '', fault: true },
    { text: '\r\n' },
  ])
  assert.deepEqual(lines, [
    { spans: [{ text: 'Authorization: Basic ' }, { text: '', fault: true }] },
  ])
})

test('marks a fault on both sides of a line end', () => {
  assert.deepEqual(linesOf([{ text: 'a\r\nb', fault: true }]), [
    { spans: [{ text: 'a', fault: true }] },
    { spans: [{ text: 'b', fault: true }] },
  ])
})

test('picks the lines that authenticate, hold a secret or carry the fault', () => {
  const lines = tellingLines(
    request([
      { text: 'GET / HTTP/1.1\r\nHost: a\r\nproxy-authorization : x\r\nCookie: ' },
      { secret: 'session' },
      { text: '\r\nX-Odd: ' },
      { text: 'y', fault: true },
      { text: '\r\n' },
    ]),
  )
  assert.deepEqual(
    lines.map(({ spans }) => spans[0]),
    [{ text: 'proxy-authorization : x' }, { text: 'Cookie: ' }, { text: 'X-Odd: ' }],
  )
  assert.deepEqual(tellingLines(request([{ text: 'GET / HTTP/1.1\r\nHost: a\r\n' }])), [])
})
