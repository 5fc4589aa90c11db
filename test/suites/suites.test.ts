import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import type { Profile } from '../../lib/model/profile.ts'
import { checkProfile } from '../../lib/notation/check-profile.ts'
import { checkSuites } from '../../lib/notation/check-suite.ts'
import { variationsOf } from '../../lib/notation/expand.ts'
import { loadProfile, loadSuite } from '../../lib/notation/load.ts'
import { DEVIATION_CODES } from '../../lib/text/challenge-deviations.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'

const root = new URL('../../', import.meta.url)

/** The codes that the transport gives, read off the calls that give them. */
function violationCodes(): readonly string[] {
  const folder = new URL('lib/transport/', root)
  const files = readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file))
  return files.flatMap((file) => {
    const calls = readFileSync(new URL(file, folder), 'utf8').matchAll(
      /\bnote\(\s*(?:\w+,\s*)?'([a-z0-9-]+)'/g,
    )
    return Array.from(calls, ([, code = '']) => code)
  })
}

async function profiles(): Promise<readonly Profile[]> {
  const folder = new URL('suites/profiles/', root)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)))
  return modules.flatMap((module: object) =>
    Object.values(module).filter((value) => typeof value === 'object' && 'operations' in value),
  )
}

function validator(name: string): (value: unknown) => boolean {
  const text = readFileSync(new URL(`schemas/${name}.schema.json`, root), 'utf8')
  const schema: AnySchema = JSON.parse(text)
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
}

const vocabulary = {
  clauses,
  challengeDeviationCodes: DEVIATION_CODES,
  violationCodes: violationCodes(),
}

test('The suites are as they have to be', () => {
  assert.ok(suites.length > 0 && vocabulary.violationCodes.length > 10)
  const problems = checkSuites(
    suites,
    vocabulary.clauses,
    vocabulary.challengeDeviationCodes,
    vocabulary.violationCodes,
  )
  assert.deepEqual(problems, [])
})

test('Each suite survives a round trip through JSON and fits the published schema', () => {
  const valid = validator('suite')
  for (const suite of suites) {
    const text = JSON.stringify(suite)
    assert.ok(isDeepStrictEqual(JSON.parse(text), suite), suite.id)
    assert.ok(valid(suite), suite.id)
    const loaded = loadSuite(text, `${suite.id}.json`, vocabulary)
    assert.ok('suite' in loaded, suite.id)
    assert.equal(JSON.stringify(loaded.suite), text)
  }
})

test('What the suites send has an id of its own', () => {
  const ids = suites.flatMap((suite) =>
    suite.cases.flatMap((case_) => variationsOf(suite, case_).map(({ id }) => id)),
  )
  assert.equal(new Set(ids).size, ids.length)
})

test('The profiles are as they have to be, and can be exported', async () => {
  const valid = validator('profile')
  const all = await profiles()
  assert.ok(all.length > 0)
  for (const profile of all) {
    assert.deepEqual(checkProfile(profile, clauses), [], profile.id)
    assert.ok(valid(profile), profile.id)
    assert.ok('profile' in loadProfile(JSON.stringify(profile), `${profile.id}.json`, clauses))
  }
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
})
