/** Verifies tokens against the set that was fetched, by the rules that SingleStore documents. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Json } from '../../model/json.ts'
import { checkSignature } from '../bearer/algorithms.ts'
import { member } from '../bearer/json.ts'
import { signingInput } from '../bearer/segments.ts'
import type { JsonObject, Received } from '../bearer/types.ts'
import { objectFrom, strictTokens, takeApart } from '../bearer/verify.ts'
import type { DataApiPolicy, ListedKey, Verdict } from './types.ts'

const reading = strictTokens([], { issuer: '', audience: '', subjects: [] })

/**
 * With `kid`, the keys of that name and no others. Without, the keys named like `iss`, else those of
 * the same algorithm.
 */
export const keysByRules = (
  policy: DataApiPolicy,
  { header }: Received,
  claims: JsonObject,
): readonly ListedKey[] => {
  const keys = policy.keys()
  const kid = member(header, 'kid')
  if (kid !== undefined) return keys.filter((key) => key.kid === kid)
  const byIssuer = keys.filter((key) => key.kid === member(claims, 'iss'))
  return byIssuer.length > 0 ? byIssuer : keys
}

/** What each HMAC hashes with (RFC 7518 §3.2). */
const hashes: Readonly<Record<string, string>> = {
  HS256: 'sha256',
  HS384: 'sha384',
  HS512: 'sha512',
}

export const signedBy = ({ alg, key }: ListedKey, { segments, signature }: Received): boolean => {
  const input = signingInput(segments)
  const hash = hashes[alg]
  if (hash === undefined) return checkSignature(alg, key, input, signature)
  const mac = createHmac(hash, key).update(input).digest()
  return mac.length === signature.length && timingSafeEqual(mac, signature)
}

const meets = (wanted: readonly string[] | undefined, aud: Json | undefined): boolean => {
  if (wanted === undefined) return true
  const given = Array.isArray(aud) ? aud : [aud]
  return wanted.some((one) => given.includes(one))
}

const isNow = (claims: JsonObject): boolean => {
  const now = Date.now() / 1000
  const [exp, nbf] = [member(claims, 'exp'), member(claims, 'nbf')]
  const ends = exp === undefined || (typeof exp === 'number' && exp > now)
  return ends && (nbf === undefined || (typeof nbf === 'number' && nbf <= now))
}

const refused: Verdict = { refused: 'bad-token' }

/** A token to the user whom it names, where a listed key signed it and its time has come. */
export const verifyToken = (policy: DataApiPolicy, token: string): Verdict => {
  const received = takeApart(reading, token)
  if ('refused' in received) return refused
  const claims = objectFrom(reading, received.payload, 'payload')
  // An extension that must be understood is understood by nobody here (RFC 7515 §4.1.11).
  if (claims === undefined || member(received.header, 'crit') !== undefined) return refused
  const alg = member(received.header, 'alg')
  const key = policy
    .keysFor(policy, received, claims)
    .filter((one) => one.alg === alg && meets(one.aud, member(claims, 'aud')))
    .find((one) => policy.signed(one, received))
  const user = key && member(claims, key.usernameFrom ?? 'sub')
  if (typeof user !== 'string' || !isNow(claims)) return refused
  return policy.tokenUsers.includes(user) ? { user } : refused
}
