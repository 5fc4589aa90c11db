/** What claims and header parameters have to be (RFC 7515 §4.1, RFC 7519 §4.1, RFC 8725 §3). */
import type { Json } from '../../model/json.ts'
import type { Check, CheckedClaim, CheckedHeader } from './types.ts'

/** A time that can be compared: JSON has numbers that only infinity can hold. */
export const isTime = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const mediaType = (value: string): string =>
  (value.includes('/') ? value : `application/${value}`).toLowerCase()

const tokenTypes = ['application/jwt', 'application/at+jwt']

/** An access token, or one of no declared type (RFC 7515 §4.1.9, RFC 8725 §3.11). */
export const isAccessToken: Check = (value) =>
  value === undefined || (typeof value === 'string' && tokenTypes.includes(mediaType(value)))

const isNotNested: Check = (value) =>
  value === undefined || (typeof value === 'string' && mediaType(value) !== 'application/jwt')

/** The header parameters that are looked at; all others are ignored (RFC 7515 §4). */
export const strictHeaders: Readonly<Record<CheckedHeader, Check>> = {
  typ: isAccessToken,
  cty: isNotNested,
  // No extension is understood here, so whatever is critical is too much (RFC 7515 §4.1.11).
  crit: (value) => value === undefined,
  b64: (value) => value === undefined || value === true,
}

/** Names this server, alone or among others (RFC 7519 §4.1.3). */
export const isForUs: Check = (value, { audience }) => {
  if (!Array.isArray(value)) return value === audience
  return value.every((one) => typeof one === 'string') && value.includes(audience)
}

/** Present, a number and in the future, give or take the leeway. */
export const isUnexpired: Check = (value, { leeway, now }) =>
  isTime(value) && now() < value + leeway

/** Absent, or a number that is reached, give or take the leeway. */
export const hasBegun: Check = (value, { leeway, now }) =>
  value === undefined || (isTime(value) && now() >= value - leeway)

/** The claims that are looked at; all others are ignored (RFC 7519 §4). */
export const strictClaims: Readonly<Record<CheckedClaim, Check>> = {
  iss: (value, { issuer }) => value === issuer,
  aud: isForUs,
  sub: (value, { subjects }) => typeof value === 'string' && subjects.includes(value),
  exp: isUnexpired,
  nbf: hasBegun,
  iat: (value) => value === undefined || isTime(value),
  jti: (value) => value === undefined || typeof value === 'string',
  // A token bound to its sender is no bearer token, and no proof can be checked here.
  cnf: (value) => value === undefined,
}
