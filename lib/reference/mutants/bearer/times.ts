/** Verifiers that misread the times of a token (RFC 7519 §4.1.4 to §4.1.6). */
import { isTime } from '../../bearer/checks.ts'
import type { Check } from '../../bearer/types.ts'
import { type BearerChange, type BearerDefect, claim } from './types.ts'

const past = 'rfc7519#4.1.4-exp-past-rejected'
const number = 'rfc7519#4.1.4-exp-number'
const absent = 'rfc7519#4.1.4-exp-missing-policy'

/** The strict check, and whatever else passes. */
const orElse =
  (passes: Check) =>
  (strict: Check): Check =>
  (value, expected) =>
    strict(value, expected) || passes(value, expected)

const expToo = (passes: Check): BearerChange => claim('exp', orElse(passes))

/** Checks a value after it was made into another. */
const readAs =
  (read: (value: Parameters<Check>[0]) => Parameters<Check>[0]) =>
  (strict: Check): Check =>
  (value, expected) =>
    strict(value, expected) || (value !== undefined && strict(read(value), expected))

const expiry: readonly BearerDefect[] = [
  {
    id: 'jwt-exp-ignored',
    does: 'Never looks at the time in exp.',
    breaks: 'must',
    clauses: [past],
    change: expToo(isTime),
  },
  {
    id: 'jwt-exp-text-accepted',
    does: 'Makes a number of an exp that is written as text.',
    breaks: 'must',
    clauses: [number],
    change: claim(
      'exp',
      readAs((value) => (typeof value === 'string' && value !== '' ? Number(value) : value)),
    ),
  },
  {
    id: 'jwt-exp-mistyped-ignored',
    does: 'Ignores an exp that is text, a list, an object or a boolean.',
    breaks: 'must',
    clauses: [number],
    change: expToo((value) => value !== undefined && value !== null && typeof value !== 'number'),
  },
  {
    id: 'jwt-exp-null-ignored',
    does: 'Treats an exp of null as if there were none, and needs none.',
    breaks: 'must',
    clauses: [number],
    change: expToo((value) => value === null),
  },
  {
    id: 'jwt-exp-zero-ignored',
    does: 'Takes an exp of 0 for none, and needs none.',
    breaks: 'must',
    clauses: [past, 'rfc7519#4.1.4-exp-extreme-values'],
    change: expToo((value) => value === 0),
  },
  {
    id: 'jwt-exp-absent-accepted',
    does: 'Accepts tokens without exp, which are good for ever.',
    breaks: 'may',
    clauses: [absent, 'rfc7519#4-required-claims-by-context'],
    change: expToo((value) => value === undefined),
  },
  {
    id: 'jwt-exp-hour-of-leeway',
    does: 'Accepts tokens for an hour after they have expired.',
    breaks: 'must',
    clauses: [past, 'rfc7519#4.1.4-exp-leeway-bounded'],
    change: expToo((value, { now }) => isTime(value) && now() < value + 3600),
  },
  {
    id: 'jwt-exp-other-time-zone',
    does: 'Compares exp with the clock of a place two hours behind.',
    breaks: 'must',
    clauses: [past],
    change: expToo((value, { now }) => isTime(value) && now() < value + 7200),
  },
  {
    id: 'jwt-exp-unsigned',
    does: 'Reads exp as an unsigned number, so that a negative one is far in the future.',
    breaks: 'must',
    clauses: [past, 'rfc7519#4.1.4-exp-extreme-values'],
    change: expToo((value) => isTime(value) && value < 0),
  },
  {
    id: 'jwt-exp-fraction-refused',
    does: 'Refuses an exp with a fraction of a second.',
    breaks: 'should',
    clauses: ['rfc7519#2-numericdate-fraction'],
    change: claim(
      'exp',
      (strict) => (value, expected) => strict(value, expected) && Number.isInteger(value),
    ),
  },
  {
    id: 'jwt-exp-milliseconds-understood',
    does: 'Takes a large exp for milliseconds.',
    breaks: 'may',
    clauses: ['rfc7519#2-numericdate-not-milliseconds'],
    change: claim(
      'exp',
      (strict) => (value, expected) =>
        strict(isTime(value) && value > 1e11 ? value / 1000 : value, expected),
    ),
  },
]

const beginning: readonly BearerDefect[] = [
  {
    id: 'jwt-nbf-ignored',
    does: 'Never looks at the time in nbf.',
    breaks: 'must',
    clauses: ['rfc7519#4.1.5-nbf-future-rejected'],
    change: claim('nbf', orElse(isTime)),
  },
  {
    id: 'jwt-nbf-mistyped-ignored',
    does: 'Ignores an nbf that is no number.',
    breaks: 'must',
    clauses: ['rfc7519#4.1.5-nbf-number'],
    change: claim(
      'nbf',
      orElse((value) => typeof value !== 'number'),
    ),
  },
  {
    id: 'jwt-iat-future-refused',
    does: 'Refuses tokens that were issued later than now.',
    breaks: 'may',
    clauses: ['rfc7519#4.1.6-iat-future-not-mandated'],
    change: claim(
      'iat',
      (strict) => (value, expected) =>
        strict(value, expected) && !(isTime(value) && value > expected.now() + expected.leeway),
    ),
  },
  {
    id: 'jwt-iat-mistyped-ignored',
    does: 'Ignores an iat that is no number.',
    breaks: 'may',
    clauses: ['rfc7519#4.1.6-iat-number'],
    change: claim(
      'iat',
      orElse((value) => typeof value !== 'number'),
    ),
  },
]

export const times: readonly BearerDefect[] = [...expiry, ...beginning]
