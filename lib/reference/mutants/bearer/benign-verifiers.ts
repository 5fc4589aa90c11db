/** Verifiers that take a little more than others, or a little less; all of them legitimate. */
import { isTime } from '../../bearer/checks.ts'
import { isObject, parseJson } from '../../bearer/json.ts'
import { byPrivateKey, decrypted } from './decrypt.ts'
import { nestedToo, saysNested } from './nest.ts'
import { type BearerVariation, claim, tokens } from './types.ts'
import { secondLook } from './ways.ts'

export const benignVerifiers: readonly BearerVariation[] = [
  {
    id: 'benign-leeway-none',
    does: 'Allows no difference between clocks.',
    clauses: [],
    change: tokens(({ expected }) => ({ expected: { ...expected, leeway: 0 } })),
  },
  {
    id: 'benign-leeway-five-minutes',
    does: 'Allows clocks to differ by five minutes.',
    clauses: [],
    change: tokens(({ expected }) => ({ expected: { ...expected, leeway: 300 } })),
  },
  {
    id: 'benign-issued-in-future-refused',
    does: 'Refuses tokens that were issued later than now.',
    clauses: [],
    change: claim(
      'iat',
      (strict) => (value, expected) =>
        strict(value, expected) && (!isTime(value) || value <= expected.now() + expected.leeway),
    ),
  },
  {
    id: 'benign-subject-any',
    does: 'Takes tokens about any subject that the issuer vouches for.',
    clauses: [],
    change: claim('sub', () => (value) => typeof value === 'string'),
  },
  {
    id: 'benign-last-duplicate-wins',
    does: 'Takes the last of several members of one name.',
    clauses: [],
    change: tokens(() => ({
      json: (text) => {
        const value = parseJson(text)
        return isObject(value) ? value : undefined
      },
    })),
  },
  {
    id: 'benign-byte-order-mark-skipped',
    does: 'Skips a byte order mark before JSON.',
    clauses: [],
    change: tokens(({ json }) => ({
      json: (text, part) => json(text.replace(/^\ufeff/, ''), part),
    })),
  },
  {
    id: 'benign-trailing-bits-accepted',
    does: 'Ignores the bits that the last symbol of a segment leaves unused.',
    clauses: [],
    change: tokens(() => ({
      decode: (segment) =>
        /^[A-Za-z0-9_-]*$/.test(segment) && segment.length % 4 !== 1
          ? Buffer.from(segment, 'base64url')
          : undefined,
    })),
  },
  {
    id: 'benign-nested-accepted',
    does: 'Takes a token in a token where both are signed and both are good.',
    clauses: [],
    change: nestedToo(saysNested),
  },
  {
    id: 'benign-encrypted-accepted',
    does: 'Takes a good token that is encrypted to its key.',
    clauses: [],
    change: (policy, lab) =>
      secondLook(async (rules, token) => {
        for (const { privateKey } of lab.keys) {
          const inner = decrypted(token, byPrivateKey(privateKey)) ?? ''
          const verdict = await rules.verify(rules, inner)
          if (!('refused' in verdict)) return verdict
        }
        return undefined
      })(policy, lab),
  },
]
