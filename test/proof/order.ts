import type { ReferenceSystem } from '../../lib/reference/start.ts'

/** Which server to run the suites against, and how. */
export interface Order {
  readonly system: ReferenceSystem
  /** Absent for the server without any change. */
  readonly mutant?: string
  /** Softened lines that do not hold fail. */
  readonly strict?: true
}

/** A name for an order that no other has. */
export const nameOf = ({ system, mutant = '', strict }: Order): string =>
  `${system}/${mutant}${strict ? ' (strict)' : ''}`
