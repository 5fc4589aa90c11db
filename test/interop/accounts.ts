/** The accounts of the servers under test, written out so that recorded requests stay readable. */
import { spawnSync } from 'node:child_process'
import type { Account } from '../../lib/model/profile.ts'

/**
 * `default`: mixed case, Base64 ending in `==`. `plus-slash`: Base64 with `+` and `/`. `colon`:
 * colons in the password. `utf8`: letters beyond ASCII. `long`: more than the 72 bytes of bcrypt,
 * nearly all printable ASCII, and Base64 without padding.
 */
export const accounts: Readonly<
  Record<'default' | 'plus-slash' | 'colon' | 'utf8' | 'long', Account>
> = {
  default: { user: 'DemoUser', password: 'Demo-Password-1a2bc' },
  'plus-slash': { user: 'DemoPlusSlash', password: '>>>???~~~3c4d' },
  colon: { user: 'DemoColon', password: 'Demo:5e:Colons' },
  utf8: { user: 'DemoÜser', password: 'Pässwörd-6f-Ñandú' },
  long: {
    user: 'DemoLongName',
    password: `Aa Bb~!"#$%41&'()*+,-./;<=>@[\\]^_\`{|}?${'0123456789'.repeat(6)}`,
  },
}

const hashed = (password: string): string => {
  const run = spawnSync('openssl', ['passwd', '-apr1', '-stdin'], {
    input: `${password}\n`,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`openssl cannot hash passwords: ${run.stderr ?? run.error}`)
  return run.stdout.trim()
}

/** The lines of a password file, made by openssl with a salt of its own for each. */
export const passwordFile = (): string =>
  Object.values(accounts)
    .map(({ user, password }) => `${user}:${hashed(password)}\n`)
    .join('')
