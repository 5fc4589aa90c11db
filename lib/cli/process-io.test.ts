// What only a process of its own can show: streams, signals, exit codes.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deferred, withFolder } from './fake.test.support.ts'
import { askHidden } from './process-io.ts'

const program = fileURLToPath(new URL('./process.test.support.ts', import.meta.url))

const begin = (words: readonly string[], environment: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => void child.once('close', resolve))

const textOf = (stream: NodeJS.ReadableStream | null): { text: string } => {
  const kept = { text: '' }
  stream?.on('data', (chunk) => {
    kept.text += String(chunk)
  })
  return kept
}

test('reads its own environment and ends with its exit code', async () => {
  const child = begin([], { CONFORMANCE_TARGET: 'ftp://example.test' })
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)]
  assert.equal(await ended(child), 2)
  assert.equal(out.text, '')
  assert.equal(
    err.text,
    'conformance: CONFORMANCE_TARGET is not a URL that begins with https:// or http://.\n',
  )
})

test('a reader that leaves early is no mistake', async () => {
  const child = begin(['export'])
  const err = textOf(child.stderr)
  child.stdout?.once('data', () => child.stdout?.destroy())
  assert.equal(await ended(child), 0)
  assert.equal(err.text, '')
})

test('stdout gets all of a long document', async () => {
  const child = begin(['export'])
  const out = textOf(child.stdout)
  assert.equal(await ended(child), 0)
  assert.ok(JSON.parse(out.text).suites.length > 0)
})

/** A server that takes requests and never answers. */
const withMute = async (
  work: (url: string, arrived: Promise<undefined>) => Promise<void>,
): Promise<void> => {
  const arrived = deferred<undefined>()
  const sockets = new Set<{ destroy: () => void }>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => arrived.resolve(undefined))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    await work(`http://127.0.0.1:${port}/`, arrived.promise)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

test('an interruption ends the run with its report and 130', () =>
  withMute((url, arrived) =>
    withFolder(async (folder) => {
      const child = begin(['--target', url, '--out', folder])
      const out = textOf(child.stdout)
      const end = ended(child)
      await Promise.race([arrived, end])
      child.kill('SIGINT')
      assert.equal(await end, 130)
      assert.match(out.text, /interrupted/u)
      assert.equal(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).interrupted, true)
    }),
  ))

test('the answer to a question is read and not shown', async () => {
  const [input, shown] = [new PassThrough(), new PassThrough()]
  const answer = askHidden('Password of alice: ', input, shown)
  input.write('open sesame\r')
  assert.equal(await answer, 'open sesame')
  assert.equal(String(shown.read()), 'Password of alice: \n')
})
