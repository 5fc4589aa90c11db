import type { ReferenceSystem } from '../../lib/reference/start.ts'

/** Which server to run the suites against, and how. */
export interface Order {
  readonly system: ReferenceSystem
  /** Absent for the server without any change. */
  readonly mutant?: string
  /** Softened lines that do not hold fail. */
  readonly strict?: true
  /** The server reads a key set that the tool hosts, and meets the cases on that alone. */
  readonly hosted?: true | 'https'
  /** The cases to run; all there are where absent. */
  readonly only?: readonly string[]
}

/** A name for an order that no other has. */
export const nameOf = ({ system, mutant = '', strict, hosted, only = [] }: Order): string =>
  [
    `${system}/${mutant}`,
    ...(hosted === 'https' ? ['hosted by https'] : hosted ? ['hosted'] : []),
    ...(strict ? ['strictly'] : []),
    ...only,
  ].join(' ')
