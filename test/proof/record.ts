/** What every mutant was seen to change, kept so that fewer runs can confirm it. */
import type { Change, Weighed } from './weigh.ts'

/** The changes by mutant. */
export type ProofRecord = Readonly<Record<string, readonly Change[]>>

/** The record that a proof gives. */
export const recordOf = (weighed: readonly Weighed[]): ProofRecord =>
  Object.fromEntries(
    weighed
      .map(({ mutant, changes }): [string, readonly Change[]] => [
        mutant.id,
        [...changes].sort((one, other) => one.case.localeCompare(other.case)),
      ])
      .sort(([one], [other]) => one.localeCompare(other)),
  )
