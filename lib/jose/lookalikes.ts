/** What looks like a signed token in the compact form and is something else. */
import type { Json } from '../model/json.ts'
import { type MadeToken, makeToken, type SignatureRecipe, type TokenRecipe } from './jwt.ts'
import { type Body, bodyBytes, type Member, membersOf, withMembers } from './members.ts'

/** The segments of a JWS, as they stand in its compact form. */
export interface JwsTexts {
  readonly header: string
  readonly payload: string
  readonly signature: string
}

/** The texts of a token; segments that are missing are empty. */
export function jwsTexts(token: string): JwsTexts {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return { header, payload, signature }
}

/**
 * The flattened JSON serialization (RFC 7515 §7.2.2), with an unprotected header if one is given.
 */
export function flattenedJws({ header, payload, signature }: JwsTexts, unprotected?: Json): string {
  return JSON.stringify({
    payload,
    protected: header,
    ...(unprotected === undefined ? {} : { header: unprotected }),
    signature,
  })
}

/** The general JSON serialization (RFC 7515 §7.2.1) of signatures over the first one's payload. */
export function generalJws(
  first: JwsTexts,
  ...others: readonly Omit<JwsTexts, 'payload'>[]
): string {
  const signatures = [first, ...others].map(({ header, signature }) => ({
    protected: header,
    signature,
  }))
  return JSON.stringify({ payload: first.payload, signatures })
}

/**
 * JSON with a valid signature whose first member is named so that what splits at dots finds another
 * header and payload before it (the shape of CVE-2022-39227).
 */
export function polyglot(valid: JwsTexts, forgedHeader: Body, forgedClaims: Body): string {
  const [header, payload] = [forgedHeader, forgedClaims].map((body) =>
    bodyBytes(body).toString('base64url'),
  )
  return JSON.stringify({
    [`  ${header}.${payload}.`]: '',
    payload: valid.payload,
    protected: valid.header,
    signature: valid.signature,
  })
}

/**
 * An unsecured token (RFC 7519 §6): `alg` is a spelling of none, the signature empty unless told.
 */
export function unsecured(
  claims: Body,
  alg: Json = 'none',
  others: readonly Member[] = [],
  signature: SignatureRecipe = { how: 'empty' },
): MadeToken {
  const header = { members: withMembers([['alg', alg]], others) }
  return makeToken({ header, claims, signature })
}

/** A token whose payload is another token, with `cty` saying so (RFC 7519 §5.2). */
export function nested(
  inner: string,
  outer: Omit<TokenRecipe, 'header' | 'claims'> & { readonly header: readonly Member[] },
): MadeToken {
  const { header, ...rest } = outer
  const members = withMembers(header, membersOf({ cty: 'JWT' }))
  return makeToken({ ...rest, header: { members }, claims: { text: inner } })
}
