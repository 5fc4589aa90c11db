import type { Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { Json } from '../model/json.ts'
import type { RunOptions } from '../model/options.ts'
import type { Target } from '../model/profile.ts'
import type { TransportOptions } from '../transport/transport.ts'
import type { RunEvent } from './event.ts'
import type { HostedAt } from './hosting.ts'

/** The name this tool gives itself in requests and reports. */
export const NAME = 'http-auth-conformance'

/** All that a run needs; nothing else is read from anywhere. */
export interface RunInput {
  readonly target: Target
  readonly suites: readonly Suite[]
  readonly clauses: readonly Clause[]
  readonly options: RunOptions
  readonly versions: { readonly tool: string; readonly suites: string; readonly sha256: string }
  readonly transport: Omit<TransportOptions, 'timeoutMs'>
  readonly signal: AbortSignal
  readonly on?: (event: RunEvent) => void
  /** Takes each event as one line of JSON, as it happens. */
  readonly journal?: (line: string) => void
  /** Where the target can call us back; on loopback, any free port unless told. */
  readonly listen?: {
    readonly host?: string
    readonly port?: number
    /** How the target reaches it, where that is another origin. */
    readonly publicOrigin?: string
  }
  /** Where the target reads the key set that this tool hosts. */
  readonly hosted?: HostedAt
  /** Preflight only. */
  readonly doctorOnly?: boolean
  /** Options as the report shows them: no secrets. */
  readonly shownOptions?: { readonly [name: string]: Json }
}
