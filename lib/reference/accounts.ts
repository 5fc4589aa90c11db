/** The demo accounts of every reference server. Each exists because a fault needs its shape. */
import { createHash } from 'node:crypto'

/** A name and password that the server accepts. */
export interface ReferenceAccount {
  readonly user: string
  readonly password: string
}

/** `plus-slash` and the others are the account names of the notation. */
export type AccountName = 'default' | 'plus-slash' | 'colon' | 'utf8' | 'long' | 'unprivileged'

export type ReferenceAccounts = Readonly<Record<AccountName, ReferenceAccount>>

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Small letters and digits that look random and depend on the words alone. */
const garble = (length: number, ...words: readonly string[]): string =>
  [...createHash('sha512').update(words.join('\n')).digest()]
    .slice(0, length)
    .map((byte) => letters.charAt(byte % letters.length))
    .join('')

/**
 * All printable ASCII but the colon, which has an account of its own: a server that rewrites any of
 * them refuses this password. What follows
 * reaches past the 72 bytes that bcrypt looks at.
 */
const specials = 'Aa Bb~!"#$%41&\'()*+,-./;<=>@[\\]^_`{|}?'

/**
 * Makes the accounts from a seed. `default`: mixed case in both parts, Base64 ending in `==`.
 * `plus-slash`: Base64 with `+`, `/` and padding. `colon`: two colons in the password. `utf8`:
 * letters beyond ASCII, composed. `long`: a password of 100 characters. `unprivileged`: may log in
 * and may not read the page. The Base64 of `colon` and `long` has no padding; only that of
 * `plus-slash` has `+` or `/`.
 */
export const accountsFrom = (seed: string): ReferenceAccounts => ({
  default: { user: 'DemoUser', password: `Demo-Password-${garble(8, seed, 'default')}` },
  'plus-slash': { user: 'DemoPlusSlash', password: `>>>???~~~${garble(8, seed, 'plus-slash')}` },
  colon: { user: 'DemoColon', password: `Demo:${garble(5, seed, 'colon')}:Colons` },
  utf8: { user: 'DemoÜser', password: `Pässwörd-${garble(8, seed, 'utf8')}-Ñandú` },
  long: { user: 'DemoLongLogin', password: `${specials}${garble(62, seed, 'long')}` },
  unprivileged: { user: 'DemoGuest', password: `Demo-Guest-${garble(8, seed, 'unprivileged')}` },
})
