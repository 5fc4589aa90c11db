/** Verifiers that decode more than base64url, or find segments that are not there (RFC 7515 §2). */
import { isObject, parseJson } from '../../bearer/json.ts'
import { decodeSegment, splitToken } from '../../bearer/segments.ts'
import { access, type BearerChange, type BearerDefect, both, tokens } from './types.ts'
import { forTokens } from './ways.ts'

const noPadding = 'rfc7515#2-base64url-no-padding'
const foreign = 'rfc7515#5.2-no-whitespace-or-extra-characters'
const periods = 'rfc7515#5.2-exactly-two-periods'

/** Decodes what was put right first. */
const after = (repair: (segment: string) => string): BearerChange =>
  tokens(({ decode }) => ({ decode: (segment, part) => decode(repair(segment), part) }))

/** Lets more characters through than a b64token may have. */
const admitting = (more: RegExp): BearerChange =>
  access(({ isToken }) => ({ isToken: (rest) => isToken(rest) || more.test(rest) }))

const splitting = (repair: (token: string) => string): BearerChange =>
  tokens(() => ({ split: (token) => splitToken(repair(token)) }))

const namesAlgorithm = (segment = ''): boolean => {
  const value = parseJson(Buffer.from(segment, 'base64url').toString('utf8'))
  return isObject(value) && Object.hasOwn(value, 'alg')
}

/** Claims before the header that they belong to. */
const isSwapped = (token: string): boolean => {
  const [first, second] = token.split('.')
  return !namesAlgorithm(first) && namesAlgorithm(second)
}

export const encoding: readonly BearerDefect[] = [
  {
    id: 'jwt-base64-padding-accepted',
    does: 'Accepts segments with padding.',
    breaks: 'must',
    softened: true,
    clauses: [noPadding, foreign],
    change: both(
      after((segment) => segment.replace(/={1,2}$/, '')),
      admitting(/^[A-Za-z0-9\-._=]+$/),
    ),
  },
  {
    id: 'jwt-base64-standard-alphabet',
    does: 'Accepts segments in the standard alphabet of Base64.',
    breaks: 'must',
    softened: true,
    clauses: [noPadding, foreign],
    change: after((segment) => segment.replaceAll('+', '-').replaceAll('/', '_')),
  },
  {
    id: 'jwt-base64-foreign-dropped',
    does: 'Drops characters of no alphabet from segments and decodes the others.',
    breaks: 'must',
    softened: true,
    clauses: [foreign, noPadding],
    change: both(
      after((segment) => segment.replace(/[^A-Za-z0-9\-_+/=\s]/g, '')),
      admitting(/^[^\s",]+$/),
    ),
  },
  {
    id: 'jwt-base64-blanks-dropped',
    does: 'Drops blanks and tabs from segments and decodes what is left.',
    breaks: 'must',
    softened: true,
    clauses: [foreign, noPadding],
    change: both(
      after((segment) => segment.replace(/[ \t]/g, '')),
      admitting(/^[A-Za-z0-9\-._ \t]+$/),
    ),
  },
  {
    id: 'jwt-base64-dangling-dropped',
    does: 'Drops a last symbol of a segment that completes no octet.',
    breaks: 'must',
    softened: true,
    clauses: [foreign, 'rfc4648#4-impossible-length'],
    change: tokens(() => ({
      decode: (segment) => decodeSegment(segment.length % 4 === 1 ? segment.slice(0, -1) : segment),
    })),
  },
  {
    id: 'jwt-segments-more-ignored',
    does: 'Reads the first three segments of a token and ignores all others.',
    breaks: 'must',
    clauses: [periods],
    change: splitting((token) => token.split('.').slice(0, 3).join('.')),
  },
  {
    id: 'jwt-segments-empty-skipped',
    does: 'Skips empty segments before and after the others.',
    breaks: 'must',
    clauses: [periods],
    change: splitting((token) =>
      token.replace(/^\.+(?=[^.]+\.[^.]+\.[^.]+$)|(?<=^[^.]+\.[^.]+\.[^.]+)\.+$/g, ''),
    ),
  },
  {
    id: 'jwt-segments-sorted',
    does: 'Takes whichever of the first two segments names an algorithm for the header.',
    breaks: 'must',
    clauses: ['rfc7515#5.2-signature-must-verify', 'rfc6750#5.2-token-integrity'],
    change: forTokens(isSwapped, ({ split }) => ({
      split: (token) => {
        const found = split(token)
        return found && { ...found, header: found.payload, payload: found.header }
      },
    })),
  },
]
