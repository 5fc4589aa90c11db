/** Looks by few runs whether a recorded proof still holds. */
import { isDeepStrictEqual } from 'node:util'
import type { Mutant } from '../../lib/reference/start.ts'
import {
  assembled,
  type Collected,
  conforming,
  everyMutant,
  lookIn,
  orderOf,
  steady,
} from './collect.ts'
import { observeAll } from './crew.ts'
import type { Observation } from './observe.ts'
import type { Order } from './order.ts'
import { type ProofRecord, recordOf } from './record.ts'
import { changesBetween, type Weighed, weigh } from './weigh.ts'

/** Of how many narrow mutants one meets every case, lest cases catch what they should leave alone. */
const oneOf = 16

const bases: ReadonlySet<string> = new Set(steady.flatMap(({ besides }) => besides ?? []))

const meetsAll = (mutant: Mutant, index: number): boolean =>
  mutant.kind !== 'narrow' || bases.has(mutant.id) || index % oneOf === 0

const casesOf = (record: ProofRecord, { id }: Mutant): readonly string[] =>
  (record[id] ?? []).map((change) => change.case)

/** To judge a softened mutant strictly, by what is recorded for it. */
export const strictly = (record: ProofRecord, mutant: Mutant): Order => ({
  ...orderOf(mutant),
  strict: true,
  only: casesOf(record, mutant),
})

const cutTo = (cases: ReadonlySet<string>, { results, ...rest }: Observation): Observation => ({
  ...rest,
  results: results.filter((result) => cases.has(result.case)),
})

/** Most narrow mutants, with the cases that are recorded to tell them apart. */
const briefOrders = (record: ProofRecord): ReadonlyMap<Mutant, Order> =>
  new Map(
    everyMutant.flatMap((mutant, index): [Mutant, Order][] => {
      const only = meetsAll(mutant, index) ? [] : casesOf(record, mutant)
      return only.length === 0 ? [] : [[mutant, { ...orderOf(mutant), only }]]
    }),
  )

/** A mutant that met few cases, if these say what is recorded. */
const asRecorded = (
  mutant: Mutant,
  { only = [], ...order }: Order,
  { record, observed }: { record: ProofRecord; observed: (order: Order) => Observation },
): readonly Weighed[] => {
  const cases = new Set(only)
  const { system, besides, hosted } = mutant
  const base: Order = {
    system,
    ...(hosted && { hosted }),
    ...(besides && { mutant: besides }),
  }
  const changes = changesBetween(
    cutTo(cases, observed(base)),
    cutTo(cases, observed({ ...order, only })),
  )
  const found = { mutant, changes }
  return isDeepStrictEqual(recordOf([found])[mutant.id], record[mutant.id]) ? [found] : []
}

/**
 * Confirms a recorded proof: a narrow mutant meets only the cases recorded for it. Where these say
 * anything but the record, as those do that watch the traffic of others, it meets every case after
 * all. Servers that must not be blamed always meet every case.
 */
export const confirm = async (record: ProofRecord): Promise<Collected> => {
  const brief = briefOrders(record)
  const softened = everyMutant.filter((mutant) => mutant.softened)
  const first = await observeAll([
    ...conforming,
    ...everyMutant.map((mutant) => brief.get(mutant) ?? orderOf(mutant)),
    ...softened.map((mutant) => strictly(record, mutant)),
  ])
  const known = { record, observed: lookIn(first) }
  const held = new Map(
    [...brief].flatMap(([mutant, order]) =>
      asRecorded(mutant, order, known).map((each): [Mutant, Weighed] => [mutant, each]),
    ),
  )
  const again = [...brief.keys()].filter((mutant) => !held.has(mutant))
  const observed = lookIn(new Map([...first, ...(await observeAll(again.map(orderOf)))]))
  const weighed = steady.flatMap((mutant) => held.get(mutant) ?? weigh([mutant], observed))
  return assembled(weighed, observed)
}
