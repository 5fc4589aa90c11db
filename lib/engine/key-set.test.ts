// Runs that look at the key set of a server: what is asked, what is said, and what is kept of it.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { jwksPublished } from '../../suites/jwks/published.ts'
import type { Target } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { startReference } from '../reference/start.ts'
import {
  answer,
  granted,
  isAlice,
  type Ran,
  type RunChange,
  refused,
  run,
  serve,
  suppliedAlice,
  verdictsOf,
} from './servers.test.support.ts'

const published: RunChange = {
  suites: [jwksPublished],
  options: { timeoutMs: 200, only: ['jwks-published'] },
}

const json = (keys: readonly object[]): string =>
  answer('200 OK', ['Content-Type: application/json'], JSON.stringify({ keys }))

const ec = {
  kty: 'EC',
  crv: 'P-256',
  x: Buffer.alloc(32, 5).toString('base64url'),
  y: Buffer.alloc(32, 6).toString('base64url'),
  kid: 'own',
}

const resultOf = (report: Report, id: string): ReportResult => {
  const found = report.results.find((each) => each.id === id)
  assert.ok(found, id)
  return found
}

interface Site {
  readonly url: URL
  readonly asked: readonly string[]
  readonly judge: (target?: Partial<Target>, change?: RunChange) => Promise<Ran>
}

/** A server that takes Basic, and answers like that where its keys are asked for. */
const site = async (t: TestContext, keys: () => string | undefined): Promise<Site> => {
  const asked: string[] = []
  const url = await serve(t, (head) => {
    if (!head.startsWith('GET /keys ')) return isAlice(head) ? granted() : refused()
    asked.push(head)
    return keys()
  })
  const keySetUrl = new URL('/keys', url)
  return {
    url,
    asked,
    judge: (target = {}, change = {}) =>
      run({ url, keySetUrl, supplied: suppliedAlice, ...target }, { ...published, ...change }),
  }
}

const written = ({ report, journal }: Ran): string => `${JSON.stringify(report)}${journal.join('')}`

const codes = (report: Report): readonly (string | undefined)[] => [
  ...new Set(report.results.map(({ reason }) => reason?.code)),
]

test('the set is asked for without a credential, and judged', async (t) => {
  const { asked, judge } = await site(t, () => json([ec]))
  const { report } = await judge()
  assert.deepEqual(verdictsOf(report), {
    'key-set-public': 'pass',
    'key-set-well-formed': 'pass',
    'key-set-media-type': 'pass',
    'key-set-one-purpose': 'skip',
    'key-set-related-operations': 'skip',
    'key-set-kids-distinct': 'skip',
    'key-set-ec-members': 'pass',
    'key-set-rsa-members': 'skip',
    'key-set-rsa-2048': 'skip',
  })
  assert.equal(report.preflight.find(({ id }) => id === 'key-set-url')?.holds, true)
  assert.ok(report.target.capabilities.includes('key-set'))
  assert.ok(asked.length > 0)
  for (const head of asked) assert.doesNotMatch(head, /^authorization:/im)
})

test('a profile may say where it is, and then no option is needed', async (t) => {
  const { url } = await site(t, () => json([ec]))
  const operations = {
    protected: { method: 'GET', path: '/protected' },
    'key-set': { method: 'GET', path: '/keys' },
  }
  const { report } = await run(
    { url: new URL('/', url), supplied: suppliedAlice },
    { ...published, profile: { operations } },
  )
  assert.equal(resultOf(report, 'key-set-public').verdict, 'pass')
})

test('without either, the cases are skipped and name the option', async (t) => {
  const { asked, url } = await site(t, () => json([ec]))
  const { report } = await run({ url, supplied: suppliedAlice }, published)
  assert.deepEqual(asked, [])
  for (const { verdict, reason } of report.results) {
    assert.equal(verdict, 'skip')
    assert.deepEqual(reason, {
      code: 'not-supplied',
      say: 'Needs the URL of the key set that the server publishes.',
      option: '--key-set URL',
    })
  }
})

test('whoever has no credentials can have the set judged all the same', async (t) => {
  const { judge } = await site(t, () => json([{ ...ec, d: ec.x }]))
  const { report } = await judge({ supplied: { accounts: {}, tokens: {} } })
  assert.equal(resultOf(report, 'key-set-public').verdict, 'fail')
  assert.equal(resultOf(report, 'key-set-well-formed').verdict, 'pass')
})

test('a set that is not there is held against nobody, and stops nothing else', async (t) => {
  const answers = {
    missing: () => answer('404 Not Found', [], 'Nothing.'),
    closed: refused,
    crashing: () => answer('500 Internal Server Error', [], 'Oops.'),
    moved: () => answer('302 Found', ['Location: /elsewhere'], ''),
    silent: () => undefined,
  }
  for (const [name, keys] of Object.entries(answers)) {
    const { judge } = await site(t, keys)
    const nobody = { accounts: {}, tokens: {} }
    for (const supplied of name === 'missing' ? [suppliedAlice, nobody] : [suppliedAlice]) {
      const { report } = await judge({ supplied })
      assert.deepEqual(codes(report), ['control-refused'], name)
      assert.ok(
        report.results.every(({ verdict }) => verdict === 'inconclusive'),
        name,
      )
      const finding = report.preflight.find(({ id }) => id === 'key-set-url')
      assert.equal(finding?.holds, false, name)
      assert.match(finding?.say ?? '', /^The URL of the key set does not answer without/)
    }
  }
})

test('a page in its place is held against nobody', async (t) => {
  const { judge } = await site(t, () =>
    answer('200 OK', ['Content-Type: text/html'], '<!doctype html><p>All paths look like this.'),
  )
  const { report } = await judge()
  assert.equal(resultOf(report, 'key-set-well-formed').verdict, 'inconclusive')
  assert.equal(resultOf(report, 'key-set-public').verdict, 'skip')
  assert.equal(resultOf(report, 'key-set-media-type').verdict, 'skip')
})

test('a set that changes while it is looked at is judged as it comes', async (t) => {
  let turn = 0
  const { judge } = await site(t, () => {
    turn += 1
    return json(turn % 2 === 0 ? [ec] : [{ ...ec, kid: `own-${turn}`, use: 'sig' }])
  })
  const { report } = await judge()
  assert.ok(report.results.every(({ verdict }) => verdict === 'pass' || verdict === 'skip'))
})

test('a set is judged where one kind of credential is refused and another is not', async (t) => {
  const { judge } = await site(t, () => json([ec]))
  const wrong = { ...suppliedAlice, tokens: {}, bearer: 'mF_9.B5f-4.1JqM-and-more' }
  const swapped = await judge({ supplied: wrong })
  assert.equal(resultOf(swapped.report, 'key-set-public').verdict, 'pass')
  const url = await serve(t, (head) => {
    if (head.startsWith('GET /keys ')) return json([ec])
    return /^authorization: bearer mF_9.B5f-4.1JqM-and-more\r$/im.test(head) ? granted() : refused()
  })
  const { report } = await run(
    { url, keySetUrl: new URL('/keys', url), supplied: wrong },
    published,
  )
  assert.equal(resultOf(report, 'key-set-public').verdict, 'pass')
})

test('a set is judged where everybody is let in as well', async (t) => {
  const url = await serve(t, (head) =>
    head.startsWith('GET /keys ') ? json([{ ...ec, d: ec.x }]) : granted(),
  )
  const { report } = await run(
    { url, keySetUrl: new URL('/keys', url), supplied: suppliedAlice },
    { suites: [jwksPublished], profile: { declaresProtected: true } },
  )
  assert.equal(resultOf(report, 'key-set-public').verdict, 'fail')
})

/** Spellings in which a private value might be written somewhere. */
const spellings = (value: string): readonly string[] => [
  value,
  Buffer.from(value, 'base64url').toString('hex'),
  Buffer.from(value).toString('base64').slice(0, -4),
]

test('no private key that is published gets into what the tool writes', async () => {
  for (const mutant of ['key-set-private', 'key-set-private-rsa', 'key-set-secret']) {
    const server = await startReference({ system: 'bearer', mutant })
    try {
      const keySetUrl = new URL(server.jwksPath, server.url)
      const supplied = { accounts: {}, tokens: {}, bearer: server.token }
      const ran = await run({ url: new URL(server.url), keySetUrl, supplied }, published)
      const { report } = ran
      assert.equal(resultOf(report, 'key-set-public').verdict, 'fail', mutant)
      assert.equal(report.summary.broken, 0)
      const { keys } = (await (await fetch(keySetUrl)).json()) as { keys: Record<string, string>[] }
      const names = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']
      const hidden = keys.flatMap((key) => names.flatMap((name) => key[name] ?? []))
      assert.ok(hidden.length > 0)
      const text = written(ran)
      for (const each of hidden.flatMap(spellings)) assert.ok(!text.includes(each), mutant)
      // What is public is shown, so that a reader sees which key it is.
      const body = report.exchanges.find((each) => each.answer?.body?.includes('"kty"'))?.answer
        ?.body
      assert.match(body ?? '', /"(?:d|p|k)":"‹secret›"/)
    } finally {
      await server.close()
    }
  }
})

test('a short secret is taken out where it stands, and no digest depends on it', async (t) => {
  const seen: string[] = []
  for (const k of ['hunter2', 'hunter3']) {
    const { judge } = await site(t, () => json([ec, { kty: 'oct', k }]))
    const ran = await judge()
    assert.equal(resultOf(ran.report, 'key-set-public').verdict, 'fail')
    assert.ok(!written(ran).includes(k))
    const digests = ran.report.exchanges.map(({ answer: got }) => got?.digest ?? '')
    seen.push([...new Set(digests)].sort().join())
  }
  assert.equal(seen[0], seen[1])
})

test('a private key in any other answer is taken out as well', async (t) => {
  const d = Buffer.alloc(32, 9).toString('base64url')
  const url = await serve(t, (head) =>
    isAlice(head)
      ? answer('200 OK', ['Content-Type: application/json'], JSON.stringify({ key: { ...ec, d } }))
      : answer('401 Unauthorized', ['WWW-Authenticate: Basic realm="x"', `X-Key: ${d}`], 'No.'),
  )
  const ran = await run({ url, supplied: suppliedAlice }, { options: { only: ['basic-*'] } })
  // The header of the first refusals came before anything was known to be a key.
  const after = ran.journal.slice(ran.journal.findIndex((line) => line.includes('"kty')) + 1)
  assert.ok(!JSON.stringify(ran.report).includes(d))
  assert.ok(!after.join('').includes(d))
  assert.ok(after.length > 5)
})
