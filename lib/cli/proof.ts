import { decided, proof } from '../../suites/proof.ts'

/** The cases that catch each mutant, as the proof last found them. */
export type Proof = Readonly<Record<string, readonly string[]>>

/** The proof that stands beside the suites. */
export function readProof(): Proof {
  return proof
}

/** The mutant made to break a clause that a line citing it catches; undefined where there is none. */
export function deciderOf(clause: string): string | undefined {
  const deciders: Readonly<Record<string, string>> = decided
  return deciders[clause]
}
