// Writes the proof anew: `node --import tsx test/proof/generate.ts`. Names of systems or mutants, or
// the word hosted, limit what is run: of all others the record is believed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Mutant } from '../../lib/reference/start.ts'
import { collect, filesOf, places } from './collect.ts'
import type { ProofRecord } from './record.ts'

const names = process.argv.slice(2)

const isNamed = ({ id, system, hosted }: Mutant): boolean =>
  names.includes(id) || (hosted ? names.includes('hosted') : names.includes(system))

const known = (): ProofRecord => JSON.parse(readFileSync(places.record, 'utf8'))

const files = filesOf(names.length === 0 ? await collect() : await collect(isNamed, known()))
for (const [name, path] of Object.entries(places)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, files[name as keyof typeof places])
}
