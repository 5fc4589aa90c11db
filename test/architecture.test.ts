// The house plan as data: which layer may import which, and what no file may contain. The checker
// works on a map of sources, so that it is itself tested by sources that break each rule.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Each layer may import itself and all that stand before it. */
const layers = [
  'model',
  'text',
  'jose',
  'x509',
  'notation',
  'credentials',
  'transport',
  'host',
  'checks',
  'engine',
  'reporters',
  'gate',
  'cli',
]

/** Layers that may import less than their place in the row would allow. */
const narrower: Readonly<Record<string, readonly string[]>> = {
  reporters: ['model', 'text'],
  reference: ['model', 'text', 'jose', 'x509'],
}

/** Files over 300 lines, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  'lib/cli/options-table.ts': 'a table with one row per option',
  'lib/model/case.ts': 'the notation as types, one table read from top to bottom',
}

const packages = ['undici']

type Sources = ReadonlyMap<string, string>

interface Import {
  readonly path: string
  readonly kind: 'value' | 'type' | 'dynamic'
}

/** The source without comments, each string replaced by its number in quotes. */
interface Masked {
  readonly code: string
  readonly strings: readonly string[]
}

const skipTemplate = (source: string, start: number): number => {
  const braces: number[] = []
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at]
    if (character === '\\') at += 1
    else if (braces.length === 0 && character === '`') return at + 1
    else if (braces.length === 0 && character === '$' && source[at + 1] === '{') {
      braces.push(at)
      at += 1
    } else if (braces.length > 0 && character === '`') at = skipTemplate(source, at) - 1
    else if (braces.length > 0 && character === '{') braces.push(at)
    else if (braces.length > 0 && character === '}') braces.pop()
  }
  return source.length
}

/** Where a token that starts here ends, and whether it is a string; undefined for plain code. */
const tokenAt = (
  source: string,
  at: number,
  codeBefore: string,
): { readonly end: number; readonly string?: true } | undefined => {
  const match = (pattern: RegExp): string => source.slice(at).match(pattern)?.[0] ?? ''
  const text = match(/^'(?:[^'\\\n]|\\.)*'|^"(?:[^"\\\n]|\\.)*"/u)
  if (text !== '') return { end: at + text.length, string: true }
  if (source[at] === '`') return { end: skipTemplate(source, at), string: true }
  const comment = match(/^\/\/[^\n]*|^\/\*[\s\S]*?\*\//u)
  if (comment !== '') return { end: at + comment.length }
  // A slash after a value divides; elsewhere it opens a regular expression.
  if (source[at] !== '/' || /[\w$)\]]\s*$/u.test(codeBefore.replace(/\breturn\s*$/u, '('))) return
  const pattern = match(/^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/u)
  return pattern === '' ? undefined : { end: at + pattern.length, string: true }
}

const mask = (source: string): Masked => {
  const strings: string[] = []
  let code = ''
  let at = 0
  while (at < source.length) {
    const token = /['"`/]/u.test(source[at] ?? '')
      ? tokenAt(source, at, code.slice(-40))
      : undefined
    if (token === undefined) {
      code += source[at]
      at += 1
      continue
    }
    if (token.string) {
      code += `"${strings.length}"`
      strings.push(source.slice(at + 1, token.end - 1))
    }
    at = token.end
  }
  return { code, strings }
}

const statement =
  /\b(?:import|export)\s+(type\b)?(?:(?:(?!\b(?:import|export)\b)[\w\s{},*$])*?\bfrom\s*)?"(\d+)"/gu

const importsOf = ({ code, strings }: Masked): readonly Import[] => [
  ...[...code.matchAll(statement)].map(([, type, index]) => ({
    path: strings[Number(index)] ?? '',
    kind: type === undefined ? ('value' as const) : ('type' as const),
  })),
  ...[...code.matchAll(/\bimport\s*\(\s*(?:"(\d+)")?/gu)].map(([, index]) => ({
    path: index === undefined ? '(computed)' : (strings[Number(index)] ?? ''),
    kind: 'dynamic' as const,
  })),
]

/** Tests and what only tests use; none of it is built. */
const isTest = (file: string): boolean =>
  /\.test\.(?:\w+\.)?ts$|(?:^|\/)fixtures(?:\/|\.ts$)/u.test(file)
const isRelative = (path: string): boolean => path.startsWith('.')
const resolve = (file: string, path: string): string =>
  posix.normalize(posix.join(posix.dirname(file), path))

/** `suites`, the layer's name, or `top` for files that stand directly in lib. */
const layerOf = (file: string): string => {
  const [root = '', folder = '', ...rest] = file.split('/')
  if (root !== 'lib') return root
  return rest.length === 0 ? 'top' : folder
}

const mayImport = (from: string, to: string, kind: Import['kind']): boolean => {
  if (from === to) return true
  if (to === 'suites') return from === 'cli' || from === 'top'
  if (from === 'suites') return to === 'model' && kind === 'type'
  if (from === 'top') return to !== 'top'
  const allowed = narrower[from] ?? layers.slice(0, Math.max(layers.indexOf(from), 0))
  // The command starts the reference server; nothing else of the tool knows it.
  return allowed.includes(to) || (from === 'cli' && to === 'reference')
}

const localFault = (file: string, { path, kind }: Import): string | undefined => {
  const to = resolve(file, path)
  if (!/\.(?:ts|json)$/u.test(to)) return `imports ${path} without its extension`
  if (isTest(to)) return `imports the test ${to}`
  const [from, layer] = [layerOf(file), layerOf(to)]
  return mayImport(from, layer, kind)
    ? undefined
    : `${from} may not import ${layer} (${to}${kind === 'type' ? '' : ', as a value'})`
}

const packageFault = ({ path, kind }: Import): string | undefined => {
  if (path.startsWith('node:')) return
  if (!packages.includes(path)) return `imports the package ${path}`
  return kind === 'value' ? `imports ${path} at start-up; import it where it is used` : undefined
}

const importFault = (file: string, found: Import): string | undefined => {
  if (found.path === '(computed)') return 'imports a path that only a run can tell'
  if (isRelative(found.path)) return localFault(file, found)
  return file.startsWith('suites/') ? `imports ${found.path}: suites are data` : packageFault(found)
}

const codeFaults = (file: string, code: string): readonly string[] => {
  const faults: string[] = []
  const inLib = file.startsWith('lib/')
  if (inLib && /\bexport\s+default\b|\bas\s+default\b/u.test(code)) faults.push('exports a default')
  for (const [, name] of code.matchAll(
    /(?<![.\w])class\b(?:\s+(?!extends\b)(\w+))?\s*(?:extends|\{)/gu,
  ))
    if (!name?.endsWith('Error')) faults.push(`has the class ${name ?? 'without a name'}`)
  if (/^(?:export )?(?:let|var)\b/mu.test(code)) faults.push('has a variable at module level')
  if (/^(?:export )?const \w+[^=\n]*= (?:new \w*(?:Map|Set)\b[^\n(]*\(\)|\[\]$)/mu.test(code))
    faults.push('has a collection at module level that only changing can fill')
  if (layerOf(file) === 'model' && /^(?:export )?(?:const|function|async|class)\b/mu.test(code))
    faults.push('has behaviour; the model has none')
  return faults
}

const shapeFaults = (file: string, source: string): readonly string[] => {
  const faults: string[] = []
  const lines = source.split('\n').length - 1
  const exempt = longFiles[file] !== undefined
  if (file.startsWith('lib/') && lines > 300 && !exempt) faults.push(`is ${lines} lines long`)
  if (exempt && lines <= 300) faults.push('is listed as long and is not')
  if (/(?:^|\/)utils?\//u.test(file)) faults.push('stands in a folder that says nothing')
  return faults
}

/** Every cycle once, as the path that closes it. */
const cyclesIn = (graph: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return cycles
}

/** Each departure from the house plan, as `file: what is wrong`. */
const faultsIn = (sources: Sources): readonly string[] => {
  const faults: string[] = []
  const graph = new Map<string, readonly string[]>()
  for (const [file, source] of sources) {
    const say = (fault: string | undefined): void => {
      if (fault !== undefined) faults.push(`${file}: ${fault}`)
    }
    shapeFaults(file, isTest(file) ? '' : source).forEach(say)
    if (isTest(file)) continue
    const masked = mask(source)
    const imports = importsOf(masked)
    for (const found of imports) say(importFault(file, found))
    codeFaults(file, masked.code).forEach(say)
    const local = imports.filter(({ path }) => isRelative(path))
    graph.set(
      file,
      local.map(({ path }) => resolve(file, path)),
    )
  }
  return [...faults, ...cyclesIn(graph)]
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const sourcesBelow = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesBelow(path)
    return path.endsWith('.ts') ? [[path, readFileSync(join(root, path), 'utf8')] as const] : []
  })

test('lib and suites keep to the house plan', () => {
  const sources = new Map([...sourcesBelow('lib'), ...sourcesBelow('suites')])
  assert.ok(sources.size > 10, 'the sources were found')
  assert.deepEqual(faultsIn(sources), [])
  assert.deepEqual(
    Object.keys(longFiles).filter((file) => !sources.has(file)),
    [],
    'every file listed as long exists',
  )
})

test('the layers of the plan are the folders of lib', () => {
  const folders = readdirSync(join(root, 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  assert.deepEqual(
    folders.filter((name) => !layers.includes(name) && narrower[name] === undefined),
    [],
  )
})

test('what coverage leaves out holds no behaviour', () => {
  const { exclude } = JSON.parse(readFileSync(join(root, '.c8rc.json'), 'utf8'))
  assert.deepEqual(exclude, ['**/*.test.*', '**/fixtures/**', '**/fixtures.ts', 'lib/model/**'])
})

test('the package depends on nothing but undici', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.deepEqual(Object.keys(manifest.dependencies), packages)
  for (const other of ['peerDependencies', 'optionalDependencies', 'bundleDependencies'])
    assert.equal(manifest[other], undefined)
})

const check = (files: Readonly<Record<string, string>>): readonly string[] =>
  faultsIn(new Map(Object.entries(files)))

const refused: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'an import against the direction': [
    { 'lib/text/a.ts': "import { b } from '../engine/b.ts'\n" },
    /^lib\/text\/a\.ts: text may not import engine \(lib\/engine\/b\.ts, as a value\)$/u,
  ],
  'a type imported against the direction': [
    { 'lib/model/a.ts': "import type { B } from '../text/b.ts'\n" },
    /model may not import text/u,
  ],
  'an export from a layer above': [
    { 'lib/text/a.ts': "export {\n  b,\n  c,\n} from '../cli/b.ts'\n" },
    /text may not import cli/u,
  ],
  'a dynamic import against the direction': [
    { 'lib/checks/a.ts': "const load = () => import('../engine/b.ts')\n" },
    /checks may not import engine/u,
  ],
  'a path computed at run time': [
    { 'lib/cli/a.ts': 'const load = (path: string) => import(path)\n' },
    /only a run can tell/u,
  ],
  'a reporter that knows the engine': [
    { 'lib/reporters/a.ts': "import { b } from '../engine/b.ts'\n" },
    /reporters may not import engine/u,
  ],
  'a reference server that shares the credentials code': [
    { 'lib/reference/a.ts': "import { b } from '../credentials/b.ts'\n" },
    /reference may not import credentials/u,
  ],
  'an engine that knows the reference server': [
    { 'lib/engine/a.ts': "import { b } from '../reference/b.ts'\n" },
    /engine may not import reference/u,
  ],
  'an engine that knows the suites': [
    { 'lib/engine/a.ts': "import { b } from '../../suites/index.ts'\n" },
    /engine may not import suites/u,
  ],
  'a suite that imports a value of the model': [
    { 'suites/a.ts': "import { b } from '../lib/model/b.ts'\n" },
    /suites may not import model .*as a value/u,
  ],
  'a suite that imports another layer': [
    { 'suites/a.ts': "import type { b } from '../lib/text/b.ts'\n" },
    /suites may not import text/u,
  ],
  'a suite that imports a module of node': [
    { 'suites/a.ts': "import { join } from 'node:path'\n" },
    /suites are data/u,
  ],
  'a second package': [{ 'lib/cli/a.ts': "import 'left-pad'\n" }, /imports the package left-pad/u],
  'undici at start-up': [
    { 'lib/transport/a.ts': "import { request } from 'undici'\n" },
    /imports undici at start-up/u,
  ],
  'an import of a test': [
    { 'lib/text/a.ts': "import { b } from './b.test.ts'\n" },
    /imports the test/u,
  ],
  'an import of what only tests use': [
    { 'lib/text/a.ts': "import { b } from './fixtures/b.ts'\n" },
    /imports the test/u,
  ],
  'a cycle, types included': [
    {
      'lib/text/a.ts': "import { b } from './b.ts'\n",
      'lib/text/b.ts': "import type { A } from './c.ts'\n",
      'lib/text/c.ts': "import { a } from './a.ts'\n",
    },
    /^lib\/text\/a\.ts → lib\/text\/b\.ts → lib\/text\/c\.ts → lib\/text\/a\.ts$/u,
  ],
  'a default export': [{ 'lib/text/a.ts': 'export default 1\n' }, /exports a default/u],
  'a class': [{ 'lib/text/a.ts': 'export class Parser {\n}\n' }, /has the class Parser/u],
  'a class without a name': [
    { 'lib/text/a.ts': 'const a = class extends Map {}\n' },
    /has the class without a name/u,
  ],
  'a variable at module level': [
    { 'lib/text/a.ts': 'let count = 0\n' },
    /has a variable at module level/u,
  ],
  'a cache at module level': [
    { 'lib/text/a.ts': 'const seen = new Map<string, number>()\n' },
    /has a collection at module level/u,
  ],
  'behaviour in the model': [{ 'lib/model/a.ts': 'export const a = () => 1\n' }, /has behaviour/u],
  'a long file': [{ 'lib/text/a.ts': 'x\n'.repeat(301) }, /is 301 lines long/u],
  'a file that stopped being long': [{ 'lib/model/case.ts': '' }, /is listed as long and is not/u],
  'a folder that says nothing': [{ 'lib/utils/a.ts': '' }, /folder that says nothing/u],
}

for (const [title, [files, wanted]] of Object.entries(refused))
  test(`the checker refuses ${title}`, () => {
    const faults = check(files)
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0] ?? '', wanted)
  })

test('the checker leaves alone what only looks like a fault', () => {
  const faults = check({
    'lib/cli/a.ts': [
      "import { suites } from '../../suites/index.ts'",
      "import { start } from '../reference/index.ts'",
      "import type { Agent } from 'undici'",
      "const load = () => import('undici')",
      "// import { x } from '../nowhere/x.ts'",
      '/* export default 1',
      "let block = 'comment' */",
      'const shown = "import { y } from \'left-pad\'"',
      "const quote = /['\"`]/u.test('let a')",
      'const half = shown.length / 2 / 1 // class Half {',
      `const template = \`\${[1].map((n) => \`\${n} class Inner {\`)} import 'left-pad'\``,
      'export class UsageError extends Error {}',
      'const known: ReadonlySet<string> = new Set([shown])',
      'export const from = (text: string) => text',
      '',
    ].join('\n'),
    'lib/index.ts': "export { suites } from '../suites/index.ts'\n",
    'lib/reporters/a.ts': "import { b } from '../text/b.ts'\n",
    'suites/index.ts': "import type { Suite } from '../lib/model/case.ts'\n",
    'lib/text/a.test.ts': "import { run } from '../engine/run.ts'\n",
  })
  assert.deepEqual(faults, [])
})
