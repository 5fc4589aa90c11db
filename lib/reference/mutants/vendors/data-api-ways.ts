/** Replaces decisions of a Data API, and names the sentences that this breaks. */
import type { ClauseId } from '../../../model/clause.ts'
import type { DataApiPolicy } from '../../singlestore/types.ts'
import type { Defect } from '../types.ts'

/** What a mutant may use besides the policy. */
export interface DataApiLab {
  /** Milliseconds between two fetches that nobody asked for. */
  readonly cooldown: number
}

export type DataApiChange = (policy: DataApiPolicy, lab: DataApiLab) => DataApiPolicy

export const replace =
  (make: (policy: DataApiPolicy, lab: DataApiLab) => Partial<DataApiPolicy>): DataApiChange =>
  (policy, lab) => ({ ...policy, ...make(policy, lab) })

export type Product = 'singlestore' | 'singlestore-helios'

/** Statements of the page are numbered alike for both products. */
export type Sentence = '01' | '04' | '06' | '07' | '08' | '09' | '10' | '12' | '13'

const pages: Readonly<Record<Product, string>> = {
  singlestore: 'S0',
  'singlestore-helios': 'S1',
}

/** What a defect of a product says of the sentences that it breaks. */
export const breaking =
  (product: Product) =>
  (...sentences: readonly Sentence[]): Pick<Defect, 'breaks' | 'clauses'> => ({
    breaks: 'documented',
    clauses: sentences.map((each): ClauseId => `${product}#${pages[product]}-${each}`),
  })
