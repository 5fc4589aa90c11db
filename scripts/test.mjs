// Runs every test file below the given folders or files. Node 20's --test does not expand quoted
// globs, and a gate must never go green because a pattern matched nothing.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const roots = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'))

const below = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => (name === 'node_modules' ? [] : below(join(path, name))))
    : [path]
const files = roots.flatMap((root) =>
  statSync(root).isDirectory() ? below(root).filter((file) => file.endsWith('.test.ts')) : [root],
)
if (files.length === 0) {
  console.error(`No test files below ${roots.join(', ')}.`)
  process.exit(1)
}
const run = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', ...flags, ...files.sort()],
  { stdio: 'inherit' },
)
process.exit(run.status ?? 1)
