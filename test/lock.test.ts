// `npm ci` refuses a lock file that leaves out a package for another kind of machine, which a later
// `npm install` may drop without a word where such a package cannot be had.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

interface Locked {
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Packages = Readonly<Record<string, Locked>>

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where a package may be found from a place in the tree: beside it, then in each folder above. */
const placesFor = (name: string, from: string): readonly string[] => {
  const above = from.split('/node_modules/')
  const folders = above.map((_, depth) =>
    above.slice(0, above.length - depth).join('/node_modules/'),
  )
  const places = from === '' ? [] : folders.map((folder) => `${folder}/node_modules/${name}`)
  return [...places, `node_modules/${name}`]
}

/** Packages that another one asks for and the lock file does not have. */
const missingFrom = (packages: Packages): readonly string[] =>
  Object.entries(packages).flatMap(([place, entry]) =>
    [entry.dependencies, entry.devDependencies, entry.optionalDependencies]
      .flatMap((wanted) => Object.keys(wanted ?? {}))
      .filter((name) => !placesFor(name, place).some((path) => path in packages))
      .map((name) => `${place || 'the package'} wants ${name}`),
  )

for (const file of ['package-lock.json', 'test/interop/node/package-lock.json'].filter((path) =>
  existsSync(join(root, path)),
))
  test(`${file} is complete and names no download address`, () => {
    const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8'))
    assert.deepEqual(missingFrom(packages), [])
    const found = Object.values<Locked>(packages).flatMap(({ resolved }) => resolved ?? [])
    assert.deepEqual(found, [])
  })

test('a package left out is noticed, wherever it may stand', () => {
  const packages = {
    '': { devDependencies: { a: '1' } },
    'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-win32': '1' } },
    'node_modules/a-linux': {},
    'node_modules/b': { dependencies: { c: '1', a: '1' } },
    'node_modules/b/node_modules/c': { dependencies: { d: '1' } },
    'node_modules/b/node_modules/d': {},
  }
  assert.deepEqual(missingFrom(packages), ['node_modules/a wants a-win32'])
})
