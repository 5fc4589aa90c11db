import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callback } from './callback.ts'
import type { Callbacks } from './check.ts'
import { answered, contextOf } from './context.test.support.ts'

const found = (callbacks?: Callbacks): readonly [unknown, string] => {
  const context = contextOf(answered({}), callbacks === undefined ? {} : { callbacks })
  const { holds, got } = callback('untouched', context)
  return [holds, got]
}

test('a fetch of what was sent breaks it', () => {
  assert.deepEqual(found({ fetched: ['GET jwks'], reached: true, scheme: 'http' }), [
    false,
    'GET jwks',
  ])
  assert.deepEqual(found({ fetched: ['GET jwks', 'GET jwks'], reached: true, scheme: 'http' }), [
    false,
    'GET jwks, 2 requests in all',
  ])
})

test('no fetch says something only of a target that can reach the listener', () => {
  assert.equal(found({ fetched: [], reached: true, scheme: 'http' })[0], true)
  assert.equal(found({ fetched: [], reached: false, scheme: 'http' })[0], 'unknown')
  assert.deepEqual(found(), ['unknown', 'no listener was running'])
})
