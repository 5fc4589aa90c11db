import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clauses, vocabulary } from '../../lib/notation/fixtures/clauses.ts'
import { loadSuite } from '../../lib/notation/load.ts'

const good = `{
  "id": "own",
  "title": "Own cases",
  "about": "What a user adds.",
  "cases": [
    {
      "id": "own-wrong-password",
      "title": "Refuses a wrong password",
      "severity": "high",
      "send": { "to": "protected", "with": { "valid": "basic", "but": { "password": "other" } } },
      "expect": [
        { "must": { "access": "denied" }, "because": ["rfc7617#2-service-only-when-validated"] }
      ],
      "harm": "Anyone is let in.",
      "fix": "Compare the password."
    }
  ]
}`

/** One change of the text above each, and what is said of it. */
const mistakes: Readonly<
  Record<string, readonly [from: string, to: string, path: string, reason: RegExp]>
> = {
  'an unknown member': [
    '"harm"',
    '"harms": "x", "harm"',
    '/cases/0/harms',
    /"harms" is not known here/,
  ],
  'a bad level': [
    '{ "must":',
    '{ "shall":',
    '/cases/0/expect/0',
    /one of the members "must", "should", "may" or "documented" is needed/,
  ],
  'two levels': [
    '{ "must":',
    '{ "may": { "body": "none" }, "must":',
    '/cases/0/expect/0/may',
    /"may" cannot stand beside "must"/,
  ],
  'an unknown clause': [
    '2-service-only-when-validated',
    '2-service-only-when-asked',
    '/cases/0/expect/0/because/0',
    /"rfc7617#2-service-only-when-asked" does not exist/,
  ],
  'a line that is too strong': [
    'rfc7617#2-service-only-when-validated',
    'rfc9110#11.4-401-when-credentials-missing',
    '/cases/0/expect/0/must',
    /stronger than what it rests on/,
  ],
  'an empty expectation': [
    '{ "access": "denied" }',
    '{}',
    '/cases/0/expect/0/must',
    /Found an empty object/,
  ],
  'an empty fault': [
    '{ "password": "other" }',
    '{}',
    '/cases/0/send/with/but',
    /Found an empty object/,
  ],
  'two faults on nothing': [
    '"with": { "valid": "basic", "but": { "password": "other" } }',
    '"with": "nothing", "but": { "method": "HEAD", "host": "absent" }',
    '/cases/0/send/but',
    /this request has 2: "method" and "host"/,
  ],
  'two faults on a Basic credential': [
    '"password": "other"',
    '"password": "other", "user": "other"',
    '/cases/0/send/with/but',
    /this credential has 2: "password" and "user"/,
  ],
  'a fault of another kind of credential': [
    '"password": "other"',
    '"claims": { "exp": 1 }',
    '/cases/0/send/with/but/claims',
    /"claims" is not known here/,
  ],
  'no fault at all': [
    ', "but": { "password": "other" }',
    '',
    '/cases/0/send',
    /cannot be wanted denied/,
  ],
  'steps beside a request': [
    '"harm"',
    '"steps": [], "harm"',
    '/cases/0/steps',
    /"steps" cannot stand beside "send"/,
  ],
  'an example of another kind': [
    '"harm"',
    '"examples": { "one": { "signature": "empty" } }, "harm"',
    '/cases/0/examples/one/signature',
    /"signature" is not known here/,
  ],
  'a missing severity': ['"severity": "high",', '', '/cases/0', /"severity" is missing/],
  'an unknown severity': ['"high"', '"hihg"', '/cases/0/severity', /Did you mean "high"/],
  'an unknown risk': [
    '"harm"',
    '"risk": ["fun"], "harm"',
    '/cases/0/risk/0',
    /"fun"; allowed here: "failed-login"/,
  ],
  'a title that recommends': [
    'Refuses a wrong',
    'Refuses what should be a wrong',
    '/cases/0/title',
    /says "should"/,
  ],
  'a title without a verb': ['Refuses a', 'A', '/cases/0/title', /begins with "A"/],
  'a fix without an end': ['the password."', 'the password"', '/cases/0/fix', /end with a period/],
  'an id that is no kebab word': [
    '"own-wrong-password"',
    '"Own wrong password"',
    '/cases/0/id',
    /a kebab word/,
  ],
  'no cases': [good.slice(good.indexOf('[\n    {'), -2), '[]', '/cases', /Found an empty array/],
  'a suite that is none': [good, '[]', '', /Found an empty array; allowed here: an object/],
  'a member named __proto__': [
    '"harm"',
    '"__proto__": {}, "harm"',
    '',
    /^Line 14, column \d+: .*__proto__/,
  ],
  'a member named constructor': [
    '"harm"',
    '"constructor": {}, "harm"',
    '',
    /^Line 14, .*constructor/,
  ],
  'a claim named prototype': [
    '"password": "other"',
    '"claims": { "prototype": 1 }',
    '',
    /^Line 10, .*prototype/,
  ],
  'a member that stands twice': ['"fix"', '"harm"', '', /^Line 15, column \d+: .*harm/],
  'a number that is none': ['"high"', '1e999', '', /^Line 9, column \d+: /],
  'a text that ends too early': ['\n}', '\n', '', /^Line \d+, column \d+: /],
}

for (const [name, [from, to, path, reason]] of Object.entries(mistakes)) {
  test(`A suite file with ${name} is refused with its place and the reason`, () => {
    assert.equal(good.split(from).length, 2, 'the text to change occurs once')
    const loaded = loadSuite(good.replace(from, to), 'own.json', vocabulary)
    assert.ok('problems' in loaded)
    const [first, ...more] = loaded.problems
    assert.ok(first)
    assert.deepEqual(more, [])
    assert.equal(first.file, 'own.json')
    assert.equal(first.path, path)
    assert.match(first.reason, reason)
  })
}

test('A suite file with a case id that stands twice is refused', () => {
  const one = good.slice(good.indexOf('[') + 1, good.lastIndexOf(']'))
  const loaded = loadSuite(good.replace(one, `${one},${one}`), 'own.json', vocabulary)
  assert.deepEqual(loaded, {
    problems: [
      {
        file: 'own.json',
        path: '/cases/1/id',
        reason: 'In case "own-wrong-password": The suite "own" has a case with this id already.',
      },
    ],
  })
})

test('The suite file that the mistakes are made in is sound', () => {
  assert.ok('suite' in loadSuite(good, 'own.json', vocabulary))
  assert.ok(clauses.length > 0)
})
