/** Verifiers that read more than JSON in UTF-8, or read it otherwise (RFC 7519 §7.2 and §11). */
import type { Json } from '../../../model/json.ts'
import { isObject, namesIn, parseJson, readObject } from '../../bearer/json.ts'
import type { CheckedClaim, JsonObject, Part } from '../../bearer/types.ts'
import { type BearerChange, type BearerDefect, both, claim, tokens } from './types.ts'

const strictJson = 'rfc7519#11-claims-json-strict'
const objectOnly = 'rfc7519#7.2-claims-json-object-utf8'
const headerOnly = 'rfc7515#5.2-header-valid-json-object-utf8'

/** Reads again, by other means, what was no JSON object. */
const rereading = (read: (text: string) => JsonObject | undefined, only?: Part): BearerChange =>
  tokens(({ json }) => ({
    json: (text, part) =>
      json(text, part) ?? (only === undefined || only === part ? read(text) : undefined),
  }))

const repairing = (repair: (text: string) => string, only?: Part): BearerChange =>
  rereading((text) => readObject(repair(text)), only)

/** The value of the first member of each name: later ones get names that nobody asks for. */
const firstWins = (text: string): JsonObject | undefined => {
  if (!isObject(parseJson(text))) return undefined
  const again = namesIn(text).names.filter((name) => name.again)
  const renamed = again.reduceRight(
    (rest, { at, written }, index) =>
      `${rest.slice(0, at)}"again-${index}"${rest.slice(at + written.length)}`,
    text,
  )
  return readObject(renamed)
}

/** Names keep the escapes that they are written with. */
const withEscapes = (text: string): JsonObject | undefined => {
  const value = readObject(text)
  if (!value) return undefined
  const written = new Map(
    namesIn(text)
      .names.filter(({ depth }) => depth === 1)
      .map(({ name, written: quoted }) => [name, quoted.slice(1, -1)]),
  )
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [written.get(name) ?? name, one]),
  )
}

const lenient: readonly BearerDefect[] = [
  {
    id: 'jwt-utf8-replaced',
    does: 'Replaces octets that are not UTF-8 and reads on.',
    breaks: 'must',
    clauses: [objectOnly, headerOnly, 'rfc8725#3.7-utf8-only'],
    change: tokens(() => ({ text: (bytes) => bytes.toString('utf8') })),
  },
  {
    id: 'jwt-json-tail-ignored',
    does: 'Reads JSON to its last brace and ignores what follows.',
    breaks: 'must',
    clauses: [strictJson, 'rfc7515#10.12-trailing-characters-invalid', objectOnly],
    change: repairing((text) => text.slice(0, text.lastIndexOf('}') + 1)),
  },
  {
    id: 'jwt-json-trailing-comma',
    does: 'Accepts a comma before the last brace.',
    breaks: 'must',
    clauses: [strictJson, 'rfc7515#10.12-malformed-json-rejected', objectOnly],
    change: repairing((text) => text.replace(/,\s*}$/, '}')),
  },
  {
    id: 'jwt-json-single-quotes',
    does: 'Accepts JSON in single quotation marks.',
    breaks: 'must',
    clauses: [strictJson, 'rfc7515#10.12-malformed-json-rejected', objectOnly],
    change: repairing((text) => text.replaceAll("'", '"')),
  },
  {
    id: 'jwt-json-nan-accepted',
    does: 'Reads NaN and Infinity as numbers, and finds that no time is past them.',
    breaks: 'must',
    clauses: [strictJson, 'rfc7519#4.1.4-exp-number'],
    change: both(
      // No JSON number is so large, so it can stand for what JSON cannot say.
      repairing((text) => text.replace(/:\s*(?:NaN|-?Infinity)(?=\s*[,}])/g, ':1e999'), 'payload'),
      claim('exp', (strict) => (value, expected) => strict(value, expected) || value === Infinity),
    ),
  },
  {
    id: 'jwt-claims-list-unwrapped',
    does: 'Accepts claims in a list and takes the first of them.',
    breaks: 'must',
    clauses: [objectOnly],
    change: rereading((text) => {
      const value = parseJson(text)
      return Array.isArray(value) && isObject(value[0]) ? value[0] : undefined
    }, 'payload'),
  },
  {
    id: 'jwt-claims-string-unwrapped',
    does: 'Accepts claims that are JSON within a JSON string.',
    breaks: 'must',
    clauses: [objectOnly],
    change: rereading((text) => {
      const value = parseJson(text)
      return typeof value === 'string' ? readObject(value) : undefined
    }, 'payload'),
  },
]

const naming: readonly BearerDefect[] = [
  {
    id: 'jwt-claims-first-duplicate',
    does: 'Takes the first of several claims of one name.',
    breaks: 'must',
    clauses: ['rfc7519#4-duplicate-claims'],
    change: rereading(firstWins, 'payload'),
  },
  {
    id: 'jwt-header-first-duplicate',
    does: 'Takes the first of several header parameters of one name.',
    breaks: 'must',
    clauses: ['rfc7515#4-duplicate-header-names'],
    change: rereading(firstWins, 'header'),
  },
  {
    id: 'jwt-claims-escapes-kept',
    does: 'Compares claim names as they are written, so that it misses those with escapes.',
    breaks: 'must',
    clauses: ['rfc7519#7.3-string-comparison'],
    change: tokens(({ json }) => ({
      json: (text, part) => (part === 'payload' ? withEscapes(text) : json(text, part)),
    })),
  },
  {
    id: 'jwt-header-escapes-kept',
    does: 'Compares names of the header as they are written, so that it misses those with escapes.',
    breaks: 'must',
    clauses: ['rfc7515#5.3-string-comparison'],
    change: tokens(({ json }) => ({
      json: (text, part) => (part === 'header' ? withEscapes(text) : json(text, part)),
    })),
  },
  {
    id: 'jwt-json-blanks-refused',
    does: 'Refuses JSON with whitespace between its tokens.',
    breaks: 'should',
    clauses: ['rfc7519#3-json-whitespace-allowed'],
    change: tokens(({ json }) => ({
      json: (text, part) => {
        const value = json(text, part)
        return /^\s|[{[,:]\s|\s[}\]:]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
          ? undefined
          : value
      },
    })),
  },
  {
    id: 'jwt-claims-unknown-refused',
    does: 'Refuses tokens with a claim that it does not know.',
    breaks: 'must',
    clauses: ['rfc7519#4-unknown-claims-ignored'],
    change: tokens(({ json }) => ({
      json: (text, part) => {
        const value = json(text, part)
        if (part !== 'payload' || !value) return value
        return Object.keys(value).every((name) => claimNames.includes(name)) ? value : undefined
      },
    })),
  },
]

/** A text up to its first character of four octets, as databases keep it that have room for three. */
const cut = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' ? value.replace(/[\u{10000}-\u{10ffff}].*$/su, '') : value

const cutting = (name: CheckedClaim): BearerChange =>
  claim(name, (strict) => (value, expected) => strict(cut(value), expected))

const planes: readonly BearerDefect[] = [
  {
    id: 'jwt-beyond-bmp-cut',
    does: 'Looks names up in a database that cuts them at the first character beyond the BMP.',
    breaks: 'must',
    clauses: ['rfc7515#10.13-non-bmp-compare'],
    change: both(cutting('iss'), cutting('aud')),
  },
]

const claimNames = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'scope', 'cnf']

export const texts: readonly BearerDefect[] = [...lenient, ...naming, ...planes]
