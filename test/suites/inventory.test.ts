// The list of ways to get a token wrong is asked about, each once, or it is said why not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { variationsOf } from '../../lib/notation/expand.ts'
import { suites } from '../../suites/index.ts'
import { keySetCovers, keySetLeftOut, withKeySet } from '../../suites/jwks/inventory.ts'
import { withKey, withToken } from '../../suites/jwt/inventory.ts'
import { covers, leftOut } from '../../suites/jwt/left-out.ts'

const listed = [...withToken, ...withKey, ...withKeySet]
const allCovers = { ...covers, ...keySetCovers }
const allLeftOut = { ...leftOut, ...keySetLeftOut }
const covered = new Set([covers, keySetCovers].flatMap((each) => Object.values(each).flat()))
const known = new Set(
  suites.flatMap((suite) =>
    suite.cases.flatMap((each) =>
      each.watch === undefined ? variationsOf(suite, each).map(({ id }) => id) : [each.id],
    ),
  ),
)

test('The list names each way once, and has all of them', () => {
  assert.equal(new Set(listed).size, listed.length)
  assert.deepEqual([withToken.length, withKey.length, withKeySet.length], [156, 189, 74])
})

test('What covers a way is something that the suites ask', () => {
  const strange = Object.keys(allCovers).filter((id) => !known.has(id))
  assert.deepEqual(strange, [])
  for (const [id, ways] of Object.entries(allCovers)) {
    assert.ok(ways.length > 0, id)
    assert.equal(new Set(ways).size, ways.length, id)
  }
})

test('Each way is covered or left out with a reason, and never both', () => {
  const out = Object.keys(allLeftOut)
  assert.deepEqual(
    listed.filter((id) => !covered.has(id) && !Object.hasOwn(allLeftOut, id)),
    [],
  )
  assert.deepEqual(
    out.filter((id) => covered.has(id)),
    [],
  )
  assert.deepEqual(
    [...covered, ...out].filter((id) => !listed.includes(id)),
    [],
  )
  for (const [id, why] of Object.entries(allLeftOut)) assert.match(why, /^[A-Z].{30,}[^.]\.$/u, id)
})
