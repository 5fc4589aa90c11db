/** Reads and checks Basic credentials exactly as RFC 7617 and RFC 4648 write them. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ReferenceAccount } from '../accounts.ts'
import { type Request, valuesOf } from '../http/types.ts'
import type { AccessRules, Credentials, Found, UserPass, Verdict } from './types.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** One field line or none: two leave open which of them counts (RFC 9110 §5.3). */
export const findAuthorization = (request: Request): Found => {
  const [value, ...more] = valuesOf(request.fields, 'authorization')
  if (value === undefined) return { refused: 'missing' }
  return more.length === 0 ? { value } : { refused: 'duplicate' }
}

/** Scheme, one or more spaces, the rest (RFC 9110 §11.4); a scheme may stand alone. */
export const parseCredentials = (value: string): Credentials | undefined => {
  const [, scheme, rest = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*))?$/s.exec(value) ?? []
  return scheme === undefined ? undefined : { scheme, rest }
}

/** The bits that the last symbol of an unpadded text leaves unused. */
const unusedBits = (symbols: string): number => {
  const value = alphabet.indexOf(symbols.charAt(symbols.length - 1))
  if (symbols.length % 4 === 2) return value & 0b1111
  return symbols.length % 4 === 3 ? value & 0b11 : 0
}

/**
 * Symbols of the Base64 alphabet to bytes as latin1, whatever their number; a symbol that completes
 * no byte is lost. For decoders that have decided what to make of padding.
 */
export const decodeSymbols = (symbols: string): string => {
  let bytes = ''
  let bits = 0
  let held = 0
  for (const symbol of symbols) {
    held = (held << 6) | alphabet.indexOf(symbol)
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes += String.fromCharCode((held >> bits) & 0xff)
    held &= (1 << bits) - 1
  }
  return bytes
}

/** RFC 4648 §4 to the letter: whole quanta, padding, unused bits zero, nothing foreign. */
export const decodeBase64 = (rest: string): string | undefined => {
  if (rest === '' || rest.length % 4 !== 0) return undefined
  const [, symbols] = /^([A-Za-z0-9+/]*)={0,2}$/.exec(rest) ?? []
  if (symbols === undefined || unusedBits(symbols) !== 0) return undefined
  return decodeSymbols(symbols)
}

/** UTF-8 as the challenge announces; anything that is not UTF-8 is refused. */
export const textOf = (bytes: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(bytes, 'latin1'),
    )
  } catch {
    return undefined
  }
}

/** At the first colon; the password may hold more of them (RFC 7617 §2). */
export const splitUserPass = (text: string): UserPass | undefined => {
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** No control characters in either part (RFC 7617 §2). */
export const isClean = (given: UserPass): boolean =>
  !/[\x00-\x1f\x7f]/.test(given.user + given.password)

/** Compares in constant time, whatever the lengths. */
export const sameText = (given: string, stored: string): boolean => {
  const [left, right] = [given, stored].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

/** Looks the user up and compares the password. */
export const checkUserPass = (access: AccessRules, given: UserPass): Verdict => {
  const account = access.accounts.find((one) => access.sameUser(given.user, one.user))
  // The comparison is made for unknown users too, so that both refusals take the same time.
  const same = access.samePassword(given.password, account?.password ?? '\u0000')
  if (!account) return { refused: 'unknown-user', user: given.user }
  return same ? { account } : { refused: 'wrong-password', user: given.user }
}

/** How a conforming site reads credentials for these accounts, some of which may log in only. */
export const strictAccess = (
  accounts: readonly ReferenceAccount[],
  unprivileged: readonly ReferenceAccount[],
): AccessRules => ({
  accounts,
  find: findAuthorization,
  parse: parseCredentials,
  isBasic: (scheme) => scheme.toLowerCase() === 'basic',
  decode: decodeBase64,
  text: textOf,
  split: splitUserPass,
  clean: isClean,
  sameUser: sameText,
  samePassword: sameText,
  permits: (account) => !unprivileged.includes(account),
  verify: checkUserPass,
})

/** Bytes of user-pass, already decoded, to a verdict. */
export const checkBytes = (access: AccessRules, bytes: string): Verdict => {
  const text = access.text(bytes)
  if (text === undefined) return { refused: 'not-text' }
  const given = access.split(text)
  if (!given) return { refused: 'no-colon' }
  return access.clean(given) ? access.verify(access, given) : { refused: 'control-character' }
}

/** Base64 text to a verdict. */
export const checkBase64 = (access: AccessRules, rest: string): Verdict => {
  const bytes = access.decode(rest)
  return bytes === undefined ? { refused: 'undecodable' } : checkBytes(access, bytes)
}

/** One Authorization value to a verdict. */
export const checkValue = (access: AccessRules, value: string): Verdict => {
  const credentials = access.parse(value)
  if (!credentials) return { refused: 'no-scheme' }
  if (!access.isBasic(credentials.scheme)) return { refused: 'other-scheme' }
  if (credentials.rest === '') return { refused: 'no-credentials' }
  return checkBase64(access, credentials.rest)
}
