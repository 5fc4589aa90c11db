/** Verifiers that break on tokens nobody expected: an error of theirs, silence, or worse. */
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { Check, CheckedClaim } from '../../bearer/types.ts'
import type { Reply, Request } from '../../http/types.ts'
import { valuesOf } from '../../http/types.ts'
import { serverError } from '../types.ts'
import { around, type BearerChange, type BearerDefect, claim, tokens } from './types.ts'

const invalid = 'rfc6750#3.1-invalid-token-401'
const defensively = 'rfc9110#2.3-parse-defensively'

/** What a program does that never thought of this; the engine answers it with 500. */
const fail = (what: string): never => {
  throw new TypeError(`Not prepared for ${what}.`)
}

/** Throws where the value of a claim is of that kind. */
const failsOn = (
  name: CheckedClaim,
  isBad: (value: Parameters<Check>[0]) => boolean,
): BearerChange =>
  claim(name, (strict) => (value, expected) => {
    if (isBad(value)) fail(name)
    return strict(value, expected)
  })

/** Throws for a token of that look before anything else is done. */
const failsOnToken = (isBad: (token: string) => boolean): BearerChange =>
  tokens(({ split }) => ({ split: (token) => (isBad(token) ? fail('it') : split(token)) }))

const tokenIn = (request: Request): string =>
  (valuesOf(request.fields, 'authorization')[0] ?? '').replace(/^\S+ +/, '')

/** Does something else than answer where a token has that look. */
const instead = (
  what: NonNullable<Reply['instead']>,
  isBad: (token: string) => boolean,
): BearerChange =>
  around(() => async (request, next) => {
    const reply = await next(request)
    return isBad(tokenIn(request)) ? { ...reply, instead: what } : reply
  })

/** The header of a token, whatever JSON it is. */
const headerOf = (token: string): unknown =>
  parseJson(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))

const dots = (token: string): number => token.split('.').length - 1

const shapes: readonly BearerDefect[] = [
  {
    id: 'jwt-many-segments-500',
    does: 'Answers 500 to tokens of four segments and more.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => dots(token) > 2),
  },
  {
    id: 'jwt-many-dots-hang',
    does: 'Never answers where a token has hundreds of dots.',
    breaks: 'should',
    clauses: [defensively],
    change: instead('hang', (token) => dots(token) > 200),
  },
  {
    id: 'jwt-large-500',
    does: 'Answers 500 to tokens of more than 4096 octets.',
    breaks: 'must',
    clauses: ['rfc9110#5.4-oversized-field-4xx', defensively],
    change: failsOnToken((token) => token.length > 4096),
  },
  {
    id: 'jwt-very-large-500',
    does: 'Reads a quarter of a megabyte of fields, and breaks where Authorization has more.',
    breaks: 'must',
    clauses: ['rfc9110#5.4-oversized-field-4xx'],
    change: (policy) => ({
      ...policy,
      http: {
        ...policy.http,
        limits: { ...policy.http.limits, head: 256 * 1024 },
        tooLarge: (partial, limits) =>
          /\nauthorization:/i.test(partial)
            ? { ...serverError, close: true }
            : policy.http.tooLarge(partial, limits),
      },
    }),
  },
  {
    id: 'jwt-segment-empty-500',
    does: 'Answers 500 to a token whose header or payload is empty.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => /^(?:\.[^.]*|[^.]+\.)\.[^.]*$/.test(token)),
  },
  {
    id: 'jwt-base64-invalid-500',
    does: 'Answers 500 where a signature has a length that no Base64 has.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => (token.split('.')[2] ?? '').length % 4 === 1),
  },
  {
    id: 'jwt-signature-length-500',
    does: 'Answers 500 to a signature that is not as long as it should be.',
    breaks: 'should',
    clauses: [invalid, 'rfc7518#3.4-ecdsa-signature-length'],
    change: tokens(({ signed }) => ({
      signed: (key, received) => {
        const { length } = received.signature
        return length > 0 && length !== 64 ? fail('this length') : signed(key, received)
      },
    })),
  },
]

const headers: readonly BearerDefect[] = [
  {
    id: 'jwt-header-not-object-500',
    does: 'Answers 500 to a header that is JSON and no object.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => {
      const header = headerOf(token)
      return dots(token) === 2 && header !== undefined && !isObject(header)
    }),
  },
  {
    id: 'jwt-alg-not-text-500',
    does: 'Answers 500 to an algorithm that is neither absent nor text.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => {
      const header = headerOf(token)
      const alg = isObject(header) ? member(header, 'alg') : undefined
      return alg !== undefined && typeof alg !== 'string'
    }),
  },
  {
    id: 'jwt-kid-not-text-500',
    does: 'Answers 500 to a kid that is neither absent nor text.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOnToken((token) => {
      const header = headerOf(token)
      const kid = isObject(header) ? member(header, 'kid') : undefined
      return kid !== undefined && typeof kid !== 'string'
    }),
  },
  {
    id: 'jwt-kid-unknown-500',
    does: 'Answers 500 to a kid that names no key.',
    breaks: 'should',
    clauses: [invalid, 'rfc7515#6-undeterminable-key-fails'],
    change: tokens(({ keysFor }) => ({
      keysFor: async (rules, received) => {
        const found = await keysFor(rules, received)
        const kid = member(received.header, 'kid')
        return found.length === 0 && typeof kid === 'string' ? fail('it') : found
      },
    })),
  },
  {
    id: 'jwt-enc-header-500',
    does: 'Answers 500 to a signed token whose header has enc: it looks for parts that are not there.',
    breaks: 'should',
    clauses: ['rfc7519#7.2-jws-jwe-determination', defensively],
    change: failsOnToken((token) => {
      const header = headerOf(token)
      return dots(token) === 2 && isObject(header) && member(header, 'enc') !== undefined
    }),
  },
  {
    id: 'jwt-costly-count-hangs',
    does: 'Works off whatever iteration count the header of an encrypted token asks for.',
    breaks: 'should',
    clauses: ['rfc8725bis#3.13-pbes2-count-limit'],
    change: instead('hang', (token) => {
      const header = headerOf(token)
      return isObject(header) && Number(member(header, 'p2c')) > 10_000_000
    }),
  },
]

const claims: readonly BearerDefect[] = [
  {
    id: 'jwt-claims-null-500',
    does: 'Answers 500 to signed claims that are null.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: tokens(({ json }) => ({
      json: (text, part) =>
        part === 'payload' && text.trim() === 'null' ? fail('null') : json(text, part),
    })),
  },
  {
    id: 'jwt-claims-not-json-500',
    does: 'Answers 500 to signed claims that have no JSON in them.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: tokens(({ json }) => ({
      json: (text, part) =>
        part === 'payload' && /^[a-z ]+$/i.test(text) && parseJson(text) === undefined
          ? fail('it')
          : json(text, part),
    })),
  },
  {
    id: 'jwt-nesting-500',
    does: 'Answers 500 to claims that are nested five hundred deep.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: tokens(({ json }) => ({
      json: (text, part) => (/[[{]{500}/.test(text) ? fail('depth') : json(text, part)),
    })),
  },
  {
    id: 'jwt-aud-misshapen-500',
    does: 'Answers 500 to an audience that is neither text nor list.',
    breaks: 'should',
    clauses: [invalid, defensively],
    change: failsOn(
      'aud',
      (value) => value !== undefined && typeof value !== 'string' && !Array.isArray(value),
    ),
  },
  {
    id: 'jwt-iss-not-text-500',
    does: 'Answers 500 to an issuer that is neither absent nor text.',
    breaks: 'should',
    clauses: [invalid, 'rfc7519#4.1.1-iss-type'],
    change: failsOn('iss', (value) => value !== undefined && typeof value !== 'string'),
  },
  {
    id: 'jwt-exp-not-number-500',
    does: 'Answers 500 to an exp that is neither absent nor a number.',
    breaks: 'should',
    clauses: [invalid, 'rfc7519#4.1.4-exp-number'],
    change: failsOn('exp', (value) => value !== undefined && typeof value !== 'number'),
  },
  {
    id: 'jwt-exp-huge-500',
    does: 'Answers 500 to an exp that is beyond the dates it can write.',
    breaks: 'should',
    clauses: ['rfc7519#4.1.4-exp-extreme-values'],
    change: failsOn('exp', (value) => typeof value === 'number' && Math.abs(value) > 8.64e15),
  },
]

export const upsets: readonly BearerDefect[] = [...shapes, ...headers, ...claims]
