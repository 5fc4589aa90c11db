import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../model/exchange.ts'
import { createReader, type Reader } from './reader.ts'
import type { Limits } from './reading.ts'

const limits: Limits = { headCap: 2048, bodyCap: 32, bodyStop: 128 }

interface Row {
  readonly name: string
  readonly method?: string
  readonly bytes: string
  /** The server does not close after the bytes. */
  readonly open?: true
  readonly state?: 'reading' | 'failed'
  readonly trouble?: string
  readonly says?: RegExp
  readonly violations?: readonly string[]
  readonly answer?: Partial<Answer>
  readonly persists?: boolean
}

const head = (line: string, ...fields: string[]): string =>
  `${[line, ...fields].join('\r\n')}\r\n\r\n`
const ok = (...fields: string[]): string => head('HTTP/1.1 200 OK', ...fields)

const rows: readonly Row[] = [
  {
    name: 'length',
    bytes: `${ok('Content-Length: 5', 'X-a:  b c\t ')}hello`,
    open: true,
    persists: true,
    answer: {
      version: 'HTTP/1.1',
      status: 200,
      reason: 'OK',
      fields: [
        ['Content-Length', '5'],
        ['X-a', 'b c'],
      ],
      body: 'hello',
      bodyBytes: 5,
      cut: false,
    },
  },
  { name: 'length zero', bytes: ok('content-length: 0'), open: true, answer: { body: '' } },
  {
    name: 'chunks with extensions and trailers',
    bytes: `${ok('Transfer-Encoding: chunked')}3;a="b"\r\nabc\r\nA\r\n0123456789\r\n0 ;x\r\nT: 1\r\nT: 2\r\n\r\n`,
    open: true,
    persists: true,
    answer: {
      body: 'abc0123456789',
      trailers: [
        ['T', '1'],
        ['T', '2'],
      ],
    },
  },
  { name: 'until close', bytes: `${ok()}rest`, answer: { body: 'rest' }, persists: false },
  { name: 'until close, empty', bytes: ok(), answer: { body: '', bodyBytes: 0 } },
  {
    name: 'latin1 everywhere',
    bytes: `${head('HTTP/1.1 401 Verbot\xe9n', 'X: \xff\x80', 'Content-Length: 1')}\xfe`,
    open: true,
    answer: {
      reason: 'Verbot\xe9n',
      body: '\xfe',
      fields: [
        ['X', '\xff\x80'],
        ['Content-Length', '1'],
      ],
    },
  },
  { name: 'HEAD', method: 'HEAD', bytes: ok('Content-Length: 9'), open: true, persists: true },
  { name: '204', bytes: head('HTTP/1.1 204 No Content'), open: true },
  { name: '304', bytes: head('HTTP/1.1 304 Not Modified', 'Content-Length: 9'), open: true },
  { name: 'CONNECT', method: 'CONNECT', bytes: ok(), open: true },
  {
    name: 'content on HEAD',
    method: 'HEAD',
    bytes: `${ok('Content-Length: 5')}hello`,
    violations: ['content-on-head'],
    answer: { body: '', bodyBytes: 0 },
    persists: false,
  },
  {
    name: 'content on 204',
    bytes: `${head('HTTP/1.1 204 None', 'Content-Length: 2', 'Transfer-Encoding: chunked')}hi`,
    violations: ['length-without-content', 'coding-without-content', 'content-on-204'],
    answer: { body: '' },
  },
  {
    name: 'content on 304',
    bytes: `${head('HTTP/1.1 304 Same')}hi`,
    violations: ['content-on-304'],
  },
  {
    name: 'interim answers',
    bytes: `${head('HTTP/1.1 100 Continue')}${head('HTTP/1.1 103 Hints', 'Link: a')}${ok('Content-Length: 1')}x`,
    open: true,
    answer: { status: 200, interim: [100, 103], body: 'x', fields: [['Content-Length', '1']] },
  },
  {
    name: 'interim answers only',
    bytes: head('HTTP/1.1 100 Continue'),
    state: 'failed',
    trouble: 'ended',
    says: /only the interim answer 100/,
  },
  {
    name: 'length on an interim answer',
    bytes: `${head('HTTP/1.1 100 Continue', 'Content-Length: 0')}${ok('Content-Length: 0')}`,
    open: true,
    violations: ['length-without-content'],
  },
  {
    name: 'switching protocols',
    bytes: head('HTTP/1.1 101 Switching', 'Upgrade: x'),
    open: true,
    violations: ['switch-unasked'],
    persists: false,
    answer: { status: 101, interim: [] },
  },
  {
    name: 'LF only',
    bytes: 'HTTP/1.1 200 OK\nA: b\nContent-Length: 2\n\nhi',
    open: true,
    violations: ['lf-only-head'],
    answer: { body: 'hi' },
  },
  {
    name: 'folded',
    bytes: `${ok('A: one ', '\ttwo  ', ' three', 'Content-Length: 0')}`,
    open: true,
    violations: ['obs-fold'],
    answer: {
      fields: [
        ['A', 'one\r\n\ttwo\r\n three'],
        ['Content-Length', '0'],
      ],
    },
  },
  {
    name: 'fold before any field',
    bytes: ok(' A: b', 'Content-Length: 0'),
    open: true,
    violations: ['space-before-field'],
    answer: { fields: [['Content-Length', '0']] },
  },
  {
    name: 'blank before the colon, no colon, empty and odd names, control bytes',
    bytes: ok('A : b', 'none', ': c', 'B(): \x00\x1b', 'Content-Length: 0'),
    open: true,
    violations: ['space-before-colon', 'no-colon', 'field-name', 'control-in-field'],
    answer: {
      fields: [
        ['A', 'b'],
        ['', 'c'],
        ['B()', '\x00\x1b'],
        ['Content-Length', '0'],
      ],
    },
  },
  {
    name: 'bare CR in a value',
    bytes: ok('A: b\rC: d', 'Content-Length: 0'),
    open: true,
    violations: ['control-in-field'],
    answer: {
      fields: [
        ['A', 'b\rC: d'],
        ['Content-Length', '0'],
      ],
    },
  },
  {
    name: 'status line without reason',
    bytes: head('HTTP/1.1 401 ', 'Content-Length: 0'),
    open: true,
    answer: { status: 401, reason: '' },
    violations: [],
  },
  {
    name: 'status line without reason and space',
    bytes: head('HTTP/1.1 401', 'Content-Length: 0'),
    open: true,
    answer: { status: 401, reason: '' },
    violations: ['reason-space-missing'],
  },
  {
    name: 'odd status line',
    bytes: head('http/2\t 999\tA\x07', 'Content-Length: 0'),
    open: true,
    answer: { status: 999, version: 'http/2', reason: 'A\x07' },
    violations: [
      'version-case',
      'version',
      'status-line-space',
      'control-in-reason',
      'status-range',
    ],
  },
  {
    name: 'blank lines first',
    bytes: `\r\n\r\n${ok('Content-Length: 0')}`,
    open: true,
    violations: ['blank-before-status'],
  },
  {
    name: 'HTTP/1.0',
    bytes: `${head('HTTP/1.0 200 OK')}old`,
    answer: { version: 'HTTP/1.0', body: 'old' },
  },
  {
    name: 'HTTP/1.0 closes unless told',
    bytes: head('HTTP/1.0 200 OK', 'Content-Length: 0'),
    open: true,
    persists: false,
  },
  {
    name: 'HTTP/1.0 kept',
    bytes: head('HTTP/1.0 200 OK', 'Connection: Keep-Alive', 'Content-Length: 0'),
    open: true,
    persists: true,
  },
  {
    name: 'closing',
    bytes: ok('Connection: x, Close', 'Content-Length: 0'),
    open: true,
    persists: false,
  },
  {
    name: 'HTTP/1.0 with chunks',
    bytes: `${head('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    open: true,
    violations: ['coding-in-1.0'],
  },
  {
    name: 'lengths repeated',
    bytes: `${ok('Content-Length: 2, 2', 'Content-Length: 2')}hi`,
    open: true,
    violations: ['length-repeated'],
    answer: { body: 'hi' },
  },
  {
    name: 'lengths in conflict',
    bytes: `${ok('Content-Length: 2', 'Content-Length: 3')}hi!`,
    open: true,
    violations: ['length-conflict', 'bytes-after-answer'],
    answer: { body: 'hi' },
  },
  {
    name: 'length invalid',
    bytes: `${ok('Content-Length: +2')}hi!`,
    violations: ['length-invalid'],
    answer: { body: 'hi!' },
  },
  {
    name: 'length and coding',
    bytes: `${ok('Content-Length: 9', 'Transfer-Encoding: chunked')}2\r\nhi\r\n0\r\n\r\n`,
    open: true,
    violations: ['length-and-coding'],
    answer: { body: 'hi' },
  },
  {
    name: 'coding without chunked',
    bytes: `${ok('Transfer-Encoding: gzip')}raw`,
    violations: ['chunked-not-last'],
    answer: { body: 'raw' },
  },
  {
    name: 'chunked twice',
    bytes: `${ok('Transfer-Encoding: chunked, Chunked')}0\r\n\r\n`,
    open: true,
    violations: ['chunked-twice'],
  },
  {
    name: 'chunks with LF and a blank after the size',
    bytes: `${ok('Transfer-Encoding: gzip, chunked')}2 \nhi\n0\n\n`,
    open: true,
    violations: ['lf-only-chunk', 'chunk-size-space'],
    answer: { body: 'hi' },
  },
  {
    name: 'chunk size invalid',
    bytes: `${ok('Transfer-Encoding: chunked')}0x2\r\nhi\r\n`,
    state: 'failed',
    trouble: 'garbage',
    says: /"0x2"/,
  },
  {
    name: 'chunk too long',
    bytes: `${ok('Transfer-Encoding: chunked')}2\r\nhi!\r\n0\r\n\r\n`,
    state: 'failed',
    trouble: 'garbage',
    says: /longer than its size/,
  },
  {
    name: 'chunk line without end',
    bytes: `${ok('Transfer-Encoding: chunked')}2;${'x'.repeat(3000)}`,
    state: 'failed',
    trouble: 'too-large',
    says: /chunked framing/,
  },
  {
    name: 'bytes after the answer',
    bytes: `${ok('Content-Length: 2')}hiHTTP/1.1 200 OK\r\n\r\n`,
    violations: ['bytes-after-answer'],
    persists: false,
  },
  {
    name: 'body beyond the cap',
    bytes: `${ok('Content-Length: 40')}${'x'.repeat(40)}`,
    open: true,
    answer: { body: 'x'.repeat(32), bodyBytes: 40, cut: true },
    persists: true,
  },
  {
    name: 'body beyond the stop',
    bytes: `${ok('Content-Length: 4000')}${'x'.repeat(400)}`,
    open: true,
    answer: { body: 'x'.repeat(32), bodyBytes: 128, cut: true },
    violations: [],
    persists: false,
  },
  {
    name: 'chunk of boundless size',
    bytes: `${ok('Transfer-Encoding: chunked')}${'f'.repeat(400)}\r\n${'x'.repeat(400)}`,
    open: true,
    answer: { bodyBytes: 128, cut: true },
  },
  {
    name: 'head beyond the cap',
    bytes: `${ok(`A: ${'b'.repeat(2048)}`)}`,
    state: 'failed',
    trouble: 'too-large',
    says: /2048 bytes/,
  },
  {
    name: 'interim answers without end',
    bytes: head('HTTP/1.1 102 Processing').repeat(100),
    state: 'failed',
    trouble: 'too-large',
  },
  {
    name: 'garbage, one line',
    bytes: 'SSH-2.0-Open"SSH\x1b\r\n',
    open: true,
    state: 'failed',
    trouble: 'garbage',
    says: /: "SSH-2\.0-Open\\"SSH\\x1b"\.$/,
  },
  {
    name: 'garbage, TLS',
    bytes: '\x15\x03\x03\x00\x02\x02\x46',
    state: 'failed',
    trouble: 'garbage',
    says: /https port/,
  },
  {
    name: 'garbage without a line end',
    bytes: '<'.repeat(5000),
    open: true,
    state: 'failed',
    trouble: 'garbage',
    says: /"<{60}…"/,
  },
  {
    name: 'content without a head, as HTTP/0.9 had it',
    bytes: '<html>hi</html>',
    state: 'failed',
    trouble: 'garbage',
  },
  {
    name: 'status that is no number',
    bytes: 'HTTP/1.1 OK\r\n',
    open: true,
    state: 'failed',
    trouble: 'garbage',
  },
  { name: 'nothing yet', bytes: '', open: true, state: 'reading' },
  { name: 'nothing', bytes: '', state: 'failed', trouble: 'ended', says: /no byte/ },
  {
    name: 'ended in the status line',
    bytes: 'HT',
    state: 'failed',
    trouble: 'ended',
    says: /after 2 bytes/,
  },
  {
    name: 'ended in the head',
    bytes: 'HTTP/1.1 200 OK\r\nA',
    state: 'failed',
    trouble: 'ended',
    says: /head broke off after 18 bytes/,
  },
  {
    name: 'ended in the content',
    bytes: `${ok('Content-Length: 10')}abc`,
    state: 'failed',
    trouble: 'ended',
    says: /3 of 10 bytes/,
  },
  {
    name: 'ended in the chunks',
    bytes: `${ok('Transfer-Encoding: chunked')}5\r\nab`,
    state: 'failed',
    trouble: 'ended',
    says: /200 broke off after 2 bytes/,
  },
  {
    name: 'ended before the last chunk',
    bytes: `${ok('Transfer-Encoding: chunked')}2\r\nab\r\n`,
    state: 'failed',
    trouble: 'ended',
  },
]

const read = (row: Row, portions: readonly Buffer[]): Reader => {
  const reader = createReader(row.method ?? 'GET', limits)
  for (const portion of portions) reader.feed(portion)
  if (row.open !== true) reader.end()
  return reader
}

const shape = (reader: Reader): unknown => ({
  state: reader.state(),
  answer: reader.answer(),
  trouble: reader.trouble(),
  persists: reader.persists(),
  bare: reader.bare(),
})

const codes = (answer: Answer | undefined): string[] =>
  (answer?.violations ?? []).map((violation) => violation.code)

for (const row of rows) {
  test(`Reads an answer: ${row.name}`, () => {
    const bytes = Buffer.from(row.bytes, 'latin1')
    const whole = read(row, [bytes])
    const answer = whole.answer()
    assert.equal(whole.state(), row.state ?? 'complete')
    assert.equal(whole.trouble()?.code, row.trouble)
    assert.match(whole.trouble()?.say ?? '', row.says ?? /^/)
    for (const [member, wanted] of Object.entries(row.answer ?? {})) {
      assert.deepEqual(answer?.[member as keyof Answer], wanted, member)
    }
    assert.deepEqual(codes(answer), row.violations ?? [])
    if (row.persists !== undefined) assert.equal(whole.persists(), row.persists)
    const single = read(
      row,
      [...bytes].map((byte) => Buffer.from([byte])),
    )
    assert.deepEqual(shape(single), shape(whole), 'byte by byte')
    for (let at = 1; at < Math.min(bytes.length, 400); at += 1) {
      const halves = read(row, [bytes.subarray(0, at), bytes.subarray(at)])
      assert.deepEqual(shape(halves), shape(whole), `cut at ${at}`)
    }
  })
}

/** A small generator (mulberry32), so that a failing run can be run again. */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

test('Reads mangled answers the same however they are cut, and never throws', () => {
  const next = seeded(20)
  const splices = [
    '\r\n',
    '\n',
    '\r',
    ' ',
    ':',
    '\x00',
    '0',
    '9',
    'HTTP/1.1 100 C\r\n\r\n',
    ';',
    '\xff',
  ]
  for (let round = 0; round < 3000; round += 1) {
    const row = rows[next(rows.length)] ?? { name: '', bytes: '' }
    let text = row.bytes
    for (let edit = next(4); edit >= 0; edit -= 1) {
      const at = next(text.length + 1)
      const piece = splices[next(splices.length)] ?? ''
      text = `${text.slice(0, at)}${piece}${text.slice(at + next(3))}`
    }
    const bytes = Buffer.from(text, 'latin1')
    const portions: Buffer[] = []
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + next(40)
      portions.push(bytes.subarray(at, at + size))
      at += size
    }
    assert.deepEqual(shape(read(row, portions)), shape(read(row, [bytes])), JSON.stringify(text))
  }
})

test('Reads blanks and slow lines in linear time', () => {
  const big: Limits = { headCap: 1 << 20, bodyCap: 1, bodyStop: 2 }
  const blanks = createReader('GET', big)
  blanks.feed(Buffer.from(`${ok(`A: b${' '.repeat(500_000)}c`)}`))
  const slow = createReader('GET', big)
  for (const byte of Buffer.from(`HTTP/1.1 200 ${'a'.repeat(100_000)}`))
    slow.feed(Buffer.from([byte]))
  assert.equal(blanks.state(), 'reading')
  assert.equal(slow.state(), 'reading')
})

test('Says how far an answer got', () => {
  const reader = createReader('GET', limits)
  assert.equal(reader.soFar(), 'no byte of an answer came')
  reader.feed(Buffer.from('H'))
  assert.equal(reader.soFar(), 'its head broke off after 1 byte')
  assert.equal(reader.bytes(), 1)
  reader.feed(Buffer.from('TTP/1.1 401 No\r\nContent-Length: 7\r\n\r\nab'))
  assert.equal(reader.soFar(), 'the answer 401 broke off after 2 of 7 bytes of content')
})

test('Tells answers that end with their head by rule', () => {
  const reader = createReader('HEAD', limits)
  reader.feed(Buffer.from(ok()))
  assert.equal(reader.bare(), true)
  const stated = createReader('GET', limits)
  stated.feed(Buffer.from(ok('Content-Length: 0')))
  assert.equal(stated.bare(), false)
})
