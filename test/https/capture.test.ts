// With an https target, nothing real is written to any socket without TLS, whatever is answered there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runConformance } from '../../lib/engine/run.ts'
import type { Risk } from '../../lib/model/case.ts'
import type { Report } from '../../lib/model/report.ts'
import { type Reference, startReference } from '../../lib/reference/start.ts'
import { spellingsOf } from '../../lib/text/needles.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { generic } from '../../suites/profiles/generic.ts'
import { type Ear, plainDoor, relay } from './doors.ts'

const tenant = 'Tenant-0815-Secret'
const inQuery = 'Query-4711-Secret'

interface Run {
  readonly report: Report
  /** What came to the http door, and to the TLS port. */
  readonly plain: string
  readonly tls: string
}

const judge = (
  reference: Reference,
  secure: Ear,
  plain: Ear,
  allow: readonly Risk[],
): Promise<Report> =>
  runConformance({
    target: {
      // A name that is known to nobody but the operator may be as secret as a password.
      profile: { ...generic, stranger: 'known-user' },
      url: new URL(`https://localhost:${secure.port}/protected?key=${inQuery}`),
      httpUrl: new URL(`http://localhost:${plain.port}`),
      supplied: { accounts: reference.accounts, tokens: {} },
      fields: [['X-Tenant', tenant]],
    },
    suites,
    clauses,
    options: {
      timeoutMs: 2000,
      runLimitMs: 120_000,
      seed: '7',
      only: ['https-*', 'tls-versions', 'tls-certificate', 'anonymous-401'],
      skip: [],
      allow,
      strict: false,
      concurrency: 1,
      maxInconclusive: { percent: 100 },
      command: 'npx http-auth-conformance',
    },
    versions: { tool: '0.0.0', suites: '0', sha256: '' },
    transport: {
      ...(reference.ca === undefined ? {} : { ca: reference.ca }),
      resolve: [secure, plain].map(({ port }) => ({
        host: 'localhost',
        port,
        address: '127.0.0.1',
      })),
    },
    signal: new AbortController().signal,
  })

const run = async (answer: string, allow: readonly Risk[] = []): Promise<Run> => {
  const reference = await startReference({ system: 'https' })
  const secure = await relay(Number(new URL(reference.url).port))
  const plain = await plainDoor(answer.replaceAll('PORT', String(secure.port)))
  try {
    const report = await judge(reference, secure, plain, allow)
    return { report, plain: plain.heard(), tls: secure.heard() }
  } finally {
    await Promise.all([secure.close(), plain.close(), reference.close()])
  }
}

const secretsOf = async (): Promise<readonly string[]> => {
  const { accounts, close } = await startReference({ system: 'https' })
  await close()
  const own = Object.values(accounts).flatMap(({ user, password }) => [
    user,
    password,
    `${user}:${password}`,
  ])
  return [...own, tenant, inQuery]
}

const found = (text: string, secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) =>
    [secret, ...spellingsOf(secret)].some((spelling) => text.includes(spelling)),
  )

const empty = 'Content-Length: 0\r\nConnection: close\r\n\r\n'

const answers: Readonly<Record<string, string>> = {
  'a challenge for Basic': `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="a"\r\n${empty}`,
  'a challenge for Bearer': `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\n${empty}`,
  'the page': `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  'a redirect to https': `HTTP/1.1 308 Permanent Redirect\r\nLocation: https://localhost:PORT/protected\r\n${empty}`,
  'a redirect to http': `HTTP/1.1 307 Temporary Redirect\r\nLocation: http://localhost/protected\r\n${empty}`,
  'a wish for the credentials of a proxy': `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="a"\r\n${empty}`,
  'an interim answer alone': 'HTTP/1.1 100 Continue\r\n\r\n',
  'bytes that are no HTTP': '\x15\x03\x03\x00\x02\x02\x28',
}

for (const [name, answer] of Object.entries(answers)) {
  test(`Writes nothing real to an http door that answers with ${name}`, async () => {
    const { report, plain, tls } = await run(answer)
    assert.ok(
      report.results.some(({ verdict }) => verdict === 'pass'),
      report.say,
    )
    assert.match(plain, /^GET \/protected HTTP\/1\.1\r\n/)
    assert.deepEqual(found(plain, await secretsOf()), [])
    assert.deepEqual(found(tls, await secretsOf()), [])
    const asked = report.results.find(({ id }) => id.startsWith('cleartext-credentials'))
    assert.deepEqual([asked?.verdict, asked?.reason?.code], ['skip', 'risk'])
  })
}

test('Writes real credentials there once it is allowed by name, and only these', async () => {
  const { plain } = await run(answers['the page'] ?? '', ['cleartext-secret'])
  const secrets = found(plain, await secretsOf())
  assert.ok(secrets.some((secret) => secret.startsWith('DemoUser:')))
  assert.deepEqual(
    secrets.filter((secret) => secret === tenant || secret === inQuery),
    [],
  )
})
