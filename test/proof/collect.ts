/** Runs all there is and puts the proof together; what writes it and what confirms it share this. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withPreflight } from '../../lib/cli/corpus.ts'
import {
  bearerMutants,
  httpsMutants,
  type Mutant,
  mutants,
  vendorMutants,
} from '../../lib/reference/start.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { few, observeAll, steadily } from './crew.ts'
import { random } from './exceptions.ts'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'
import { type ProofRecord, recordOf, recordText } from './record.ts'
import { moduleOf, type Proven, pageOf } from './table.ts'
import { type Weighed, weigh } from './weigh.ts'

const root = new URL('../../', import.meta.url)

/** Where the proof is committed. */
export const places: Readonly<Record<'module' | 'page' | 'record', string>> = {
  module: fileURLToPath(new URL('suites/proof.ts', root)),
  record: fileURLToPath(new URL('test/proof/recorded.json', root)),
  page: fileURLToPath(new URL('reports/samples/proof.md', root)),
}

/** The proof and the runs it was made from. */
export interface Collected extends Proven {
  readonly observed: (order: Order) => Observation
}

/** Every server that breaks or varies something, of all systems. */
export const everyMutant: readonly Mutant[] = [
  ...mutants,
  ...bearerMutants,
  ...httpsMutants,
  ...vendorMutants,
]

/** The mutants that do the same in each run. */
export const steady: readonly Mutant[] = everyMutant.filter(({ id }) => !random.has(id))

/** To run every case against a mutant. */
export const orderOf = ({ id, system, hosted }: Mutant): Order => ({
  system,
  mutant: id,
  ...(hosted === undefined ? {} : { hosted }),
})

const readers = new Set(everyMutant.flatMap(({ system, hosted }) => (hosted ? [system] : [])))

/** To run every case against the servers without any change, twice where they read a key set. */
export const conforming: readonly Order[] = [
  ...new Set(everyMutant.map(({ system }) => system)),
].flatMap((system): Order[] =>
  readers.has(system)
    ? [
        { system },
        { system, hosted: true },
        ...(system === 'bearer' ? [{ system, hosted: 'https' as const }] : []),
      ]
    : [{ system }],
)

/** What was observed of an order, for those that were carried out. */
export const lookIn =
  (all: ReadonlyMap<string, Observation>) =>
  (order: Order): Observation => {
    const found = all.get(nameOf(order))
    if (found === undefined) throw new Error(`There was no run of "${nameOf(order)}".`)
    return found
  }

/** Puts together what the runs showed. */
export const assembled = (
  weighed: readonly Weighed[],
  observed: (order: Order) => Observation,
): Collected => ({ suites: withPreflight({ suites, clauses }), clauses, weighed, observed })

/**
 * Runs every case against the conforming servers and the mutants that are meant; what the others
 * change is taken from the record.
 */
export const collect = async (
  isMeant: (mutant: Mutant) => boolean = () => true,
  record: ProofRecord = {},
): Promise<Collected> => {
  const meant = everyMutant.filter(isMeant)
  const systems = new Set(meant.map(({ system }) => system))
  const bases = new Set(meant.flatMap(({ besides }) => besides ?? []))
  const beside = everyMutant.filter((each) => bases.has(each.id) && !meant.includes(each))
  // What all others are compared with has the machine to itself.
  const bare = await observeAll(
    conforming.filter(({ system }) => systems.has(system)),
    few,
  )
  const others = await observeAll([...meant, ...beside].map(orderOf), steadily)
  const observed = lookIn(new Map([...bare, ...others]))
  const weighed = steady.flatMap((mutant) =>
    isMeant(mutant) ? weigh([mutant], observed) : [{ mutant, changes: record[mutant.id] ?? [] }],
  )
  return assembled(weighed, observed)
}

const formatted = (text: string, path: string): string => {
  const biome = fileURLToPath(new URL('node_modules/@biomejs/biome/bin/biome', root))
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], {
    cwd: fileURLToPath(root),
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`The proof could not be formatted: ${run.stderr}`)
  return run.stdout
}

/** The files as they have to be. */
export const filesOf = (proven: Proven): Readonly<Record<keyof typeof places, string>> => ({
  module: formatted(moduleOf(proven), places.module),
  page: pageOf(proven),
  record: recordText(recordOf(proven.weighed)),
})
