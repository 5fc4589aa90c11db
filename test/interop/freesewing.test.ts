// FreeSewing's authentication layer, rebuilt from the packages that its backend uses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, requestOf } from './bare.ts'
import { holdReports } from './hold.ts'
import { holdAnswers } from './hold-tokens.ts'
import { vendorWays } from './vendors.ts'

const wayOf = (name: string): NonNullable<(typeof vendorWays)[string]> => {
  const way = vendorWays[name]
  assert.ok(way, name)
  return way
}

/** Result and verdict of every entry that begins like this. */
const verdicts = (
  { nonPasses }: ReturnType<typeof holdReports>['expected'],
  begin: string,
): readonly string[] =>
  nonPasses
    .filter(({ result }) => result.startsWith(begin))
    .map(({ result, verdict }) => `${verdict} ${result}`)

const seeds = ['1', '2']
const [anyRecipe, anyManner] = wayOf('freesewing-generic')
const anybody = holdReports('freesewing-generic', anyRecipe, { ...anyManner, seeds })
const [recipe, manner] = wayOf('freesewing')
const held = holdReports('freesewing', recipe, { ...manner, seeds })

test('What anybody would be told is a failure is a deviation where it is documented', () => {
  assert.deepEqual(verdicts(anybody.expected, 'basic-extra-colon'), [
    'fail basic-extra-colon/after',
  ])
  assert.deepEqual(verdicts(held.expected, 'basic-extra-colon'), ['note basic-extra-colon/after'])
  assert.deepEqual(verdicts(held.expected, 'basic-other-scheme'), [
    'warn basic-other-scheme/longer',
  ])
  assert.deepEqual(verdicts(held.expected, 'challenge-with-every-401'), [
    'note challenge-with-every-401',
  ])
  const noted = held.first().results.filter(({ deviates }) => deviates !== undefined)
  assert.equal(held.first().summary.deviations, noted.length)
  assert.ok(noted.every(({ verdict, severity }) => verdict === 'note' && severity !== 'high'))
})

test('A bare socket gets every answer of both records', async () => {
  await holdAnswers(anybody.running().port, anybody.expected.nonPasses, anyManner)
  await holdAnswers(held.running().port, held.expected.nonPasses, manner)
})

test('After all that was sent, the process that an unknown key ends is alive', async () => {
  const { port } = held.running()
  const lines = [`Authorization: Basic ${Buffer.from('unknown:key').toString('base64')}`]
  const before = await ask(port, requestOf(port, { lines: [], target: '/account/key' }))
  assert.match(before, /^HTTP\/1\.1 401 /)
  // It is the layer that it is taken for: this is what a run without the profile would do to it.
  const killed = await ask(port, requestOf(port, { lines, target: '/account/key' }))
  assert.equal(killed, '')
  await assert.rejects(ask(port, requestOf(port, { lines: [] })), /ECONNREFUSED|ECONNRESET/)
})
