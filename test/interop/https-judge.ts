import { runConformance } from '../../lib/engine/run.ts'
import type { Report, Verdict } from '../../lib/model/report.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { generic } from '../../suites/profiles/generic.ts'
import { accounts } from './accounts.ts'
import type { SecureServer } from './https-servers.ts'

/** What is said of one case that is no pass. */
export interface Said {
  readonly result: string
  readonly verdict: Verdict
  readonly got: string
}

/** Judges both doors of a server, whatever certificate it shows. */
export const judgeSecure = (server: SecureServer): Promise<Report> =>
  runConformance({
    target: {
      profile: generic,
      url: new URL(server.url),
      publicUrl: new URL(server.publicUrl),
      httpUrl: new URL(server.httpUrl),
      supplied: { accounts: { default: accounts.default }, tokens: {} },
      fields: [],
    },
    suites: suites.filter(({ id }) => /^(?:https|tls)-/.test(id)),
    clauses,
    options: {
      timeoutMs: 3000,
      runLimitMs: 120_000,
      seed: '7',
      only: [],
      skip: [],
      allow: ['failed-login', 'cleartext-secret'],
      strict: false,
      concurrency: 1,
      maxInconclusive: { percent: 10 },
      command: 'npx http-auth-conformance',
    },
    versions: { tool: '0.0.0', suites: '0', sha256: '' },
    transport: {
      ca: server.ca,
      insecure: true,
      resolve: [server.url, server.httpUrl].map((url) => ({
        host: 'localhost',
        port: Number(new URL(url).port),
        address: '127.0.0.1',
      })),
    },
    signal: new AbortController().signal,
  })

/** What changes from run to run: ports, days. */
const steady = (text: string): string =>
  text.replace(/:\d{4,5}\b/g, ':PORT').replace(/\d{4}-\d\d-\d\d/g, 'DAY')

/** Everything that is neither pass nor skip, in the order of the suites. */
export const saidOf = (report: Report): readonly Said[] =>
  report.results
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
    .map(({ id, verdict, lines }) => ({
      result: id,
      verdict,
      got: steady(lines.find(({ holds }) => holds !== true)?.got ?? ''),
    }))
    .sort((one, other) => one.result.localeCompare(other.result))
