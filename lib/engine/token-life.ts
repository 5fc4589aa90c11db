import type { Issued } from '../credentials/jwt/keyring.ts'
import type { CredentialKind } from '../model/case.ts'
import type { Json } from '../model/json.ts'
import type { PreflightFinding } from '../model/report.ts'
import type { RunContext } from './context.ts'
import { momentOf } from './making.ts'

/** The token issued to the default account, where exchanges of this kind rest on it. */
export function issuedFor(
  context: RunContext,
  kind: CredentialKind | undefined,
): Issued | undefined {
  const { keyring, target } = context
  if (kind !== 'bearer' && kind !== 'jwt') return undefined
  const minted = keyring.trusted !== undefined
  if (minted && (kind === 'jwt' || target.supplied.bearer === undefined)) return undefined
  return keyring.issued('default')
}

/** True where exchanges of this kind rest on a token that the first key of the hosted set signs. */
export function restsOnHosted(
  { keyring, target }: Pick<RunContext, 'keyring' | 'target'>,
  kind: CredentialKind | undefined,
): boolean {
  const { trusted, hosted } = keyring
  if (hosted === undefined || trusted?.kid !== hosted.kidOf('base')) return false
  return kind === 'jwt' || (kind === 'bearer' && target.supplied.bearer === undefined)
}

/** True where bearer and JWT exchanges rest on one and the same token. */
export function shareToken(context: RunContext): boolean {
  const { keyring, kinds, target } = context
  const both = kinds.includes('bearer') && kinds.includes('jwt')
  return both && (keyring.trusted === undefined || target.supplied.bearer === undefined)
}

/** Seconds until a time that a token claims; undefined where it claims none. */
function secondsUntil(context: RunContext, time: Json | undefined): number | undefined {
  return typeof time === 'number' ? Math.floor(time - momentOf(context).now) : undefined
}

/** A span of time in the unit that a reader thinks in. */
export function sayDuration(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  const [name, size] = units.find(([, each]) => seconds >= 2 * each) ?? (['second', 1] as const)
  const count = Math.round(seconds / size)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

/** Why a server had to refuse the issued token, if the token itself says so. */
export function refusedTokenHint(context: RunContext, kind: CredentialKind): string | undefined {
  const issued = issuedFor(context, kind)
  const left = secondsUntil(context, issued?.claims.exp)
  if (left !== undefined && left <= 0) {
    return `The token expired ${sayDuration(-left)} ago by the server's clock: give a fresh one with --bearer TOKEN.`
  }
  const early = secondsUntil(context, issued?.claims.nbf)
  return early !== undefined && early > 0
    ? `The token becomes valid in ${sayDuration(early)} by the server's clock.`
    : undefined
}

/** True where the issued token has expired by now. */
export function hasExpired(context: RunContext, kind: CredentialKind | undefined): boolean {
  const left = secondsUntil(context, issuedFor(context, kind)?.claims.exp)
  return left !== undefined && left <= 0
}

const SHORT = 120

/**
 * Whether the issued token lives long enough for a run of so many seconds; nothing where no exchange
 * rests on it, or where it does not say.
 */
export function tokenLife(
  context: RunContext,
  needed: number | undefined,
): PreflightFinding | undefined {
  const kind = context.kinds.find((each) => issuedFor(context, each) !== undefined)
  const left = secondsUntil(context, issuedFor(context, kind)?.claims.exp)
  if (left === undefined) return undefined
  const run = needed === undefined ? '' : ` and the run takes about ${sayDuration(needed)}`
  const holds = left > (needed ?? SHORT)
  const when = left > 0 ? `expires in ${sayDuration(left)}` : `expired ${sayDuration(-left)} ago`
  return {
    id: 'token-life',
    holds,
    say: `The token ${when}${run}.`,
    ...(holds
      ? {}
      : {
          hint: 'Give a token that lives longer, or --signing-key FILE to have fresh ones signed.',
        }),
  }
}
