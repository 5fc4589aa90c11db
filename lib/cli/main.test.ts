import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { command } from './fake.test.support.ts'
import { mayColour } from './io.ts'
import { main } from './main.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test('prints the version and nothing else', async () => {
  assert.deepEqual(await command(['--version']), { code: 0, out: `${version}\n`, err: '' })
})

test('prints help to stdout when asked for', async () => {
  const { code, out, err } = await command(['--help'])
  assert.equal(code, 0)
  assert.match(out, /^Says, clause by clause/u)
  assert.equal(err, '')
  assert.match((await command(['demo', '-h'])).out, /^Judge the built-in servers/u)
})

test('without a target prints help to stderr and ends with 2', async () => {
  for (const environment of [{}, { CONFORMANCE_TARGET: '' }]) {
    const { code, out, err } = await command([], { environment })
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.match(err, /^conformance: No server is named: .*\n\nSays, clause by clause/u)
  }
})

test('says a mistake of the caller in one line, without a stack, and ends with 2', async () => {
  const { code, out, err } = await command(['--targt', 'x'])
  assert.deepEqual(
    { code, out, err },
    {
      code: 2,
      out: '',
      err: 'conformance: There is no option --targt. Did you mean --target?\n',
    },
  )
})

test('words of the caller cannot act on a terminal or a pipeline', async () => {
  const { err } = await command(['--\u001b[2J\n::error::x'])
  assert.equal(
    err,
    'conformance: There is no option --\\x1b[2J\\n:\\x3aerror:\\x3ax. See `npx http-auth-conformance --help`.\n',
  )
})

test('says a mistake of its own in one line and ends with 3', async () => {
  const lines: string[] = []
  const screen = { write: () => {}, isTerminal: false, columns: 80, colour: false }
  const code = await main(['list'], {
    out: {
      ...screen,
      write: () => {
        throw new RangeError('no\nroom')
      },
    },
    err: { ...screen, write: (text) => void lines.push(text) },
    environment: {},
    readFile: () => '',
    onInterrupt: () => () => {},
  })
  assert.equal(code, 3)
  assert.equal(lines.length, 1)
  assert.match(
    lines[0] ?? '',
    /^conformance: this tool made a mistake of its own: RangeError: no room \(\/lib\/cli\/\S+\)\n$/u,
  )
})

test('passes remarks on to stderr', async () => {
  const { err } = await command(['list', '--json'], { environment: { CONFORMANCE_OTU: 'x' } })
  assert.equal(err, 'conformance: CONFORMANCE_OTU is not read by this tool; CONFORMANCE_OUT is.\n')
})

test('colours follow the caller, then NO_COLOR and FORCE_COLOR, then the terminal', () => {
  assert.equal(mayColour(undefined, {}, true), true)
  assert.equal(mayColour(undefined, {}, false), false)
  assert.equal(mayColour(undefined, { TERM: 'dumb' }, true), false)
  assert.equal(mayColour(undefined, { NO_COLOR: '1' }, true), false)
  assert.equal(mayColour(undefined, { NO_COLOR: '' }, true), true)
  assert.equal(mayColour(undefined, { FORCE_COLOR: '1' }, false), true)
  assert.equal(mayColour(undefined, { FORCE_COLOR: '0' }, true), false)
  assert.equal(mayColour(undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true), false)
  assert.equal(mayColour(true, { NO_COLOR: '1' }, false), true)
  assert.equal(mayColour(false, { FORCE_COLOR: '1' }, true), false)
})
