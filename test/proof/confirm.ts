/** Looks by few runs whether a recorded proof still holds. */
import { isDeepStrictEqual } from 'node:util'
import type { Verdict } from '../../lib/model/report.ts'
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
import { few, observeAll, quiet } from './crew.ts'
import type { Observation } from './observe.ts'
import { nameOf, type Order } from './order.ts'
import { type ProofRecord, recordOf } from './record.ts'
import { type Change, changesBetween, type Weighed, weigh } from './weigh.ts'

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

/** Verdicts that say nothing of a server. */
const silent: ReadonlySet<Verdict> = new Set<Verdict>(['inconclusive', 'skip'])

const isSilent = ({ verdicts }: Change): boolean => verdicts.every((each) => silent.has(each))

const isRecorded = (record: ProofRecord, each: Weighed): boolean =>
  isDeepStrictEqual(recordOf([each])[each.mutant.id], record[each.mutant.id])

/** True where a run differs from what is recorded in nothing but what it could not tell. */
const saysLess = (record: ProofRecord, { mutant, changes }: Weighed): boolean => {
  const known = record[mutant.id] ?? []
  const other = changes.filter((change) => !known.some((one) => isDeepStrictEqual(one, change)))
  const told = new Set(changes.map((change) => change.case))
  return other.every(isSilent) && known.every((change) => told.has(change.case))
}

/** A server that is wrong throughout is recorded by what catches it; of the rest, chance has its part. */
const withoutChance = (record: ProofRecord, each: Weighed): Weighed => {
  const known = record[each.mutant.id] ?? []
  const telling = (changes: readonly Change[]): readonly string[] =>
    changes.flatMap((change) => (change.catches ? [change.case] : [])).sort()
  if (each.mutant.kind !== 'universal') return each
  return isDeepStrictEqual(telling(each.changes), telling(known))
    ? { ...each, changes: known }
    : each
}

/** How often a run that says less than is recorded is made again. */
const tries = 3

/**
 * A machine that is busy makes runs say less, and never otherwise: those that differ from the record by
 * that alone are made again with the machine to themselves.
 */
const atRest = async (
  record: ProofRecord,
  weighed: readonly Weighed[],
  observed: (order: Order) => Observation,
): Promise<readonly Weighed[]> => {
  let found = weighed.map((each) => withoutChance(record, each))
  for (let left = tries; left > 0; left -= 1) {
    const again = found.filter((each) => !isRecorded(record, each) && saysLess(record, each))
    if (again.length === 0) return found
    const anew = await observeAll(
      again.map(({ mutant }) => orderOf(mutant)),
      quiet,
    )
    const looked = (order: Order): Observation => anew.get(nameOf(order)) ?? observed(order)
    found = found.map((each) =>
      again.includes(each)
        ? (weigh([each.mutant], looked).map((one) => withoutChance(record, one))[0] ?? each)
        : each,
    )
  }
  return found
}

/**
 * Confirms a recorded proof: a narrow mutant meets only the cases recorded for it. Where these say
 * anything but the record, as those do that watch the traffic of others, it meets every case after
 * all. Servers that must not be blamed always meet every case.
 */
export const confirm = async (record: ProofRecord): Promise<Collected> => {
  const brief = briefOrders(record)
  const softened = everyMutant.filter((mutant) => mutant.softened)
  // What all others are compared with has the machine to itself.
  const bare = await observeAll(conforming, few)
  const crowd = await observeAll([
    ...everyMutant.map((mutant) => brief.get(mutant) ?? orderOf(mutant)),
    ...softened.map((mutant) => strictly(record, mutant)),
  ])
  const first = new Map([...bare, ...crowd])
  const known = { record, observed: lookIn(first) }
  const held = new Map(
    [...brief].flatMap(([mutant, order]) =>
      asRecorded(mutant, order, known).map((each): [Mutant, Weighed] => [mutant, each]),
    ),
  )
  const again = [...brief.keys()].filter((mutant) => !held.has(mutant))
  const observed = lookIn(new Map([...first, ...(await observeAll(again.map(orderOf)))]))
  const weighed = steady.flatMap((mutant) => held.get(mutant) ?? weigh([mutant], observed))
  return assembled(await atRest(record, weighed, observed), observed)
}
