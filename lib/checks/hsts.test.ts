import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HstsWanted } from '../model/case.ts'
import { answered, contextOf } from './context.test.support.ts'
import { hsts } from './hsts.ts'

const broken = (...lines: readonly string[]): readonly HstsWanted[] => {
  const fields = lines.map((line) => ['strict-transport-security', line] as const)
  const all: readonly HstsWanted[] = [
    'grammar',
    'once',
    'max-age',
    'bare',
    'single',
    'lasting',
    'subdomains',
  ]
  return all.filter((wanted) => hsts(wanted, contextOf(answered({ fields }))).holds !== true)
}

const cases: readonly (readonly [lines: readonly string[], broken: readonly HstsWanted[]])[] = [
  [['max-age=63072000; includeSubDomains'], []],
  [['includesubdomains ; MAX-AGE="63072000" ; preload;'], []],
  [[], []],
  [['max-age=63072000'], ['subdomains']],
  [['max-age=0; includeSubDomains'], ['lasting']],
  [['max-age=86400; includeSubDomains'], ['lasting']],
  [['max-age=-1; includeSubDomains'], ['max-age']],
  [['max-age; includeSubDomains'], ['max-age']],
  [['includeSubDomains'], ['max-age']],
  [['max-age=63072000; includeSubDomains=true'], ['bare']],
  [['max-age=63072000; max-age=0; includeSubDomains'], ['once']],
  [['max-age=63072000; includeSubDomains', 'max-age=0'], ['single']],
  [['max-age=63072000, includeSubDomains'], ['grammar', 'max-age', 'subdomains']],
]

for (const [lines, wanted] of cases) {
  test(`Of ${lines.join(' | ') || 'no line'} is broken: ${wanted.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(broken(...lines), wanted)
  })
}
