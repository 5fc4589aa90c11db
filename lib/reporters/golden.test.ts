import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fixtures } from './fixtures.ts'
import { reporters } from './index.ts'

const folder = new URL('../../test/golden/', import.meta.url)
const updating = process.env.UPDATE_GOLDEN === '1'

const compare = (name: string, text: string): void => {
  const file = new URL(name, folder)
  if (updating) {
    // In a pipeline an update would make every difference pass unseen.
    assert.notEqual(process.env.CI, 'true', 'golden outputs are not updated where CI=true')
    writeFileSync(file, text)
  }
  assert.equal(text, readFileSync(file, 'utf8'), `${name}: see it, then set UPDATE_GOLDEN=1`)
}

const options = { colour: false, width: 80, path: 'reports/latest/index.html' }

for (const [name, report] of Object.entries(fixtures)) {
  test(`the terminal shows ${name} as it did`, () => {
    compare(`terminal-${name}.txt`, reporters.terminal?.render(report, options) ?? '')
  })
}

test('colour, strictness, width and passes look as they did', () => {
  const { softened, varied } = fixtures
  assert.ok(softened && varied)
  const terminal = reporters.terminal
  compare(
    'terminal-softened-colour.txt',
    terminal?.render(softened, { ...options, colour: true }) ?? '',
  )
  compare(
    'terminal-varied-wide.txt',
    terminal?.render(varied, { ...options, width: 120, strict: true, verbose: true }) ?? '',
  )
  compare('terminal-varied-narrow.txt', terminal?.render(varied, { ...options, width: 50 }) ?? '')
})

test('one line per report looks as it did', () => {
  const lines = Object.entries(fixtures).filter(([name]) => name !== 'hostile')
  compare('line.txt', lines.map(([, report]) => reporters.line?.render(report, options)).join(''))
})
