import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLine } from './arguments.ts'
import { UsageError } from './usage-error.ts'

const words = (line: string): readonly string[] => (line === '' ? [] : line.split(' '))

const valuesIn = (line: string): readonly (readonly string[])[] =>
  parseLine(words(line)).given.map(({ option, key, text }) =>
    key === undefined ? [option, text] : [option, key, text],
  )

test('a line without a command means run', () => {
  assert.deepEqual(parseLine([]), { command: 'run', operands: [], given: [] })
  assert.equal(parseLine(words('--strict')).command, 'run')
  assert.equal(parseLine(words('run --strict')).command, 'run')
})

test('takes values after a space and after an equals sign', () => {
  const wanted = [
    ['target', 'https://a.test/?q=1'],
    ['strict', 'true'],
    ['only', 'basic'],
  ]
  assert.deepEqual(valuesIn('--target https://a.test/?q=1 --strict --only basic'), wanted)
  assert.deepEqual(valuesIn('--target=https://a.test/?q=1 --strict --only=basic'), wanted)
})

test('takes a value that begins with dashes only after an equals sign', () => {
  assert.deepEqual(valuesIn('--bearer=--x'), [['bearer', '--x']])
  assert.deepEqual(valuesIn('--data -1'), [['data', '-1']])
  assert.deepEqual(parseLine(['--user=']).given[0]?.text, '')
})

test('splits the name off a keyed value at its first equals sign', () => {
  assert.deepEqual(valuesIn('--account plus-slash=a:b=c --scheme Token=x=='), [
    ['account', 'plus-slash', 'a:b=c'],
    ['scheme', 'Token', 'x=='],
  ])
})

test('reads every spelling of colour and help', () => {
  assert.deepEqual(valuesIn('--color --colour --no-color --no-colour -h'), [
    ['color', 'true'],
    ['color', 'true'],
    ['color', 'false'],
    ['color', 'false'],
    ['help', 'true'],
  ])
})

test('takes the operand of a command before, between and after options', () => {
  for (const line of ['explain a-case --json', 'explain --json a-case', 'explain --json -- a-case'])
    assert.deepEqual(parseLine(words(line)).operands, ['a-case'])
  assert.deepEqual(parseLine(words('explain -- --odd')).operands, ['--odd'])
})

const mistakes: readonly (readonly [string, string, string, string?])[] = [
  ['--targt x', 'unknown-option', 'There is no option --targt.', 'Did you mean --target?'],
  ['--tar=x', 'unknown-option', 'There is no option --tar.', 'Did you mean --target?'],
  ['--passwd=hunter2', 'unknown-option', 'There is no option --passwd.'],
  ['-k', 'unknown-option', 'There is no option -k.'],
  ['-u', 'unknown-option', 'There is no option -u.'],
  ['lst', 'unknown-command', 'The first word is not a command.', 'Did you mean list?'],
  [
    'hunter2',
    'unknown-command',
    'The first word is not a command.',
    'Commands: run, demo, doctor, list, explain, coverage, export, serve.',
  ],
  [
    'https://a.test',
    'unknown-command',
    'A URL stands where a command is expected.',
    'Write --target URL.',
  ],
  ['--mutant x', 'wrong-command', 'run takes no --mutant.', 'It is an option of demo, serve.'],
  ['list --user a:b', 'wrong-command', 'list takes no --user.', 'It is an option of run, doctor.'],
  ['--strict=yes', 'unexpected-value', '--strict takes no value.'],
  ['--user', 'missing-value', '--user needs a value: NAME:PASSWORD.'],
  [
    '--user --strict',
    'missing-value',
    '--user needs a value: NAME:PASSWORD.',
    'A value that begins with -- is written --user=VALUE.',
  ],
  ['--user -- x', 'missing-value', '--user needs a value: NAME:PASSWORD.'],
  ['--account alice:secret', 'bad-value', '--account wants NAME=USER:PASSWORD.'],
  ['--scheme =secret', 'bad-value', '--scheme wants WORD=SECRET.'],
  [
    '--strict secret',
    'unexpected-operand',
    'run does not know what to do with a word without an option.',
    'A value with spaces needs quotes.',
  ],
  [
    'explain a b',
    'unexpected-operand',
    'explain does not know what to do with words without an option.',
    'A value with spaces needs quotes.',
  ],
  ['run -', 'unexpected-operand', 'run does not know what to do with a word without an option.'],
]

for (const [line, code, sentence, hint] of mistakes)
  test(`refuses \`${line}\` in one sentence`, () => {
    assert.throws(
      () => parseLine(words(line)),
      (error) => {
        assert.ok(error instanceof UsageError)
        assert.equal(error.code, code)
        assert.equal(error.message, sentence)
        if (hint !== undefined) assert.equal(error.hint, hint)
        return true
      },
    )
  })

test('points to the help of the command where no option is near', () => {
  const hintOf = (line: string): string | undefined => {
    try {
      parseLine(words(line))
    } catch (error) {
      return error instanceof UsageError ? error.hint : undefined
    }
    return undefined
  }
  assert.equal(hintOf('--passwd=hunter2'), 'See `npx http-auth-conformance --help`.')
  assert.equal(hintOf('demo --quantum'), 'See `npx http-auth-conformance demo --help`.')
})
