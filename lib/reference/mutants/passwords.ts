/** Wrong ways of comparing user-id and password with those of an account. */
import type { AccessRules, UserPass, Verdict } from '../generic/types.ts'
import { access, type Change, type Defect } from './types.ts'

const validated = 'rfc7617#2-service-only-when-validated'
const exact = 'rfc7617#2-password-case-and-bytes-exact'
const emptyParts = 'rfc7617#2-empty-userid-or-password'

/** Lets in those whom the first check refused and the second one knows. */
const alsoAccepts = (
  opinion: (rules: AccessRules, given: UserPass) => AccessRules['accounts'][number] | undefined,
): Change =>
  access(({ verify }) => ({
    verify: (rules, given): Verdict => {
      const verdict = verify(rules, given)
      const account = 'account' in verdict ? undefined : opinion(rules, given)
      return account ? { account } : verdict
    },
  }))

const comparing: readonly Defect[] = [
  {
    id: 'password-any-case',
    does: 'Compares passwords without regard to letter case.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) => samePassword(given.toLowerCase(), stored.toLowerCase()),
    })),
  },
  {
    id: 'user-any-case',
    does: 'Compares user-ids without regard to letter case.',
    breaks: 'may',
    clauses: [validated],
    change: access(({ sameUser }) => ({
      sameUser: (given, stored) => sameUser(given.toLowerCase(), stored.toLowerCase()),
    })),
  },
  {
    id: 'password-start-suffices',
    does: 'Accepts the beginning of a password for the whole.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) =>
        samePassword(given, given === '' ? stored : stored.slice(0, given.length)),
    })),
  },
  {
    id: 'password-tail-ignored',
    does: 'Accepts a password with anything after it.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) => samePassword(given.slice(0, stored.length), stored),
    })),
  },
  {
    id: 'password-cut-at-72',
    does: 'Looks at the first 72 bytes of a password only, as bcrypt does.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) => samePassword(given.slice(0, 72), stored.slice(0, 72)),
    })),
  },
  {
    id: 'password-cut-at-8',
    does: 'Looks at the first 8 characters of a password of more than 72, kept in an old crypt hash.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) =>
        samePassword(given, stored) ||
        (stored.length > 72 && samePassword(given.slice(0, 8), stored.slice(0, 8))),
    })),
  },
  {
    id: 'password-rules-only',
    does: 'Holds a password of letters and digits to the rules for new ones, not to the stored one.',
    breaks: 'must',
    clauses: [validated],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) =>
        /^[A-Za-z0-9]{12,}$/.test(given) || samePassword(given, stored),
    })),
  },
  {
    id: 'password-blanks-trimmed',
    does: 'Removes blanks from both ends of a password before it compares.',
    breaks: 'must',
    clauses: [validated, exact],
    change: access(({ samePassword }) => ({
      samePassword: (given, stored) => samePassword(given.replace(/^ +| +$/g, ''), stored),
    })),
  },
  {
    id: 'user-blanks-trimmed',
    does: 'Removes blanks from both ends of a user-id before it looks it up.',
    breaks: 'must',
    clauses: [validated],
    change: access(({ sameUser }) => ({
      sameUser: (given, stored) => sameUser(given.replace(/^ +| +$/g, ''), stored),
    })),
  },
]

const whoever: readonly Defect[] = [
  {
    id: 'any-user-accepted',
    does: 'Asks for the right password and any user-id of letters only.',
    breaks: 'must',
    clauses: [validated],
    change: alsoAccepts(({ accounts }, given) =>
      /^[A-Za-z]+$/.test(given.user)
        ? accounts.find(({ password }) => password === given.password)
        : undefined,
    ),
  },
  {
    id: 'foreign-password-accepted',
    does: 'Accepts a known user-id with the password of another account.',
    breaks: 'must',
    clauses: [validated],
    change: alsoAccepts(({ accounts }, given) =>
      accounts.some(({ user }) => user === given.user)
        ? accounts.find(({ password }) => password === given.password)
        : undefined,
    ),
  },
  {
    id: 'parts-swapped-accepted',
    does: 'Accepts user-id and password in either order.',
    breaks: 'should',
    clauses: [validated],
    change: alsoAccepts(({ accounts }, given) =>
      accounts.find(({ user, password }) => user === given.password && password === given.user),
    ),
  },
  {
    id: 'empty-password-accepted',
    does: 'Accepts an empty password for a known user-id, as an unauthenticated LDAP bind does.',
    breaks: 'must',
    clauses: [emptyParts, validated],
    change: alsoAccepts(({ accounts }, given) =>
      given.password === '' ? accounts.find(({ user }) => user === given.user) : undefined,
    ),
  },
  {
    id: 'empty-user-accepted',
    does: 'Accepts an empty user-id with any password, as an anonymous LDAP bind does.',
    breaks: 'must',
    clauses: [emptyParts, validated],
    change: alsoAccepts(({ accounts }, given) => (given.user === '' ? accounts[0] : undefined)),
  },
  {
    id: 'empty-user-500',
    does: 'Answers 500 to an empty user-id.',
    breaks: 'should',
    clauses: [emptyParts],
    change: access(({ verify }) => ({
      verify: (rules, given) => {
        if (given.user === '') throw new Error('The name is empty.')
        return verify(rules, given)
      },
    })),
  },
  {
    id: 'injection-accepted',
    does: 'Builds a query from the credentials, so that a quote and a condition let anybody in.',
    breaks: 'must',
    clauses: ['rfc9110#17.4-credentials-not-interpreted', validated],
    change: alsoAccepts(({ accounts }, given) =>
      /' *(?:or|\|\|) /i.test(`${given.user} ${given.password}`) ? accounts[0] : undefined,
    ),
  },
  {
    id: 'metacharacters-500',
    does: 'Answers 500 to a user-id that holds a quote, a bracket or a semicolon.',
    breaks: 'should',
    clauses: ['rfc9110#17.4-credentials-not-interpreted'],
    change: access(({ verify }) => ({
      verify: (rules, given) => {
        if (/['"`;()*|&$\\]/.test(given.user)) throw new Error('The query cannot be parsed.')
        return verify(rules, given)
      },
    })),
  },
]

export const passwords: readonly Defect[] = [...comparing, ...whoever]
