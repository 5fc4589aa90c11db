import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { continued, words } from './command.ts'

const commands: readonly string[] = [
  'npx http-auth-conformance --target https://api.example.test/protected --only a --seed 7',
  `curl -i https://a.test/x -H "Authorization: Basic $(printf %s "$SECRET and more" | openssl base64 -A | tr '+/' '-_')"`,
  `curl 'a b' "c d" e\\ f $'it\\'s a b' "x $(echo "y $(echo 'z )')") w" "\\" '" 'tail'`,
  `curl -H "$(printf 'a\\tb')" --data '{"a": "b c"}' --flag`,
  'one',
]

// One shell for all of them; each command becomes the arguments of a printf.
const run = (all: readonly string[]): readonly string[] => {
  const script = all.map((command) => `printf '<%s>\\n' ${command}\nprintf '%s\\n' =====`)
  const { stdout } = spawnSync('bash', ['-c', `openssl() { cat; }\n${script.join('\n')}`], {
    env: { PATH: process.env.PATH ?? '', SECRET: 'user:pass' },
    encoding: 'utf8',
  })
  return stdout.split('=====\n').slice(0, -1)
}

test('a command over several lines says the same to the shell', () => {
  const widths = [20, 40, 66, 200]
  const whole = run(commands)
  const cut = run(
    commands.flatMap((command) => widths.map((width) => continued(command, width).join('\n'))),
  )
  assert.equal(whole.length, commands.length)
  assert.deepEqual(
    cut,
    whole.flatMap((text) => widths.map(() => text)),
  )
})

test('keeps an option and its value together and to the width', () => {
  assert.deepEqual(continued(commands[0] ?? '', 66), [
    'npx http-auth-conformance \\',
    '  --target https://api.example.test/protected --only a --seed 7',
  ])
  assert.deepEqual(continued('one --two three', 18), ['one \\', '  --two three'])
})

test('never begins a line with what commands a pipeline', () => {
  for (const line of continued(`echo ${'a'.repeat(30)} ::error::x ##[group]`, 20)) {
    assert.doesNotMatch(line, /^\s*(?:::|##)/)
  }
})

test('cuts at spaces that quote nothing', () => {
  assert.deepEqual(words(`a 'b c' "d e" f\\ g "$(h i)"`), [
    'a',
    "'b c'",
    '"d e"',
    'f\\ g',
    '"$(h',
    'i)"',
  ])
})
