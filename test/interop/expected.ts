/** What each real server is recorded to do, and why the verdict on it is fair. */
import { readFileSync } from 'node:fs'
import type { Report, ReportExchange, ReportResult } from '../../lib/model/report.ts'
import type { BareRequest } from './bare.ts'

/** What was seen of an answer: its status line, a line of its head, and some of its content. */
interface RecordedAnswer {
  readonly status: string
  readonly field: string
  /** Text that the content holds, or null where there is none; only where the deviation is there. */
  readonly content?: string | null
  /** The status line that a further request on the same connection gets, which was to be closed. */
  readonly then?: string
}

/** One result that is no pass, with the answer it rests on. */
export interface NonPass extends BareRequest {
  readonly result: string
  readonly verdict: string
  /** The clauses under the lines that do not hold. */
  readonly clauses: readonly string[]
  /**
   * What the report says is wrong with the token that `{token}` stands for: keys and times are new
   * in each run, so that no token can be written out.
   */
  readonly fault?: string
  /** Which exchange of the case it is, from 0; the last one where absent. */
  readonly exchange?: number
  readonly answer: RecordedAnswer
  readonly why: string
}

/** Results that say nothing about the server, for one reason. */
export interface Unsaid {
  readonly code: string
  readonly results: readonly string[]
  readonly why: string
}

export interface Expected {
  readonly nonPasses: readonly NonPass[]
  readonly skips: readonly Unsaid[]
  /** What was looked at and could not be judged; nothing where absent. */
  readonly open?: readonly Unsaid[]
}

export const expectedOf = (server: string): Expected =>
  JSON.parse(readFileSync(new URL(`expected/${server}.json`, import.meta.url), 'utf8'))

const statusLine = ({ answer }: ReportExchange): string =>
  answer === undefined ? '' : `${answer.version} ${answer.status} ${answer.reason}`

/** The line of the named field, as an answer has it. */
const fieldLine = ({ answer }: ReportExchange, name: string): string => {
  const found = answer?.fields.find(([given]) => given.toLowerCase() === name.toLowerCase())
  return found === undefined ? '' : `${name}: ${found[1]}`
}

/** What a key set is judged with that a server publishes, or reads from this tool. */
const keySets: ReadonlySet<string | undefined> = new Set([
  '--key-set URL',
  '--jwks-listen HOST:PORT',
])

/**
 * What could not be looked at and would say something about the scheme that a server has: that one
 * without bearer tokens is not judged by their cases, nor one without Basic by those for Basic, nor
 * one that neither publishes keys nor reads ours by those for key sets, goes without saying.
 */
export const skippedIn = (report: Report): readonly ReportResult[] => {
  // A profile says itself what its server takes.
  if (report.target.profile !== 'generic') {
    return report.results.filter(({ verdict, reason }) => {
      return verdict === 'skip' && reason?.code === 'withheld'
    })
  }
  const isForeign = report.target.offers.includes('basic')
    ? ({ suite }: ReportResult) => /^(?:bearer|jwt|jwks|token)\b/.test(suite)
    : ({ reason }: ReportResult) =>
        /^Needs (?:Basic credentials|an API token)\.$/.test(reason?.say ?? '') ||
        keySets.has(reason?.option)
  // Nor need it be said that a server without TLS is judged by no case on it.
  const isOfTls = ({ suite }: ReportResult): boolean =>
    report.target.url.startsWith('http:') && /^(?:https|hsts|tls)\b/.test(suite)
  return report.results.filter(
    (result) => result.verdict === 'skip' && !isForeign(result) && !isOfTls(result),
  )
}

/** The verdicts that say nothing about a server, or nothing against it. */
export const saysNothing: ReadonlySet<string> = new Set(['pass', 'skip', 'inconclusive'])

/** What was looked at and could not be judged. */
export const openIn = (report: Report): readonly ReportResult[] =>
  report.results.filter(({ verdict }) => verdict === 'inconclusive')

/** The parts of a record that a report can be compared with. */
export type Found = Omit<NonPass, keyof BareRequest | 'why'>

/** The recorded parts of a result as a run found them; `like` says which field is of interest. */
export const foundOf = (report: Report, result: ReportResult, like: NonPass | undefined): Found => {
  const n = result.exchanges.at(like?.exchange ?? -1)
  const exchange = report.exchanges.find((each) => each.n === n)
  const broken = result.lines.filter(({ holds }) => holds !== true)
  const name = like?.answer.field.split(':')[0] ?? 'Content-Type'
  return {
    result: result.id,
    verdict: result.verdict,
    clauses: [...new Set(broken.flatMap(({ because }) => because))],
    ...(like?.fault === undefined ? {} : { fault: result.fault ?? '' }),
    ...(like?.exchange === undefined ? {} : { exchange: like.exchange }),
    answer: {
      status: exchange === undefined ? '' : statusLine(exchange),
      field: exchange === undefined ? '' : fieldLine(exchange, name),
    },
  }
}
