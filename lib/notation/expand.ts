/** Lays a case's examples over its fault. */
import type { Case, ExampleFault, Send, Suite, With } from '../model/case.ts'
import { requestFault } from './fault-shapes.ts'
import { memberNames } from './shape.ts'

/** One thing that a case sends: the case itself, or one example of it. */
export interface Variation {
  /** `case` or `case/example`. */
  readonly id: string
  readonly suite: string
  readonly case: Case
  readonly example?: string
  /** What is sent, the example laid over it; absent for cases with steps and for watches. */
  readonly send?: Send
}

const REQUEST_MEMBERS: readonly string[] = memberNames(requestFault)

/**
 * The variations of a case in the order of its examples. With examples only they run; a case
 * without, a case with steps and a watch have one variation.
 */
export function variationsOf(suite: Suite, case_: Case): readonly Variation[] {
  const base = { id: case_.id, suite: suite.id, case: case_ }
  if (case_.send === undefined) return [base]
  const { send, examples } = case_
  if (examples === undefined) return [{ ...base, send }]
  return Object.entries(examples).map(([example, fault]) => ({
    ...base,
    id: `${case_.id}/${example}`,
    example,
    send: overlaid(send, fault),
  }))
}

/** True for a member of the request's fault, false for one of the credential's. */
export function isRequestMember(name: string): boolean {
  return REQUEST_MEMBERS.includes(name)
}

/**
 * One example over what a case sends: `header` and `claims` merge one level deep, other members
 * replace. Members for a credential are dropped where none is sent that could carry them.
 */
function overlaid(send: Send, fault: ExampleFault): Send {
  const entries = Object.entries(fault)
  const around = Object.fromEntries(entries.filter(([name]) => isRequestMember(name)))
  const inside = Object.fromEntries(entries.filter(([name]) => !isRequestMember(name)))
  const but = { ...send.but, ...around }
  return {
    ...send,
    with: credentialWith(send.with, inside),
    ...(Object.keys(but).length === 0 ? {} : { but }),
  }
}

function credentialWith(credential: With, inside: Readonly<Record<string, unknown>>): With {
  if (credential === 'nothing') return credential
  if ('authorization' in credential) {
    const { authorization = credential.authorization } = inside
    return { authorization } as With
  }
  if (!('valid' in credential)) return credential
  const base: Readonly<Record<string, unknown>> = { ...credential.but }
  const merged = { ...base, ...inside }
  for (const name of ['header', 'claims']) {
    const members = { ...asMembers(base[name]), ...asMembers(inside[name]) }
    if (Object.keys(members).length > 0) merged[name] = members
  }
  if (Object.keys(merged).length === 0) return credential
  // Whether the members fit the kind of credential is the suite check's business.
  return { ...credential, but: merged } as With
}

function asMembers(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
