// Runs that end early: interrupted, out of time, or before anything could be asked.
import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import type { Report } from '../../lib/model/report.ts'
import { reportShape } from '../../lib/notation/report-shape.ts'
import { validate } from '../../lib/notation/validate.ts'
import {
  granted,
  isAlice,
  refused,
  run,
  runAgainst,
  serveWith,
  suppliedAlice,
  verdictsOf,
  withVerdict,
} from './servers.ts'

const undisturbed: Promise<Report> = runAgainst().then(({ report }) => report)

const isOver = (sockets: ReadonlySet<Socket>): Promise<boolean> =>
  new Promise((resolve) => {
    // The client has closed its ends; ours follow as soon as the events have been read.
    const since = Date.now()
    const look = (): void => {
      if (sockets.size === 0 || Date.now() - since > 1000) resolve(sockets.size === 0)
      else setImmediate(look)
    }
    look()
  })

for (const after of [3, 8, 40, 150]) {
  test(`interrupted after ${after} exchanges, a run reports what it has judged`, async () => {
    const stop = new AbortController()
    let count = 0
    const { report } = await runAgainst({
      signal: stop.signal,
      on: (event) => {
        count += event.type === 'exchange' ? 1 : 0
        if (count === after) stop.abort()
      },
    })
    assert.equal(report.interrupted, true)
    assert.deepEqual(validate(reportShape, JSON.parse(JSON.stringify(report))), [])
    assert.ok(report.requests <= after + 2, `${report.requests} requests`)
    assert.equal(report.summary.fail + report.summary.warn + report.summary.broken, 0)
    assert.equal(report.verdict, 'could-not-judge')
    const plain = verdictsOf(await undisturbed)
    for (const each of withVerdict(report, 'pass')) {
      if (each.attempts === 1) assert.equal(plain[each.id], 'pass', each.id)
    }
    for (const each of withVerdict(report, 'inconclusive')) {
      assert.equal(each.reason?.code, 'interrupted', each.id)
    }
    if (after < 8) return
    // Every case is in the report, judged or not.
    assert.deepEqual(Object.keys(verdictsOf(report)).sort(), Object.keys(plain).sort())
    assert.equal(report.headlines.length, 1)
    assert.equal(report.headlines[0]?.code, 'interrupted')
  })
}

test('an interruption while the server is silent ends the exchange at once, and blames nobody', async (t) => {
  const stop = new AbortController()
  const sockets = new Set<Socket>()
  let count = 0
  const url = await serveWith(
    t,
    (head) => {
      count += 1
      if (count < 20) return isAlice(head) ? granted() : refused()
      setTimeout(() => stop.abort(), 50)
      return undefined
    },
    sockets,
  )
  const since = Date.now()
  const { report } = await run({ url, supplied: suppliedAlice }, { signal: stop.signal })
  assert.ok(Date.now() - since < 3000, `${Date.now() - since} ms`)
  assert.equal(report.interrupted, true)
  assert.equal(report.summary.fail + report.summary.warn + report.summary.broken, 0)
  assert.ok(await isOver(sockets), 'a socket was left open')
})

test('an interruption before the first request sends nothing', async () => {
  const stop = new AbortController()
  stop.abort()
  const { report } = await runAgainst({ signal: stop.signal })
  assert.equal(report.interrupted, true)
  assert.equal(report.requests, 0)
  assert.equal(report.verdict, 'could-not-judge')
  assert.match(report.say, /interrupted/)
})

test('a run that reaches its time limit reports what it has judged', async () => {
  const { report } = await runAgainst({
    mutant: 'slow-refusals',
    refusalDelay: 20,
    options: { runLimitMs: 400 },
  })
  assert.equal(report.interrupted, false)
  assert.equal(report.verdict, 'could-not-judge')
  assert.ok(report.summary.pass > 0)
  for (const each of withVerdict(report, 'inconclusive')) {
    assert.equal(each.reason?.code, 'out-of-time', each.id)
  }
  assert.deepEqual(
    Object.keys(verdictsOf(report)).sort(),
    Object.keys(verdictsOf(await undisturbed)).sort(),
  )
})

test('after a run no socket is left', async (t) => {
  const sockets = new Set<Socket>()
  const url = await serveWith(t, (head) => (isAlice(head) ? granted() : refused()), sockets)
  await run({ url, supplied: suppliedAlice })
  assert.ok(await isOver(sockets))
})

test('a port where nobody listens is said in one sentence and no credentials are tried', async () => {
  // A port that was free a moment ago; 1 would do as well and might be filtered.
  for (const port of [1, await freePort()]) {
    const since = Date.now()
    const url = new URL(`http://127.0.0.1:${port}/`)
    const { report } = await run({ url, supplied: suppliedAlice })
    assert.ok(Date.now() - since < 2000, `${Date.now() - since} ms`)
    assert.equal(report.verdict, 'could-not-judge')
    assert.match(
      report.say,
      /^could not judge: 127\.0\.0\.1:\d+ could not be asked: \S+ refused the connection\.$/,
    )
    const [only, ...others] = report.preflight
    assert.equal(others.length, 0)
    assert.equal(only?.id, 'reachable')
    assert.match(only?.hint ?? '', /port in --target/)
    assert.deepEqual(validate(reportShape, JSON.parse(JSON.stringify(report))), [])
  }
})

test('what is no HTTP is a finding, whatever it is', async (t) => {
  const speeches = ['SSH-2.0-OpenSSH_9.2\r\n', '\x15\x03\x03\x00\x02\x02\x28', '\r\n', '{}']
  for (const speech of speeches) {
    const url = await serveWith(t, () => speech, new Set())
    const { report } = await run({ url, supplied: suppliedAlice }, { options: { timeoutMs: 300 } })
    assert.equal(report.verdict, 'could-not-judge', speech)
    assert.match(report.say, /could not be asked/)
    assert.equal(report.results.length, 0)
  }
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
