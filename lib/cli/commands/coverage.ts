import { undecided } from '../../../suites/clauses/undecided.ts'
import { operationOf } from '../../credentials/operations.ts'
import type { Case, Suite } from '../../model/case.ts'
import type { Clause } from '../../model/clause.ts'
import type { Profile, Target } from '../../model/profile.ts'
import { kindOf, linesOf, sendsOf } from '../../notation/derive.ts'
import { bearerMutants, httpsMutants, mutants, vendorMutants } from '../../reference/start.ts'
import { beside } from '../columns.ts'
import { corpusWith, profileNamed, withPreflight } from '../corpus.ts'
import type { ExitCode } from '../exit.ts'
import type { CoverageInvocation } from '../invocation.ts'
import type { Io } from '../io.ts'
import { ownSentences, pageText } from '../page-text.ts'
import { deciderOf } from '../proof.ts'

/** One requirement and what decides it. */
export interface CoveredClause {
  readonly id: string
  readonly level: string
  readonly where: string
  readonly observable: string
  /** Counts towards the denominator. */
  readonly counted: boolean
  /** The cases that cite it. */
  readonly cases: readonly string[]
  /** The mutants made to break it. */
  readonly mutants: readonly string[]
  /** A mutant made for it is caught by a line that cites it. */
  readonly decided: boolean
  /** Why it is not decided; null where it is. */
  readonly reason: string | null
}

/** All requirements, and how many of those that count are decided, cited, or out of reach. */
export interface Coverage {
  readonly clauses: readonly CoveredClause[]
  readonly total: number
  readonly decided: number
  readonly cited: number
  readonly unobservable: number
}

const needs: Readonly<Record<Clause['observable'], string>> = {
  yes: 'No case decides it yet.',
  'with-credentials': 'Needs credentials of a further kind; no case decides it yet.',
  'with-signing-key': 'Needs tokens signed by a key the server trusts; no case decides it yet.',
  'with-hosted-jwks': 'Needs a key set the server fetches from us; no case decides it yet.',
  'with-tls': 'Needs a server on https with a choice of versions; no case decides it yet.',
  timing: 'Shows in differences of time alone; no case decides it yet.',
  no: 'Nothing outside the server can decide it.',
}

/** Whether a profile binds all that a case sends; the public URL and the key set's are the operator's to name. */
function fits(suite: Suite, each: Case, profile: Profile): boolean {
  if (suite.byProfile && !profile.suites?.includes(suite.id)) return false
  const url = new URL('https://api.example.test/')
  const target: Target = {
    profile,
    url,
    publicUrl: url,
    keySetUrl: url,
    supplied: { accounts: {}, tokens: {} },
    fields: [],
  }
  return sendsOf(each).every(({ send }) => {
    const kind = kindOf(send.with)
    const taken = kind === undefined || (profile.accepts?.includes(kind) ?? true)
    const kinds = kind === undefined ? (profile.accepts ?? ['basic' as const]) : [kind]
    return taken && kinds.some((one) => operationOf(target, send.to, one) !== undefined)
  })
}

function whyNot(clause: Clause, cited: boolean): string {
  const always = undecided[clause.id] ?? clause.unobservable
  if (always !== undefined) return always
  return cited ? 'A case cites it, and no mutant made for it is caught.' : needs[clause.observable]
}

function cover(clause: Clause, cases: readonly Case[]): CoveredClause {
  const citing = cases.filter((each) =>
    linesOf(each).some((line) => line.because.includes(clause.id)),
  )
  const ids = citing.map(({ id }) => id)
  const made = [...mutants, ...bearerMutants, ...httpsMutants, ...vendorMutants]
    .filter(({ clauses }) => clauses.includes(clause.id))
    .map(({ id }) => id)
  const isDecided = ids.length > 0 && deciderOf(clause.id) !== undefined
  return {
    id: clause.id,
    level: clause.level,
    where: clause.where,
    observable: clause.observable,
    counted: clause.uncounted === undefined,
    cases: ids,
    mutants: made,
    decided: isDecided,
    reason: isDecided ? null : whyNot(clause, ids.length > 0),
  }
}

/** Matches clauses with the cases that cite them. */
export function coverageOf(suites: readonly Suite[], clauses: readonly Clause[]): Coverage {
  const cases = suites.flatMap((suite) => suite.cases)
  const covered = clauses.map((clause) => cover(clause, cases))
  const counted = covered.filter((clause) => clause.counted)
  return {
    clauses: covered,
    total: counted.length,
    decided: counted.filter(({ decided }) => decided).length,
    cited: counted.filter(({ cases: citing }) => citing.length > 0).length,
    unobservable: counted.filter(({ observable }) => observable === 'no').length,
  }
}

function coverageText({ clauses, ...counts }: Coverage, width: number): string {
  const rows = clauses.map(({ id, level, where, cases, reason }) => {
    const says = [cases.join(', '), ...(reason === null ? [] : [`– ${reason}`])]
      .filter(Boolean)
      .join(' ')
    return [`${id}   ${where} · ${level}`, beside('', says, 4, width)].join('\n')
  })
  const share = `${counts.decided} of ${counts.total} requirements are decided: a server made to break them is caught.`
  const rest = `${counts.cited} are cited by a case; ${counts.unobservable} cannot be seen from outside.`
  return `${rows.join('\n')}\n\n${share}\n${rest}\n`
}

/** Prints which requirement is decided by which case, or why by none; sends nothing. */
export async function coverage(invocation: CoverageInvocation, io: Io): Promise<ExitCode> {
  const corpus = corpusWith([], io.readFile)
  const all = withPreflight(corpus)
  const profile =
    invocation.profile === undefined ? undefined : profileNamed(invocation.profile, io.readFile)
  const narrowed = all.map((suite) => ({
    ...suite,
    cases: suite.cases.filter((each) => profile === undefined || fits(suite, each, profile)),
  }))
  // A suite of which nothing is left is no suite, which its type says too.
  const suites = narrowed.filter(({ cases }) => cases.length > 0) as unknown as readonly Suite[]
  const own = profile === undefined ? [] : ownSentences(profile, suites, corpus.clauses)
  // What other vendors say of themselves binds nobody here.
  const clauses = corpus.clauses.filter(
    (clause) => profile === undefined || clause.basis !== 'documented' || own.includes(clause),
  )
  const found = coverageOf(suites, clauses)
  const { columns } = io.out
  io.out.write(
    invocation.json
      ? `${JSON.stringify(found, null, 2)}\n`
      : `${pageText(own, found.clauses, columns)}${coverageText(found, columns)}`,
  )
  return 0
}
