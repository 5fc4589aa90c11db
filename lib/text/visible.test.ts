import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from './random.ts'
import { decodeUtf8, decodeUtf8Visible, visible, visibleText } from './visible.ts'

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

test('shows each kind of byte', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', ''],
    ['Basic realm="a b"', 'Basic realm="a b"'],
    ['a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['\x1b[31mred\x00\x7f\x9b', '\\x1b[31mred\\x00\\x7f\\x9b'],
    ['caf\xc3\xa9', 'caf\\xc3\\xa9'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['::error::x', ':\\x3aerror:\\x3ax'],
    [':::::', ':\\x3a\\x3a\\x3a\\x3a'],
    ['##[error]x ###[y', '#\\x23[error]x ##\\x23[y'],
    ['a: b #c [d] # #[', 'a: b #c [d] # #['],
  ]
  for (const [given, shown] of rows) assert.equal(visible(given), shown)
})

test('doubles a backslash only where it would read as an escape', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['\\n', '\\\\n'],
    ['\\x1b', '\\\\x1b'],
    ['\\\\', '\\\\\\'],
    ['\\', '\\'],
    ['{"a":"\\"q\\""}', '{"a":"\\"q\\""}'],
    ['\\\x1b', '\\\\\\x1b'],
    ['\\d\\r', '\\d\\\\r'],
  ]
  for (const [given, shown] of rows) assert.equal(visible(given), shown)
})

test('cuts at max bytes and says how many are missing', () => {
  assert.equal(visible('abcdef', 6), 'abcdef')
  assert.equal(visible('abcdef', 2), 'ab … 4 more bytes')
  assert.equal(visible('\n\n\n', 1), '\\n … 2 more bytes')
  assert.equal(visible('abc', 0), ' … 3 more bytes')
})

test('keeps printable UTF-8 text and shows the rest by number', () => {
  const rows: readonly (readonly [string, string])[] = [
    [bytesOf('naïve – 試験 😀'), 'naïve – 試験 😀'],
    [bytesOf('a\u202eb\u2066c\u200bd\ufeff'), 'a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}'],
    [bytesOf('\u0085\u009b\u00ad'), '\\u{85}\\u{9b}\\u{ad}'],
    [bytesOf('line\u2028end\u2029'), 'line\\u{2028}end\\u{2029}'],
    ['caf\xe9', 'caf\\xe9'],
    ['\xc0\xaf overlong', '\\xc0\\xaf overlong'],
    ['\xed\xa0\x80 surrogate', '\\xed\\xa0\\x80 surrogate'],
    ['\xf4\x90\x80\x80 too high', '\\xf4\\x90\\x80\\x80 too high'],
    ['cut \xe2\x82', 'cut \\xe2\\x82'],
    ['\x1b[0m::x\n##[y', '\\x1b[0m:\\x3ax\\n#\\x23[y'],
  ]
  for (const [given, shown] of rows) assert.equal(decodeUtf8Visible(given), shown)
})

test('never cuts inside a character', () => {
  const euro = bytesOf('a€b')
  assert.equal(decodeUtf8Visible(euro, 5), 'a€b')
  assert.equal(decodeUtf8Visible(euro, 4), 'a€ … 1 more bytes')
  assert.equal(decodeUtf8Visible(euro, 3), 'a … 4 more bytes')
  assert.equal(decodeUtf8Visible(euro, 2), 'a … 4 more bytes')
  assert.equal(decodeUtf8Visible('\x80'.repeat(9), 8), `${'\\x80'.repeat(8)} … 1 more bytes`)
})

test('shows decoded text likewise', () => {
  assert.equal(visibleText('é\u202e::\ud800x'), 'é\\u{202e}:\\x3a\\u{d800}x')
})

test('decodes UTF-8 strictly', () => {
  assert.equal(decodeUtf8(bytesOf('pässwörd 😀')), 'pässwörd 😀')
  assert.equal(decodeUtf8('p\xe4ss'), undefined)
  assert.equal(decodeUtf8('\xed\xa0\x80'), undefined)
  assert.equal(decodeUtf8(''), '')
})

// Reads what `visible` wrote, to show that nothing is lost or made ambiguous.
function readBack(shown: string): string {
  return shown.replace(/\\(?:x([0-9a-f]{2})|([nrt\\]))/g, (_, hex: string, short: string) =>
    hex !== undefined
      ? String.fromCharCode(Number.parseInt(hex, 16))
      : ({ n: '\n', r: '\r', t: '\t', '\\': '\\' }[short] ?? ''),
  )
}

test('whatever the bytes, the line is safe and says exactly what they were', () => {
  const random = randomFrom('visible')
  const alphabet = 'ab:#[\\nrtux1{}"\n\r\t\x00\x1b\x7f\x80\x9b\xc3\xa9\xe2\x80\xae\xff'
  for (let i = 0; i < 5000; i += 1) {
    const bytes = random.text(random.int(12), alphabet)
    const shown = visible(bytes)
    assert.match(shown, /^[\x20-\x7e]*$/)
    assert.doesNotMatch(shown, /::|##\[/)
    assert.equal(readBack(shown), bytes)
    const text = decodeUtf8Visible(bytes)
    assert.doesNotMatch(text, /[\p{C}\p{Zl}\p{Zp}]|::|##\[/u)
  }
})

// Time on the processor: what else the machine does must not decide a test.
function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

test('takes time in proportion to the bytes', () => {
  const large = '\\:::##[\xe2\x80\xae\n'.repeat(40_000)
  assert.ok(cpuMs(() => visible(large)) < 2000)
  assert.ok(cpuMs(() => decodeUtf8Visible(large)) < 2000)
})
