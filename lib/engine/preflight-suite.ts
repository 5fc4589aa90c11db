import type { Case, CredentialKind, Suite } from '../model/case.ts'
import type { Learned } from './preflight.ts'
import { anonymousRefused, grantNotCached, strangerRefused } from './preflight-cases.ts'

/** The kinds to try strangers of; where any text passes for a token, a spoilt one tells no more. */
function kindsOf(learned: readonly Learned[]): readonly CredentialKind[] {
  const bearer = learned.find(({ kind }) => kind === 'bearer')
  const garbage = bearer?.strangers.some(({ outcome }) => outcome === 'granted') ?? false
  return learned.flatMap(({ kind }) =>
    kind === undefined || (kind === 'jwt' && garbage) ? [] : [kind],
  )
}

/** The cases that decide what all other refusals are worth, for what preflight has learned. */
export function preflightSuite(learned: readonly Learned[]): Suite {
  const [first] = learned
  if (first?.kind === undefined) throw new TypeError('preflight cases need a kind of credential')
  const opening: Case = learned.some((each) => each.served.includes('cached'))
    ? grantNotCached
    : anonymousRefused(first.kind)
  // Where anonymous requests are served, strangers are no second finding.
  const open = learned.some((each) => each.served.includes('anonymous'))
  const strangers = open ? [] : kindsOf(learned).map(strangerRefused)
  return {
    id: 'preflight',
    title: 'Access at all',
    about: 'What must hold before any other refusal says something.',
    cases: [opening, ...strangers],
  }
}
