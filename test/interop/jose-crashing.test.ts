// A server that has no answer but 500 to forged tokens: it grants nothing, and refuses nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellOf } from './told.ts'

const told = await tellOf('jose-crashing')

/** To this server these are malformed, which it refuses as it should. */
const malformed = ['jwt-alg-none/no-name', 'jwt-alg-none/two-segments']

test('a server error in answer to a forged token is a crash, neither a bypass nor a pass', async () => {
  const report = await told.judge('jwt-alg-none')
  const judged = report.results.filter((result) => result.case === 'jwt-alg-none')
  assert.ok(judged.length > 10, report.say)
  for (const { id, verdict, outcome, reason } of judged) {
    const wanted = malformed.includes(id)
      ? ['pass', 'denied', undefined]
      : ['warn', 'crashed', 'crashed']
    assert.deepEqual([verdict, outcome, reason?.code], wanted, id)
  }
  assert.equal(report.summary.fail, 0, report.say)
})
