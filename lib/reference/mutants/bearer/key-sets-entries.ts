/** Consumers that lose a whole set for one entry, or read an entry otherwise than it is written. */
import { ECDH } from 'node:crypto'
import { isObject, member, namesIn, parseJson } from '../../bearer/json.ts'
import { keysOfEntry } from '../../bearer/remote/entry.ts'
import { coordinates, keyOf, octetsIn, publicKey } from '../../bearer/remote/material.ts'
import type { Members } from '../../bearer/remote/types.ts'
import {
  droppedFor,
  droppedForEntry,
  entry,
  kindToo,
  membersAs,
  remote,
  textIn,
} from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const ignored = 'rfc7517#5-ignore-unusable-keys'

const types: readonly string[] = ['EC', 'RSA', 'OKP', 'oct', 'AKP']
const curves: readonly string[] = [
  ...['P-256', 'P-384', 'P-521', 'secp256k1'],
  ...['Ed25519', 'Ed448', 'X25519', 'X448'],
]
const needed: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'x', 'y'],
  RSA: ['n', 'e'],
  OKP: ['crv', 'x'],
}

const lacks = (key: Members): boolean =>
  (needed[textIn(key, 'kty') ?? ''] ?? []).some((name) => member(key, name) === undefined)

/** A complete key on a curve that is known here, with a point that is not on it. */
const isOffCurve = (key: Members): boolean => {
  const size = coordinates[textIn(key, 'crv') ?? '']
  const isWhole = ['x', 'y'].every((name) => octetsIn(key, name)?.length === size)
  return textIn(key, 'kty') === 'EC' && size !== undefined && isWhole && !publicKey({ ...key })
}

const dropped = (id: string, what: string, change: BearerDefect['change']): BearerDefect => ({
  id: `keyset-dropped-for-${id}`,
  does: `Drops a whole set for ${what} in it.`,
  breaks: 'should',
  clauses: [ignored],
  hosted: true,
  change,
})

const poisoned: readonly BearerDefect[] = [
  dropped(
    'any-unusable',
    'one key that it cannot use',
    remote(({ keys }) => ({
      keys: (rules, entries) =>
        entries.some((text) => keysOfEntry(rules.entry, text).length === 0)
          ? []
          : keys(rules, entries),
    })),
  ),
  dropped(
    'unknown-kty',
    'one key of a type that nobody has heard of',
    droppedForEntry((key) => !types.includes(textIn(key, 'kty') ?? 'EC')),
  ),
  dropped(
    'unknown-crv',
    'one key on a curve that nobody has heard of',
    droppedForEntry((key) => !curves.includes(textIn(key, 'crv') ?? 'P-256')),
  ),
  dropped('missing-member', 'one key that lacks a member of its type', droppedForEntry(lacks)),
  dropped('off-curve', 'one key whose point is not on its curve', droppedForEntry(isOffCurve)),
  dropped(
    'no-object',
    'one entry that is no object',
    droppedFor((value) => !isObject(value)),
  ),
  dropped(
    'akp',
    'one key of the type that ML-DSA has',
    droppedForEntry((key) => textIn(key, 'kty') === 'AKP'),
  ),
  dropped(
    'x25519',
    'one key of X25519',
    droppedForEntry((key) => textIn(key, 'crv') === 'X25519'),
  ),
]

const known: readonly string[] = [
  ...['kty', 'use', 'key_ops', 'alg', 'kid', 'x5u', 'x5c', 'x5t', 'x5t#S256'],
  ...['crv', 'x', 'y', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'],
]

/** The same text in which every later member of a name has another name. */
const firstsOf = (text: string): string =>
  namesIn(text)
    .names.filter(({ again, depth }) => again && depth === 1)
    .toReversed()
    .reduce(
      (rest, { at, written }, number) =>
        `${rest.slice(0, at)}"later ${number}"${rest.slice(at + written.length)}`,
      text,
    )

/** The member of that name as other letter cases spell it. */
const inItsCase = (value: string | undefined, names: readonly string[]): string | undefined =>
  names.find((name) => name.toLowerCase() === value?.toLowerCase()) ?? value

/** What members without a type look like. */
const guessedKind = (key: Members): string | undefined => {
  if (member(key, 'n') !== undefined) return 'RSA'
  if (member(key, 'y') !== undefined) return 'EC'
  return member(key, 'x') === undefined ? undefined : 'OKP'
}

const names: readonly BearerDefect[] = [
  {
    id: 'keyset-unknown-key-member-refused',
    does: 'Refuses a key that has a member which it does not know.',
    breaks: 'must',
    clauses: ['rfc7517#4-unknown-members-ignored'],
    hosted: true,
    change: entry(({ members }) => ({
      members: (text) => {
        const found = members(text)
        return found && Object.keys(found).every((name) => known.includes(name)) ? found : undefined
      },
    })),
  },
  {
    id: 'keyset-first-member-counts',
    does: 'Uses the first of several members of the same name in a key.',
    breaks: 'must',
    clauses: ['rfc7517#4-duplicate-members'],
    hosted: true,
    change: entry(({ members }) => ({ members: (text) => members(firstsOf(text)) })),
  },
  {
    id: 'keyset-escapes-misread',
    does: 'Looks for the members of a key in its text and does not know those written with escapes.',
    breaks: 'should',
    clauses: ['rfc7517#6-string-comparison'],
    hosted: true,
    change: entry(({ members }) => ({
      members: (text) => {
        const found = members(text)
        if (!found || namesIn(text).names.every(({ written }) => !written.includes('\\')))
          return found
        return Object.fromEntries(
          Object.entries(found).filter(([name]) => text.includes(JSON.stringify(name))),
        )
      },
    })),
  },
  {
    id: 'keyset-kty-any-case',
    does: 'Compares kty without regard to letter case.',
    breaks: 'should',
    clauses: ['rfc7517#4.1-kty-case-sensitive'],
    hosted: true,
    change: entry(({ kind, kinds }) => ({
      kind: (key) => inItsCase(kind(key), Object.keys(kinds)),
    })),
  },
  {
    id: 'keyset-crv-any-case',
    does: 'Compares crv without regard to letter case.',
    breaks: 'should',
    clauses: ['rfc7518#6.2.1.1-crv-case-sensitive'],
    hosted: true,
    change: membersAs((key) => {
      const crv = inItsCase(textIn(key, 'crv'), curves)
      return crv === undefined ? key : { ...key, crv }
    }),
  },
]

const leftZero = (octets: Buffer, size: number): Buffer =>
  Buffer.concat([Buffer.alloc(Math.max(size - octets.length, 0)), octets])

/** A key whose coordinates are as long as they should be once zeros stand before them. */
const paddedKey = (key: Members): ReturnType<typeof keyOf> => {
  const crv = textIn(key, 'crv') ?? ''
  const size = coordinates[crv] ?? 0
  const [x, y] = [octetsIn(key, 'x'), octetsIn(key, 'y')]
  if (!x || !y || x.length > size || y.length > size) return undefined
  return keyOf({ kty: 'EC', crv }, { x: leftZero(x, size), y: leftZero(y, size) })
}

const named: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

/** Both points that an `x` without a `y` may mean. */
const completed = (text: string): readonly string[] => {
  const key = parseJson(text)
  if (!isObject(key) || textIn(key, 'kty') !== 'EC' || member(key, 'y') !== undefined) return [text]
  const [curve, x] = [named[textIn(key, 'crv') ?? ''], octetsIn(key, 'x')]
  if (curve === undefined || !x) return [text]
  try {
    return [2, 3].map((sign) => {
      const compressed = Buffer.concat([Buffer.from([sign]), x])
      const point = ECDH.convertKey(compressed, curve, undefined, undefined, 'uncompressed')
      const y = Buffer.from(point).subarray(1 + x.length)
      return JSON.stringify({ ...key, y: y.toString('base64url') })
    })
  } catch {
    return [text]
  }
}

const guesses: readonly BearerDefect[] = [
  {
    id: 'keyset-kty-guessed',
    does: 'Tells the type of a key without kty by the members that it has.',
    breaks: 'should',
    clauses: ['rfc7517#4.1-kty-required'],
    hosted: true,
    change: entry(({ kind }) => ({
      kind: (key) => (member(key, 'kty') === undefined ? guessedKind(key) : kind(key)),
    })),
  },
  {
    id: 'keyset-crv-guessed',
    does: 'Takes a key of type OKP without a curve for one of Ed25519.',
    breaks: 'should',
    clauses: ['rfc8037#2-okp-members'],
    hosted: true,
    change: kindToo('OKP', (key, strict) =>
      member(key, 'crv') === undefined ? strict({ ...key, crv: 'Ed25519' }) : undefined,
    ),
  },
  {
    id: 'keyset-coordinate-padded',
    does: 'Puts the zeros back that a coordinate of a key has lost.',
    breaks: 'should',
    clauses: ['rfc7518#6.2.1.2-coordinate-full-length'],
    hosted: true,
    change: kindToo('EC', paddedKey),
  },
  {
    id: 'keyset-y-guessed',
    does: 'Computes the y that an EC key lacks.',
    breaks: 'should',
    clauses: ['rfc7518#6.2.1-ec-members-present'],
    hosted: true,
    change: remote(({ entries }) => ({ entries: (body) => entries(body)?.flatMap(completed) })),
  },
  {
    id: 'keyset-e-guessed',
    does: 'Takes 65537 for the exponent that an RSA key lacks.',
    breaks: 'should',
    clauses: ['rfc7518#6.3.1-rsa-members-present'],
    hosted: true,
    change: kindToo('RSA', (key, strict) =>
      member(key, 'e') === undefined ? strict({ ...key, e: 'AQAB' }) : undefined,
    ),
  },
]

export const keySetEntries: readonly BearerDefect[] = [...poisoned, ...names, ...guesses]
