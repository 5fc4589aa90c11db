import { operationOf } from '../credentials/operations.ts'
import type { CredentialKind } from '../model/case.ts'
import type { PreflightFinding } from '../model/report.ts'
import { printKey, type RunContext } from './context.ts'
import { type Learned, learnOperation } from './preflight.ts'
import { restsOnHosted, shareToken } from './token-life.ts'

const OPERATION = 'protected'

/** True where one preflight tells of both kinds: one token, and one request to send it with. */
function isOne(context: RunContext): boolean {
  const [bearer, jwt] = (['bearer', 'jwt'] as const).map((kind) =>
    operationOf(context.target, OPERATION, kind),
  )
  return shareToken(context) && JSON.stringify(bearer) === JSON.stringify(jwt)
}

/**
 * Learns about bearer tokens taken as text and as JSON Web Tokens at once, where both are the same
 * token: of its two strangers one is random text and one has its signature spoilt.
 */
async function learnBoth(context: RunContext): Promise<readonly Learned[]> {
  // Under the name of what the operator supplied, so that a refusal names what can be checked.
  const given = context.target.supplied.bearer !== undefined
  const [first, second] = given ? (['bearer', 'jwt'] as const) : (['jwt', 'bearer'] as const)
  const learned = await learnOperation(context, OPERATION, first, second)
  const [own, other] = [printKey(OPERATION, first), printKey(OPERATION, second)]
  const print = context.prints.get(own)
  const told = context.told.get(own)
  if (print !== undefined) context.prints.set(other, print)
  if (told !== undefined) context.told.set(other, told)
  return (['bearer', 'jwt'] as const).map((kind) => ({
    ...learned,
    kind,
    strangers: learned.strangers.filter(({ send }) => strangerKind(send.with) === kind),
  }))
}

function strangerKind(what: unknown): unknown {
  return typeof what === 'object' && what !== null && 'stranger' in what ? what.stranger : undefined
}

/** What is known beforehand of a kind whose tokens rest on a set that the target does not use. */
function withoutKeys(kind: CredentialKind, blocked: PreflightFinding): Learned {
  const none = { anonymous: [], strangers: [], valid: [], served: [] }
  return { kind, operation: OPERATION, ...none, refusedByTrouble: false, blocked }
}

/**
 * Learns about the kinds that the operator supplied, one after the other. `keySet`: what was found of
 * the hosted set, which explains why its tokens are refused.
 */
export async function learnKinds(
  context: RunContext,
  keySet?: PreflightFinding,
): Promise<Learned[]> {
  const learned: Learned[] = []
  const one = isOne(context)
  for (const kind of context.kinds) {
    if (keySet?.holds === false && restsOnHosted(context, kind)) {
      learned.push(withoutKeys(kind, keySet))
      continue
    }
    if (kind === 'jwt' && one) continue
    const each: readonly Learned[] =
      kind === 'bearer' && one
        ? await learnBoth(context)
        : [await learnOperation(context, OPERATION, kind)]
    learned.push(...each)
    if (each.some(({ blocked }) => blocked?.id === 'reachable')) break
  }
  return learned
}

/** The kinds in the order of preflight; a kind that shares its token has nothing of its own to say. */
export function isRepeated(context: RunContext, kind: CredentialKind | undefined): boolean {
  return kind === 'jwt' && isOne(context)
}
