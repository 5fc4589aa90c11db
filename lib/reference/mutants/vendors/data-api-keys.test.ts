// What Data APIs do with a set that changes, beside one that keeps to its documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueToken, makeKey, trusted } from '../../bearer/issuer.ts'
import type { SigningKey } from '../../bearer/types.ts'
import { documentedDataApi } from '../../singlestore/policy.ts'
import type { DataApiPolicy, ListedKey } from '../../singlestore/types.ts'
import type { DataApiChange } from './data-api-ways.ts'
import { changeOfVendor } from './index.ts'

const [one, two, three] = await Promise.all(
  ['one', 'two', 'three'].map((kid) => makeKey('ES256', kid)),
)
assert.ok(one && two && three)

interface Play {
  readonly publish: (...keys: readonly SigningKey[]) => void
  readonly setup: () => Promise<boolean>
  /** Whether a token of the key is taken. */
  readonly takes: (key: SigningKey, header?: { readonly kid: string }) => Promise<boolean>
  /** How often the set was fetched. */
  readonly count: () => number
}

const on = (mutant: string | undefined): Play => {
  let listed: readonly ListedKey[] = []
  let count = 0
  const strict = documentedDataApi({
    users: {},
    tokenUsers: ['demo-user'],
    loaded: [],
    fetched: async () => {
      count += 1
      return listed
    },
  })
  const change = changeOfVendor('singlestore', mutant) as DataApiChange | undefined
  const policy: DataApiPolicy = change?.(strict, { cooldown: 3_600_000 }) ?? strict
  return {
    publish: (...keys) => {
      listed = keys.map(trusted)
    },
    setup: () => policy.refresh(policy),
    takes: async (key, header = { kid: key.kid }) =>
      'user' in (await policy.bearer(policy, issueToken(key, {}, header))),
    count: () => count,
  }
}

const plays: Readonly<
  Record<
    string,
    readonly [play: (play: Play) => Promise<unknown>, strict: unknown, mutant: unknown]
  >
> = {
  'singlestore-setup-adds-only': [
    async ({ publish, setup, takes }) => {
      publish(one)
      await setup()
      publish(two)
      await setup()
      return [await takes(one), await takes(two)]
    },
    [false, true],
    [true, true],
  ],
  'singlestore-setup-compared-by-first': [
    async ({ publish, setup, takes }) => {
      publish(one)
      await setup()
      publish(one, two)
      await setup()
      const before = await takes(two)
      publish(three, two)
      await setup()
      return [before, await takes(two)]
    },
    [true, true],
    [false, true],
  ],
  'singlestore-first-stranger-believed': [
    async ({ publish, setup, takes }) => {
      publish(one)
      await setup()
      return [await takes(two), await takes(two), await takes(one)]
    },
    [false, false, true],
    [true, false, true],
  ],
  'singlestore-setup-idle': [
    async ({ publish, setup, takes, count }) => {
      publish(one)
      return [await setup(), await takes(one), count()]
    },
    [true, true, 1],
    [true, false, 0],
  ],
  'singlestore-benign-setup-later': [
    async ({ publish, setup, takes }) => {
      publish(one)
      const answered = await setup()
      await new Promise((resolve) => setImmediate(resolve))
      return [answered, await takes(one)]
    },
    [true, true],
    [true, true],
  ],
  'singlestore-benign-reads-by-itself': [
    async ({ publish, setup, takes, count }) => {
      publish(one)
      await setup()
      publish(one, two)
      return [await takes(two), await takes(three), count()]
    },
    [false, false, 1],
    [true, false, 2],
  ],
  'singlestore-benign-kid-advisory': [
    async ({ publish, setup, takes }) => {
      publish(one)
      await setup()
      return [await takes(one, { kid: 'another' }), await takes(two)]
    },
    [false, false],
    [true, false],
  ],
}

for (const [mutant, [play, strict, mutated]] of Object.entries(plays)) {
  test(`${mutant} does as it says, and the documented API does not`, async () => {
    assert.deepEqual(await play(on(undefined)), strict)
    assert.deepEqual(await play(on(mutant)), mutated)
  })
}
