import type { Told } from '../checks/index.ts'
import type { Keyring } from '../credentials/jwt/keyring.ts'
import type { Listener } from '../host/listener.ts'
import type {
  Case,
  CredentialKind,
  OperationName,
  PublishStep,
  Send,
  SendStep,
} from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { Outcome } from '../model/exchange.ts'
import type { RunOptions } from '../model/options.ts'
import type { Target } from '../model/profile.ts'
import type { Reason } from '../model/report.ts'
import { isOpen } from '../notation/derive.ts'
import type { Transport } from '../transport/transport.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Hosting } from './hosting.ts'
import type { Recorder } from './recorder.ts'

export type { Performed, RunEvent } from './event.ts'

/** One variation of a case, bound to a kind of credential: the unit that gets a verdict. */
export interface Job {
  readonly id: string
  readonly suite: string
  readonly case: Case
  /** Absent for cases of steps. */
  readonly send?: Send
  readonly steps: readonly SendStep[]
  /** What is published before the step of that place. */
  readonly publishes?: ReadonlyMap<number, readonly PublishStep[]>
  readonly kind: CredentialKind | undefined
  /** The exchange that must be granted on both sides; absent where nothing rests on access. */
  readonly control?: Send
  /** Carrier that case and control share, with its reason where it is a raw socket. */
  readonly raw?: string
  /** Always run by itself between its own controls. */
  readonly alone: boolean
  readonly cost: { readonly requests: number; readonly failedLogins: number }
  readonly rests: readonly string[]
}

/** Why no further exchange is worth sending. */
export interface Stop {
  readonly code: 'did-not-come-back' | 'locked' | 'token-expired' | 'interrupted' | 'out-of-time'
  readonly say: string
}

/** What all parts of a run share; the only mutable state of the engine. */
export interface RunContext {
  readonly target: Target
  readonly options: RunOptions
  readonly transport: Transport
  readonly budget: Budget
  readonly clock: Clock
  readonly recorder: Recorder
  readonly signal: AbortSignal
  readonly clauses: ReadonlyMap<string, Clause>
  readonly agent: string
  readonly prints: Map<string, Fingerprint>
  /** What operations said of themselves in preflight, by the same key. */
  readonly told: Map<string, Told>
  /** Credential kinds the operator supplied and the profile takes. */
  readonly kinds: readonly CredentialKind[]
  /** What tokens rest on. */
  readonly keyring: Keyring
  /** Where the target can call us back, if it can. */
  listener: Listener | undefined
  /** The key set that this tool hosts, if it does. */
  hosting: Hosting | undefined
  /** Why it hosts none although it was told to. */
  readonly unhosted?: Reason
  /** Exchanges made so far; makes each token another one. */
  serial: number
  /** Set once a control was not answered and then was: something on the way loses exchanges. */
  restless: boolean
  /** Set once; all that is left is inconclusive for this reason. */
  stop: Stop | undefined
}

/** The key of what was learned about an operation. */
export function printKey(operation: OperationName, kind: CredentialKind | undefined): string {
  return isOpen(operation) ? operation : `${operation}@${kind ?? 'any'}`
}

export function isDecisive(outcome: Outcome): boolean {
  return outcome === 'granted' || outcome === 'denied'
}

/** True for what is asked for without a credential, by its control as well. */
export function restsOnNobody({ control }: Job): boolean {
  return control !== undefined && isOpen(control.to)
}
