import type { Mutant } from '../reference/start.ts'
import { beside } from './columns.ts'
import { readProof } from './proof.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

/** A mutant as `list --mutants --json` gives it. */
export interface ListedMutant {
  readonly id: string
  readonly system: string
  readonly kind: string
  readonly does: string
  /** The level of the clause it breaks; null for servers that are wrong throughout, or benign. */
  readonly breaks: string | null
  readonly clauses: readonly string[]
  /** The cases that give their failing verdict against it. */
  readonly caughtBy: readonly string[]
}

const kinds: Readonly<Record<Mutant['kind'], string>> = {
  narrow: 'One defect each',
  universal: 'Wrong, broken or moody through and through',
  benign: 'Unusual and right: nothing may be held against them',
}

function mutantsText(mutants: readonly Mutant[], width: number): string {
  const groups = Object.entries(kinds).map(([kind, title]) => {
    const own = mutants.filter((mutant) => mutant.kind === kind)
    const rows = own.map(({ id, does }) => beside(`  ${id}`, does, 34, width))
    return [`${title} (${own.length})`, ...rows].join('\n')
  })
  const how = 'Try one with `npx http-auth-conformance demo --mutant NAME`.'
  return `${[...groups, how].join('\n\n')}\n`
}

/** The mutants of every built-in server. */
export async function allMutants(): Promise<readonly Mutant[]> {
  const { bearerMutants, httpsMutants, mutants, vendorMutants } = await import(
    '../reference/start.ts'
  )
  return [...mutants, ...bearerMutants, ...httpsMutants, ...vendorMutants]
}

/** The catalogue of mutants as text or as JSON. */
export async function listMutants(json: boolean, width: number): Promise<string> {
  const mutants = await allMutants()
  const proof = readProof()
  if (!json) return mutantsText(mutants, width)
  const listed = mutants.map(
    ({ id, system, kind, does, breaks, clauses }): ListedMutant => ({
      id,
      system,
      kind,
      does,
      breaks: breaks ?? null,
      clauses,
      caughtBy: proof[id] ?? [],
    }),
  )
  return `${JSON.stringify(listed, null, 2)}\n`
}

/** Systems of the built-in server and the one a caller names, all where none is named. */
export function systemsNamed<S extends string>(
  named: string | undefined,
  systems: readonly S[],
): readonly S[] {
  if (named === undefined) return systems
  const found = systems.filter((system) => system === named)
  if (found.length > 0) return found
  throw new UsageError(
    'unknown-name',
    `There is no built-in server ${JSON.stringify(named)}.`,
    didYouMean(named, systems) ?? `There is ${systems.join(', ')}.`,
  )
}

/** The mutant a caller names. Throws UsageError where no system has it. */
export function mutantNamed(name: string, mutants: readonly Mutant[]): Mutant {
  const found = mutants.find(({ id }) => id === name)
  if (found !== undefined) return found
  const near = didYouMean(
    name,
    mutants.map(({ id }) => id),
  )
  throw new UsageError(
    'unknown-name',
    `There is no mutant ${JSON.stringify(name)}.`,
    near ?? 'See `npx http-auth-conformance list --mutants`.',
  )
}
