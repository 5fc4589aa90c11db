import type { Severity } from './case.ts'
import type { ClauseId, Level } from './clause.ts'
import type { Ending, Outcome, TlsFacts } from './exchange.ts'
import type { Json } from './json.ts'

/**
 * `pass`; `fail`: a MUST or a documented sentence is broken; `warn`: a SHOULD, a softened MUST or a
 * crash; `note`: a MAY, an observation or a documented deviation; `skip`: a capability is missing;
 * `inconclusive`: it could not be judged; `broken`: our own bug.
 */
export type Verdict = 'pass' | 'fail' | 'warn' | 'note' | 'skip' | 'inconclusive' | 'broken'

/** Part of what was sent: plain text, or a label that stands for secret bytes. */
export type ShownSpan =
  | { readonly text: string; readonly fault?: true }
  | { readonly secret: string; readonly fault?: true }

export interface ShownRequest {
  readonly method: string
  readonly url: string
  /** The head as written, line ends included, secrets as labels. */
  readonly head: readonly ShownSpan[]
  readonly body?: readonly ShownSpan[]
}

export interface ShownAnswer {
  readonly version: string
  readonly status: number
  readonly reason: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly mediaType?: string
  readonly bodyBytes: number
  /** Readable beginning of the content; absent for exchanges of passes. */
  readonly body?: string
  readonly bodyCut?: boolean
  /** SHA-256 of the content kept, without the private parts of keys, in hex. */
  readonly digest: string
  readonly violations: readonly { readonly code: string; readonly say: string }[]
}

export interface ReportExchange {
  readonly n: number
  readonly at: string
  readonly ms: number
  readonly carrier: 'undici' | 'raw'
  readonly connection: number
  readonly ending: Ending
  readonly outcome: Outcome | 'unjudged'
  readonly request: ShownRequest
  readonly answer?: ShownAnswer
  readonly trouble?: { readonly code: string; readonly say: string }
  /** What was found on a connection that was only looked at. */
  readonly found?: string
  readonly tls?: TlsFacts
}

/** One line of a case after it was checked. */
export interface ReportLine {
  readonly level: Level
  readonly severity: Severity
  readonly because: readonly ClauseId[]
  readonly despite?: readonly ClauseId[]
  readonly softened?: string
  /** The step it belongs to, where a case has steps. */
  readonly of?: string
  /** One row per check: what it looks at, what was wanted, what came, and whether it holds. */
  readonly checks: readonly {
    readonly check: string
    readonly wanted: string
    readonly got: string
    readonly holds: boolean | 'unknown'
  }[]
  readonly wanted: string
  readonly got: string
  readonly holds: boolean | 'unknown'
}

export interface Reason {
  /** A stable kebab word, such as `control-refused`, `no-account`, `throttled`, `locked`. */
  readonly code: string
  readonly say: string
  /** The option that would supply what is missing. */
  readonly option?: string
}

export interface ReportResult {
  /** `case`, `case/example`, with `@kind` where an operation is bound per kind; stable for ever. */
  readonly id: string
  readonly case: string
  readonly suite: string
  readonly title: string
  readonly severity: Severity
  readonly verdict: Verdict
  /** The level of the line that decides the verdict. */
  readonly level: Level
  readonly outcome?: Outcome
  readonly reason?: Reason
  /** What the verdict rests on besides the exchange, such as the operator's word for an account. */
  readonly rests: readonly string[]
  /** What a pass proves where that is less than the title: `no-bypass`. */
  readonly proves?: string
  readonly deviates?: { readonly source: string; readonly say: string }
  /** Judged executions, confirmation included. */
  readonly attempts: number
  readonly lines: readonly ReportLine[]
  /** What was sent and its one fault, in words. */
  readonly sent: string
  readonly fault?: string
  readonly harm: string
  readonly fix: string
  /** Number of the control exchange. */
  readonly control?: number
  readonly exchanges: readonly number[]
  /** Of several exchanges, the number of the one that the verdict rests on. */
  readonly main?: number
  readonly reproduce: { readonly command: string; readonly curl?: string }
  readonly durationMs: number
  /** Results with the same word are one deviation seen in several cases. */
  readonly group?: string
}

export interface PreflightFinding {
  readonly id: string
  readonly holds: boolean | 'unknown'
  readonly say: string
  /** What to do about it. */
  readonly hint?: string
  readonly exchanges?: readonly number[]
  /** Nothing could be judged because of it. */
  readonly blocks?: true
}

/** The one interface between a run and everything that reads it. */
export interface Report {
  readonly schema: '1.0'
  readonly tool: { readonly name: string; readonly version: string; readonly node: string }
  readonly suites: { readonly version: string; readonly sha256: string }
  readonly options: { readonly [name: string]: Json }
  readonly target: {
    readonly url: string
    readonly profile: string
    readonly title: string
    readonly offers: readonly string[]
    readonly capabilities: readonly string[]
    /** What the chain says of itself: `Server`, `Via`, TLS issuer. */
    readonly route: { readonly [name: string]: string }
    /** How granted and refused answers are told apart, in words, per operation. */
    readonly witness: { readonly [operation: string]: string }
  }
  readonly startedAt: string
  readonly durationMs: number
  readonly seed: string
  readonly requests: number
  readonly failedLogins: number
  readonly verdict: 'conforms' | 'does-not-conform' | 'could-not-judge'
  /** The verdict in one sentence. */
  readonly say: string
  readonly scope: 'full' | 'anonymous'
  readonly interrupted: boolean
  /** The key set that this tool hosted: where, and how often the target fetched it in this run. */
  readonly keySet?: { readonly where: string; readonly fetches?: number }
  readonly summary: Summary
  readonly preflight: readonly PreflightFinding[]
  /** What a reader must know before the results: one sentence each, with a count. */
  readonly headlines: readonly Headline[]
  readonly results: readonly ReportResult[]
  readonly exchanges: readonly ReportExchange[]
  /** The clauses cited above, so that the document explains itself. */
  readonly clauses: { readonly [id: ClauseId]: ReportClause }
  readonly coverage: {
    readonly decided: number
    readonly applicable: number
    readonly total: number
  }
}

export interface Summary {
  readonly pass: number
  readonly fail: number
  readonly warn: number
  readonly note: number
  readonly skip: number
  readonly inconclusive: number
  readonly broken: number
  readonly deviations: number
}

export interface Headline {
  readonly code: string
  readonly say: string
  /** What to check or change. */
  readonly hint?: string
  readonly count: number
}

export interface ReportClause {
  readonly level: Level
  readonly where: string
  readonly url: string
  readonly says: string
}
