// `npm test`: everything that guards what lands, in order. A step's output is shown in full only
// where it failed, a failed step does not hide the later ones, and the end sums up all test steps
// in the words of node's test runner.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tool = (...path) => [process.execPath, join(root, 'node_modules', ...path)]
const script = (name, ...rest) => [process.execPath, join(root, 'scripts', name), ...rest]

// These need other servers or much time, and have scripts of their own.
const apart = ['bench', 'browser', 'interop']
const holdsTests = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).some((name) => name !== 'node_modules' && holdsTests(join(path, name)))
    : path.endsWith('.test.ts')
const crossing = readdirSync(join(root, 'test'))
  .filter((name) => !apart.includes(name) && holdsTests(join(root, 'test', name)))
  .sort()
// A folder of its own: two gates at once would otherwise empty each other's coverage data.
const coverageData = mkdtempSync(join(tmpdir(), 'conformance-coverage-'))
process.on('exit', () => rmSync(coverageData, { recursive: true, force: true }))
// The proof starts hundreds of servers, which takes a slow machine its time.
const endless = '--test-timeout=2400000'

const steps = [
  { title: 'types', command: [...tool('typescript', 'bin', 'tsc'), '--noEmit'] },
  {
    title: 'lint',
    command: [...tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  { title: 'build', command: script('build.mjs') },
  {
    title: 'unit tests with coverage (lib)',
    command: [
      ...tool('c8', 'bin', 'c8.js'),
      `--temp-directory=${coverageData}`,
      ...script('test.mjs', 'lib', endless),
    ],
    tests: true,
  },
  ...crossing.map((name) => ({
    title: `test/${name}`,
    command: script('test.mjs', join('test', name), endless),
    tests: true,
  })),
]

const running = { child: undefined, output: '' }

const run = (command) =>
  new Promise((resolve) => {
    const [program, ...rest] = command
    running.output = ''
    running.child = spawn(program, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [running.child.stdout, running.child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        running.output += text
      })
    running.child.on('close', (code) => resolve(code ?? 1))
  })

const kinds = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo']
const totals = Object.fromEntries(kinds.map((kind) => [kind, 0]))

// The last occurrence counts: a test's own output may hold a runner's summary too.
const countOf = (kind, output) =>
  Number([...output.matchAll(new RegExp(`^ℹ ${kind} (\\d+)$`, 'gmu'))].at(-1)?.[1] ?? 0)

const tell = (output) => {
  for (const kind of kinds) totals[kind] += countOf(kind, output)
  console.log(kinds.map((kind) => `${kind} ${countOf(kind, output)}`).join(' · '))
  const coverage = output.split('\n').filter((line) => /^(All files|File) +\|/u.test(line))
  if (coverage.length > 0) console.log(coverage.join('\n'))
}

// A gate that is cancelled from outside must say where it hung.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    console.log(`${running.output}\nstopped by ${signal}`)
    running.child?.kill(signal)
    process.exit(130)
  })

if (!existsSync(join(root, 'node_modules'))) {
  console.error('Nothing is installed: run `npm ci` first.')
  process.exit(1)
}

const failed = []
for (const { title, command, tests } of steps) {
  const started = performance.now()
  console.log(`\n== ${title}`)
  const code = await run(command)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (code !== 0) console.log(running.output)
  if (tests) tell(running.output)
  console.log(`-- ${code === 0 ? 'ok' : `FAILED (exit ${code})`} · ${title} · ${seconds} s`)
  if (code !== 0) failed.push(title)
}
console.log(`\n${kinds.map((kind) => `ℹ ${kind} ${totals[kind]}`).join('\n')}`)
console.log(
  failed.length === 0
    ? `\nThe gate is open: ${steps.length} steps passed.`
    : `\nThe gate is closed: ${failed.join(', ')} failed.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
