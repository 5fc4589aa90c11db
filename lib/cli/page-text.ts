/** A page of documentation as a list of sentences, each with what decides it. */
import type { Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'
import type { Profile } from '../model/profile.ts'
import { linesOf } from '../notation/derive.ts'
import { beside } from './columns.ts'

/** A sentence with what decides it, as far as a listing shows it. */
export interface ShownSentence {
  readonly id: string
  readonly decided: boolean
  readonly cases: readonly string[]
  readonly reason: string | null
}

const productOf = (id: string): string => id.split('#')[0] ?? ''

/** The sentences of the pages that a profile's own suites rest on; none of other vendors. */
export function ownSentences(
  profile: Profile,
  suites: readonly Suite[],
  clauses: readonly Clause[],
): readonly Clause[] {
  const own = suites.filter(({ id }) => profile.suites?.includes(id))
  const cited = own.flatMap((suite) => suite.cases.flatMap((each) => linesOf(each)))
  const products = new Set(cited.flatMap(({ because }) => because.map(productOf)))
  return clauses.filter(({ id, basis }) => basis === 'documented' && products.has(productOf(id)))
}

function sentenceText(clause: Clause, shown: ShownSentence | undefined, width: number): string {
  const number = clause.id.split('#')[1] ?? clause.id
  const sign = shown?.decided ? '✓' : shown?.cases.length ? '○' : '-'
  const why = [shown?.cases.join(', ') ?? '', shown?.reason ?? ''].filter(Boolean).join(' – ')
  return `${beside(`  ${sign} ${number}`, clause.says, 11, width)}\n${beside('', why, 11, width)}`
}

/** The page, sentence by sentence; nothing where the profile has none. */
export function pageText(
  own: readonly Clause[],
  shown: readonly ShownSentence[],
  width: number,
): string {
  const [first] = own
  if (first === undefined) return ''
  const rows = own.map((clause) =>
    sentenceText(
      clause,
      shown.find(({ id }) => id === clause.id),
      width,
    ),
  )
  const count = (what: (one: ShownSentence) => boolean): number =>
    shown.filter((one) => own.some(({ id }) => id === one.id) && what(one)).length
  const cited = count(({ cases }) => cases.length > 0)
  const total = `${own.length} sentences: ${cited} are tested, ${own.length - cited} are not, each with its reason.`
  return `${[first.where, first.url, '', ...rows, '', total].join('\n')}\n\n`
}
