import type { Judged } from '../checks/index.ts'
import type { Built } from '../credentials/build.ts'
import type { CredentialKind, Send } from '../model/case.ts'
import type { PreflightFinding, ReportExchange, ReportResult } from '../model/report.ts'

/** What happens in a run, as it happens. */
export type RunEvent =
  | {
      readonly type: 'start'
      readonly seed: string
      readonly url: string
      readonly startedAt: string
    }
  | { readonly type: 'finding'; readonly finding: PreflightFinding }
  | {
      readonly type: 'plan'
      readonly jobs: number
      readonly requests: number
      readonly failedLogins: number
    }
  | { readonly type: 'exchange'; readonly exchange: ReportExchange }
  | {
      readonly type: 'result'
      readonly result: ReportResult
      readonly done: number
      readonly of: number
    }
  | { readonly type: 'end'; readonly verdict: string }

/** One exchange of a case, as it was built and as it went. */
export interface Performed extends Judged {
  readonly built: Built
  readonly send: Send
  /** The kind of credential that is taken where it was sent, as far as that is known. */
  readonly kind?: CredentialKind
}
