/** Runs all there is and puts the proof together; what generates it and what holds it share this. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withPreflight } from '../../lib/cli/corpus.ts'
import { bearerMutants, type Mutant, mutants } from '../../lib/reference/start.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { observeAll } from './crew.ts'
import { random } from './exceptions.ts'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'
import { moduleOf, type Proven, pageOf } from './table.ts'
import { weigh } from './weigh.ts'

const root = new URL('../../', import.meta.url)

/** Where the proof is committed. */
export const places: Readonly<Record<'module' | 'page', string>> = {
  module: fileURLToPath(new URL('suites/proof.ts', root)),
  page: fileURLToPath(new URL('reports/samples/proof.md', root)),
}

/** The proof and the runs it was made from. */
export interface Collected extends Proven {
  readonly observed: (order: Order) => Observation
}

const steady = (mutant: Mutant): boolean => !random.has(mutant.id)

const everyMutant: readonly Mutant[] = [...mutants, ...bearerMutants]

/** Observes the conforming servers, every mutant, and the softened ones strictly. */
export const collect = async (): Promise<Collected> => {
  const softened = everyMutant.filter((mutant) => mutant.softened)
  const orders: readonly Order[] = [
    ...[...new Set(everyMutant.map(({ system }) => system))].map((system): Order => ({ system })),
    ...everyMutant.map(({ id, system }): Order => ({ system, mutant: id })),
    ...softened.map(({ id, system }): Order => ({ system, mutant: id, strict: true })),
  ]
  const all = await observeAll(orders)
  const observed = (order: Order): Observation => {
    const found = all.get(nameOf(order))
    if (found === undefined) throw new Error(`There was no run of "${nameOf(order)}".`)
    return found
  }
  const weighed = weigh(everyMutant.filter(steady), observed)
  return { suites: withPreflight({ suites, clauses }), clauses, weighed, observed }
}

const formatted = (text: string, path: string): string => {
  const biome = fileURLToPath(new URL('node_modules/@biomejs/biome/bin/biome', root))
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], {
    cwd: fileURLToPath(root),
    input: text,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`The proof could not be formatted: ${run.stderr}`)
  return run.stdout
}

/** The files as they have to be. */
export const filesOf = (proven: Proven): Readonly<Record<keyof typeof places, string>> => ({
  module: formatted(moduleOf(proven), places.module),
  page: pageOf(proven),
})
