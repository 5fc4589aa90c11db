/** Wrong ways of splitting and reading user-id and password. */
import type { UserPass } from '../generic/types.ts'
import { access, type Change, type Defect, refusals } from './types.ts'

const validated = 'rfc7617#2-service-only-when-validated'
const noControls = 'rfc7617#2-no-control-characters'
const firstColon = 'rfc7617#2-split-at-first-colon'

/** Changes both parts before anything looks at them. */
const rewrites = (rewrite: (given: UserPass) => UserPass): Change =>
  access(({ split }) => ({
    split: (text) => {
      const given = split(text)
      return given && rewrite(given)
    },
  }))

const upTo = (text: string, end: string): string => {
  const at = text.indexOf(end)
  return at < 0 ? text : text.slice(0, at)
}

const splitting: readonly Defect[] = [
  {
    id: 'split-at-last-colon',
    does: 'Splits user-id and password at the last colon.',
    breaks: 'must',
    clauses: [firstColon],
    change: access(() => ({
      split: (text) => {
        const colon = text.lastIndexOf(':')
        if (colon < 0) return undefined
        return { user: text.slice(0, colon), password: text.slice(colon + 1) }
      },
    })),
  },
  {
    id: 'password-cut-at-colon',
    does: 'Splits at every colon and takes the second piece for the password.',
    breaks: 'must',
    clauses: [firstColon, validated],
    change: access(() => ({
      split: (text) => {
        const [user = '', password] = text.split(':')
        return password === undefined ? undefined : { user, password }
      },
    })),
  },
  {
    id: 'no-colon-accepted',
    does: 'Lets in whoever sends a known name without colon and password.',
    breaks: 'must',
    clauses: ['rfc7617#2-missing-colon-rejected', validated],
    change: access(({ split, accounts }) => ({
      split: (text) => split(text) ?? accounts.find(({ user }) => user === text),
    })),
  },
  {
    id: 'no-colon-500',
    does: 'Answers 500 to a known user-id without colon and password.',
    breaks: 'should',
    clauses: ['rfc7617#2-missing-colon-rejected'],
    change: access(({ split, accounts }) => ({
      split: (text) => {
        if (accounts.some(({ user }) => user === text)) throw new Error('There is no password.')
        return split(text)
      },
    })),
  },
  {
    id: 'percent-decoded',
    does: 'Resolves percent escapes in user-id and password.',
    breaks: 'must',
    clauses: ['rfc7617#2-encoding-us-ascii-compatible'],
    change: access(({ text }) => ({
      text: (bytes) =>
        text(
          bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        ),
    })),
  },
]

const controls: readonly Defect[] = [
  {
    id: 'password-cut-at-nul',
    does: 'Takes a NUL for the end of the password.',
    breaks: 'should',
    clauses: [noControls],
    change: rewrites(({ user, password }) => ({ user, password: upTo(password, '\0') })),
  },
  {
    id: 'user-cut-at-nul',
    does: 'Takes a NUL for the end of the user-id.',
    breaks: 'should',
    clauses: [noControls],
    change: rewrites(({ user, password }) => ({ user: upTo(user, '\0'), password })),
  },
  {
    id: 'control-suffix-stripped',
    does: 'Strips line ends and other control characters, NUL excepted, from the end of a password.',
    breaks: 'should',
    clauses: [noControls],
    change: rewrites(({ user, password }) => ({
      user,
      password: password.replace(/[\x01-\x1f\x7f]+$/, ''),
    })),
  },
  {
    id: 'control-character-hangs',
    does: 'Never answers when user-id or password holds a control character.',
    breaks: 'should',
    clauses: [noControls],
    change: refusals((reply, _request, reason) =>
      reason === 'control-character' ? { ...reply, instead: 'hang' } : reply,
    ),
  },
]

export const userPass: readonly Defect[] = [...splitting, ...controls]
