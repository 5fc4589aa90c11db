/** What a mutant is, and the helpers that replace one part of a policy. */

import type { ClauseId, Level } from '../../model/clause.ts'
import type { KeyAlgorithm } from '../bearer/types.ts'
import type { AccessRules, AnswerRules, Policy } from '../generic/types.ts'
import type { HttpRules, Reply, Request } from '../http/types.ts'

/** Which reference server. */
export type ReferenceSystem = 'generic' | 'bearer' | 'https' | VendorSystem

/** Stand-ins for APIs whose documentation the suites rest on; named as their profiles are. */
export type VendorSystem =
  | 'singlestore'
  | 'singlestore-helios'
  | 'freesewing'
  | 'influxdb-cloud-serverless'

/**
 * A named variation of a reference server. `narrow`: one realistic defect. `universal`: a server
 * that is wrong, broken or moody through and through. `benign`: legitimate but unusual.
 */
export interface Mutant {
  readonly id: string
  readonly system: ReferenceSystem
  readonly kind: 'narrow' | 'universal' | 'benign'
  /** What this server does, for its author, in the present tense. */
  readonly does: string
  /**
   * How strong the line is that it breaks: as the clause, or milder where what shows of it outside
   * proves less; narrow mutants only.
   */
  readonly breaks?: Level
  /** The text says MUST and a large part of the field does otherwise without harm. */
  readonly softened?: true
  /** The clauses it was made to break. */
  readonly clauses: readonly ClauseId[]
  /** The variation that does the same without the defect, where the conforming server does not. */
  readonly besides?: string
  /** What it does shows only where the tester publishes the keys that the server fetches, by https where it says so. */
  readonly hosted?: true | 'https'
  /** What the keys of a bearer server sign with; ES256 alone where absent. */
  readonly keys?: readonly KeyAlgorithm[]
}

/** What a mutant may use besides the policy; fresh for every server, so no state is shared. */
export interface Lab {
  /** Seeded; from 0 up to 1. */
  readonly random: () => number
  /** Milliseconds by which slow servers delay a refusal. */
  readonly refusalDelay: number
}

/** Makes the mutated policy of one server. */
export type Change = (policy: Policy, lab: Lab) => Policy

/** A defect or oddity with the change that brings it about. */
export interface Variation<C = Change> extends Omit<Mutant, 'system' | 'kind'> {
  readonly change: C
}

/** A narrow mutant names the level it breaks. */
export interface Defect<C = Change> extends Variation<C> {
  readonly breaks: Level
}

/** Replaces rules of the HTTP engine. */
export const http =
  (make: (rules: HttpRules, lab: Lab) => Partial<HttpRules>): Change =>
  (policy, lab) => ({ ...policy, http: { ...policy.http, ...make(policy.http, lab) } })

/** Replaces rules on how credentials are found, read and compared. */
export const access =
  (make: (rules: AccessRules, lab: Lab) => Partial<AccessRules>): Change =>
  (policy, lab) => ({ ...policy, access: { ...policy.access, ...make(policy.access, lab) } })

/** Replaces the looks of answers. */
export const answers =
  (make: (rules: AnswerRules, lab: Lab) => Partial<AnswerRules>): Change =>
  (policy, lab) => ({ ...policy, answers: { ...policy.answers, ...make(policy.answers, lab) } })

/** Answers a request in its own way, or leaves it to `next`. */
export type Handler = (
  request: Request,
  next: (request: Request) => Promise<Reply>,
  policy: Policy,
) => Reply | Promise<Reply>

/** Stands in front of the whole site. The handler is made per server, so it may keep state. */
export const around =
  (make: (lab: Lab, policy: Policy) => Handler): Change =>
  (policy, lab) => {
    const handle = make(lab, policy)
    return {
      ...policy,
      respond: (whole, request) =>
        handle(request, async (passed) => policy.respond(whole, passed), whole),
    }
  }

/** Changes the 401 answers to some reasons and leaves the rest alone. */
export const refusals =
  (change: (reply: Reply, request: Request, reason: string, lab: Lab) => Reply): Change =>
  (policy, lab) => ({
    ...policy,
    answers: {
      ...policy.answers,
      refused: (whole, request, reason) =>
        change(policy.answers.refused(whole, request, reason), request, reason, lab),
    },
  })

/** The same answer without the field lines of that name. */
export const without = (reply: Reply, name: string): Reply => ({
  ...reply,
  fields: reply.fields.filter(([given]) => given.toLowerCase() !== name.toLowerCase()),
})

/** The same answer with one more field line. */
export const withField = (reply: Reply, name: string, value: string): Reply => ({
  ...reply,
  fields: [...reply.fields, [name, value]],
})

/** True where credentials were sent and failed, or could not be read. */
export const triedInVain = (reason: string): boolean => reason !== 'missing'

/** What a server says whose handler threw. */
export const serverError: Reply = {
  status: 500,
  fields: [['Content-Type', 'text/plain']],
  body: 'Internal error\n',
}
