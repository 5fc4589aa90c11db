/** What types cannot say of profiles. */
import type { Clause } from '../model/clause.ts'
import type { Profile } from '../model/profile.ts'
import { below, type Place, type Problem, root } from './problem.ts'
import { profileShape } from './profile-shape.ts'
import { validate } from './validate.ts'
import { nearest, quoted } from './words.ts'

/** Every mistake in a profile: its shape first, then what it binds and what it cites. */
export function checkProfile(profile: Profile, clauses: readonly Clause[]): readonly Problem[] {
  const unfit = validate(profileShape, profile)
  if (unfit.length > 0) return unfit
  return [
    ...checkOperations(profile),
    ...checkSchemes(profile, clauses),
    ...checkDeviations(profile, clauses),
    ...checkAccepts(profile),
  ]
}

function checkOperations(profile: Profile): readonly Problem[] {
  if (profile.operations.protected !== undefined) return []
  const say = 'The operation "protected" is missing, to which nearly every case sends.'
  return [{ path: below(root, 'operations').path, say }]
}

function checkSchemes(profile: Profile, clauses: readonly Clause[]): readonly Problem[] {
  const at = below(root, 'schemes')
  const seen = new Set(['basic', 'bearer'])
  return (profile.schemes ?? []).flatMap(({ word, clause }, n) => {
    const place = below(at, n)
    const twice = seen.has(word.toLowerCase())
    seen.add(word.toLowerCase())
    const say = `The scheme ${quoted(word)} is known already; letter case makes no difference here.`
    return [
      ...(twice ? [{ path: below(place, 'word').path, say }] : []),
      ...(clause === undefined ? [] : checkClause(clause, below(place, 'clause'), clauses)),
    ]
  })
}

function checkDeviations(profile: Profile, clauses: readonly Clause[]): readonly Problem[] {
  const at = below(root, 'deviations')
  const bound = Object.keys(profile.operations)
  return (profile.deviations ?? []).flatMap(({ clause, beside = [], operation }, n) => {
    const place = below(at, n)
    const known = operation === undefined || bound.includes(operation)
    return [
      ...checkClause(clause, below(place, 'clause'), clauses),
      ...beside.flatMap((one, at) => checkClause(one, below(below(place, 'beside'), at), clauses)),
      ...(known ? [] : [unbound(operation, bound, below(place, 'operation'))]),
    ]
  })
}

function checkAccepts(profile: Profile): readonly Problem[] {
  const { accepts } = profile
  if (accepts === undefined) return []
  return Object.entries(profile.operations).flatMap(([name, binding]) => {
    if (binding === undefined || !('by' in binding)) return []
    const place = below(below(below(root, 'operations'), name), 'by')
    return Object.keys(binding.by)
      .filter((kind) => !accepts.some((one) => one === kind))
      .map((kind) => ({
        path: below(place, kind).path,
        say: `The profile binds ${quoted(kind)} here, which "accepts" leaves out.`,
      }))
  })
}

function checkClause(id: string, place: Place, clauses: readonly Clause[]): readonly Problem[] {
  const ids = clauses.map((clause): string => clause.id)
  if (ids.includes(id)) return []
  return [suggested(`The clause ${quoted(id)} does not exist.`, nearest(id, ids), place)]
}

function unbound(operation: string, bound: readonly string[], place: Place): Problem {
  const say = `The operation ${quoted(operation)} is not among those the profile binds.`
  return suggested(say, nearest(operation, bound), place)
}

function suggested(say: string, suggestion: string | undefined, place: Place): Problem {
  return { path: place.path, say, ...(suggestion === undefined ? {} : { suggestion }) }
}
