/** Verifiers that misread the parameters of a token's header (RFC 7515 §4.1). */
import { isObject, parseJson } from '../../bearer/json.ts'
import type { Segments } from '../../bearer/types.ts'
import { access, type BearerDefect, both, header, tokens } from './types.ts'
import { forTokens } from './ways.ts'

const understood = [
  'alg',
  'typ',
  'cty',
  'kid',
  'crit',
  'b64',
  'jwk',
  'jku',
  'x5u',
  'x5c',
  'x5t',
  'x5t#S256',
]

/** Header and signature with whatever stands between them, dots and all. */
const aroundPayload = (token: string): Segments | undefined => {
  const [first, last] = [token.indexOf('.'), token.lastIndexOf('.')]
  return first < last
    ? {
        header: token.slice(0, first),
        payload: token.slice(first + 1, last),
        signature: token.slice(last + 1),
      }
    : undefined
}

const isUnencoded = (token: string): boolean => {
  const text = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')
  const value = parseJson(text)
  return isObject(value) && value.b64 === false && value.crit === undefined
}

export const headers: readonly BearerDefect[] = [
  {
    id: 'jwt-crit-ignored',
    does: 'Ignores crit, whatever it lists.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.11-crit-unknown-rejected', 'rfc7515#4.1.11-crit-processed'],
    change: header('crit', () => () => true),
  },
  {
    id: 'jwt-crit-misshapen-ignored',
    does: 'Ignores a crit that is no list of names.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.11-crit-processed'],
    change: header(
      'crit',
      (strict) => (value, expected) =>
        strict(value, expected) ||
        !Array.isArray(value) ||
        (value.length > 0 && value.every((name) => typeof name !== 'string')),
    ),
  },
  {
    id: 'jwt-crit-standard-accepted',
    does: 'Accepts a crit that lists parameters of the standard itself.',
    breaks: 'may',
    clauses: ['rfc7515#4.1.11-crit-standard-or-absent-names'],
    change: header(
      'crit',
      (strict) => (value, expected) =>
        strict(value, expected) ||
        (Array.isArray(value) &&
          value.length > 0 &&
          value.every((name) => understood.includes(String(name)) && name !== 'b64')),
    ),
  },
  {
    id: 'jwt-crit-empty-accepted',
    does: 'Accepts a crit that lists nothing.',
    breaks: 'may',
    clauses: ['rfc7515#4.1.11-crit-empty-list'],
    change: header(
      'crit',
      (strict) => (value, expected) =>
        strict(value, expected) || (Array.isArray(value) && value.length === 0),
    ),
  },
  {
    id: 'jwt-b64-without-crit-honoured',
    does: 'Takes the payload as it stands where b64 is false, though crit does not list it.',
    breaks: 'should',
    clauses: ['rfc7797#6-b64-false-needs-crit', 'rfc7797#7-jwt-must-not-use-b64-false'],
    change: both(
      access(({ isToken }) => ({ isToken: (rest) => isToken(rest) || rest.includes('.{') })),
      header('b64', () => () => true),
      forTokens(isUnencoded, ({ decode }) => ({
        split: aroundPayload,
        decode: (segment, part) =>
          part === 'payload' ? Buffer.from(segment, 'latin1') : decode(segment, part),
      })),
    ),
  },
  {
    id: 'jwt-typ-ignored',
    does: 'Takes tokens that were made for something else, whatever their typ says.',
    breaks: 'must',
    clauses: [
      'rfc8725#2.8-cross-jwt-confusion-mitigated',
      'rfc9068#4-typ-validated',
      'rfc8725bis#3.11-typ-if-present-must-match',
    ],
    change: header('typ', () => () => true),
  },
  {
    id: 'jwt-typ-prefix-unknown',
    does: 'Refuses a typ that is written as a whole media type.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.9-typ-prefix-rule'],
    change: header(
      'typ',
      (strict) => (value, expected) => strict(value, expected) && !String(value).includes('/'),
    ),
  },
  {
    id: 'jwt-header-unknown-refused',
    does: 'Refuses tokens whose header has a parameter that it does not know.',
    breaks: 'must',
    clauses: ['rfc7515#4-unknown-header-ignored'],
    change: tokens(({ json }) => ({
      json: (text, part) => {
        const value = json(text, part)
        if (part !== 'header' || !value) return value
        return Object.keys(value).every((name) => understood.includes(name)) ? value : undefined
      },
    })),
  },
]
