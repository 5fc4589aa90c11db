/** What the runs against all servers prove, as a pure function of what they said. */
import type { ClauseId } from '../../lib/model/clause.ts'
import type { Verdict } from '../../lib/model/report.ts'
import type { Mutant } from '../../lib/reference/start.ts'
import type { Observation, Observed } from './observe.ts'
import type { Order } from './order.ts'

/** A case that says otherwise of a mutant than of the same server without the defect. */
export interface Change {
  readonly case: string
  readonly suite: string
  /** Verdicts of its results where they differ, each once, the worst first. */
  readonly verdicts: readonly Verdict[]
  readonly codes: readonly string[]
  /** True where a result that passed without the defect now has its failing verdict. */
  readonly catches: boolean
  /** The clauses under the lines that catch. */
  readonly clauses: readonly ClauseId[]
}

/** A mutant with all that changed because of it, against the server it names or the conforming one. */
export interface Weighed {
  readonly mutant: Mutant
  readonly changes: readonly Change[]
}

const order: readonly Verdict[] = ['fail', 'broken', 'warn', 'note', 'inconclusive', 'skip', 'pass']

const failing: ReadonlySet<Verdict> = new Set<Verdict>(['fail', 'warn', 'note'])

const byId = (observation: Observation): ReadonlyMap<string, Observed> =>
  new Map(observation.results.map((result) => [result.id, result]))

/** Preflight looks into a matter only where its exchanges gave reason to. */
const passed = (before: Observed | undefined, after: Observed): boolean =>
  before === undefined ? after.suite === 'preflight' : before.verdict === 'pass'

const changeOf = (
  pairs: readonly (readonly [before: Observed | undefined, after: Observed | undefined])[],
): Change | undefined => {
  const differing = pairs.filter(([before, after]) => before?.verdict !== after?.verdict)
  const [first] = differing.flatMap(([before, after]) => after ?? before ?? [])
  if (first === undefined) return undefined
  const after = differing.flatMap(([, one]) => one ?? [])
  const catching = differing.flatMap(([before, one]) =>
    one !== undefined && failing.has(one.verdict) && passed(before, one) ? [one] : [],
  )
  return {
    case: first.case,
    suite: first.suite,
    verdicts: order.filter((verdict) => after.some((one) => one.verdict === verdict)),
    codes: [...new Set(after.flatMap(({ code }) => code ?? []))].sort(),
    catches: catching.length > 0,
    clauses: [...new Set(catching.flatMap(({ broken }) => broken))].sort(),
  }
}

/** The cases that say otherwise of the second server than of the first. */
export const changesBetween = (before: Observation, after: Observation): readonly Change[] => {
  const [old, young] = [byId(before), byId(after)]
  const ids = [...new Set([...old.keys(), ...young.keys()])]
  const cases = new Map<string, [Observed | undefined, Observed | undefined][]>()
  for (const id of ids) {
    const pair: [Observed | undefined, Observed | undefined] = [old.get(id), young.get(id)]
    const name = (pair[0] ?? pair[1])?.case ?? id
    cases.set(name, [...(cases.get(name) ?? []), pair])
  }
  return [...cases.values()].flatMap((pairs) => changeOf(pairs) ?? [])
}

/** Compares each mutant with the server that does the same without the defect. */
export const weigh = (
  mutants: readonly Mutant[],
  observed: (order: Order) => Observation,
): readonly Weighed[] =>
  mutants.map((mutant) => {
    const { id, system, besides, hosted } = mutant
    const where: Order = hosted ? { system, hosted } : { system }
    const without = observed(besides === undefined ? where : { ...where, mutant: besides })
    return { mutant, changes: changesBetween(without, observed({ ...where, mutant: id })) }
  })

/** The worst verdict of the cases that catch a mutant. */
export const worstOf = ({ changes }: Weighed): Verdict | undefined => {
  const catching = changes.filter((change) => change.catches)
  return order.find((verdict) => catching.some(({ verdicts }) => verdicts.includes(verdict)))
}

/** At most this many cases may say otherwise of a mutant that proves a case of a suite. */
export const widest = (casesOfSuite: number): number => Math.max(3, Math.floor(casesOfSuite / 10))

/** The mutants that catch a case, the narrowest first. */
export const catchersOf = (id: string, weighed: readonly Weighed[]): readonly Weighed[] =>
  weighed
    .filter(({ changes }) => changes.some((change) => change.case === id && change.catches))
    .sort(
      (one, other) =>
        one.changes.length - other.changes.length || one.mutant.id.localeCompare(other.mutant.id),
    )

/** For each clause the narrowest mutant that was made for it and is caught by a line citing it. */
export const decidedBy = (weighed: readonly Weighed[]): ReadonlyMap<ClauseId, string> => {
  const found = new Map<ClauseId, Weighed>()
  for (const each of weighed) {
    for (const clause of each.mutant.clauses) {
      const caught = each.changes.some((change) => change.clauses.includes(clause))
      const best = found.get(clause)
      if (caught && (best === undefined || each.changes.length < best.changes.length)) {
        found.set(clause, each)
      }
    }
  }
  return new Map([...found].map(([clause, { mutant }]) => [clause, mutant.id]))
}
