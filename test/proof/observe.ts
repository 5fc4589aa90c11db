import {
  demoTarget,
  demoTransport,
  hostedAt,
  hostedTarget,
  quickKeys,
  quickRefresh,
} from '../../lib/cli/demo-target.ts'
import { defined } from '../../lib/cli/run-settings.ts'
import { runConformance } from '../../lib/engine/run.ts'
import type { Risk } from '../../lib/model/case.ts'
import type { ClauseId, Level } from '../../lib/model/clause.ts'
import type { ReportResult, Verdict } from '../../lib/model/report.ts'
import { startReference } from '../../lib/reference/start.ts'
import { createAuthority } from '../../lib/x509/authority.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { nameOf, type Order } from './order.ts'

/** What one result said of one server, reduced to what proof looks at. */
export interface Observed {
  readonly id: string
  readonly case: string
  readonly suite: string
  readonly verdict: Verdict
  /** The level of the line that decided. */
  readonly level: Level
  readonly code?: string
  /** The clauses under every line that did not hold. */
  readonly broken: readonly ClauseId[]
}

/** All that a run said of one server. */
export interface Observation {
  readonly order: string
  readonly results: readonly Observed[]
  /** Ids of preflight findings that do not hold. */
  readonly findings: readonly string[]
}

const everyRisk: readonly Risk[] = [
  'failed-login',
  'heavy',
  'intrusive',
  'changes-keys',
  'unsafe-method',
  'cleartext-secret',
]

// The built-in targets are whole without any file.
function noFile(): never {
  throw new Error('A built-in target asked for a file.')
}

/** What is judged by the keys of a hosted set is judged like all else by the server's own. */
const hostedCases: readonly string[] = ['jwks-*', 'singlestore*-key-*']

function observed(result: ReportResult): Observed {
  const open = result.lines.filter((line) => line.holds !== true)
  const { id, case: of, suite, verdict, level, reason } = result
  return {
    id,
    case: of,
    suite,
    verdict,
    level,
    ...(reason === undefined ? {} : { code: reason.code }),
    broken: [...new Set(open.flatMap((line) => line.because))],
  }
}

/** Runs every suite against the reference server with one change, as `demo` does. */
export async function observe(order: Order): Promise<Observation> {
  const { system, mutant, strict = false, hosted, only = [] } = order
  const vouching = hosted === 'https' ? { authority: createAuthority('conformance') } : {}
  const server = await startReference({
    system,
    refusalDelay: 20,
    // No case on a hosted set is about the channel, and each request would shake hands anew.
    ...(hosted ? { secure: false } : {}),
    ...quickKeys,
    ...(vouching.authority === undefined ? {} : { keyAuthority: vouching.authority.pem }),
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    const target = demoTarget(system, server, noFile)
    const report = await runConformance({
      target: hosted ? hostedTarget(target, server) : target,
      ...(hosted ? defined({ hosted: hostedAt(server, vouching) }) : {}),
      suites,
      clauses,
      options: {
        // Those that host run many at a time.
        timeoutMs: hosted ? 1500 : 600,
        runLimitMs: 300_000,
        seed: '7',
        only: hosted && only.length === 0 ? hostedCases : only,
        keyRefresh: quickRefresh,
        skip: [],
        allow: everyRisk,
        strict,
        concurrency: 1,
        maxInconclusive: { percent: 10 },
        command: 'npx http-auth-conformance',
      },
      versions: { tool: '0.0.0', suites: '0', sha256: '' },
      transport: demoTransport(server),
      signal: new AbortController().signal,
    })
    return {
      order: nameOf(order),
      results: report.results.map(observed),
      findings: report.preflight.filter((each) => each.holds === false).map(({ id }) => id),
    }
  } finally {
    await server.close()
  }
}
