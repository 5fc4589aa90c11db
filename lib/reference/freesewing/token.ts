/** Signs and verifies tokens as the packages do that the backend uses. */
import { createHmac } from 'node:crypto'
import { isObject, member, parseJson } from '../bearer/json.ts'
import type { JsonObject } from '../bearer/types.ts'
import { sameText } from '../generic/basic.ts'

/** Who issues tokens and whom they are for. */
export const issuer = 'freesewing.org'
export const audience = 'backend.freesewing.example/main'

const week = 7 * 24 * 3600

const hashes: Readonly<Record<string, string>> = {
  HS256: 'sha256',
  HS384: 'sha384',
  HS512: 'sha512',
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const signature = (hash: string, secret: string, input: string): string =>
  createHmac(hash, secret).update(input).digest('base64url')

const signedAt = (secret: string, username: string, iat: number): string => {
  const about = { _id: 1, username, role: 'user', status: 1 }
  const claims = { ...about, aud: audience, iss: issuer, iat, exp: iat + week }
  const input = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
  return `${input}.${signature('sha256', secret, input)}`
}

/**
 * A token of somebody, good for a week. Its signature has a letter of the URL-safe alphabet, so that
 * it is another text in the standard one: a run says the same each time.
 */
export const issueToken = (secret: string, username: string): string => {
  for (let iat = Math.floor(Date.now() / 1000); ; iat -= 1) {
    const token = signedAt(secret, username, iat)
    if (/[-_]/.test(token.split('.')[2] ?? '')) return token
  }
}

const objectIn = (segment: string): JsonObject | undefined => {
  const value = parseJson(Buffer.from(segment, 'base64url').toString('utf8'))
  return isObject(value) ? value : undefined
}

/** Each time claim is a number on the right side of now, or is absent. */
const isNow = (claims: JsonObject): boolean => {
  const now = Math.floor(Date.now() / 1000)
  const [exp, nbf] = [member(claims, 'exp'), member(claims, 'nbf')]
  const ends = exp === undefined || (typeof exp === 'number' && exp > now)
  return ends && (nbf === undefined || (typeof nbf === 'number' && nbf <= now))
}

/** The claims of a token that the secret signed, with any hash that HMAC is defined for. */
export const claimsOf = (secret: string, token: string): JsonObject | undefined => {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined
  const [head = '', payload = '', sent = ''] = token.split('.')
  const header = objectIn(head)
  const hash = hashes[String(header && member(header, 'alg'))]
  if (hash === undefined) return undefined
  if (!sameText(sent, signature(hash, secret, `${head}.${payload}`))) return undefined
  const claims = objectIn(payload)
  if (claims === undefined || !isNow(claims)) return undefined
  const meant = member(claims, 'iss') === issuer && member(claims, 'aud') === audience
  return meant ? claims : undefined
}
