/** Consumers that keep a key set too long, lose it too soon, or ask for it too often. */
import { servingSet } from '../../bearer/remote/rules.ts'
import type { PublishedKey, RemoteRules } from '../../bearer/remote/types.ts'
import { emptySet, knowing, limits, remote, textIn } from './key-sets-ways.ts'
import { type BearerDefect, both } from './types.ts'

const renewal = 'rfc7517#4.5-rollover-refresh'
const isBounded = 'house#refetch-is-bounded'
const keepsServing = 'house#outage-keeps-keys'
const endsInTime = 'house#key-fetch-is-bounded'
const defensively = 'rfc9110#2.3-parse-defensively'

const hasName = (keys: readonly PublishedKey[], kid: string | undefined): boolean =>
  kid !== undefined && keys.some((key) => key.kid === kid)

const named = (keys: readonly PublishedKey[], like: PublishedKey): PublishedKey | undefined =>
  keys.find(({ kid, alg }) => kid === like.kid && alg === like.alg)

/** Never finds a kid again that the fetch for it did not bring, where that fetch was of this kind. */
const remembering = (isSo: (isDown: boolean) => boolean): BearerDefect['change'] =>
  remote(({ keep, choose }) => {
    const unknown = new Set<string>()
    let last: { readonly isDown: boolean } | undefined
    return {
      keep: (held, read) => {
        last = { isDown: read === undefined }
        return keep(held, read)
      },
      choose: (keys, header, isKnown) => {
        const found = choose(keys, header, isKnown)
        const kid = textIn(header, 'kid')
        if (kid === undefined || isKnown) return found
        if (last && isSo(last.isDown) && !hasName(keys, kid)) unknown.add(kid)
        last = undefined
        return unknown.has(kid) ? [] : found
      },
    }
  })

const renewals: readonly BearerDefect[] = [
  {
    id: 'keyset-removed-key-kept',
    does: 'Adds the keys of a new set to those that it has, and drops none that is gone.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remote(({ keep }) => ({
      keep: (held, read) => {
        if (!read || !held) return keep(held, read)
        const gone = held.keys.filter(({ kid }) => !hasName(read.keys, kid))
        return { ...read, keys: [...read.keys, ...gone] }
      },
    })),
  },
  {
    id: 'keyset-renewed-key-missed',
    does: 'Keeps the key that it has under a name when another is published under that name.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remote(({ keep }) => ({
      keep: (held, read) =>
        read && held
          ? { ...read, keys: read.keys.map((key) => named(held.keys, key) ?? key) }
          : keep(held, read),
    })),
  },
  {
    id: 'keyset-added-key-missed',
    does: 'Goes on with the set that it has as long as one key of it is still published.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remote(({ keep }) => ({
      keep: (held, read) =>
        held && read?.keys.some(({ kid }) => hasName(held.keys, kid))
          ? { ...held, came: read.came, expires: read.expires }
          : keep(held, read),
    })),
  },
  {
    id: 'keyset-first-set-kept',
    does: 'Fetches the set again and goes on with the first one.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remote(() => ({ keep: (held, read) => held ?? read })),
  },
  {
    id: 'keyset-fetched-once',
    does: 'Fetches the set when it first needs a key, and never again.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remote(() => ({
      needs: (_rules, { held }) => held === undefined,
      serves: () => true,
    })),
  },
  {
    id: 'keyset-unknown-kid-remembered',
    does: 'Never uses a key of a kid that it once asked for and that was not in the set then.',
    breaks: 'should',
    clauses: [renewal],
    hosted: true,
    change: remembering((isDown) => !isDown),
  },
  {
    id: 'keyset-outage-remembered',
    does: 'Never uses a key of a kid that was first named while the set could not be had.',
    breaks: 'should',
    clauses: ['house#recovers-by-itself'],
    hosted: true,
    change: remembering((isDown) => isDown),
  },
  {
    id: 'keyset-gives-up',
    does: 'Never asks again for a set that it failed to get once.',
    breaks: 'should',
    clauses: [renewal, keepsServing],
    hosted: true,
    change: remote(({ keep, mayFetch }) => {
      let isOver = false
      return {
        keep: (held, read) => {
          isOver ||= read === undefined
          return keep(held, read)
        },
        mayFetch: (...given) => !isOver && mayFetch(...given),
      }
    }),
  },
]

/** Whoever waits for a fetch without end keeps nobody else waiting. */
const alone = remote(() => ({ joins: () => false }))

const storms: readonly BearerDefect[] = [
  {
    id: 'keyset-fetched-per-request',
    does: 'Fetches the set for every token.',
    breaks: 'should',
    clauses: [isBounded],
    hosted: true,
    change: remote(() => ({ needs: () => true, mayFetch: () => true })),
  },
  {
    id: 'keyset-fetched-per-unknown-kid',
    does: 'Fetches the set for every token whose kid it does not have, however many there are.',
    breaks: 'should',
    clauses: [isBounded],
    hosted: true,
    change: remote(({ mayFetch }) => ({
      mayFetch: (rules, memory, kid) => {
        const set = servingSet(rules, memory)
        const isNew = set !== undefined && kid !== undefined && !hasName(set.keys, kid)
        return isNew || mayFetch(rules, memory, kid)
      },
    })),
  },
  {
    id: 'keyset-fetched-per-waiting-token',
    does: 'Begins a fetch for every token that arrives while the first set is on its way.',
    breaks: 'should',
    clauses: [isBounded],
    hosted: true,
    change: remote(() => ({ joins: ({ held }) => held !== undefined })),
  },
  {
    id: 'keyset-redirects-without-end',
    does: 'Follows as many redirects to the set as there are.',
    breaks: 'should',
    clauses: [isBounded],
    hosted: true,
    change: limits({ redirects: Number.MAX_SAFE_INTEGER }),
  },
  {
    id: 'keyset-drip-hangs',
    does: 'Waits without limit for the rest of a set once the head of the answer has come.',
    breaks: 'should',
    clauses: [endsInTime],
    hosted: true,
    change: both(limits({ timed: 'head' }), alone),
  },
  {
    id: 'keyset-silence-hangs',
    does: 'Waits without limit for a set that does not come.',
    breaks: 'should',
    clauses: [endsInTime],
    hosted: true,
    change: both(limits({ timeout: 3_600_000 }), alone),
  },
]

/** Takes some answers for a set without a key. */
const emptiedBy = (isTaken: (status: number) => boolean): BearerDefect['change'] =>
  remote(({ read }) => ({
    read: (rules, answer, held) =>
      read(rules, answer, held) ?? (isTaken(answer.status) ? emptySet(rules) : undefined),
  }))

const silence = { status: 0, fields: {}, body: Buffer.alloc(0) }

/** Forgets the set at a fetch for a kid that it does not have. */
const emptiedByKid = ({ keep, needs }: RemoteRules): Partial<RemoteRules> => {
  let isForKid = false
  return {
    needs: (rules, memory, kid) => {
      const set = servingSet(rules, memory)
      isForKid = set !== undefined && rules.now() < set.expires
      return needs(rules, memory, kid)
    },
    keep: (held, read) => (isForKid ? read : keep(held, read)),
  }
}

const outages: readonly BearerDefect[] = [
  {
    id: 'keyset-emptied-by-error',
    does: 'Drops the keys that it has when the answer to a fetch is an error.',
    breaks: 'should',
    clauses: [keepsServing],
    hosted: true,
    change: emptiedBy((status) => status >= 400),
  },
  {
    id: 'keyset-emptied-by-no-content',
    does: 'Takes an answer without content for a set without keys, and drops those that it has.',
    breaks: 'should',
    clauses: [keepsServing],
    hosted: true,
    change: emptiedBy((status) => status === 204),
  },
  {
    id: 'keyset-emptied-by-silence',
    does: 'Drops the keys that it has when a fetch gets no answer.',
    breaks: 'should',
    clauses: [keepsServing],
    hosted: true,
    change: (policy, lab) =>
      remote(({ get }) => ({
        get: async (...given) => (await get(...given)) ?? silence,
      }))(emptiedBy((status) => status === 0)(policy, lab), lab),
  },
  {
    id: 'keyset-emptied-by-unknown-kid',
    does: 'Drops the keys that it has before it fetches the set for a kid that it does not have.',
    breaks: 'should',
    clauses: [keepsServing],
    hosted: true,
    change: remote(emptiedByKid),
  },
  {
    id: 'keyset-down-500',
    does: 'Answers 500 to tokens whose key it does not have while the set cannot be had.',
    breaks: 'should',
    clauses: ['rfc6750#3.1-invalid-token-401', defensively],
    hosted: true,
    change: knowing((fate, { choose }) => ({
      choose: (keys, header, isKnown) => {
        const found = choose(keys, header, isKnown)
        if (found.length === 0 && !isKnown && fate.down) throw new TypeError('There is no set.')
        return found
      },
    })),
  },
]

export const keySetKeeping: readonly BearerDefect[] = [...renewals, ...storms, ...outages]
