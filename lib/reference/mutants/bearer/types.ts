/** What a mutant of the bearer server may use, and the helpers that replace one part of its policy. */
import type {
  AccessRules,
  AnswerRules,
  BearerPolicy,
  Check,
  CheckedClaim,
  CheckedHeader,
  Reason,
  RouteRules,
  SigningKey,
  TokenRules,
} from '../../bearer/types.ts'
import type { Reply, Request } from '../../http/types.ts'
import type { Defect, Lab, Variation } from '../types.ts'

/** What a mutant may use besides the policy. */
export interface BearerLab extends Lab {
  /** The keys of the issuer, for servers that decrypt what was encrypted to them. */
  readonly keys: readonly SigningKey[]
}

/** Makes the mutated policy of one server. */
export type BearerChange = (policy: BearerPolicy, lab: BearerLab) => BearerPolicy

export type BearerVariation = Variation<BearerChange>
export type BearerDefect = Defect<BearerChange>

/** Replaces rules on how tokens are read and verified. */
export const tokens =
  (make: (rules: TokenRules, lab: BearerLab) => Partial<TokenRules>): BearerChange =>
  (policy, lab) => ({ ...policy, tokens: { ...policy.tokens, ...make(policy.tokens, lab) } })

/** Replaces the check of one claim. */
export const claim = (name: CheckedClaim, make: (strict: Check) => Check): BearerChange =>
  tokens(({ claims }) => ({ claims: { ...claims, [name]: make(claims[name]) } }))

/** Replaces the check of one header parameter. */
export const header = (name: CheckedHeader, make: (strict: Check) => Check): BearerChange =>
  tokens(({ headers }) => ({ headers: { ...headers, [name]: make(headers[name]) } }))

/** Replaces rules on how the token of a request is found. */
export const access =
  (make: (rules: AccessRules, lab: BearerLab) => Partial<AccessRules>): BearerChange =>
  (policy, lab) => ({ ...policy, access: { ...policy.access, ...make(policy.access, lab) } })

/** Replaces the looks of answers. */
export const answers =
  (make: (rules: AnswerRules, lab: BearerLab) => Partial<AnswerRules>): BearerChange =>
  (policy, lab) => ({ ...policy, answers: { ...policy.answers, ...make(policy.answers, lab) } })

/** Replaces rules on paths, methods and scopes. */
export const routes =
  (make: (rules: RouteRules) => Partial<RouteRules>): BearerChange =>
  (policy) => ({ ...policy, routes: { ...policy.routes, ...make(policy.routes) } })

/** Several changes, one after the other. */
export const both =
  (...changes: readonly BearerChange[]): BearerChange =>
  (policy, lab) =>
    changes.reduce((changed, change) => change(changed, lab), policy)

/** Answers a request in its own way, or leaves it to `next`. */
export type BearerHandler = (
  request: Request,
  next: (request: Request) => Promise<Reply>,
  policy: BearerPolicy,
) => Reply | Promise<Reply>

/** Stands in front of the whole site. The handler is made per server, so it may keep state. */
export const around =
  (make: (lab: BearerLab) => BearerHandler): BearerChange =>
  (policy, lab) => {
    const handle = make(lab)
    return {
      ...policy,
      respond: (whole, request) =>
        handle(request, async (passed) => policy.respond(whole, passed), whole),
    }
  }

/** Changes the refusals for some reasons and leaves the rest alone. */
export const refusals =
  (change: (reply: Reply, request: Request, reason: Reason) => Reply): BearerChange =>
  (policy) => ({
    ...policy,
    answers: {
      ...policy.answers,
      refused: (whole, request, reason) =>
        change(policy.answers.refused(whole, request, reason), request, reason),
    },
  })
