import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config-file.ts'
import { UsageError } from './usage-error.ts'

const environment = { CONFORMANCE_X: 'from outside', HOME: '/root' }
const read = (text: string) => readConfig(text, { file: 'conf.json', environment })
const from = (option: string) => ({ kind: 'config', name: `"${option}" in conf.json` }) as const

test('reads each form of option', () => {
  const text = JSON.stringify({
    $schema: 'ignored',
    target: 'https://a.test',
    strict: true,
    timeout: 5000,
    only: ['basic', 'challenge'],
    skip: 'x,y',
    account: { 'plus-slash': 'a:b' },
  })
  assert.deepEqual(read(text), [
    { option: 'target', text: 'https://a.test', source: from('target') },
    { option: 'strict', text: 'true', source: from('strict') },
    { option: 'timeout', text: '5000', source: from('timeout') },
    { option: 'only', text: 'basic', source: from('only') },
    { option: 'only', text: 'challenge', source: from('only') },
    { option: 'skip', text: 'x,y', source: from('skip') },
    { option: 'account', key: 'plus-slash', text: 'a:b', source: from('account') },
  ])
})

test('marks what the file only points to', () => {
  const [user, file, account] = read(
    '{"user":{"$env":"CONFORMANCE_X"},"bearer-file":"t.txt","account":{"colon":{"$env":"CONFORMANCE_X"}}}',
  )
  assert.deepEqual(user, {
    option: 'user',
    text: 'from outside',
    source: { ...from('user'), pointed: true },
  })
  assert.equal(file?.source.pointed, true)
  assert.equal(account?.source.pointed, true)
})

const mistakes: readonly (readonly [string, string, string?])[] = [
  [
    '{"user": "a:hunter2"',
    'conf.json cannot be read as JSON: Where the text ends, a comma or } is expected.',
    'Line 1, column 21.',
  ],
  ['[]', 'conf.json is not a JSON object.'],
  ['null', 'conf.json is not a JSON object.'],
  [
    '{"account": {"__proto__": {}}}',
    'conf.json cannot be read as JSON: A member may not be named "__proto__".',
  ],
  [
    '{"strict": true, "strict": false}',
    'conf.json cannot be read as JSON: The member "strict" occurs twice in one object.',
  ],
  ['{"targt": "x"}', 'conf.json has the unknown member "targt".', 'Did you mean target?'],
  ['{"config": "x"}', 'conf.json has the unknown member "config".'],
  ['{"help": true}', 'conf.json has the unknown member "help".'],
  ['{"strict": "true"}', '"strict" in conf.json wants true or false.'],
  ['{"target": true}', '"target" in conf.json wants text.'],
  ['{"target": ["https://a.test"]}', '"target" in conf.json wants text.'],
  ['{"target": null}', '"target" in conf.json wants text.'],
  ['{"only": {"a": 1}}', '"only" in conf.json wants text or a list of texts.'],
  ['{"header": [["A: b"]]}', '"header" in conf.json wants text or a list of texts.'],
  ['{"account": "a=b:c"}', '"account" in conf.json wants an object of texts.'],
  ['{"account": {"$env": "CONFORMANCE_X"}}', '"account" in conf.json wants an object of texts.'],
  ['{"user": {"$env": "CONFORMANCE_X", "or": "a:b"}}', '"user" in conf.json wants text.'],
  [
    '{"user": {"$env": "HOME"}}',
    '"user" in conf.json refers to a variable that is not named CONFORMANCE_….',
    'A configuration file reaches no other part of the environment.',
  ],
  [
    '{"user": {"$env": 1}}',
    '"user" in conf.json refers to a variable that is not named CONFORMANCE_….',
  ],
  [
    '{"user": {"$env": "CONFORMANCE_GONE"}}',
    '"user" in conf.json refers to CONFORMANCE_GONE, which is not set.',
  ],
]

for (const [text, sentence, hint] of mistakes)
  test(`refuses ${text} in one sentence`, () => {
    assert.throws(
      () => read(text),
      (error) => {
        assert.ok(error instanceof UsageError)
        assert.equal(error.code, 'config')
        assert.equal(error.message, sentence)
        if (hint !== undefined) assert.equal(error.hint, hint)
        return true
      },
    )
  })
