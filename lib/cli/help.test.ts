import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText, shortHelp } from './help.ts'
import type { CommandName } from './option.ts'
import { commands, optionNames, options } from './options-table.ts'

const names = Object.keys(commands) as CommandName[]

test('no line of help is wider than 80 columns', () => {
  for (const text of [helpText(), shortHelp(), ...names.map((name) => helpText(name))])
    for (const line of text.split('\n')) assert.ok([...line].length <= 80, line)
})

test('help names every option and every command', () => {
  const text = helpText()
  for (const { name } of options) assert.match(text, new RegExp(`^  --${name}( |$)`, 'mu'))
  for (const name of names) assert.match(text, new RegExp(`^  ${name}( |$)`, 'mu'))
})

test('the help of a command names its options and no others', () => {
  for (const name of names) {
    const text = helpText(name)
    for (const option of options)
      assert.equal(
        new RegExp(`^  --${option.name}( |$)`, 'mu').test(text),
        option.commands.includes(name),
        `${name} --${option.name}`,
      )
  }
})

test('the first screen fits one and shows how to begin', () => {
  const lines = shortHelp().split('\n')
  assert.ok(lines.length <= 30, `${lines.length} lines`)
  assert.match(shortHelp(), /Examples\n {2}npx http-auth-conformance demo\n/u)
  assert.ok(helpText().startsWith(shortHelp().split('\n\nAll options')[0] ?? '-'))
})

test('option names are unique, sentences end, and secrets have a file twin', () => {
  assert.equal(new Set(optionNames()).size, optionNames().length)
  for (const { name, says, form, value } of options) {
    assert.match(says, /\.$/u, name)
    assert.equal(value === undefined, form === 'flag', name)
  }
  for (const name of ['user', 'account', 'scheme', 'bearer', 'header'])
    assert.ok(optionNames().includes(`${name}-file`))
  assert.ok(!optionNames().includes('target-file'))
})
