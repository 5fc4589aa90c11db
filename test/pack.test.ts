// The package as its users get it: packed, installed into an empty folder, and run from there.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'conformance-pack-'))
const home = join(folder, 'home')

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const run = (program: string, words: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve) => {
    // What the test runner sets for its own children is no part of a user's environment.
    const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env
    const options = { cwd, env, maxBuffer: 64 * 1024 * 1024 }
    execFile(program, [...words], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    )
  })

const must = async (program: string, words: readonly string[], cwd: string): Promise<string> => {
  const { code, out, err } = await run(program, words, cwd)
  assert.equal(code, 0, `${program} ${words.join(' ')}\n${out}\n${err}`)
  return out
}

let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] }

before(async () => {
  const out = await must('npm', ['pack', '--json', '--pack-destination', folder], root)
  // Scripts that npm runs on the way print before the document.
  packed = JSON.parse(out.slice(out.indexOf('[\n')))[0]
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']
  await must('npm', [...install, join(folder, packed.filename)], home)
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('holds what is run and nothing that only tests use', () => {
  const paths = packed.files.map(({ path }) => path)
  for (const path of [
    'bin/conformance.js',
    'dist/lib/cli/main.js',
    'dist/suites/index.js',
    'LICENSE',
  ])
    assert.ok(paths.includes(path), path)
  for (const path of paths) {
    assert.doesNotMatch(path, /\.test\.|(?:^|\/)fixtures[./]|^(?:lib|suites|test|scripts)\//u)
    assert.doesNotMatch(path, /(?<!\.d)\.ts$/u)
  }
})

test('everything the manifest points to is there', () => {
  const installed = join(home, 'node_modules', manifest.name)
  const paths = [
    ...Object.values<string>(manifest.bin),
    ...Object.values<string | Record<string, string>>(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    ),
  ]
  for (const path of paths) assert.ok(readFileSync(join(installed, path)).length > 0, path)
})

test('brings exactly one package along', () => {
  const installed = readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))
  assert.deepEqual(installed.sort(), [manifest.name, 'undici'].sort())
})

test('both names of the command work', async () => {
  for (const name of ['conformance', 'http-auth-conformance'])
    assert.equal(
      await must('npx', ['--no-install', name, '--version'], home),
      `${manifest.version}\n`,
    )
})

test('demo judges the built-in servers and leaves their reports', async () => {
  const out = await must('npx', ['--no-install', 'conformance', 'demo'], home)
  for (const system of ['generic', 'bearer']) {
    assert.match(out, new RegExp(`^ {2}✓ ${system} .* passed`, 'mu'))
    const file = join(home, 'reports', 'latest', system, 'report.json')
    const report = JSON.parse(readFileSync(file, 'utf8'))
    assert.equal(report.summary.fail, 0)
    assert.ok(report.summary.pass > 50)
  }
})

test('a mutant makes the installed demo fail', async () => {
  const words = ['--no-install', 'conformance', 'demo', '--mutant', 'password-any-case']
  const { code, out } = await run('npx', [...words, '--only', 'basic'], home)
  assert.equal(code, 1, out)
  assert.match(out, /basic-password-letter-case/u)
})

test('a checkout that is not built says what to do', async () => {
  const bare = join(folder, 'bare')
  cpSync(join(root, 'bin'), join(bare, 'bin'), { recursive: true })
  writeFileSync(join(bare, 'package.json'), '{ "type": "module" }\n')
  assert.deepEqual(await run(process.execPath, ['bin/conformance.js', 'demo'], bare), {
    code: 2,
    out: '',
    err: 'conformance is not built yet: run `npm ci` in its folder (it builds), or `npm run build`.\n',
  })
})

test('prepare succeeds without typescript, and build does not', async () => {
  const bare = join(folder, 'scripts-only')
  cpSync(join(root, 'scripts'), join(bare, 'scripts'), { recursive: true })
  const hint = 'not built: typescript is not installed here.'
  assert.deepEqual(await run(process.execPath, ['scripts/build.mjs', '--if-possible'], bare), {
    code: 0,
    out: `${hint} Run \`npm ci\` with development dependencies.\n`,
    err: '',
  })
  assert.deepEqual(await run(process.execPath, ['scripts/build.mjs'], bare), {
    code: 1,
    out: '',
    err: `${hint}\n`,
  })
})
