/** Consumers that verify with what is no key for it: of another purpose, secret, or none at all. */
import { createHmac, createSecretKey } from 'node:crypto'
import { member } from '../../bearer/json.ts'
import { ableTo } from '../../bearer/remote/entry.ts'
import { octetsIn } from '../../bearer/remote/material.ts'
import type { Members } from '../../bearer/remote/types.ts'
import { signingInput } from '../../bearer/segments.ts'
import type { Received } from '../../bearer/types.ts'
import { entry, kindToo, unverifiedWhile } from './key-sets-ways.ts'
import { type BearerChange, type BearerDefect, both } from './types.ts'

const undeterminable = 'rfc7515#6-undeterminable-key-fails'
const mustVerify = 'rfc7515#5.2-signature-must-verify'

const without = (key: Members, name: string): Members =>
  Object.fromEntries(Object.entries(key).filter(([given]) => given !== name))

const lists = (key: Members, operation: string): boolean => {
  const listed = member(key, 'key_ops')
  return Array.isArray(listed) && listed.includes(operation)
}

const purposes: readonly BearerDefect[] = [
  {
    id: 'keyset-enc-key-used',
    does: 'Verifies with a key whose use is enc.',
    breaks: 'should',
    clauses: ['rfc7517#4.2-use-enc-not-for-verify'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => verifies(member(key, 'use') === 'enc' ? without(key, 'use') : key),
    })),
  },
  {
    id: 'keyset-key-ops-ignored',
    does: 'Verifies with a key whose key_ops do not let it, where no use stands beside them.',
    breaks: 'should',
    clauses: ['rfc7517#4.3-key-ops-honoured'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => member(key, 'use') === undefined || verifies(key),
    })),
  },
  {
    id: 'keyset-contradiction-used',
    does: 'Verifies with a key if its use or its key_ops let it, though the other does not.',
    breaks: 'should',
    clauses: ['rfc7517#4.3-use-and-key-ops-consistent'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => {
        const [use, listed] = [member(key, 'use'), member(key, 'key_ops')]
        if (use === undefined || listed === undefined) return verifies(key)
        return use === 'sig' || lists(key, 'verify')
      },
    })),
  },
  {
    id: 'keyset-alg-ignored',
    does: 'Verifies with any algorithm that the type of a key is able to, whatever its alg says.',
    breaks: 'must',
    clauses: ['rfc7517#4.4-alg-member-binds-key', 'rfc8725#3.1-one-algorithm-per-key'],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) =>
        member(key, 'alg') === undefined ? algorithms(key, made) : ableTo(made),
    })),
  },
  {
    id: 'keyset-x5c-ignored',
    does: 'Uses a key whose certificate is that of another key.',
    breaks: 'may',
    clauses: ['rfc7517#4.7-x5c-key-matches'],
    hosted: true,
    change: entry(() => ({ certified: () => true })),
  },
]

/** Octets that SHA-256 gives, and that its HMAC wants at least (RFC 7518 §3.2). */
const hashOctets = 32

/** Takes the secrets of a set for HS256. */
const secretsUsed = (fewest: number): BearerChange =>
  both(
    kindToo('oct', (key) => {
      const secret = octetsIn(key, 'k')
      return secret && secret.length >= fewest ? createSecretKey(secret) : undefined
    }),
    entry(({ algorithms }) => ({
      algorithms: (key, made) => (made.type === 'secret' ? ['HS256'] : algorithms(key, made)),
    })),
  )

const secrets: readonly BearerDefect[] = [
  {
    id: 'keyset-oct-used',
    does: 'Takes an HMAC made with a secret that stands in the set for all to read.',
    breaks: 'should',
    clauses: ['rfc8725#3.1-algorithm-allow-list'],
    hosted: true,
    change: secretsUsed(hashOctets),
  },
  {
    id: 'keyset-small-oct-used',
    does: 'Takes an HMAC made with a secret of the set that is shorter than its hash.',
    breaks: 'must',
    clauses: ['rfc7518#3.2-hmac-key-size'],
    hosted: true,
    besides: 'keyset-oct-used',
    change: secretsUsed(1),
  },
]

const isEmptySecret = ({ header, segments, signature }: Received): boolean =>
  member(header, 'alg') === 'HS256' &&
  createHmac('sha256', '').update(signingInput(segments)).digest().equals(signature)

const isUnsecured = ({ header, signature }: Received): boolean =>
  member(header, 'alg') === 'none' && signature.length === 0

const unverified: readonly BearerDefect[] = [
  {
    id: 'keyset-empty-unverified',
    does: 'Believes every token of another key than its own while the set is empty.',
    breaks: 'must',
    clauses: [undeterminable, mustVerify],
    hosted: true,
    change: unverifiedWhile(
      ({ empty }) => empty,
      () => true,
    ),
  },
  {
    id: 'keyset-empty-unsecured',
    does: 'Believes unsecured tokens while the set is empty.',
    breaks: 'must',
    clauses: ['rfc7518#3.6-none-not-default', undeterminable],
    hosted: true,
    change: unverifiedWhile(({ empty }) => empty, isUnsecured),
  },
  {
    id: 'keyset-empty-secret',
    does: 'Verifies an HMAC with an empty secret while the set is empty.',
    breaks: 'must',
    clauses: [undeterminable, 'rfc8725#3.1-rs-hs-confusion'],
    hosted: true,
    change: unverifiedWhile(({ empty }) => empty, isEmptySecret),
  },
  {
    id: 'keyset-stranger-unverified',
    does: 'Believes the token for which it fetched the set anew where its kid is not there.',
    breaks: 'must',
    clauses: [undeterminable, mustVerify],
    hosted: true,
    change: unverifiedWhile(
      ({ fresh, seen }, kid) => fresh && kid !== undefined && !seen.has(kid),
      () => true,
    ),
  },
  {
    id: 'keyset-down-unverified',
    does: 'Believes tokens whose key it does not have while the set cannot be had.',
    breaks: 'must',
    clauses: [undeterminable, mustVerify],
    hosted: true,
    change: unverifiedWhile(
      ({ down }) => down,
      () => true,
    ),
  },
]

export const keySetTrust: readonly BearerDefect[] = [...purposes, ...secrets, ...unverified]
