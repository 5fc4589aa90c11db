import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Json } from '../model/json.ts'
import { randomFrom } from '../text/random.ts'
import { profile } from './fixtures/profile.ts'
import { report } from './fixtures/report.ts'
import { changed, sampleOf, survivesJson } from './fixtures/sample.ts'
import { sound } from './fixtures/suites.ts'
import { profileShape } from './profile-shape.ts'
import { reportShape } from './report-shape.ts'
import { schemas, schemaText } from './schemas.ts'
import { type Node, resolved, type Shape } from './shape.ts'
import { suiteShape } from './suite-shape.ts'
import { validate } from './validate.ts'

interface Document {
  readonly name: string
  readonly shape: Shape<never>
  readonly written: Json
}

function documentOf<T>(name: string, shape: Shape<T>, written: T): Document {
  // The test walks tables and documents alike whatever their type is.
  return { name, shape: { node: shape.node }, written: written as Json }
}

const documents: readonly Document[] = [
  documentOf('suite', suiteShape, sound),
  documentOf('profile', profileShape, profile),
  documentOf('report', reportShape, report),
]

function schemaValidator(name: string): ValidateFunction {
  const schema = schemas()[`${name}.schema.json`]
  assert.ok(typeof schema === 'object' && schema !== null)
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false }).compile(schema)
}

/** Every entry of a table that a document can reach: members, variants and literals. */
function entriesOf(node: Node, path: string, seen: Set<Node>): readonly string[] {
  const known = resolved(node)
  if (seen.has(known)) return []
  seen.add(known)
  if (known.kind === 'object') {
    return Object.entries(known.members).flatMap(([name, { node: inner }]) => [
      `${path}.${name}`,
      ...entriesOf(inner, `${path}.${name}`, seen),
    ])
  }
  if (known.kind === 'union') return known.of.flatMap((of) => entriesOf(of, path, seen))
  if (known.kind === 'array' || known.kind === 'record') return entriesOf(known.of, path, seen)
  return []
}

for (const { name, shape, written } of documents) {
  test(`A ${name} that uses what the notation has is sound by validator and schema`, () => {
    const bySchema = schemaValidator(name)
    assert.deepEqual(validate(shape, written), [])
    assert.ok(bySchema(written), JSON.stringify(bySchema.errors))
    assert.ok(survivesJson(written))
  })

  test(`Validator and schema agree on ${name} documents, good and bad`, () => {
    const bySchema = schemaValidator(name)
    const random = randomFrom(7, 'shapes', name)
    const tally = { good: 0, bad: 0 }
    for (let round = 0; round < 1500; round += 1) {
      const good = sampleOf(shape.node, random)
      assert.deepEqual(validate(shape, good), [], JSON.stringify(good))
      const base = round % 3 === 0 ? written : good
      const tried = changed(base, random)
      const ours = validate(shape, tried)
      assert.equal(ours.length === 0, bySchema(tried), JSON.stringify({ tried, ours }))
      tally[ours.length === 0 ? 'good' : 'bad'] += 1
      for (const problem of ours) assertPlaced(problem.path, tried)
    }
    // A table of only good or only bad documents would prove little.
    assert.ok(tally.good > 100 && tally.bad > 700, JSON.stringify(tally))
  })

  test(`Each member in the ${name} table comes up in the documents that are tried`, () => {
    const random = randomFrom(7, 'members', name)
    const texts = Array.from({ length: 1600 }, () => JSON.stringify(sampleOf(shape.node, random)))
    const all = texts.join()
    const entries = entriesOf(shape.node, name, new Set())
    const unseen = entries.filter((entry) => !all.includes(`"${entry.split('.').at(-1)}":`))
    assert.ok(entries.length > 20)
    assert.deepEqual(unseen, [])
  })

  test(`The committed schema of a ${name} is the one its table writes`, () => {
    const file = `${name}.schema.json`
    const committed = readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8')
    const say = 'run: node --import tsx lib/notation/write-schemas.ts'
    assert.equal(committed, schemaText(schemas()[file] ?? null), say)
  })
}

/** The place of a problem, or what it is in, exists in the document. */
function assertPlaced(pointer: string, document: Json): void {
  const keys = pointer.split('/').slice(1, -1)
  let at: unknown = document
  for (const key of keys.map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    assert.ok(typeof at === 'object' && at !== null && Object.hasOwn(at, key), pointer)
    at = Reflect.get(at, key)
  }
}

test('Objects in schemas are closed', () => {
  const open: string[] = []
  const walk = (value: Json, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const closed = Object.hasOwn(value, 'additionalProperties')
    if (Object.entries(value).some(([k, v]) => k === 'type' && v === 'object') && !closed) {
      open.push(path)
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, `${path}/${name}`)
  }
  for (const [file, schema] of Object.entries(schemas())) walk(schema, file)
  assert.deepEqual(open, [])
})
