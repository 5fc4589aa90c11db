import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { randomFrom } from './random.ts'
import { fitsShell, quoteForShell } from './shell.ts'

test('writes words as a person would where it can', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', "''"],
    ['https://api.example.test:8443/a_b', 'https://api.example.test:8443/a_b'],
    ['Authorization: Basic YQ==', "'Authorization: Basic YQ=='"],
    ["it's", "'it'\\''s'"],
    ['$(id) `id` $HOME !1 *', "'$(id) `id` $HOME !1 *'"],
    ['~root', "'~root'"],
    ['=ls', "'=ls'"],
    ['a=b', 'a=b'],
    ['--only', '--only'],
    ['a\x1b[31mb', `'a'"$(printf '\\033')"'[31mb'`],
    ['a\r\nb', `'a'"$(printf '\\015\\012\\142')"`],
    ['\n\n%d', `"$(printf '\\012\\012\\045')"'d'`],
    ['a\n', "'a''\n'"],
    ['\x1b\n\n', `"$(printf '\\033')"'\n\n'`],
    ['\xe9', `"$(printf '\\351')"`],
    ['\u20ac', `"$(printf '\\342\\202\\254')"`],
  ]
  for (const [text, word] of rows) assert.equal(quoteForShell(text), word)
})

test('refuses NUL, which no shell word can hold', () => {
  assert.equal(fitsShell('a\0b'), false)
  assert.equal(fitsShell('a\x01b'), true)
  assert.throws(() => quoteForShell('a\0b'), RangeError)
})

// Any text is worth trying; these pieces are the ones that quoting gets wrong.
const PIECES = [
  ...["'", '"', '`', '$', '\\', '\\n', '$(id)', '${x', '!', '!!', '*', '?', '[a]', '{a,b}', '~'],
  ...['#', '%', '%s', '%%', '&', '&&', '|', ';', '<', '>', '(', ')', '=', ' ', '  ', '-', '--'],
  ...['\n', '\n', '\n\n', '\r', '\r\n', '\t', '\x1b', '\x1b[2J', '\x07', '\x7f', '\x01', '\x9b'],
  ...['\xe9', '\xff', '\xc3\xa9', 'a', '0', '7', 'word', '\\033', '::error::', '€'],
]

function texts(): string[] {
  const random = randomFrom('shell')
  const mixed = Array.from({ length: 1500 }, () =>
    Array.from({ length: random.int(8) }, () => random.pick(PIECES)).join(''),
  )
  const raw = Array.from({ length: 500 }, () =>
    Buffer.from(random.bytes(random.int(20)))
      .toString('latin1')
      .replaceAll('\0', '\n'),
  )
  return [...PIECES, ...mixed, ...raw]
}

const expected = (text: string): string =>
  [...text].map((it) => (it > '\xff' ? Buffer.from(it, 'utf8').toString('latin1') : it)).join('')

for (const shell of ['/bin/sh', '/bin/bash']) {
  test(`${shell} reads every word back byte for byte`, { skip: !existsSync(shell) }, () => {
    const given = texts()
    const script = given.map((text) => `printf '%s\\0' ${quoteForShell(text)}`).join('\n')
    const run = spawnSync(shell, ['-s'], { input: Buffer.from(script, 'latin1') })
    assert.equal(run.stderr.toString('latin1'), '')
    const read = run.stdout.toString('latin1').split('\0').slice(0, -1)
    assert.deepEqual(read, given.map(expected))
  })
}

test('the word itself is printable, and no line of it begins with the text', () => {
  for (const text of texts()) {
    const [first, ...rest] = quoteForShell(text).split('\n')
    assert.match(first ?? '', /^[\x20-\x7e]*$/)
    for (const line of rest) assert.match(line, /^'?$/)
  }
})

// Time on the processor: what else the machine does must not decide a test.
function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

test('takes time in proportion to the text', () => {
  for (const unit of ['\n', '\x1b\n', '\x1b\n\n\n\na', "'", '\x1b']) {
    assert.ok(cpuMs(() => quoteForShell(unit.repeat(50_000))) < 2000, JSON.stringify(unit))
  }
})
