import type { Risk } from './case.ts'
import type { Witness } from './profile.ts'

/** How a run is to go; everything here has a default that the command line states. */
export interface RunOptions {
  /** Milliseconds one exchange may take. */
  readonly timeoutMs: number
  /** Milliseconds the whole run may take; what is left then is inconclusive. */
  readonly runLimitMs: number
  /** All that is random comes from it. */
  readonly seed: string
  /** Patterns over case ids, result ids, suites and clauses; empty means all. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly allow: readonly Risk[]
  /** Softened lines that are broken become failures. */
  readonly strict: boolean
  /** Brackets side by side, where no budget is at stake. */
  readonly concurrency: number
  /** Requests per second; undefined means the default for where the target is. */
  readonly rate?: number
  /** Failed log-ins per user; undefined means the default for where the target is. */
  readonly loginBudget?: number
  readonly witness?: Witness
  /** Seconds within which a published key has to be in use; the profile's or 60 where absent. */
  readonly keyRefresh?: number
  /** How many of the judged results may be inconclusive before the run itself could not judge. */
  readonly maxInconclusive: { readonly count: number } | { readonly percent: number }
  /** The command line without secrets that repeats this run, without `--only` and `--seed`. */
  readonly command: string
}
