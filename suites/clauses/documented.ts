import type { Clause, ClauseId } from '../../lib/model/clause.ts'

/** A sentence of a page: its number, and what it says in our words. */
export interface Sentence {
  readonly says: string
  /** What it takes to see it; credentials where absent. */
  readonly observable?: Clause['observable']
  /** Why nothing outside the server can decide it. */
  readonly unobservable?: string
}

/** The page that sentences stand on. */
export interface Page {
  readonly product: string
  readonly where: string
  readonly url: string
}

/** The clauses of a page; a vendor's own sentences count in no denominator but their own. */
export const clausesOf = (
  { product, where, url }: Page,
  sentences: Readonly<Record<string, Sentence>>,
): readonly Clause[] =>
  Object.entries(sentences).map(([number, { says, observable, unobservable }]) => ({
    id: `${product}#${number}` satisfies ClauseId,
    level: 'documented',
    basis: 'documented',
    keyword: 'documented',
    area: 'documented',
    where,
    url,
    says,
    observable: unobservable === undefined ? (observable ?? 'with-credentials') : 'no',
    source: 'text',
    ...(unobservable === undefined ? {} : { unobservable }),
    uncounted: true,
  }))
