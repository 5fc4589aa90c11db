/** Consumers that look for the key of a token in a set the wrong way. */
import { createHash, type KeyObject } from 'node:crypto'
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { Members, PublishedKey } from '../../bearer/remote/types.ts'
import { entry, remote, textIn } from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const selects = 'rfc7517#4.5-kid-selects-key'
const optional = 'rfc7517#4.4-optional-members-absent'

/** Uses only entries of a look. */
const onlyEntries = (isGood: (key: Members, made: KeyObject) => boolean): BearerDefect['change'] =>
  entry(({ algorithms }) => ({
    algorithms: (key, made) => (isGood(key, made) ? algorithms(key, made) : []),
  }))

const required: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
}

/** The SHA-256 thumbprint of a key (RFC 7638 §3). */
const thumbprint = (key: KeyObject): string => {
  const jwk = key.export({ format: 'jwk' })
  const members = (required[jwk.kty ?? ''] ?? []).map((name) => [name, jwk[name]])
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}

const needing: readonly BearerDefect[] = [
  {
    id: 'keyset-nameless-key-unused',
    does: 'Never uses a key that has no kid.',
    breaks: 'may',
    clauses: [optional],
    hosted: true,
    change: onlyEntries((key) => member(key, 'kid') !== undefined),
  },
  {
    id: 'keyset-alg-required',
    does: 'Refuses keys that have no alg.',
    breaks: 'may',
    clauses: [optional],
    hosted: true,
    change: onlyEntries((key) => member(key, 'alg') !== undefined),
  },
  {
    id: 'keyset-use-required',
    does: 'Refuses keys that have no use.',
    breaks: 'should',
    clauses: [optional],
    hosted: true,
    change: onlyEntries((key) => member(key, 'use') !== undefined),
  },
  {
    id: 'keyset-operations-refused',
    does: 'Refuses keys that have key_ops, whatever they name.',
    breaks: 'should',
    clauses: ['rfc7517#4.3-key-ops-honoured'],
    hosted: true,
    change: onlyEntries((key) => member(key, 'key_ops') === undefined),
  },
  {
    id: 'keyset-certified-key-refused',
    does: 'Refuses keys that come with a certificate, though it is theirs.',
    breaks: 'should',
    clauses: ['rfc7517#4.7-x5c-key-matches'],
    hosted: true,
    change: onlyEntries((key) => member(key, 'x5c') === undefined),
  },
  {
    id: 'keyset-thumbprint-compared',
    does: 'Refuses keys whose kid has the form of a thumbprint and is not theirs.',
    breaks: 'should',
    clauses: ['rfc7638#3.4-kid-opaque'],
    hosted: true,
    change: onlyEntries((key, made) => {
      const kid = textIn(key, 'kid') ?? ''
      return !/^[\w-]{43}$/.test(kid) || kid === thumbprint(made)
    }),
  },
]

/** Keeps to the key that a token first named, as long as it is published. */
const oneSigner = (): ((
  keys: readonly PublishedKey[],
  found: readonly PublishedKey[],
) => readonly PublishedKey[]) => {
  let signer: string | undefined
  return (keys, found) => {
    if (!keys.some(({ kid }) => kid === signer)) signer = found[0]?.kid
    return found.filter(({ kid }) => kid === signer)
  }
}

const kidIn = (text: string): unknown => {
  const key = parseJson(text)
  return isObject(key) ? member(key, 'kid') : undefined
}

const firstOfEachKid = (entries: readonly string[] | undefined): readonly string[] | undefined => {
  const kids = entries?.map(kidIn)
  return entries?.filter((text, at) => {
    const kid = kidIn(text)
    return kid === undefined || kids?.indexOf(kid) === at
  })
}

const choosing: readonly BearerDefect[] = [
  {
    id: 'keyset-first-key-always',
    does: 'Tries the first key of a set whatever kid says.',
    breaks: 'should',
    clauses: [selects],
    hosted: true,
    change: remote(() => ({ choose: (keys) => keys.slice(0, 1) })),
  },
  {
    id: 'keyset-last-key-always',
    does: 'Tries the last key of a set whatever kid says.',
    breaks: 'should',
    clauses: [selects],
    hosted: true,
    change: remote(() => ({ choose: (keys) => keys.slice(-1) })),
  },
  {
    id: 'keyset-same-kid-first-only',
    does: 'Tries the first of several keys of one kid, though it is of another type.',
    breaks: 'should',
    clauses: ['rfc7517#4.5-kid-distinct'],
    hosted: true,
    change: remote(({ choose }) => ({
      choose: (keys, header, isKnown) => {
        const found = choose(keys, header, isKnown)
        return member(header, 'kid') === undefined ? found : found.slice(0, 1)
      },
    })),
  },
  {
    id: 'keyset-same-kid-first-entry',
    does: 'Lets the first entry of a kid stand for all that follow, though it cannot use it.',
    breaks: 'should',
    clauses: ['rfc7517#4.5-kid-distinct', 'rfc7517#4.2-use-enc-not-for-verify'],
    hosted: true,
    change: remote(({ entries }) => ({ entries: (body) => firstOfEachKid(entries(body)) })),
  },
  {
    id: 'keyset-one-signer-only',
    does: 'Keeps to the first published key that a token named, and refuses those of the others.',
    breaks: 'should',
    clauses: ['rfc9068#5-any-published-key-accepted'],
    hosted: true,
    change: remote(({ choose }) => {
      const kept = oneSigner()
      return {
        choose: (keys, header, isKnown) => {
          const found = choose(keys, header, isKnown)
          return member(header, 'kid') === undefined ? found : kept(keys, found)
        },
      }
    }),
  },
]

export const keySetChoice: readonly BearerDefect[] = [...needing, ...choosing]
