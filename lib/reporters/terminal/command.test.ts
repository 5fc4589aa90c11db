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

const run = (command: string): string =>
  spawnSync('bash', ['-c', `openssl() { cat; }; printf '<%s>\\n' ${command}`], {
    env: { PATH: process.env.PATH ?? '', SECRET: 'user:pass' },
    encoding: 'utf8',
  }).stdout

test('a command over several lines says the same to the shell', () => {
  for (const command of commands) {
    const whole = run(command)
    assert.notEqual(whole, '')
    for (const width of [20, 40, 66, 200]) {
      assert.equal(run(continued(command, width).join('\n')), whole, `${width}: ${command}`)
    }
  }
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
