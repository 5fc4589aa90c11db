/** Consumers of a fetched key set that do it otherwise than most, and right. */
import { member, namesIn, parseJson } from '../../bearer/json.ts'
import { textOf } from '../../bearer/remote/document.ts'
import { ableTo } from '../../bearer/remote/entry.ts'
import { keyOf, octetsIn } from '../../bearer/remote/material.ts'
import { servingSet } from '../../bearer/remote/rules.ts'
import type { Answer, KeySet, Members, RemoteRules } from '../../bearer/remote/types.ts'
import { entry, kindToo, limits, remote } from './key-sets-ways.ts'
import type { BearerVariation } from './types.ts'

/** The same set as good as new, where the publisher says that it has not changed. */
const renewed = (
  rules: RemoteRules,
  answer: Answer,
  held: KeySet | undefined,
): KeySet | undefined => {
  if (answer.status !== 304 || !held) return undefined
  const came = rules.now()
  return { ...held, came, expires: came + rules.lifetime(answer, rules.limits) }
}

const fetching: readonly BearerVariation[] = [
  {
    id: 'benign-keyset-long-lived',
    does: 'Uses a set for an hour where it is not told how long, and asks sooner for unknown names.',
    clauses: [],
    hosted: true,
    change: limits({ unsaid: 3_600_000 }),
  },
  {
    id: 'benign-keyset-slow-cooldown',
    does: 'Asks for a set again after a second and a half at the earliest.',
    clauses: [],
    hosted: true,
    change: limits({ cooldown: 1500 }),
  },
  {
    id: 'benign-keyset-lifetime-only',
    does: 'Asks for a set again when its lifetime is over, and for no unknown name before that.',
    clauses: [],
    hosted: true,
    change: remote(() => ({
      needs: (rules, memory) => {
        const set = servingSet(rules, memory)
        return !set || rules.now() >= set.expires
      },
    })),
  },
  {
    id: 'benign-keyset-never-stale',
    does: 'Uses a set no longer than its lifetime, even if it cannot be had again.',
    clauses: [],
    hosted: true,
    change: remote(() => ({ serves: (rules, { expires }) => rules.now() < expires })),
  },
  {
    id: 'benign-keyset-conditional',
    does: 'Asks whether a set has changed, and takes 304 for the same set once more.',
    clauses: [],
    hosted: true,
    change: remote(({ fields, read }) => ({
      fields: (held) => ({
        ...fields(held),
        ...(held?.tag === undefined ? {} : { 'If-None-Match': held.tag }),
      }),
      read: (rules, answer, held) => renewed(rules, answer, held) ?? read(rules, answer, held),
    })),
  },
  {
    id: 'benign-keyset-no-redirects',
    does: 'Follows no redirect to a set at all.',
    clauses: [],
    hosted: true,
    change: remote(() => ({ follows: () => false })),
  },
  {
    id: 'benign-keyset-small-only',
    does: 'Refuses sets of more than 64 KiB.',
    clauses: [],
    hosted: true,
    change: limits({ octets: 64 * 1024 }),
  },
]

/** Numbers without the zeros that stand before them. */
const shortened = (octets: Buffer): Buffer => octets.subarray(octets.findIndex((byte) => byte > 0))

const looseRsa = (key: Members): ReturnType<typeof keyOf> => {
  const [n, e] = [octetsIn(key, 'n'), octetsIn(key, 'e')]
  return n?.some(Boolean) && e?.some(Boolean)
    ? keyOf({ kty: 'RSA' }, { n: shortened(n), e: shortened(e) })
    : undefined
}

const withoutRepeats = (key: Members): Members => {
  const listed = member(key, 'key_ops')
  return Array.isArray(listed) ? { ...key, key_ops: [...new Set(listed)] } : key
}

const reading: readonly BearerVariation[] = [
  {
    id: 'benign-keyset-exponent-three',
    does: 'Verifies with RSA keys whose exponent is 3.',
    clauses: [],
    hosted: true,
    change: entry(({ isStrong }) => ({
      isStrong: (key) => {
        const { publicExponent, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
        return isStrong(key) || (publicExponent === 3n && modulusLength >= 2048)
      },
    })),
  },
  {
    id: 'benign-keyset-leading-zeros',
    does: 'Reads numbers of an RSA key that have zeros before them.',
    clauses: [],
    hosted: true,
    change: kindToo('RSA', looseRsa),
  },
  {
    id: 'benign-keyset-operations-repeated',
    does: 'Uses a key whose key_ops name an operation twice.',
    clauses: [],
    hosted: true,
    change: entry(({ verifies }) => ({ verifies: (key) => verifies(withoutRepeats(key)) })),
  },
  {
    id: 'benign-keyset-last-member-counts',
    does: 'Uses the last of several members of the same name in a key.',
    clauses: [],
    hosted: true,
    change: entry(({ members }) => ({
      members: (text) => members(JSON.stringify(parseJson(text) ?? null)),
    })),
  },
  {
    id: 'benign-keyset-duplicates-refused',
    does: 'Refuses a set that has a member twice.',
    clauses: [],
    hosted: true,
    change: remote(({ entries }) => ({
      entries: (body) => {
        const { names } = namesIn(textOf(body) ?? '')
        return names.some(({ again, depth }) => again && depth === 1) ? undefined : entries(body)
      },
    })),
  },
  {
    id: 'benign-keyset-private-refused',
    does: 'Uses no key that was published with its private half.',
    clauses: [],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) => (member(key, 'd') === undefined ? algorithms(key, made) : []),
    })),
  },
  {
    id: 'benign-keyset-two-algorithms',
    does: 'Knows RS256 and ES256 and no other algorithm of published keys.',
    clauses: [],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) =>
        algorithms(key, made).filter((alg) => alg === 'RS256' || alg === 'ES256'),
    })),
  },
  {
    id: 'benign-keyset-any-rsa',
    does: 'Verifies with every RSA algorithm where a key does not say which.',
    clauses: [],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) =>
        member(key, 'alg') === undefined ? ableTo(made) : algorithms(key, made),
    })),
  },
]

const choosing: readonly BearerVariation[] = [
  {
    id: 'benign-keyset-kid-advisory',
    does: 'Tries every key of the set, whatever kid says.',
    clauses: [],
    hosted: true,
    change: remote(() => ({ choose: (keys) => keys })),
  },
  {
    id: 'benign-keyset-names-required',
    does: 'Looks for no key in the set where a token names none.',
    clauses: [],
    hosted: true,
    change: remote(({ choose }) => ({
      choose: (keys, header, isKnown) =>
        member(header, 'kid') === undefined ? [] : choose(keys, header, isKnown),
    })),
  },
  {
    id: 'benign-keyset-nameless-apart',
    does: 'Tries keys without a name only for tokens that name none.',
    clauses: [],
    hosted: true,
    change: remote(({ choose }) => ({
      choose: (keys, header, isKnown) => {
        const found = choose(keys, header, isKnown)
        return member(header, 'kid') === undefined
          ? found
          : found.filter(({ kid }) => kid !== undefined)
      },
    })),
  },
  {
    id: 'benign-keyset-pair-refused',
    does: 'Uses neither of two keys that have the same name and serve the same algorithm.',
    clauses: [],
    hosted: true,
    change: remote(({ keys }) => ({
      keys: (rules, entries) => {
        const found = keys(rules, entries)
        const isAlike = (one: (typeof found)[number]): boolean =>
          one.kid !== undefined &&
          found.some((other) => other !== one && other.kid === one.kid && other.alg === one.alg)
        return found.filter((key) => !isAlike(key))
      },
    })),
  },
]

export const benignKeySets: readonly BearerVariation[] = [...fetching, ...reading, ...choosing]
