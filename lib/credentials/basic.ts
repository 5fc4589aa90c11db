import type { AccountName, BasicFault } from '../model/case.ts'
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

/** The account whose password stands in the place of the right one, where there is such a fault. */
export function lenderOf({ password }: BasicFault): AccountName | undefined {
  return typeof password === 'object' && 'ofAccount' in password ? password.ofAccount : undefined
}

function passwordOf(
  account: Account,
  but: BasicFault,
  random: Random,
  lender: Account | undefined,
): string {
  const change = but.password
  const password = octets(account.password, but.charset)
  if (change === undefined) return password
  if (typeof change !== 'object' || !('ofAccount' in change)) {
    return changeText(password, change, random)
  }
  return octets((lender ?? account).password, but.charset)
}

/**
 * The octets of user:password with the faults of user-id, password and their joining; `lender` is
 * the account that `lenderOf` names.
 */
export function userPassOf(
  account: Account,
  but: BasicFault,
  random: Random,
  lender?: Account,
): string {
  const user = octets(account.user, but.charset)
  const left = but.user === undefined ? user : changeText(user, but.user, random)
  const right = passwordOf(account, but, random, lender)
  if (but.userPass === 'no-colon') return left + right
  if (but.userPass === 'swapped') return `${right}:${left}`
  const joined = `${left}:${right}`
  return but.userPass === undefined ? joined : changeText(joined, but.userPass, random)
}

function labelPart(part: string, change: BasicFault['password']): string {
  if (change === undefined) return part
  if (change === 'other') return `another ${part}`
  return typeof change === 'object' && 'ofAccount' in change
    ? `${part} of ${change.ofAccount}`
    : `${part} changed`
}

function labelJoined(user: string, password: string, change: BasicFault['userPass']): string {
  if (change === 'no-colon') return `${user}${password}`
  if (change === 'swapped') return `${password}:${user}`
  return change === undefined ? `${user}:${password}` : `${user}:${password}, changed`
}

function labelOf(name: string, but: BasicFault): string {
  const user = labelPart('user', but.user)
  const joined = labelJoined(user, labelPart('password', but.password), but.userPass)
  const charset = but.charset === undefined ? '' : `, ${but.charset.toUpperCase()}`
  return `${name}: ${joined}${charset}, ${labelBase64(but.base64)}`
}

/** The Basic credentials of an account (RFC 7617 §2) with the faults laid over them. */
export function presentBasic(
  name: string,
  account: Account,
  but: BasicFault,
  random: Random,
  lender?: Account,
): Presented & { readonly userPass: string } {
  const userPass = userPassOf(account, but, random, lender)
  const changed = but.user ?? but.password ?? but.userPass ?? but.charset ?? but.base64
  return {
    scheme: 'Basic',
    credentials: encodeWith(userPass, but.base64),
    label: labelOf(name, but),
    faulty: changed !== undefined,
    userPass,
  }
}

function sayPassword(change: NonNullable<BasicFault['password']>): string {
  return typeof change === 'object' && 'ofAccount' in change
    ? `the password is the one of the account ${change.ofAccount}`
    : `the password ${sayTextChange(change)}`
}

/** The faults of Basic credentials in words, one phrase each. */
export function sayBasicFault(but: BasicFault): string[] {
  const say: string[] = []
  if (but.user !== undefined) say.push(`the user-id ${sayTextChange(but.user)}`)
  if (but.password !== undefined) say.push(sayPassword(but.password))
  if (but.userPass === 'no-colon') say.push('no colon between user-id and password')
  else if (but.userPass === 'swapped') say.push('user-id and password have changed places')
  else if (but.userPass !== undefined) say.push(`user:password ${sayTextChange(but.userPass)}`)
  if (but.charset === 'latin-1') say.push('the text is encoded as ISO-8859-1')
  if (but.charset === 'nfd') say.push('the text is in Unicode form NFD')
  if (but.base64 !== undefined) say.push(sayBase64Change(but.base64))
  return say
}
