import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChallengeWanted } from '../model/case.ts'
import { challenge, challengeFreeOf } from './challenge.ts'
import type { Checked } from './check.ts'
import { answered, contextOf } from './context.test.support.ts'

const look = (
  wanted: 'any' | 'none' | ChallengeWanted,
  lines: readonly string[],
  accepted: readonly string[] = ['basic'],
): Checked => {
  const fields = lines.map((line) => ['WWW-Authenticate', line] as const)
  return challenge(wanted, contextOf(answered({ status: 401, fields }), { accepted }))
}
const holds = (...asked: Parameters<typeof look>): boolean | 'unknown' => look(...asked).holds

test('a challenge is there or is not', () => {
  assert.equal(holds('any', ['Basic realm="x"']), true)
  assert.equal(holds('any', []), false)
  assert.equal(holds('any', ['']), false)
  assert.equal(holds('none', []), true)
  assert.equal(holds('none', ['Basic']), false)
})

test('a scheme is found in any letter case, on any line', () => {
  assert.equal(holds({ scheme: 'Basic' }, ['Bearer, basic realm="x"']), true)
  assert.equal(holds({ scheme: 'Basic' }, ['Bearer', 'BASIC realm="x"']), true)
  assert.equal(holds({ scheme: 'Basic' }, ['xBasic realm="x"']), false)
})

test('one challenge has to be for a scheme that the target takes', () => {
  assert.equal(holds({ applicable: true }, ['Negotiate', 'Basic realm="x"']), true)
  const other = look({ applicable: true }, ['Negotiate'])
  assert.equal(other.holds, false)
  assert.match(other.got, /^only Negotiate, none of basic: Negotiate$/)
  assert.equal(holds({ applicable: true }, ['Negotiate'], []), 'unknown')
})

test('no challenge is for a scheme that is not wanted', () => {
  const wanted = { noneOf: ['Basic', 'Bearer'] }
  assert.equal(holds(wanted, []), true)
  assert.equal(holds(wanted, ['Negotiate']), true)
  const found = look(wanted, ['Negotiate, BASIC realm="x"'])
  assert.deepEqual([found.holds, found.wanted], [false, 'no Basic, no Bearer challenge'])
  assert.match(found.got, /^a Basic challenge: /)
})

test('realm, error, charset and parameters are looked at in every challenge of a scheme', () => {
  const two = ['Basic realm="x"', 'Basic realm="ä", charset="UTF-8"', 'Bearer']
  assert.equal(holds({ every: 'Basic', realm: 'present' }, two), true)
  assert.equal(holds({ every: 'Bearer', realm: 'present' }, two), false)
  assert.equal(holds({ every: 'Bearer', realm: 'absent' }, two), true)
  assert.equal(holds({ every: 'Basic', realm: 'absent' }, two), false)
  assert.equal(holds({ every: 'Basic', realm: 'ascii' }, two), false)
  assert.equal(holds({ every: 'Basic', charset: 'utf-8-or-absent' }, two), true)
  assert.equal(holds({ charset: 'utf-8-or-absent' }, ['Basic charset="latin1"']), false)
  assert.equal(holds({ every: 'Basic', params: ['realm'] }, two), false)
  assert.equal(holds({ every: 'Basic', params: ['Realm', 'Charset'] }, two), true)
  const bad = ['Bearer error="invalid_token"']
  assert.equal(holds({ scheme: 'Bearer', error: 'invalid_token' }, bad), true)
  assert.equal(holds({ scheme: 'Bearer', error: ['a', 'invalid_token'] }, bad), true)
  assert.equal(holds({ scheme: 'Bearer', error: 'other' }, bad), false)
  assert.equal(holds({ scheme: 'Bearer', error: null }, bad), false)
  assert.equal(holds({ scheme: 'Bearer', error: 'invalid_token' }, ['Bearer']), false)
})

test('parameters are there, whichever or by name', () => {
  const any: ChallengeWanted = { every: 'Bearer', has: 'any' }
  assert.equal(holds(any, ['Bearer resource_metadata="x"']), true)
  assert.equal(holds(any, ['Basic realm="x", Bearer realm="y"']), true)
  const bare = look(any, ['Basic realm="x", Bearer'])
  assert.equal(bare.holds, false)
  assert.match(bare.got, /^no parameter: /)
  const scope: ChallengeWanted = { scheme: 'Bearer', has: ['error', 'scope'] }
  assert.equal(holds(scope, ['Bearer error="a", SCOPE=""']), true)
  assert.match(look(scope, ['Bearer error="a"']).got, /^no scope parameter: /)
})

test('the values of parameters are held to a form, or to a list, where there are any', () => {
  const formed = (of: string, are: NonNullable<ChallengeWanted['values']>['are'], value: string) =>
    holds({ every: 'Bearer', values: { of: ['realm', of], are } }, [`Bearer ${of}="${value}"`])
  const table: readonly (readonly [string, Parameters<typeof formed>[1], string, boolean])[] = [
    ['scope', 'plain-ascii', 'read https://h.test/a#b', true],
    ['scope', 'plain-ascii', '', true],
    ['scope', 'plain-ascii', 'caf\xe9', false],
    ['scope', 'plain-ascii', 'a\tb', false],
    ['error_description', 'plain-ascii', "Don\\'t.", true],
    ['error_description', 'plain-ascii', 'No \\"good\\" token', false],
    ['error_description', 'plain-ascii', 'a\\\\b', false],
    ['scope', 'single-spaced', 'read write', true],
    ['scope', 'single-spaced', 'read  write', false],
    ['scope', 'single-spaced', ' read', false],
    ['scope', 'single-spaced', 'read ', false],
    ['error_uri', 'uri-reference', '/errors#token', true],
    ['error_uri', 'uri-reference', 'page 3', false],
    ['resource_metadata', 'url', 'https://h.test/a', true],
    ['resource_metadata', 'url', '/a', false],
    ['error', ['invalid_token', 'x'], 'x', true],
    ['error', ['invalid_token'], 'INVALID_TOKEN', false],
  ]
  for (const [of, are, value, wanted] of table)
    assert.equal(formed(of, are, value), wanted, `${of} ${are}: ${value}`)
  const absent: ChallengeWanted = { every: 'Bearer', values: { of: ['error'], are: ['a'] } }
  assert.equal(holds(absent, ['Bearer realm="x"']), true)
  assert.equal(holds(absent, ['Basic error="b", Bearer error="a"']), true)
  assert.match(look(absent, ['Bearer Error="b"']).got, /^Error="b": /)
})

test('schemes that clients know come first, where there are some', () => {
  const first: ChallengeWanted = { first: 'well-known' }
  assert.equal(holds(first, ['Basic realm="x", Newauth a=b']), true)
  assert.equal(holds(first, ['Basic realm="x"', 'Newauth a=b']), true)
  assert.equal(holds(first, ['Newauth a=b']), true)
  assert.equal(holds(first, []), true)
  const late = look(first, ['Newauth a=b', 'Basic realm="x"'])
  assert.equal(late.holds, false)
  assert.match(late.got, /^Newauth, which few clients know, comes first: /)
})

test('challenges stand on lines of their own', () => {
  assert.equal(holds({ apart: true }, ['Basic realm="x, Bearer y"', 'Bearer realm="y"']), true)
  assert.equal(holds({ apart: true }, []), true)
  const joined = look({ apart: true }, ['Basic realm="x", Bearer realm="y", Newauth'])
  assert.equal(joined.holds, false)
  assert.match(joined.got, /^3 challenges on one line: /)
})

test('each wish has its words', () => {
  assert.equal(
    look({ scheme: 'Basic', applicable: true, apart: true, first: 'well-known' }, []).wanted,
    'a Basic challenge, a challenge for a scheme the target takes, each challenge on a line of its own, the schemes that clients know first',
  )
  assert.equal(
    look({ every: 'Bearer', realm: 'ascii', error: ['a', 'b'], params: ['c'] }, []).wanted,
    'in each Bearer challenge: a realm in US-ASCII, no parameters but c, error a or b',
  )
  assert.equal(
    look({ every: 'Bearer', has: 'any', values: { of: ['a', 'b'], are: 'url' } }, []).wanted,
    'in each Bearer challenge: a parameter, an absolute http or https URL in a and b',
  )
  assert.equal(
    look({ has: ['c', 'd'], values: { of: ['e'], are: ['f', 'g'] } }, []).wanted,
    'the parameters c, d, one of f, g in e',
  )
})

test('named deviations from the grammar are found, others are not', () => {
  const context = contextOf(answered({ fields: [['www-authenticate', 'Basic realm=x']] }))
  assert.equal(challengeFreeOf(['realm-unquoted'], context).holds, false)
  assert.equal(challengeFreeOf(['duplicate-param'], context).holds, true)
})
