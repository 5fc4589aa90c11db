/** Verifiers that do not mind who made a token, about whom and for whom (RFC 7519 §4.1, RFC 8725 §3). */
import type { Json } from '../../../model/json.ts'
import { parseJson } from '../../bearer/json.ts'
import type { Check, CheckedClaim, Expectations } from '../../bearer/types.ts'
import { type BearerChange, type BearerDefect, both, claim, routes } from './types.ts'
import { claimsText, secondLook } from './ways.ts'

const mismatch = 'rfc7519#4.1.3-aud-mismatch-rejected'
const whole = 'rfc7519#4.1.3-aud-no-substring'
const shape = 'rfc7519#4.1.3-aud-array-or-string'
const required = 'rfc8725#3.9-aud-required-when-shared-issuer'
const binding = 'rfc8725#3.8-iss-key-binding'
const exact = 'rfc7519#4.1.1-iss-case-sensitive-exact'
const subject = 'rfc8725#3.8-sub-valid'

/** The strict check of a claim, and whatever else passes. */
const too = (name: CheckedClaim, passes: Check): BearerChange =>
  claim(name, (strict) => (value, expected) => strict(value, expected) || passes(value, expected))

/** The same for text; anything else is checked strictly. */
const textToo = (
  name: CheckedClaim,
  passes: (text: string, expected: Expectations) => boolean,
): BearerChange =>
  too(name, (value, expected) => typeof value === 'string' && passes(value, expected))

/** The names that an audience claim lists, were it a list or not. */
const named = (value: Json | undefined): readonly (Json | undefined)[] =>
  Array.isArray(value) ? value : [value]

const audiences: readonly BearerDefect[] = [
  {
    id: 'jwt-aud-ignored',
    does: 'Accepts tokens that name another audience.',
    breaks: 'must',
    clauses: [mismatch, required],
    change: too(
      'aud',
      (value) =>
        named(value).every((one) => typeof one === 'string' && one !== '') &&
        named(value).length > 0,
    ),
  },
  {
    id: 'jwt-aud-absent-accepted',
    does: 'Accepts tokens that name no audience.',
    breaks: 'should',
    clauses: [required],
    change: too('aud', (value) => value === undefined),
  },
  {
    id: 'jwt-aud-null-accepted',
    does: 'Treats an audience of null as if nobody had asked for one.',
    breaks: 'must',
    clauses: [mismatch],
    change: too('aud', (value) => value === null),
  },
  {
    id: 'jwt-aud-part-accepted',
    does: 'Looks whether its own name contains the audience.',
    breaks: 'must',
    clauses: [whole, mismatch],
    change: textToo('aud', (text, { audience }) => text !== '' && audience.includes(text)),
  },
  {
    id: 'jwt-aud-longer-accepted',
    does: 'Looks whether the audience contains its own name.',
    breaks: 'must',
    clauses: [whole, mismatch],
    change: textToo('aud', (text, { audience }) => text.includes(audience)),
  },
  {
    id: 'jwt-aud-empty-text-accepted',
    does: 'Finds an empty audience in its own name, as in every other.',
    breaks: 'must',
    clauses: [mismatch, whole],
    change: too('aud', (value) => named(value).includes('')),
  },
  {
    id: 'jwt-aud-empty-list-accepted',
    does: 'Accepts tokens whose list of audiences is empty.',
    breaks: 'must',
    clauses: [mismatch],
    change: too('aud', (value) => Array.isArray(value) && value.length === 0),
  },
  {
    id: 'jwt-aud-list-refused',
    does: 'Refuses an audience that is a list.',
    breaks: 'must',
    clauses: [shape],
    change: claim(
      'aud',
      (strict) => (value, expected) => !Array.isArray(value) && strict(value, expected),
    ),
  },
  {
    id: 'jwt-aud-first-only',
    does: 'Looks at the first audience of a list alone.',
    breaks: 'must',
    clauses: [shape],
    change: claim('aud', (strict) => (value, expected) => strict(named(value)[0], expected)),
  },
  {
    id: 'jwt-aud-members-accepted',
    does: 'Looks through whatever the audience is, lists in lists and objects included.',
    breaks: 'must',
    clauses: [mismatch],
    change: too(
      'aud',
      (value, { audience }) =>
        typeof value === 'object' && JSON.stringify(value).includes(JSON.stringify(audience)),
    ),
  },
  {
    id: 'jwt-aud-any-case',
    does: 'Compares audiences without regard to letter case.',
    breaks: 'must',
    clauses: ['rfc7519#4.1.3-aud-case-sensitive'],
    change: textToo('aud', (text, { audience }) => text.toLowerCase() === audience.toLowerCase()),
  },
]

const issuers: readonly BearerDefect[] = [
  {
    id: 'jwt-iss-ignored',
    does: 'Accepts tokens of another issuer.',
    breaks: 'must',
    clauses: [binding],
    change: textToo('iss', (text) => text !== ''),
  },
  {
    id: 'jwt-iss-absent-accepted',
    does: 'Accepts tokens that name no issuer.',
    breaks: 'must',
    clauses: [binding, 'rfc7519#4-required-claims-by-context'],
    change: too('iss', (value) => value === undefined || value === null),
  },
  {
    id: 'jwt-iss-empty-accepted',
    does: 'Accepts an issuer that is an empty text.',
    breaks: 'must',
    clauses: [exact, binding],
    change: textToo('iss', (text) => text === ''),
  },
  {
    id: 'jwt-iss-longer-accepted',
    does: 'Looks whether the issuer begins with the name it knows.',
    breaks: 'must',
    clauses: [exact, binding],
    change: textToo('iss', (text, { issuer }) => text.startsWith(issuer)),
  },
  {
    id: 'jwt-iss-part-accepted',
    does: 'Looks whether the name it knows contains the issuer.',
    breaks: 'must',
    clauses: [exact, binding],
    change: textToo('iss', (text, { issuer }) => text !== '' && issuer.includes(text)),
  },
  {
    id: 'jwt-iss-any-case',
    does: 'Compares issuers without regard to letter case.',
    breaks: 'must',
    clauses: [exact],
    change: textToo('iss', (text, { issuer }) => text.toLowerCase() === issuer.toLowerCase()),
  },
  {
    id: 'jwt-iss-slash-ignored',
    does: 'Compares issuers without regard to a slash at the end.',
    breaks: 'must',
    clauses: [exact],
    change: textToo(
      'iss',
      (text, { issuer }) => text.replace(/\/$/, '') === issuer.replace(/\/$/, ''),
    ),
  },
  {
    id: 'jwt-iss-list-accepted',
    does: 'Accepts a list of issuers if it holds the one it knows.',
    breaks: 'must',
    clauses: [binding, 'rfc7519#4.1.1-iss-type'],
    change: too('iss', (value, { issuer }) => Array.isArray(value) && value.includes(issuer)),
  },
]

/** Leaves out every check of claims where there are none. */
const unlessEmpty: BearerChange = both(
  secondLook((_rules, token, { refused }) => {
    const none = JSON.stringify(parseJson(claimsText(token))) === '{}'
    return refused === 'claims' && none ? { claims: {} } : undefined
  }),
  routes(({ covers }) => ({
    covers: (claims, wanted) => Object.keys(claims).length === 0 || covers(claims, wanted),
  })),
)

const others: readonly BearerDefect[] = [
  {
    id: 'jwt-claims-empty-unchecked',
    does: 'Checks claims if there are any: in its language, an object without members is false.',
    breaks: 'should',
    clauses: ['rfc7519#4-required-claims-by-context', required],
    change: unlessEmpty,
  },
  {
    id: 'jwt-sub-unknown-accepted',
    does: 'Accepts tokens about subjects that it does not have.',
    breaks: 'may',
    clauses: [subject],
    change: textToo('sub', (text) => text !== ''),
  },
  {
    id: 'jwt-sub-absent-accepted',
    does: 'Accepts tokens about nobody.',
    breaks: 'may',
    clauses: [subject],
    change: too('sub', (value) => value === undefined || value === null),
  },
  {
    id: 'jwt-sub-any-case',
    does: 'Compares subjects without regard to letter case.',
    breaks: 'must',
    clauses: ['rfc7519#4.1.2-sub-case-sensitive'],
    change: textToo('sub', (text, { subjects }) => subjects.includes(text.toLowerCase())),
  },
  {
    id: 'jwt-sub-number-accepted',
    does: 'Accepts a subject that is a number.',
    breaks: 'may',
    clauses: [subject],
    change: too('sub', (value) => typeof value === 'number'),
  },
  {
    id: 'jwt-jti-number-accepted',
    does: 'Accepts a jti that is no text.',
    breaks: 'may',
    clauses: ['rfc7519#4.1.7-jti-string'],
    change: too('jti', () => true),
  },
  {
    id: 'jwt-cnf-ignored',
    does: 'Accepts tokens that are bound to a key without asking for a proof of it.',
    breaks: 'may',
    clauses: ['rfc9700#4.10.1-cnf-enforced'],
    change: too('cnf', () => true),
  },
]

export const parties: readonly BearerDefect[] = [...audiences, ...issuers, ...others]
