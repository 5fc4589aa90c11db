/** Verifiers that let the header say how it is to be verified. */
import { checkSignature } from '../../bearer/algorithms.ts'
import { signingInput } from '../../bearer/segments.ts'
import { verifies, verifiesHalves } from './lax.ts'
import type { BearerDefect } from './types.ts'
import { algOf, algorithmToo, byKey, forTokens, twoSegments } from './ways.ts'

const noneDefault = 'rfc7518#3.6-none-not-default'
const allowList = 'rfc8725#3.1-algorithm-allow-list'
const unsupported = 'rfc7515#4.1.1-alg-unsupported-rejected'
const oneEach = 'rfc8725#3.1-one-algorithm-per-key'

const isUnsigned = (_key: object, { signature }: { readonly signature: Buffer }): boolean =>
  signature.length === 0

const text = (alg: unknown): string => (typeof alg === 'string' ? alg : '?')

const none: readonly BearerDefect[] = [
  {
    id: 'jwt-none-accepted',
    does: 'Accepts tokens whose algorithm is none and whose signature is empty.',
    breaks: 'must',
    clauses: [noneDefault, allowList],
    change: algorithmToo((alg) => alg === 'none', isUnsigned),
  },
  {
    id: 'jwt-none-other-case',
    does: 'Refuses the algorithm none and knows it in this letter case alone, so that None passes.',
    breaks: 'must',
    clauses: [noneDefault, allowList],
    change: algorithmToo((alg) => alg !== 'none' && text(alg).toLowerCase() === 'none', isUnsigned),
  },
  {
    id: 'jwt-none-trimmed',
    does: 'Refuses the algorithm none before it strips blanks and NUL from the name of one.',
    breaks: 'must',
    clauses: [noneDefault, allowList],
    change: algorithmToo(
      (alg) => alg !== 'none' && text(alg).replace(/[\s\0]/g, '') === 'none',
      isUnsigned,
    ),
  },
  {
    id: 'jwt-none-with-signature',
    does: 'Accepts the algorithm none on tokens that have a signature, which it does not look at.',
    breaks: 'must',
    clauses: [noneDefault, 'rfc7518#3.6-none-signature-empty'],
    change: algorithmToo(
      (alg) => alg === 'none',
      (_key, { signature }) => signature.length > 0,
    ),
  },
  {
    id: 'jwt-none-two-segments',
    does: 'Accepts tokens whose algorithm is none and that end before the second dot.',
    breaks: 'must',
    clauses: [noneDefault, 'rfc7515#5.2-exactly-two-periods'],
    change: (policy, lab) => {
      const open = algorithmToo((alg) => alg === 'none', isUnsigned)(policy, lab).tokens
      const { allows, signed } = open
      return forTokens(
        (token) => twoSegments(token) !== undefined,
        () => ({ split: twoSegments, allows, signed }),
      )(policy, lab)
    },
  },
  {
    id: 'jwt-alg-empty-unsigned',
    does: 'Takes an empty algorithm for none.',
    breaks: 'must',
    clauses: [noneDefault, unsupported],
    change: algorithmToo((alg) => alg === '', isUnsigned),
  },
]

const names: readonly BearerDefect[] = [
  {
    id: 'jwt-alg-missing-accepted',
    does: 'Takes the algorithm from the key where the header names none.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.1-alg-required'],
    change: algorithmToo((alg) => alg === undefined || alg === null, byKey),
  },
  {
    id: 'jwt-alg-any-case',
    does: 'Compares the name of the algorithm without regard to letter case.',
    breaks: 'must',
    clauses: ['rfc7515#4.1.1-alg-case-sensitive'],
    change: algorithmToo(
      (alg, key) => alg !== key.alg && text(alg).toUpperCase() === key.alg.toUpperCase(),
      byKey,
    ),
  },
  {
    id: 'jwt-alg-list-accepted',
    does: 'Makes a text of whatever the algorithm is, so that a list of one name will do.',
    breaks: 'must',
    clauses: [unsupported],
    change: algorithmToo(
      (alg, key) => typeof alg === 'object' && alg !== null && String(alg) === key.alg,
      byKey,
    ),
  },
  {
    id: 'jwt-alg-unknown-accepted',
    does: 'Takes the algorithm from the key where the header names one that nobody defined.',
    breaks: 'must',
    clauses: [unsupported, 'rfc7515#5.2-alg-consistent-with-signature'],
    change: algorithmToo(
      (alg) => /^(?!none|HS|RS|PS|ES|Ed)[A-Za-z0-9_-]+$/i.test(text(alg)),
      byKey,
    ),
  },
]

const bindings: readonly BearerDefect[] = [
  {
    id: 'jwt-ecdsa-curve-unbound',
    does: 'Uses a key on any curve with every ECDSA algorithm that the header names.',
    breaks: 'must',
    clauses: ['rfc7518#3.4-ecdsa-curve-binding', oneEach, allowList],
    change: algorithmToo(
      (alg, key) => /^ES(?:256|384|512)$/.test(text(alg)) && alg !== key.alg,
      ({ key }, received) =>
        verifiesHalves(`sha${text(algOf(received)).slice(2)}`, key, received, received.signature),
    ),
  },
  {
    id: 'jwt-rsa-any-algorithm',
    does: 'Uses an RSA key with every RSA algorithm that the header names.',
    breaks: 'should',
    clauses: [oneEach, allowList, 'rfc7515#5.2-unacceptable-alg-rejected'],
    besides: 'benign-key-rs256',
    keys: ['RS256'],
    change: algorithmToo(
      (alg, key) => /^[RP]S(?:256|384|512)$/.test(text(alg)) && alg !== key.alg,
      ({ key }, received) =>
        checkSignature(
          text(algOf(received)),
          key,
          signingInput(received.segments),
          received.signature,
        ),
    ),
  },
  {
    id: 'jwt-rsa-sha1-accepted',
    does: 'Accepts RS1, which signs a SHA-1 hash.',
    breaks: 'must',
    clauses: ['rfc8725#3.2-current-algorithms-only', allowList],
    besides: 'benign-key-rs256',
    keys: ['RS256'],
    change: algorithmToo(
      (alg) => alg === 'RS1',
      ({ key }, received) => verifies('sha1', { key }, received, received.signature),
    ),
  },
]

export const algorithm: readonly BearerDefect[] = [...none, ...names, ...bindings]
