import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Profile } from '../model/profile.ts'
import { checkProfile } from './check-profile.ts'
import { clauses } from './fixtures/clauses.ts'
import { profile } from './fixtures/profile.ts'

const get = { method: 'GET', path: '' }

const rows: Readonly<
  Record<string, readonly [change: Partial<Profile>, path: string, say: RegExp]>
> = {
  'a limit that is no number': [
    { limits: { requestsPerSecond: 0 } },
    '/limits/requestsPerSecond',
    /allowed here: a whole number from 1/,
  ],
  'no protected operation': [
    { operations: { public: get, 'write-bucket': get } },
    '/operations',
    /"protected" is missing/,
  ],
  'a scheme twice': [
    { schemes: [{ word: 'Token' }, { word: 'TOKEN' }] },
    '/schemes/1/word',
    /"TOKEN" is known already/,
  ],
  'a scheme that everybody knows': [
    { schemes: [{ word: 'basic' }] },
    '/schemes/0/word',
    /"basic" is known already/,
  ],
  'a scheme that cites an unknown clause': [
    { schemes: [{ word: 'Token', clause: 'influxdb#S3-15' }] },
    '/schemes/0/clause',
    /"influxdb#S3-15" does not exist/,
  ],
  'a deviation from an unknown clause': [
    { deviations: [{ clause: 'rfc1#1-x', source: 'x', say: 'x' }] },
    '/deviations/0/clause',
    /"rfc1#1-x" does not exist/,
  ],
  'a deviation of an operation that is not bound': [
    {
      deviations: [{ clause: 'influxdb#S3-14', operation: 'write-bukket', source: 'x', say: 'x' }],
    },
    '/deviations/0/operation',
    /"write-bukket" is not among those/,
  ],
  'a kind that is bound and not taken': [
    { accepts: ['basic'] },
    '/operations/protected/by/jwt',
    /binds "jwt" here, which "accepts" leaves out/,
  ],
}

for (const [name, [change, path, say]] of Object.entries(rows)) {
  test(`Finds ${name}`, () => {
    const [first, ...more] = checkProfile({ ...profile, ...change }, clauses)
    assert.ok(first)
    assert.deepEqual(more, [])
    assert.equal(first.path, path)
    assert.match(first.say, say)
  })
}

test('Suggests what was meant', () => {
  const deviations = [{ clause: 'influxdb#S3-4', source: 'x', say: 'x' }] as const
  assert.equal(checkProfile({ ...profile, deviations }, clauses)[0]?.suggestion, 'influxdb#S3-14')
})

test('Has nothing against a profile that uses every member, or only those it must have', () => {
  assert.deepEqual(checkProfile(profile, clauses), [])
  const least = { id: 'least', title: 'x', about: 'x', operations: { protected: get } }
  assert.deepEqual(checkProfile(least, clauses), [])
})
