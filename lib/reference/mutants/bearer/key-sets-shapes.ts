/** Consumers that lose a whole set for an entry of one shape, or look at some of its entries only. */
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { Members } from '../../bearer/remote/types.ts'
import { droppedForEntry, entry, membersAs, remote, textIn } from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const ignored = 'rfc7517#5-ignore-unusable-keys'

const dropped = (
  id: string,
  what: string,
  isBad: (key: Members) => boolean,
  ...more: readonly string[]
): BearerDefect => ({
  id: `keyset-dropped-for-${id}`,
  does: `Drops a whole set for ${what} in it.`,
  breaks: 'should',
  clauses: [ignored, ...more] as BearerDefect['clauses'],
  hosted: true,
  change: droppedForEntry(isBad),
})

const has = (key: Members, name: string): boolean => member(key, name) !== undefined
const isRsa = (key: Members): boolean => textIn(key, 'kty') === 'RSA'

const isShort = (key: Members): boolean => {
  const x = textIn(key, 'x')
  return (
    textIn(key, 'crv') === 'P-256' && x !== undefined && Buffer.from(x, 'base64url').length < 32
  )
}

const shapes: readonly BearerDefect[] = [
  dropped(
    'missing-kty',
    'one key without a type',
    (key) => !has(key, 'kty') && has(key, 'n'),
    'rfc7517#4.1-kty-required',
  ),
  dropped('empty-entry', 'one entry without members', (key) => Object.keys(key).length === 0),
  dropped(
    'missing-n',
    'one RSA key without n',
    (key) => isRsa(key) && !has(key, 'n'),
    'rfc7518#6.3.1-rsa-members-present',
  ),
  dropped(
    'missing-e',
    'one RSA key without e',
    (key) => isRsa(key) && !has(key, 'e'),
    'rfc7518#6.3.1-rsa-members-present',
  ),
  dropped(
    'missing-y',
    'one key of type EC without y',
    (key) => textIn(key, 'kty') === 'EC' && !has(key, 'y') && textIn(key, 'crv') !== 'Ed25519',
    'rfc7518#6.2.1-ec-members-present',
  ),
  dropped(
    'numeric-n',
    'one modulus that is a number',
    (key) => typeof member(key, 'n') === 'number',
  ),
  dropped('odd-n', 'one modulus that is no Base64url', (key) =>
    /[^\w-]/.test(textIn(key, 'n') ?? ''),
  ),
  dropped(
    'short-x',
    'one coordinate that is too short',
    isShort,
    'rfc7518#6.2.1.2-coordinate-full-length',
  ),
  dropped(
    'numeric-kty',
    'one type that is a number',
    (key) => typeof member(key, 'kty') === 'number',
  ),
  dropped(
    'numeric-kid',
    'one kid that is a number',
    (key) => typeof member(key, 'kid') === 'number',
  ),
]

/** The names of a key's members in small letters, where no member has that name already. */
const inSmallLetters = (key: Members): Members => ({
  ...Object.fromEntries(Object.entries(key).map(([name, value]) => [name.toLowerCase(), value])),
  ...key,
})

const limited = (id: string, does: string, most: number, clause: string): BearerDefect => ({
  id,
  does,
  breaks: 'should',
  clauses: [clause] as BearerDefect['clauses'],
  hosted: true,
  change: remote(({ entries }) => ({ entries: (body) => entries(body)?.slice(0, most) })),
})

const kidOf = (text: string | undefined): string | undefined => {
  const key = text === undefined ? undefined : parseJson(text)
  return isObject(key) ? textIn(key, 'kid') : undefined
}

const reading: readonly BearerDefect[] = [
  {
    id: 'keyset-names-any-case',
    does: 'Compares the names of members without regard to letter case.',
    breaks: 'must',
    clauses: ['rfc7517#6-string-comparison'],
    hosted: true,
    change: membersAs(inSmallLetters),
  },
  {
    id: 'keyset-thumbprint-refused',
    does: 'Refuses keys that have a thumbprint of a certificate beside them.',
    breaks: 'must',
    clauses: ['rfc7517#4-unknown-members-ignored'],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) => (has(key, 'x5t') ? [] : algorithms(key, made)),
    })),
  },
  limited(
    'keyset-two-at-most',
    'Reads two keys of a set and no more.',
    2,
    'rfc9068#5-any-published-key-accepted',
  ),
  limited(
    'keyset-ten-at-most',
    'Reads ten keys of a set and no more.',
    10,
    'rfc7517#5.1-order-not-significant',
  ),
  {
    id: 'keyset-compared-by-first',
    does: 'Takes a set whose first key it has for the one that it has.',
    breaks: 'should',
    clauses: ['rfc7517#4.5-rollover-refresh'],
    hosted: true,
    change: remote(({ entries, keep }) => {
      let [last, came]: readonly [string?, string?] = []
      return {
        entries: (body) => {
          const found = entries(body)
          came = kidOf(found?.[0])
          return found
        },
        keep: (held, read) => {
          const same =
            read !== undefined && held !== undefined && came !== undefined && came === last
          if (read !== undefined) last = came
          return same ? { ...held, came: read.came, expires: read.expires } : keep(held, read)
        },
      }
    }),
  },
]

export const keySetShapes: readonly BearerDefect[] = [...shapes, ...reading]
