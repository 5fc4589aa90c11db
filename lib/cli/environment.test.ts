import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvironment } from './environment.ts'
import { variableOf } from './option.ts'
import { fileTwin, options } from './options-table.ts'
import { UsageError } from './usage-error.ts'

const read = (environment: Record<string, string>): readonly (readonly string[])[] =>
  readEnvironment(environment, 'run').given.map(({ option, key, text }) =>
    key === undefined ? [option, text] : [option, key, text],
  )

test('every option but help and version has its variable', () => {
  for (const option of options) {
    const [command = 'run'] = option.commands
    const text = option.form === 'flag' ? '1' : 'a=b'
    const { given } = readEnvironment({ [variableOf(option.name)]: text }, command)
    assert.equal(given.length, option.lineOnly ? 0 : 1, option.name)
    if (option.secret) {
      const twin = readEnvironment({ [variableOf(fileTwin(option).name)]: 'path' }, command)
      assert.deepEqual(
        twin.given.map(({ option: name, text: path }) => [name, path]),
        [[`${option.name}-file`, 'path']],
      )
    }
  }
})

test('a variable of an option that the command does not take is left alone', () => {
  const environment = { CONFORMANCE_TARGET: 'https://a.test', CONFORMANCE_USER: 'a:b' }
  assert.deepEqual(readEnvironment(environment, 'demo'), { given: [], notices: [] })
})

test('accounts, scheme words and fields have variables of their own', () => {
  assert.deepEqual(
    read({
      CONFORMANCE_ACCOUNT_PLUS_SLASH: 'a:b',
      CONFORMANCE_ACCOUNT: 'colon=c:d:e\nutf8=é:ü',
      CONFORMANCE_SCHEME_TOKEN: 's',
      CONFORMANCE_SCHEME: 'apiKey=t=',
      CONFORMANCE_HEADER_X_TENANT_ID: '7',
      CONFORMANCE_HEADER: 'A: 1\r\nB: 2\n',
    }).toSorted(),
    [
      ['account', 'colon', 'c:d:e'],
      ['account', 'plus-slash', 'a:b'],
      ['account', 'utf8', 'é:ü'],
      ['header', 'A: 1'],
      ['header', 'B: 2'],
      ['header', 'X-Tenant-Id: 7'],
      ['scheme', 'Token', 's'],
      ['scheme', 'apiKey', 't='],
    ],
  )
})

test('a file variable is not an account called file', () => {
  assert.deepEqual(read({ CONFORMANCE_ACCOUNT_FILE: 'accounts.txt' }), [
    ['account-file', 'accounts.txt'],
  ])
})

test('an empty secret is kept to be refused, another empty value was not given', () => {
  assert.deepEqual(
    read({
      CONFORMANCE_TARGET: '',
      CONFORMANCE_ONLY: '',
      CONFORMANCE_USER: '',
      CONFORMANCE_ACCOUNT_COLON: '',
      CONFORMANCE_HEADER: '',
    }),
    [
      ['user', ''],
      ['account', 'colon', ''],
      ['header', ''],
    ],
  )
})

test('flags are 1 or 0, and an empty one is a mistake rather than a laxer gate', () => {
  for (const text of ['1', 'true', 'YES'])
    assert.deepEqual(read({ CONFORMANCE_STRICT: text }), [['strict', 'true']])
  for (const text of ['0', 'false', 'no'])
    assert.deepEqual(read({ CONFORMANCE_STRICT: text }), [['strict', 'false']])
  for (const text of ['', 'on'])
    assert.throws(
      () => read({ CONFORMANCE_STRICT: text }),
      (error) =>
        error instanceof UsageError &&
        error.message === 'CONFORMANCE_STRICT is neither 1 nor 0.' &&
        error.hint === 'Unset it to leave the default.',
    )
})

test('remarks on a variable that looks misspelt, without its value', () => {
  assert.deepEqual(readEnvironment({ CONFORMANCE_TARGTE: 'hunter2' }, 'run').notices, [
    'CONFORMANCE_TARGTE is not read by this tool; CONFORMANCE_TARGET is.',
  ])
  assert.deepEqual(
    readEnvironment({ CONFORMANCE_STAGING_PASSWORD: 'x', CONFORMANCE_SYSTEM: 'y' }, 'run').notices,
    [],
  )
})
