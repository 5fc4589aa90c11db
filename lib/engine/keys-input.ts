/** What a run on a hosted key set can begin with where the target reads its keys on request. */
import { readIssued } from '../credentials/jwt/keyring.ts'
import { kindsOffered } from '../credentials/operations.ts'
import type { Target } from '../model/profile.ts'
import type { PreflightFinding, Reason } from '../model/report.ts'
import type { RunInput } from './input.ts'
import { type KeyRefresh, keyRefreshOf } from './key-refresh.ts'

/** The input of a run, and what is to be said of it before anything is sent. */
export interface KeysInput<I> {
  readonly input: I
  readonly refresh?: KeyRefresh
  /** Why no key set is hosted although that was wanted. */
  readonly unhosted?: Reason
  readonly finding?: PreflightFinding
  /** What of the credentials is left out, for a reader. */
  readonly remark?: string
}

type Given = Pick<RunInput, 'target' | 'hosted'>

/** Without the keys that nobody would read: what else was supplied is judged as it is. */
function withoutHosting<I extends Given>(input: I): I {
  const { hosted: _, ...supplied } = input.target.supplied
  const { hosted: __, ...rest } = input
  return { ...rest, target: { ...input.target, supplied } } as I
}

/**
 * A token that no key of the set vouches for is good until the set is read, and no longer: its claims
 * are what is left of it.
 */
function withClaimsAlone({ supplied, ...target }: Target): Target | undefined {
  const { bearer, bearers: _, ...rest } = supplied
  const vouched = supplied.publicKey !== undefined || supplied.signingKey !== undefined
  if (bearer === undefined || vouched || readIssued(bearer) === undefined) return undefined
  return { ...target, supplied: { ...rest, hosted: { ...supplied.hosted, like: bearer } } }
}

const REMARK =
  'The token given with --bearer lends its claims and is not sent, since the set has no key of its issuer; --public-key FILE adds that.'

/** The input as the profile of its target allows it. */
export function keysInputOf<I extends Given>(input: I): KeysInput<I> {
  const { target, hosted } = input
  const refresh = hosted === undefined ? undefined : keyRefreshOf(target)
  if (refresh === undefined) return { input }
  if ('missing' in refresh) {
    const bare = withoutHosting(input)
    const say = `The server reads its key set on request alone, which needs ${refresh.missing}.`
    const blocks = kindsOffered(bare.target).length === 0 ? { blocks: true as const } : {}
    return {
      input: bare,
      unhosted: { code: 'not-supplied', say: `Needs ${refresh.missing}.`, option: refresh.option },
      finding: { id: 'key-set', holds: false, say, hint: `Give ${refresh.option}.`, ...blocks },
    }
  }
  const lent = withClaimsAlone(target)
  return lent === undefined
    ? { input, refresh }
    : { input: { ...input, target: lent }, refresh, remark: REMARK }
}
