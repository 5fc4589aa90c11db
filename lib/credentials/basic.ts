import type { BasicFault } from '../model/case.ts'
import type { Account } from '../model/profile.ts'
import type { Random } from '../text/random.ts'
import { encodeWith, labelBase64, sayBase64Change } from './base64-change.ts'
import { utf8 } from './bytes.ts'
import type { Presented } from './field.ts'
import { changeText, sayTextChange } from './text-change.ts'

function octets(text: string, charset: BasicFault['charset']): string {
  if (charset === 'latin-1') {
    return [...text].map((char) => (char.charCodeAt(0) < 256 ? char : '?')).join('')
  }
  return utf8(charset === 'nfd' ? text.normalize('NFD') : text)
}

/** The octets of user:password with the faults of user-id, password and their joining. */
export function userPassOf(account: Account, but: BasicFault, random: Random): string {
  const user = octets(account.user, but.charset)
  const password = octets(account.password, but.charset)
  const left = but.user === undefined ? user : changeText(user, but.user, random)
  const right = but.password === undefined ? password : changeText(password, but.password, random)
  if (but.userPass === 'no-colon') return left + right
  const joined = `${left}:${right}`
  return but.userPass === undefined ? joined : changeText(joined, but.userPass, random)
}

function labelOf(name: string, but: BasicFault): string {
  const user =
    but.user === undefined ? 'user' : but.user === 'other' ? 'another user' : 'user changed'
  const password =
    but.password === undefined
      ? 'password'
      : but.password === 'other'
        ? 'another password'
        : 'password changed'
  const joined = but.userPass === 'no-colon' ? `${user}${password}` : `${user}:${password}`
  const extra = but.userPass !== undefined && but.userPass !== 'no-colon' ? ', changed' : ''
  const charset = but.charset === undefined ? '' : `, ${but.charset.toUpperCase()}`
  return `${name}: ${joined}${extra}${charset}, ${labelBase64(but.base64)}`
}

/** The Basic credentials of an account (RFC 7617 §2) with the faults laid over them. */
export function presentBasic(
  name: string,
  account: Account,
  but: BasicFault,
  random: Random,
): Presented & { readonly userPass: string } {
  const userPass = userPassOf(account, but, random)
  const changed = but.user ?? but.password ?? but.userPass ?? but.charset ?? but.base64
  return {
    scheme: 'Basic',
    credentials: encodeWith(userPass, but.base64),
    label: labelOf(name, but),
    faulty: changed !== undefined,
    userPass,
  }
}

/** The faults of Basic credentials in words, one phrase each. */
export function sayBasicFault(but: BasicFault): string[] {
  const say: string[] = []
  if (but.user !== undefined) say.push(`the user-id ${sayTextChange(but.user)}`)
  if (but.password !== undefined) say.push(`the password ${sayTextChange(but.password)}`)
  if (but.userPass === 'no-colon') say.push('no colon between user-id and password')
  else if (but.userPass !== undefined) say.push(`user:password ${sayTextChange(but.userPass)}`)
  if (but.charset === 'latin-1') say.push('the text is encoded as ISO-8859-1')
  if (but.charset === 'nfd') say.push('the text is in Unicode form NFD')
  if (but.base64 !== undefined) say.push(sayBase64Change(but.base64))
  return say
}
