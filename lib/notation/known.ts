/** What a suite may refer to besides itself. */
import type { Clause } from '../model/clause.ts'

/** The words a suite document is held against. */
export interface Vocabulary {
  readonly clauses: readonly Clause[]
  /** Codes that `challengeFreeOf` may list. */
  readonly challengeDeviationCodes: readonly string[]
  /** Codes that `answerFreeOf` may list. */
  readonly violationCodes: readonly string[]
}

/** The same, ready to be looked up. */
export interface Known {
  readonly clauses: ReadonlyMap<string, Clause>
  readonly challengeDeviationCodes: readonly string[]
  readonly violationCodes: readonly string[]
}

export function knownOf(vocabulary: Vocabulary): Known {
  return {
    ...vocabulary,
    clauses: new Map(vocabulary.clauses.map((clause) => [clause.id, clause])),
  }
}
