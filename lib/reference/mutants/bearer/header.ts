/** Verifiers that misread the parameters of a token's header (RFC 7515 §4.1). */
import { isObject, parseJson } from '../../bearer/json.ts'
import type { JsonObject, Segments } from '../../bearer/types.ts'
import { access, type BearerChange, type BearerDefect, both, header, tokens } from './types.ts'
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

const headerOf = (token: string): JsonObject => {
  const value = parseJson(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
  return isObject(value) ? value : {}
}

/** Whether a header says that the payload is not encoded, and lists just this as critical or not. */
const saysUnencoded =
  (crit: string | undefined) =>
  (header: JsonObject): boolean =>
    header.b64 === false && JSON.stringify(header.crit) === crit

/** Takes the payload of tokens with such a header as it stands. */
const takingUnencoded = (saysSo: (header: JsonObject) => boolean): BearerChange =>
  both(
    access(({ isToken }) => ({ isToken: (rest) => isToken(rest) || rest.includes('.{') })),
    forTokens(
      (token) => saysSo(headerOf(token)),
      ({ decode, headers: strict }) => ({
        headers: { ...strict, b64: () => true, crit: () => true },
        split: aroundPayload,
        decode: (segment, part) =>
          part === 'payload' ? Buffer.from(segment, 'latin1') : decode(segment, part),
      }),
    ),
  )

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
    breaks: 'must',
    clauses: [
      'rfc7515#5.2-no-whitespace-or-extra-characters',
      'rfc7797#6-b64-false-needs-crit',
      'rfc7797#7-jwt-must-not-use-b64-false',
    ],
    change: takingUnencoded(saysUnencoded(undefined)),
  },
  {
    id: 'jwt-b64-critical-honoured',
    does: 'Takes the payload as it stands where b64 is false and critical, in a token as elsewhere.',
    breaks: 'should',
    clauses: ['rfc7797#7-jwt-must-not-use-b64-false'],
    change: takingUnencoded(saysUnencoded('["b64"]')),
  },
  {
    id: 'jwt-b64-mistyped-honoured',
    does: 'Takes the payload as it stands where b64 is anything that its language takes for false.',
    breaks: 'must',
    clauses: ['rfc7797#3-b64-default-true'],
    change: takingUnencoded(({ b64 }) => b64 === 0 || b64 === null || b64 === 'false'),
  },
  {
    id: 'jwt-typ-ignored',
    does: 'Takes tokens that were made for something else, whatever their typ says.',
    breaks: 'may',
    clauses: [
      'rfc8725#2.8-cross-jwt-confusion-mitigated',
      'rfc8725bis#3.11-typ-if-present-must-match',
    ],
    change: header('typ', () => () => true),
  },
  {
    id: 'jwt-typ-required',
    does: 'Refuses tokens whose header names no type.',
    breaks: 'may',
    clauses: ['rfc7519#5.1-typ-optional'],
    change: header(
      'typ',
      (strict) => (value, expected) => value !== undefined && strict(value, expected),
    ),
  },
  {
    id: 'jwt-typ-prefix-unknown',
    does: 'Refuses a typ that is written as a whole media type.',
    breaks: 'should',
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
