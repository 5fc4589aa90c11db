// What tests of whole runs share: runs against reference servers, and small servers of their own.
import { createServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { generic } from '../../suites/profiles/generic.ts'
import type { Suite } from '../model/case.ts'
import type { RunOptions } from '../model/options.ts'
import type { Supplied, Target } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { type Reference, type Seen, startReference } from '../reference/start.ts'
import { type RunEvent, type RunInput, runConformance } from './index.ts'

/** A run that is over, with all that was written while it went. */
export interface Ran {
  readonly report: Report
  readonly journal: readonly string[]
  readonly events: readonly RunEvent[]
}

export interface RunChange {
  readonly options?: Partial<RunOptions>
  readonly suites?: readonly Suite[]
  readonly profile?: Partial<Target['profile']>
  readonly signal?: AbortSignal
  readonly on?: (event: RunEvent) => void
}

const everyRisk: RunOptions['allow'] = [
  'heavy',
  'intrusive',
  'unsafe-method',
  'failed-login',
  'cleartext-secret',
  'changes-keys',
]

/** Without token suites: all of them would be skipped where the server takes Basic. */
const withoutTokens = suites.filter(({ id }) => !/^(?:bearer|jw|token)/.test(id))

/** The options of a run that allows everything. */
export const optionsOf = (change: Partial<RunOptions> = {}): RunOptions => ({
  timeoutMs: 5000,
  runLimitMs: 120_000,
  seed: '7',
  only: [],
  skip: [],
  allow: everyRisk,
  strict: false,
  concurrency: 1,
  maxInconclusive: { percent: 10 },
  command: 'npx http-auth-conformance --target https://api.example.test/',
  ...change,
})

/** All that a run needs, for any target. */
export const inputFor = (
  target: Pick<Target, 'url' | 'supplied'> & Partial<Target>,
  change: RunChange = {},
): RunInput => ({
  target: { fields: [], ...target, profile: { ...generic, ...change.profile } },
  suites: change.suites ?? withoutTokens,
  clauses,
  options: optionsOf(change.options),
  versions: { tool: '0.0.0', suites: '0', sha256: '0' },
  transport: {},
  signal: change.signal ?? new AbortController().signal,
})

/** Runs a target and keeps the journal and the events. */
export const run = async (
  target: Parameters<typeof inputFor>[0],
  change: RunChange = {},
): Promise<Ran> => {
  const journal: string[] = []
  const events: RunEvent[] = []
  const report = await runConformance({
    ...inputFor(target, change),
    journal: (line) => journal.push(line),
    on: (event) => {
      events.push(event)
      change.on?.(event)
    },
  })
  return { report, journal, events }
}

/** What an operator would supply for a reference server. */
export const targetOf = (
  reference: Reference,
): { url: URL; publicUrl: URL; supplied: Supplied } => ({
  url: new URL(reference.url),
  publicUrl: new URL(reference.publicUrl),
  supplied: { accounts: reference.accounts, tokens: {} },
})

export interface Against extends RunChange {
  readonly mutant?: string
  /** The seed of the server; runs with the same one meet the same moods in the same order. */
  readonly serverSeed?: string
  readonly refusalDelay?: number
  /** Without credentials. */
  readonly anonymous?: boolean
}

/** A run against a reference server that was started for it, with what the server saw. */
export const runAgainst = async (
  against: Against = {},
): Promise<Ran & { readonly log: readonly Seen[]; readonly reference: Reference }> => {
  const { mutant, serverSeed, refusalDelay } = against
  const reference = await startReference({
    system: 'generic',
    ...(mutant === undefined ? {} : { mutant }),
    ...(serverSeed === undefined ? {} : { seed: serverSeed }),
    ...(refusalDelay === undefined ? {} : { refusalDelay }),
  })
  try {
    const target = targetOf(reference)
    const supplied = against.anonymous ? { accounts: {}, tokens: {} } : target.supplied
    const ran = await run({ ...target, supplied }, against)
    return { ...ran, log: reference.log, reference }
  } finally {
    await reference.close()
  }
}

/** Verdicts by result id. */
export const verdictsOf = (report: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(report.results.map((each) => [each.id, each.verdict]))

/** The results with a verdict. */
export const withVerdict = (
  report: Report,
  verdict: ReportResult['verdict'],
): readonly ReportResult[] => report.results.filter((each) => each.verdict === verdict)

/** How a verdict of one run differs from that of another, one line each. */
export const differences = (a: Report, b: Report): readonly string[] => {
  const [one, two] = [verdictsOf(a), verdictsOf(b)]
  const ids = [...new Set([...Object.keys(one), ...Object.keys(two)])].sort()
  return ids.flatMap((id) =>
    one[id] === two[id] ? [] : [`${id}: ${one[id] ?? 'missing'} → ${two[id] ?? 'missing'}`],
  )
}

/** Answers one request, given as head text, or undefined to say nothing. */
export type Answering = (head: string, connection: number) => string | undefined

/** A server of one function, which closes each connection after its answer. */
export const serve = (t: TestContext, answering: Answering): Promise<URL> =>
  serveWith(t, answering, new Set())

/** The same, whose open sockets stand in a set. */
export const serveWith = async (
  t: TestContext,
  answering: Answering,
  sockets: Set<Socket>,
): Promise<URL> => {
  let connections = 0
  const server: Server = createServer((socket) => {
    connections += 1
    const connection = connections
    let text = ''
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      const answer = answering(text, connection)
      text = ''
      if (answer !== undefined) socket.end(answer, 'latin1')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return new URL(`http://127.0.0.1:${port}/protected`)
}

/** An answer as it is written, with `Content-Length` and `Connection: close`. */
export const answer = (
  start: string,
  fields: readonly string[] = [],
  body = '',
  date: Date = new Date(),
): string =>
  [
    `HTTP/1.1 ${start}`,
    `Date: ${date.toUTCString()}`,
    ...fields,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')

/** The account that servers of one function let in. */
export const alice = { user: 'Alice', password: 'Open-Sesame-42' } as const

const valid = Buffer.from(`${alice.user}:${alice.password}`).toString('base64')

/** True where the head has exactly the valid credentials. */
export const isAlice = (head: string): boolean =>
  new RegExp(
    `^Authorization:[ \\t]*Basic +${valid.replace(/[+/=]/g, '\\$&')}[ \\t]*\r$`,
    'im',
  ).test(head)

export const suppliedAlice: Supplied = { accounts: { default: alice }, tokens: {} }

/** What such a server serves. */
export const granted = (fields: readonly string[] = [], date: Date = new Date()): string =>
  answer(
    '200 OK',
    ['Content-Type: application/json', 'Cache-Control: private', ...fields],
    `{"user":"${alice.user}"}`,
    date,
  )

/** How such a server refuses. */
export const refused = (date: Date = new Date()): string =>
  answer(
    '401 Unauthorized',
    ['Content-Type: text/plain', 'WWW-Authenticate: Basic realm="x", charset="UTF-8"'],
    'Log in first.',
    date,
  )
