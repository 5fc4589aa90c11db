import type { ClientHello } from '../host/hello.ts'
import type { OperationName } from '../model/case.ts'
import type { Answer, Exchange, Outcome } from '../model/exchange.ts'
import type { Json } from '../model/json.ts'
import { visible } from '../text/visible.ts'

/** What one check found; `unknown` is neither a pass nor a failure. */
export interface Checked {
  readonly check: string
  readonly wanted: string
  readonly got: string
  readonly holds: boolean | 'unknown'
}

/** One exchange with what it was found to say about access. */
export interface Judged {
  readonly exchange: Exchange
  readonly outcome: Outcome
}

/** What an operation said of itself before any case. */
export interface Told {
  /** The statuses of its answers to requests without credentials. */
  readonly anonymous: readonly number[]
  /** The character sets that its challenges named, in lower case. */
  readonly charsets: readonly string[]
  /** Where its challenges said that its metadata is, if that is on the target's own origin. */
  readonly metadata?: URL
}

/** The token that was supplied, as its issuer wrote it. */
export interface IssuedToken {
  readonly header: { readonly [name: string]: Json }
  readonly claims: { readonly [name: string]: Json }
  readonly signature: { readonly text: string }
}

/** What our own listener has seen. */
export interface Callbacks {
  /** The requests that followed a URL of this very exchange, as method and document. */
  readonly fetched: readonly string[]
  /** The target has reached the listener in this run, for whatever reason. */
  readonly reached: boolean
  /** How the URLs of the listener begin. */
  readonly scheme: 'http' | 'https'
}

/** All that a check may look at. */
export interface CheckContext extends Judged {
  /** How granted and refused are told apart here, in words. */
  readonly witness: string
  /** Schemes that the target takes on this operation, in lower case. */
  readonly accepted: readonly string[]
  /** The URL that is judged, and the operation that was asked for; absent where nothing is sent. */
  readonly target?: URL
  readonly operation?: OperationName
  /** Secrets that were sent, as latin1 bytes, which no answer may repeat. */
  readonly secrets: readonly string[]
  /** Takes out of a text all that is secret. */
  readonly mask?: (text: string) => string
  /** Earlier named steps of the same case. */
  readonly steps: ReadonlyMap<string, Judged>
  /** What preflight was told about the operation, where it asked. */
  readonly told?: Told
  /** Absent where no URL of ours was sent. */
  readonly callbacks?: Callbacks
  /** Fetches of the hosted key set while the exchange was made; absent where none is hosted. */
  readonly fetches?: number
  /** What was said at the door of the hosted set since it was published last; absent without TLS there. */
  readonly hellos?: readonly ClientHello[]
  /** How the target comes to read the hosted key set; absent where none is hosted. */
  readonly keysRead?: 'by-itself' | 'on-request'
  /** Absent where no JSON Web Token was supplied for the default account. */
  readonly issued?: IssuedToken
  /** The profile declares that the letter case of the scheme's word counts. */
  readonly exactCase?: boolean
  /** True where the connection is known to have been closed after the answer. */
  readonly closed?: boolean
  /** A door that the request need not have found open was shut: nobody said anything behind it. */
  readonly shut?: true
}

/** Words of an answer for a report; secrets go first, so that no cut leaves half of one. */
export function quote(context: Pick<CheckContext, 'mask'>, text: string, limit: number): string {
  return visible(context.mask?.(text) ?? text, limit)
}

/** A check of one expectation member. */
export type Check<Wanted> = (wanted: Wanted, context: CheckContext) => Checked

const endings: Readonly<Record<string, string>> = {
  silent: 'no complete answer',
  closed: 'the connection was refused',
  unsent: 'not sent',
}

/** What came instead of an answer, in words. */
export function noAnswer(context: Judged): string {
  const { ending, trouble } = context.exchange
  return trouble === undefined ? (endings[ending] ?? ending) : trouble.say
}

/** True where content of the answer was lost with the connection: what is missing proves nothing. */
export function isCutShort(answer: Answer): boolean {
  return answer.violations.some((each) => each.code === 'cut-short')
}

/** `unknown` with the reason in `got`: for checks that need an answer where there is none. */
export function withAnswer(
  check: string,
  wanted: string,
  context: CheckContext,
  look: (answer: NonNullable<Exchange['answer']>) => Omit<Checked, 'check' | 'wanted'>,
): Checked {
  const { answer } = context.exchange
  if (answer === undefined) {
    return { check, wanted, got: noAnswer(context), holds: context.shut ?? 'unknown' }
  }
  return { check, wanted, ...look(answer) }
}
