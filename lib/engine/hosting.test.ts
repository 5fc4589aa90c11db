// Runs that host the key set: who fetches it, who does not, and what is left where it was hosted.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { suites } from '../../suites/index.ts'
import type { Supplied } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { type BearerReference, type ReferenceOptions, startReference } from '../reference/start.ts'
import { createAuthority } from '../x509/authority.ts'
import type { HostedAt } from './hosting.ts'
import { runConformance } from './index.ts'
import { inputFor, type RunChange } from './servers.test.support.ts'

const onKeys = suites.filter(({ id }) => id.startsWith('jwks-'))

const start = async (
  t: TestContext,
  more: Pick<ReferenceOptions, 'mutant' | 'keyAuthority'> = {},
): Promise<BearerReference> => {
  const server = await startReference({
    system: 'bearer',
    keyCooldown: 80,
    keyTimeout: 300,
    keyLifetime: { least: 100 },
    ...more,
  })
  t.after(() => server.close())
  return server
}

/** Stands between the target and the tool, and keeps a log of its own. */
interface Relay {
  readonly url: URL
  readonly log: string[]
  /** Where the tool listens, once that is known. */
  readonly leadTo: (url: string) => void
  readonly close: () => void
}

const relay = async (t: TestContext): Promise<Relay> => {
  const log: string[] = []
  let to = ''
  const server: Server = createServer(async (request, response) => {
    log.push(`${request.method} ${request.url}`)
    try {
      const answer = await fetch(to, { redirect: 'manual' })
      const body = Buffer.from(await answer.arrayBuffer())
      const control = answer.headers.get('cache-control') ?? ''
      response.writeHead(answer.status, { 'Cache-Control': control, Connection: 'close' })
      response.end(body)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  t.after(close)
  const { port } = server.address() as AddressInfo
  const leadTo = (url: string): void => {
    to = url
  }
  return { url: new URL(`http://127.0.0.1:${port}/keys`), log, leadTo, close }
}

interface Way extends RunChange {
  readonly at: HostedAt
}

/** What the server wants of a token besides a signature. */
const hostedFor = ({ issuer, audience }: BearerReference): NonNullable<Supplied['hosted']> => ({
  alg: 'ES256',
  issuer,
  audience,
  claims: { sub: 'demo-user', scope: 'read' },
})

const judge = (server: BearerReference, { at, ...change }: Way): Promise<Report> => {
  const input = inputFor(
    {
      url: new URL(server.url),
      supplied: { accounts: {}, tokens: {}, hosted: hostedFor(server) },
    },
    { suites: onKeys, ...change, options: { keyRefresh: 2, ...change.options } },
  )
  const { on } = change
  return runConformance({ ...input, hosted: at, ...(on === undefined ? {} : { on }) })
}

/** A free port of this machine; somebody else may take it, but hardly within the moment. */
const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const throughRelay = async (
  t: TestContext,
  server: BearerReference,
  only: readonly string[],
  on?: (relay: Relay) => RunChange['on'],
): Promise<{ readonly report: Report; readonly relay: Relay }> => {
  const between = await relay(t)
  const port = await freePort()
  between.leadTo(`http://127.0.0.1:${port}/own.json`)
  const ready = (): void => server.fetchKeysFrom(between.url.href)
  const watch = on?.(between)
  const input = inputFor(
    {
      url: new URL(server.url),
      supplied: { accounts: {}, tokens: {}, hosted: hostedFor(server) },
    },
    {
      suites: onKeys,
      options: { keyRefresh: 2, only },
    },
  )
  const report = await runConformance({
    ...input,
    listen: { host: '127.0.0.1', port },
    hosted: { path: '/own.json', url: between.url, ready },
    ...(watch === undefined ? {} : { on: watch }),
  })
  return { report, relay: between }
}

const verdicts = ({ results }: Report): readonly (string | undefined)[][] =>
  results.map(({ id, verdict, reason }: ReportResult) => [id, verdict, reason?.code])

for (const [mutant, only] of [
  [undefined, 'jwks-new-key-used'],
  [undefined, 'jwks-unknown-kids-bounded'],
  ['keyset-fetched-per-request', 'jwks-fetched-once'],
] as const) {
  test(`fetches are counted as a log between the two does: ${only}, ${mutant ?? 'conforming'}`, async (t) => {
    const server = await start(t, mutant === undefined ? {} : { mutant })
    const { report, relay: between } = await throughRelay(t, server, [only])
    assert.equal(report.keySet?.where, between.url.href)
    assert.equal(report.keySet?.fetches, between.log.length)
    assert.ok(between.log.length > 1)
    const wanted = mutant === undefined ? 'pass' : 'warn'
    assert.deepEqual(verdicts(report), [[only, wanted, undefined]])
  })
}

const onChannel = ['jwks-channel']

test('by http nothing is said about https, and the option is named that would let it', async (t) => {
  const server = await start(t)
  const report = await judge(server, {
    at: { ready: server.fetchKeysFrom },
    options: { only: onChannel },
  })
  assert.ok(report.results.length > 0)
  for (const { id, verdict, reason } of report.results) {
    assert.equal(verdict, 'skip', id)
    assert.equal(reason?.option, '--jwks-authority FILE', id)
  }
})

test('by https the set is fetched from us, and what is spoilt about it is told apart', async (t) => {
  const authority = createAuthority('test')
  const found = async (mutant?: string): Promise<Report> => {
    const server = await start(t, {
      keyAuthority: authority.pem,
      ...(mutant === undefined ? {} : { mutant }),
    })
    const at = { ready: server.fetchKeysFrom, authority }
    return judge(server, { at, options: { only: onChannel } })
  }
  const right = await found()
  assert.match(right.keySet?.where ?? '', /^https:\/\/127\.0\.0\.1:/)
  assert.ok(right.target.capabilities.includes('hosted-jwks-https'))
  assert.ok(right.results.every(({ verdict }) => verdict === 'pass'))
  const lax = await found('keyset-certificate-of-any-name')
  assert.deepEqual(
    verdicts(lax).filter(([, verdict]) => verdict !== 'pass'),
    [['jwks-other-host-refused', 'fail', undefined]],
  )
  assert.doesNotMatch(JSON.stringify([right, lax]), /PRIVATE KEY/)
})

for (const [way, change, hint] of [
  [
    'another path',
    (url: string) => `${url}/more`,
    /^It asks for another path: its URL has to be https:/,
  ],
  [
    'http',
    (url: string) => url.replace(/^https:/, 'http:'),
    /^It comes without TLS: its URL has to be https:/,
  ],
] as const) {
  test(`a target that comes by ${way} is told so`, async (t) => {
    const authority = createAuthority('test')
    const server = await start(t, { keyAuthority: authority.pem })
    const at = { authority, ready: (url: string) => server.fetchKeysFrom(change(url)) }
    const report = await judge(server, { at, options: { keyRefresh: 1 } })
    assert.match(
      report.preflight[0]?.say ?? '',
      /has come for the key set .* and has not fetched it/,
    )
    assert.match(report.preflight[0]?.hint ?? '', hint)
  })
}

test('where a redirect leads is not asked of a target that reads the set through another', async (t) => {
  const server = await start(t)
  const { report } = await throughRelay(t, server, [
    'jwks-redirected-away-refused',
    'jwks-new-key-used',
  ])
  const [skipped] = report.results.filter(({ id }) => id === 'jwks-redirected-away-refused')
  assert.equal(skipped?.verdict, 'skip')
  assert.match(skipped?.reason?.say ?? '', /at the listener itself/)
})

test('a target that does not trust the authority is told so as one that fetches nothing', async (t) => {
  const server = await start(t)
  const at = { ready: server.fetchKeysFrom, authority: createAuthority('stranger') }
  const report = await judge(server, { at, options: { keyRefresh: 1 } })
  assert.deepEqual(report.results, [])
  assert.match(report.preflight[0]?.say ?? '', /has come for the key set .* and has not fetched it/)
  assert.match(report.preflight[0]?.hint ?? '', /trust/)
})

test('a target that never fetches is told so in one sentence, and nothing is judged', async (t) => {
  const server = await start(t)
  const report = await judge(server, { at: {}, options: { keyRefresh: 1 } })
  assert.deepEqual(report.results, [])
  assert.equal(report.verdict, 'could-not-judge')
  const [finding, ...more] = report.preflight
  assert.deepEqual(more, [])
  assert.equal(finding?.say, 'The server has not fetched the key set within 1 s.')
  assert.match(finding?.hint ?? '', /^Point its JWKS URL at http:\/\/127\.0\.0\.1:\d+\//)
  assert.equal(report.keySet?.fetches, 0)
})

test('a target that fetches and refuses is told what to look at', async (t) => {
  const server = await start(t)
  const input = inputFor(
    {
      url: new URL(server.url),
      supplied: {
        accounts: {},
        tokens: {},
        hosted: { ...hostedFor(server), issuer: 'https://another.test/' },
      },
    },
    { suites: onKeys, options: { keyRefresh: 1 } },
  )
  const report = await runConformance({ ...input, hosted: { ready: server.fetchKeysFrom } })
  assert.deepEqual(report.results, [])
  assert.match(report.preflight[0]?.say ?? '', /has fetched the key set .*, but refuses/)
  assert.match(report.preflight[0]?.hint ?? '', /ES256.*--issuer/)
})

test('a target that loses us in mid-run is blamed for nothing', async (t) => {
  const server = await start(t)
  let cut = false
  const only = ['jwks-new-key-used', 'jwks-html-refused', 'jwks-use-enc-refused']
  const { report } = await throughRelay(t, server, only, (between) => (event) => {
    if (event.type !== 'result' || cut) return
    cut = true
    between.close()
  })
  const [first, ...rest] = report.results
  assert.equal(first?.verdict, 'pass')
  assert.ok(rest.length > 1)
  for (const { id, verdict, reason } of rest) {
    assert.equal(verdict, 'inconclusive', id)
    assert.match(reason?.code ?? '', /^(?:not-fetched|keys-not-recovered)$/, id)
  }
})

test('a file is written for each case and is afterwards as it was before', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'jwks.json')
  writeFileSync(file, '{"keys":[]}')
  const reader = createServer((_, response) => {
    response.writeHead(200, { 'Cache-Control': 'max-age=0' })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => reader.listen(0, '127.0.0.1', resolve))
  t.after(() => reader.close())
  const { port } = reader.address() as AddressInfo
  const server = await start(t)
  server.fetchKeysFrom(`http://127.0.0.1:${port}/`)
  const only = ['jwks-new-key-used', 'jwks-use-enc-refused', 'jwks-fetched-once']
  const report = await judge(server, { at: { file }, options: { only } })
  assert.deepEqual(
    [...verdicts(report)].sort(),
    [
      ['jwks-fetched-once', 'skip', 'not-supplied'],
      ['jwks-new-key-used', 'pass', undefined],
      ['jwks-use-enc-refused', 'pass', undefined],
    ].sort(),
  )
  assert.equal(readFileSync(file, 'utf8'), '{"keys":[]}')
  assert.equal(report.keySet?.where, file)
  assert.ok(!('fetches' in (report.keySet ?? {})))
})

test('an interrupted run leaves the file as it was before, or none where there was none', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'jwks.json')
  const server = await start(t)
  const controller = new AbortController()
  const report = await judge(server, {
    at: { file },
    signal: controller.signal,
    on: (event) => {
      if (event.type === 'exchange') controller.abort()
    },
  })
  assert.ok(report.interrupted)
  assert.throws(() => readFileSync(file), { code: 'ENOENT' })
})

test('an address that cannot be had ends the run in one sentence', async (t) => {
  const server = await start(t)
  const taken = await relay(t)
  const input = inputFor(
    { url: new URL(server.url), supplied: { accounts: {}, tokens: {}, hosted: {} } },
    { suites: onKeys },
  )
  const listen = { host: '127.0.0.1', port: Number(taken.url.port) }
  const report = await runConformance({ ...input, listen, hosted: {} })
  assert.deepEqual(report.results, [])
  assert.match(report.preflight[0]?.say ?? '', /^The key set cannot be served: .*EADDRINUSE/)
})

/** Stands before the target and lets only ES256 through: other tokens lead to no fetch. */
const onlyEs256 = async (t: TestContext, url: string, refusal: 401 | 500): Promise<string> => {
  const gate = createServer(async (request, response) => {
    const given = request.headers.authorization ?? ''
    const [header = ''] = given.replace(/^Bearer /, '').split('.')
    const foreign = given !== '' && !Buffer.from(header, 'base64url').includes('"ES256"')
    const headers = foreign || given === '' ? {} : { authorization: given }
    const answer = await fetch(url, { headers })
    const status = foreign ? refusal : answer.status
    const type = answer.headers.get('content-type') ?? ''
    response.writeHead(status, { 'Content-Type': type, Connection: 'close' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    gate.close()
    gate.closeAllConnections()
  })
  return `http://127.0.0.1:${(gate.address() as AddressInfo).port}/protected`
}

for (const refusal of [401, 500] as const) {
  test(`a target that reads no key for another algorithm (${refusal}) is asked for it once`, async (t) => {
    const server = await start(t)
    const url = new URL(await onlyEs256(t, server.url, refusal))
    const only = ['jwks-alg-of-key-honoured', 'jwks-rsa-1024-refused', 'jwks-use-enc-refused']
    const input = inputFor(
      { url, supplied: { accounts: {}, tokens: {}, hosted: hostedFor(server) } },
      { suites: onKeys, options: { keyRefresh: 1, only } },
    )
    const report = await runConformance({ ...input, hosted: { ready: server.fetchKeysFrom } })
    assert.deepEqual(
      report.results.map(({ id, verdict, reason, attempts }) => [
        id,
        verdict,
        reason?.code,
        attempts,
      ]),
      [
        ['jwks-use-enc-refused', 'pass', undefined, 1],
        ['jwks-alg-of-key-honoured', 'skip', 'does-not-apply', 1],
        ['jwks-rsa-1024-refused', 'skip', 'does-not-apply', 0],
      ],
    )
  })
}
