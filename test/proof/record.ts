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

/** The record as a file: a line for each mutant, so that two of them can be compared. */
export const recordText = (record: ProofRecord): string => {
  const lines = Object.entries(record).map(
    ([id, changes]) => `${JSON.stringify(id)}: ${JSON.stringify(changes)}`,
  )
  return `{\n${lines.join(',\n')}\n}\n`
}
