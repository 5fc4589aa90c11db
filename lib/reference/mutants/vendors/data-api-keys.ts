/** Data APIs that use the set at `jwks_endpoint` otherwise than they document, or than most do. */
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { DataApiPolicy, ListedKey } from '../../singlestore/types.ts'
import type { Defect, Variation } from '../types.ts'
import { breaking, type DataApiChange, type Product, replace } from './data-api-ways.ts'

const hasName = (keys: readonly ListedKey[], kid: string | undefined): boolean =>
  keys.some((key) => key.kid === kid)

const textIn = (segment: string, name: string): string | undefined => {
  const object = parseJson(Buffer.from(segment, 'base64url').toString('utf8'))
  const value = isObject(object) ? member(object, name) : undefined
  return typeof value === 'string' ? value : undefined
}

interface Claimed {
  readonly alg: string | undefined
  readonly kid: string | undefined
  readonly user: string | undefined
}

/** What a token says of its key, and the user whom it names; nothing is verified. */
const claimed = (token: string): Claimed => {
  const [header = '', payload = ''] = token.split('.')
  const [alg, kid] = [textIn(header, 'alg'), textIn(header, 'kid')]
  return { alg, kid, user: textIn(payload, 'sub') }
}

/** Whether no key of a set that has any is named like that. */
const isStrange = (keys: readonly ListedKey[], kid: string | undefined): boolean =>
  kid !== undefined && keys.length > 0 && !hasName(keys, kid)

/** Does something else with the first token after each fetch. */
const firstAfterFetch = ({ keep, bearer }: DataApiPolicy): Partial<DataApiPolicy> => {
  let isFirst = false
  return {
    keep: (held, read) => {
      isFirst = true
      return keep(held, read)
    },
    bearer: (policy, token) => {
      const { alg, kid, user } = claimed(token)
      const alike = policy.keys().filter((key) => key.alg === alg)
      const believed = isFirst && isStrange(alike, kid)
      isFirst = false
      return believed && user !== undefined && policy.tokenUsers.includes(user)
        ? { user }
        : bearer(policy, token)
    },
  }
}

/** The defects of one product that show where the tester hosts the set. */
export const keyDefects = (product: Product): readonly Defect<DataApiChange>[] => {
  const breaks = breaking(product)
  return [
    {
      id: `${product}-setup-adds-only`,
      does: 'Adds the keys of the set to those that it has, and drops none that is gone.',
      ...breaks('04'),
      hosted: true,
      change: replace(() => ({
        keep: (held, read) => [...read, ...held.filter(({ kid }) => !hasName(read, kid))],
      })),
    },
    {
      id: `${product}-setup-compared-by-first`,
      does: 'Takes a set whose first key it has for the one that it has.',
      ...breaks('06', '04'),
      hosted: true,
      change: replace(({ keep }) => {
        let last: string | undefined
        return {
          keep: (held, read) => {
            const same = last !== undefined && last === read[0]?.kid
            last = read[0]?.kid
            return same ? held : keep(held, read)
          },
        }
      }),
    },
    {
      id: `${product}-first-stranger-believed`,
      does: 'Believes the first token after a fetch if the set has keys of its algorithm and none of its kid.',
      ...breaks('04'),
      hosted: true,
      change: replace(firstAfterFetch),
    },
  ]
}

/** Wrong in a way that nobody can tell from a variable that names another place. */
export const keyUniversal = (product: Product): readonly Variation<DataApiChange>[] => [
  {
    id: `${product}-setup-idle`,
    does: 'Answers 200 to the request for jwks_setup and fetches nothing.',
    clauses: [],
    hosted: true,
    change: replace(() => ({ refresh: async () => true })),
  },
]

/** Fetches the set for a kid that it does not have as well, and not again for a while. */
const byItself: DataApiChange = replace(({ bearer }, { cooldown }) => {
  let last = Number.NEGATIVE_INFINITY
  return {
    bearer: async (policy, token) => {
      const now = performance.now()
      if (isStrange(policy.keys(), claimed(token).kid) && now - last >= cooldown) {
        last = now
        await policy.refresh(policy)
      }
      return bearer(policy, token)
    },
  }
})

/** Data APIs that come to their keys in a way that the documentation leaves open. */
export const keyBenign = (product: Product): readonly Variation<DataApiChange>[] => [
  {
    id: `${product}-benign-setup-later`,
    does: 'Answers the request for jwks_setup before the set has come.',
    clauses: [],
    hosted: true,
    change: replace(({ refresh }) => ({
      refresh: async (policy) => {
        void refresh(policy)
        return true
      },
    })),
  },
  {
    id: `${product}-benign-reads-by-itself`,
    does: 'Fetches the set for a kid that it does not have, besides each request for jwks_setup.',
    clauses: [],
    hosted: true,
    change: byItself,
  },
  {
    id: `${product}-benign-kid-advisory`,
    does: 'Tries every key of the set, whatever kid says.',
    clauses: [],
    hosted: true,
    change: replace(() => ({ keysFor: (policy) => policy.keys() })),
  },
]
