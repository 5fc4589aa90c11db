import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHsts } from './hsts.ts'

const well: readonly (readonly [string, readonly (readonly [string, string?])[]])[] = [
  ['max-age=31536000', [['max-age', '31536000']]],
  ['max-age="31536000"', [['max-age', '31536000']]],
  ['Max-Age = 0 ; includeSubDomains', [['max-age', '0'], ['includesubdomains']]],
  ['max-age=1; preload;', [['max-age', '1'], ['preload']]],
  [
    ' ; max-age=1 ;; x="a;b\\"c"',
    [
      ['max-age', '1'],
      ['x', 'a;b"c'],
    ],
  ],
]

for (const [line, wanted] of well) {
  test(`Reads ${line}`, () => {
    const { directives, fault } = parseHsts(line)
    assert.equal(fault, undefined)
    assert.deepEqual(
      directives.map(({ name, value }) => (value === undefined ? [name] : [name, value])),
      wanted,
    )
  })
}

const ill: readonly (readonly [string, string])[] = [
  ['', ''],
  [';', ';'],
  ['max-age=1, includeSubDomains', 'max-age=1, includeSubDomains'],
  ['max-age=', 'max-age='],
  ['max-age="1', 'max-age="1'],
  ['max-age=1 includeSubDomains', 'max-age=1 includeSubDomains'],
  ['max age=1; preload', 'max age=1'],
  ['max-age=1; =2', '=2'],
]

for (const [line, fault] of ill) {
  test(`Finds the fault of ${JSON.stringify(line)}`, () => {
    assert.equal(parseHsts(line).fault, fault)
  })
}
