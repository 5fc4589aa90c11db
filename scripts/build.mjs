// Compiles lib and suites into dist. It compiles beside dist and swaps, so that a failed build
// leaves the old one whole and no file of a deleted module survives.
// `--if-possible` (for `prepare`) succeeds without typescript: an npm install that fails half-way
// leaves a broken npx cache behind.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const fresh = join(root, 'node_modules', '.cache', `build-${process.pid}`)

const compiler = () => {
  try {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
    return join(dirname(manifest), 'bin', 'tsc')
  } catch {
    return undefined
  }
}

const dataFilesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return dataFilesBelow(path)
    return entry.name.endsWith('.json') ? [path] : []
  })

const build = (tsc) => {
  mkdirSync(fresh, { recursive: true })
  const run = spawnSync(
    process.execPath,
    [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh],
    { cwd: root, stdio: 'inherit' },
  )
  if (run.status !== 0) return run.status ?? 1
  for (const path of ['lib', 'suites'].flatMap(dataFilesBelow))
    cpSync(join(root, path), join(fresh, path))
  rmSync(dist, { recursive: true, force: true })
  try {
    renameSync(fresh, dist)
  } catch {
    // node_modules may be a link to another disk, across which nothing can be renamed.
    cpSync(fresh, dist, { recursive: true })
  }
  return 0
}

const tsc = compiler()
if (tsc) {
  try {
    process.exitCode = build(tsc)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
} else {
  const say = 'not built: typescript is not installed here.'
  if (process.argv.includes('--if-possible')) {
    if (!existsSync(dist)) console.log(`${say} Run \`npm ci\` with development dependencies.`)
  } else {
    console.error(say)
    process.exitCode = 1
  }
}
