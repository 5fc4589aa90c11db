// Runs on a server that reads its key set when it is asked to, and only then.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { suites } from '../../suites/index.ts'
import { singlestore } from '../../suites/profiles/data-api.ts'
import type { Supplied } from '../model/profile.ts'
import type { Report } from '../model/report.ts'
import { type Reference, startReference } from '../reference/start.ts'
import { planConformance } from './dry-run.ts'
import type { HostedAt } from './hosting.ts'
import { type RunInput, runConformance } from './index.ts'
import { inputFor, type RunChange } from './servers.test.support.ts'

const SETUP = 'POST /api/v2/jwks_setup'

/** Without the limits of the vendor, which ask for more patience than a test has. */
const { limits: _, ...profile } = singlestore

const start = async (t: TestContext, mutant?: string): Promise<Reference> => {
  const server = await startReference({
    system: 'singlestore',
    secure: false,
    keyTimeout: 300,
    keyCooldown: 80,
    ...(mutant === undefined ? {} : { mutant }),
  })
  t.after(() => server.close())
  return server
}

const vendorOf = ({ vendor }: Reference): NonNullable<Reference['vendor']> => {
  assert.ok(vendor)
  return vendor
}

const password = (server: Reference): string => vendorOf(server).accounts.default?.password ?? ''

/** What an operator supplies who hosts a set for it: an account, and what tokens have to claim. */
const suppliedFor = (server: Reference, more: Partial<Supplied> = {}): Supplied => {
  const { default: own = assert.fail() } = vendorOf(server).accounts
  const hosted = { alg: 'ES256', claims: { sub: 'demo-user' } }
  return { accounts: { default: own }, tokens: {}, hosted, ...more }
}

interface Way extends RunChange {
  readonly supplied?: Supplied
  readonly at?: HostedAt
  readonly journal?: RunInput['journal']
  /** In front of the server. */
  readonly url?: string
}

const judge = (server: Reference, way: Way = {}): Promise<Report> => {
  const { supplied = suppliedFor(server), at, url = server.url, journal, ...change } = way
  const input = inputFor(
    { url: new URL(url), supplied },
    { suites, ...change, profile, options: { keyRefresh: 2, ...change.options } },
  )
  const hosted = at ?? { ready: (place: string) => server.fetchKeysFrom?.(place) }
  const more = { ...(change.on && { on: change.on }), ...(journal && { journal }) }
  return runConformance({ ...input, hosted, ...more })
}

const verdicts = ({ results }: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(results.map(({ id, verdict, reason }) => [id, `${verdict} ${reason?.code}`]))

const setups = (server: Reference): number =>
  server.log.filter(({ target }) => target.endsWith('/jwks_setup')).length

const contentOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const listening = async (t: TestContext, server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/**
 * Stands before the server; `answer` gives its own status to some requests for jwks_setup, and `instead`
 * another one than the server's to all others.
 */
const gate = (
  t: TestContext,
  server: Reference,
  answer: (count: number) => number | undefined,
  instead: (status: number) => number = (status) => status,
): Promise<string> => {
  let count = 0
  const proxy = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await contentOf(request)
    const setup = url.endsWith('/jwks_setup') && method === 'POST'
    if (setup) count += 1
    const own = setup ? answer(count) : undefined
    if (own !== undefined) {
      response.writeHead(own, { Connection: 'close' }).end()
      return
    }
    const { authorization, 'content-type': type } = headers
    const answered = await fetch(`${server.url}${url}`, {
      method,
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body.length === 0 ? {} : { body }),
    })
    const fields = ['content-type', 'www-authenticate'].flatMap((name) => {
      const value = answered.headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    const status = setup ? instead(answered.status) : answered.status
    response.writeHead(status, { ...Object.fromEntries(fields), Connection: 'close' })
    response.end(Buffer.from(await answered.arrayBuffer()))
  })
  return listening(t, proxy)
}

const keyCases = ['singlestore-key-added', 'singlestore-key-removed', 'singlestore-key-unlisted']

test('the set is read after each publication, by requests that no case has sent', async (t) => {
  const server = await start(t)
  const journal: string[] = []
  const only = [...keyCases, 'jwks-fetched-once', 'jwks-removed-key-expires']
  const report = await judge(server, { options: { only }, journal: (line) => journal.push(line) })
  assert.deepEqual(verdicts(report), {
    'singlestore-key-added': 'pass undefined',
    'singlestore-key-removed': 'pass undefined',
    'singlestore-key-unlisted': 'pass undefined',
    'jwks-fetched-once': 'pass undefined',
    'jwks-removed-key-expires': 'skip does-not-apply',
  })
  // One in preflight, one before each first use of a publication, and one after each case.
  assert.equal(setups(server), 1 + 2 + 2 + 2 + 1 + 4)
  const numbers = journal
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'exchange')
    .map(({ exchange }) => exchange)
    .filter(({ request }) => JSON.stringify(request).includes('jwks_setup'))
  assert.equal(numbers.length, setups(server))
  const sent = new Set(report.results.flatMap(({ exchanges }) => exchanges))
  assert.ok(numbers.every(({ n, outcome }) => !sent.has(n) && outcome === 'granted'))
  const written = `${journal.join('')}${JSON.stringify(report)}`
  assert.ok(!written.includes(password(server)))
  const added = report.results.find(({ id }) => id === 'singlestore-key-added')
  assert.match(added?.fault ?? '', /^the hosted set has .*, read on POST \/api\/v2\/jwks_setup$/)
})

test('whoever gave no account for it is told which option does, and judged otherwise', async (t) => {
  const server = await start(t)
  const { bearer = '' } = vendorOf(server)
  const { accounts: __, ...rest } = suppliedFor(server)
  const supplied = { ...rest, accounts: {}, bearer }
  const options = { only: [...keyCases, 'jwt-alg-none'] }
  const report = await judge(server, { supplied, options })
  const [finding] = report.preflight
  const say = `The server reads its key set on request alone, which needs credentials for ${SETUP}.`
  const hint = 'Give --user NAME:PASSWORD.'
  assert.deepEqual(finding, { id: 'key-set', holds: false, say, hint })
  for (const { id, verdict, reason } of report.results) {
    const [wanted, option] = id.startsWith('jwt-')
      ? ['pass', undefined]
      : ['skip', '--user NAME:PASSWORD']
    assert.deepEqual([verdict, reason?.option], [wanted, option], id)
  }
  assert.ok(report.results.length > keyCases.length)
  assert.equal(setups(server), 0)
  const nothing = await judge(server, { supplied: { ...supplied, bearer: undefined as never } })
  assert.deepEqual(nothing.preflight, [{ id: 'key-set', holds: false, say, hint, blocks: true }])
  assert.deepEqual(nothing.results, [])
  const input = inputFor({ url: new URL(server.url), supplied }, { suites, profile, options })
  const plan = planConformance({ ...input, hosted: {} })
  const left = plan.left.filter(({ id }) => keyCases.includes(id))
  assert.deepEqual(
    left.map(({ option }) => option),
    Array(3).fill('--user NAME:PASSWORD'),
  )
})

for (const [status, hint] of [
  [401, /^Check --user/],
  [403, /^Give --user NAME:PASSWORD of a user who may/],
  [405, /^Point its JWKS URL at http:.*, and check the path in --target\.$/],
] as const) {
  test(`whoever refuses to read the set (${status}) is asked once and blamed for nothing`, async (t) => {
    const server = await start(t)
    const url = await gate(t, server, () => status)
    const only = [...keyCases, 'jwks-html-refused', 'jwt-alg-none', 'basic-password-wrong']
    const report = await judge(server, { url, options: { only } })
    const [finding, ...more] = report.preflight
    const say = `The server refuses ${SETUP} (${status}), and nothing else has it read its key set.`
    assert.equal(finding?.say, say)
    assert.match(finding?.hint ?? '', hint)
    assert.ok(more.every(({ holds }) => holds !== false))
    for (const { id, verdict, reason } of report.results) {
      if (id.startsWith('basic')) assert.equal(verdict, 'pass', id)
      else assert.deepEqual([verdict, reason?.code], ['inconclusive', 'key-refresh-refused'], id)
    }
    assert.ok(report.results.length > 4)
    assert.equal(setups(server), 0)
  })
}

test('a refusal in mid-run ends what is done with keys, and is held against nobody', async (t) => {
  const server = await start(t)
  let asked = 0
  const url = await gate(t, server, (count) => {
    asked = count
    return count > 3 ? 403 : undefined
  })
  const report = await judge(server, { url, options: { only: keyCases } })
  const { results, headlines } = report
  assert.ok(results.some(({ reason }) => reason?.code === 'key-refresh-refused'))
  for (const { id, verdict } of results) assert.ok(['pass', 'inconclusive'].includes(verdict), id)
  assert.equal(asked, 4)
  assert.ok(headlines.every(({ code }) => code === 'key-refresh-refused'))
})

test('a server that cannot read the set, or only says that it has, is told so', async (t) => {
  const server = await start(t)
  const down = await gate(t, server, () => 500)
  const failing = await judge(server, { url: down, options: { only: keyCases, keyRefresh: 1 } })
  const say = (status: number): string =>
    `The server has not fetched the key set within 1 s, although ${SETUP} asked for it (${status}).`
  assert.equal(failing.preflight[0]?.say, say(500))
  assert.match(failing.preflight[0]?.hint ?? '', /^Point its JWKS URL at http:\/\/127/)
  const idle = await start(t, 'singlestore-setup-idle')
  const lying = await judge(idle, { options: { only: keyCases, keyRefresh: 1 } })
  assert.equal(lying.preflight[0]?.say, say(200))
  for (const { results } of [failing, lying]) {
    assert.ok(results.length === 3)
    for (const each of results) assert.equal(each.reason?.code, 'not-fetched')
  }
})

test('an error now and then, or a set that comes too late, costs another request and no more', async (t) => {
  const server = await start(t)
  const url = await gate(t, server, (count) => [undefined, 500, 503, 429][count % 4])
  const report = await judge(server, { url, options: { only: keyCases } })
  assert.deepEqual(new Set(Object.values(verdicts(report))), new Set(['pass undefined']))
})

test('a server that is asked and refuses a set as it is fetched is judged by what it takes', async (t) => {
  const server = await start(t)
  // Whoever fetched the set did as it was told, and says what it thinks of what it found there.
  const say = (status: number): number => (status === 500 ? 400 : status)
  const url = await gate(t, server, () => undefined, say)
  const only = ['jwks-html-refused', 'jwks-error-keeps-keys', 'jwks-redirected-away-refused']
  const report = await judge(server, { url, options: { only } })
  assert.deepEqual(new Set(Object.values(verdicts(report))), new Set(['pass undefined']))
})

test('a token whose issuer has no key in the set lends its claims and is not sent', async (t) => {
  const server = await start(t)
  const { bearer = '', publicKeyPem = '' } = vendorOf(server)
  const hosted = {}
  const only = ['singlestore-key-added', 'bearer-scheme-case', 'jwt-issuer-foreign']
  const lent = await judge(server, {
    supplied: suppliedFor(server, { bearer, hosted }),
    options: { only },
  })
  assert.match(lent.preflight[0]?.hint ?? '', /--bearer lends its claims and is not sent/)
  assert.ok(lent.preflight.every(({ holds }) => holds !== false))
  const said = verdicts(lent)
  assert.equal(said['singlestore-key-added'], 'pass undefined')
  // What a token claims is no word of the operator for what the server expects.
  assert.equal(said['jwt-issuer-foreign'], 'skip not-supplied')
  assert.ok(!JSON.stringify(lent).includes(bearer.split('.')[2] ?? assert.fail()))
  const kept = await judge(server, {
    supplied: suppliedFor(server, { bearer, publicKey: publicKeyPem, hosted }),
    options: { only },
  })
  assert.equal(kept.preflight[0]?.hint, undefined)
  assert.deepEqual(verdicts(kept), said)
  assert.ok(kept.target.capabilities.includes('issued-token'))
})

test('a file is read on request as well, and read once more when it is as it was', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'jwks.json')
  writeFileSync(file, '{"keys":[]}')
  let last = ''
  const reader = createServer((_request, response) => {
    last = readFileSync(file, 'utf8')
    response.end(last)
  })
  const server = await start(t)
  server.fetchKeysFrom?.(await listening(t, reader))
  const only = ['singlestore-key-added', 'singlestore-key-removed']
  const report = await judge(server, { at: { file }, options: { only } })
  assert.deepEqual(new Set(Object.values(verdicts(report))), new Set(['pass undefined']))
  assert.equal(readFileSync(file, 'utf8'), '{"keys":[]}')
  assert.equal(last, '{"keys":[]}')
})

test('an interrupted run has what it began with read before it ends', async (t) => {
  const server = await start(t)
  const controller = new AbortController()
  const sets: string[] = []
  let origin = ''
  const relay = createServer(async (_request, response) => {
    const set = await (await fetch(origin)).text()
    sets.push(set)
    response.end(set)
  })
  server.fetchKeysFrom?.(await listening(t, relay))
  let exchanges = 0
  const report = await judge(server, {
    at: { ready: (url: string) => (origin = url) },
    signal: controller.signal,
    options: { only: ['singlestore-key-removed'] },
    on: (event) => {
      if (event.type !== 'exchange') return
      exchanges += 1
      // In the middle of the case, with other keys in the set.
      if (JSON.parse(sets.at(-1) ?? '{"keys":[]}').keys.length === 2 && exchanges > 12) {
        controller.abort()
      }
    },
  })
  assert.ok(report.interrupted)
  const [first, last] = [sets[0], sets.at(-1)]
  assert.ok(sets.length > 2)
  assert.notEqual(sets.at(-2), first)
  assert.equal(last, first)
})
