/** What follows from the fault of a JSON Web Token for what a case can prove. */
import type { Case, JwtFault, Send } from '../model/case.ts'
import { sendsOf } from './derive.ts'

/** Rearrangements after which no valid signature stands behind the text it covers. */
const UNSIGNED: ReadonlySet<string> = new Set([
  'swapped',
  'leading-dot',
  'dots-only',
  'one-word',
  'thousand-dots',
  'empty-header',
  'empty-payload',
])

function jwtFault(send: Send): JwtFault | undefined {
  const what = send.with
  return typeof what === 'object' && 'valid' in what && what.valid === 'jwt' ? what.but : undefined
}

/**
 * True where the token is changed after it was signed: a verifier has to refuse it for its signature,
 * whatever else it would have thought of it.
 */
export function isTampered(send: Send): boolean {
  const { signature, segments } = jwtFault(send) ?? {}
  if (segments !== undefined && UNSIGNED.has(segments)) return true
  if (signature === undefined) return false
  if (typeof signature === 'string') return true
  return !['key', 'forged', 'leadingZero'].some((name) => name in signature)
}

/** What a pass of the case proves where that is less than its title: only that nobody gets past. */
export function provesOf(each: Case, send: Send | undefined): 'no-bypass' | undefined {
  if (each.about === 'signature') return undefined
  const sends = send === undefined ? sendsOf(each).map((step) => step.send) : [send]
  return sends.some(isTampered) ? 'no-bypass' : undefined
}

/** What the operator said the server expects, where the case puts something else in its place. */
export function restsOnStated(send: Send): readonly ('issuer' | 'audience')[] {
  const { signature, claims, claimsJson } = jwtFault(send) ?? {}
  const isSigned =
    signature === undefined ||
    (typeof signature === 'object' && 'key' in signature && signature.key === 'trusted')
  if (!isSigned) return []
  const named = { ...claims, ...claimsJson?.firstMembers, ...claimsJson?.lastMembers }
  return [
    ...(Object.hasOwn(named, 'iss') ? (['issuer'] as const) : []),
    ...(Object.hasOwn(named, 'aud') ? (['audience'] as const) : []),
  ]
}
