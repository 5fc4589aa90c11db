/** Which server to run the suites against, and how. */
export interface Order {
  /** Absent for the server without any change. */
  readonly mutant?: string
  /** Softened lines that do not hold fail. */
  readonly strict?: true
}

/** A name for an order that no other has. */
export const nameOf = ({ mutant = '', strict }: Order): string =>
  strict ? `${mutant} (strict)` : mutant
