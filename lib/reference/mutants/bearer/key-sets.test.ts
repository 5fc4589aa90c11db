import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HostedKey, hostedKey, onStage } from '../../bearer/key-host.test.helper.ts'
import { bearerMutants } from '../../start.ts'

const hosted = bearerMutants.filter((mutant) => mutant.hosted)

/** A key that is published with all that anybody may want. */
const complete = (kid: string): HostedKey => {
  const key = hostedKey('ES256', kid)
  return { ...key, jwk: { ...key.jwk, alg: 'ES256', use: 'sig' } }
}

const [first, second] = [complete('first'), complete('second')]

/** These never look at a second set, which is their defect. */
const stuck = ['keyset-first-set-kept', 'keyset-fetched-once']

/** These judge the first token of a new key by the set before, which their own test looks at. */
const behind = ['benign-keyset-in-background', 'keyset-unchecked-in-background']

test('every variation grants a well-made key, refuses an unknown one, and moves on with the set', async () => {
  assert.ok(hosted.length > 80)
  for (const { id } of hosted) {
    if (behind.includes(id)) continue
    await onStage({ mutant: id }, async ({ publish, ask, askWith, pass, server }) => {
      publish(first.jwk)
      const before = [await ask(first), await ask(second), await askWith(server.token)]
      publish(second.jwk)
      pass(30_000)
      const after = [await ask(second), await askWith(server.token)]
      assert.deepEqual(
        [before, after],
        [
          ['200', '401', '200'],
          [stuck.includes(id) ? '401' : '200', '200'],
        ],
        id,
      )
    })
  }
})

test('after a set that cannot be had, every variation but one takes up the next', async () => {
  for (const { id } of hosted) {
    if (stuck.includes(id) || behind.includes(id)) continue
    await onStage({ mutant: id, keyTimeout: 5000 }, async ({ publish, behave, ask, pass }) => {
      publish(first.jwk)
      await ask(first)
      behave({ status: 500, body: 'Internal error' })
      pass(30_000)
      await ask(second, { kid: 'third' })
      publish(second.jwk)
      pass(30_000)
      assert.equal(await ask(second), id === 'keyset-gives-up' ? '401' : '200', id)
    })
  }
})

test('without a set to fetch, every variation is as the server without it', async () => {
  for (const { id } of hosted) {
    await onStage({ mutant: id }, async ({ server, ask, askWith, fetches }) => {
      server.fetchKeysFrom(undefined)
      assert.deepEqual([await ask(first), await askWith(server.token)], ['401', '200'], id)
      assert.equal(fetches.length, 0)
    })
  }
})
