import type { ReferenceSystem } from '../../lib/reference/start.ts'

/** Which server to run the suites against, and how. */
export interface Order {
  readonly system: ReferenceSystem
  /** Absent for the server without any change. */
  readonly mutant?: string
  /** Softened lines that do not hold fail. */
  readonly strict?: true
  /** The cases to run; all there are where absent. */
  readonly only?: readonly string[]
}

/** A name for an order that no other has. */
export const nameOf = ({ system, mutant = '', strict, only = [] }: Order): string =>
  [`${system}/${mutant}`, ...(strict ? ['strictly'] : []), ...only].join(' ')
