import { existsSync, readFileSync } from 'node:fs'

/** The cases that catch each mutant, as the proof last found them. */
export type Proof = Readonly<Record<string, readonly string[]>>

/** Reads the proof that stands beside the suites; empty where none has been written yet. */
export function readProof(): Proof {
  const file = new URL('../../suites/proof.json', import.meta.url)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
