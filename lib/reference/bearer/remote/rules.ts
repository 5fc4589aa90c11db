/** How a conforming consumer fetches, keeps and searches a key set. */
import { member } from '../json.ts'
import { entriesOf } from './document.ts'
import { keysOfEntry, strictEntry } from './entry.ts'
import { retrieve } from './retrieve.ts'
import type {
  Answer,
  KeySet,
  Members,
  Memory,
  PublishedKey,
  RemoteLimits,
  RemoteRules,
} from './types.ts'

const day = 86_400_000

/** The limits of a site whose operator sets none. */
export const usualLimits: RemoteLimits = {
  cooldown: 30_000,
  timeout: 5_000,
  timed: 'whole',
  least: 1_000,
  most: day,
  unsaid: 30_000,
  stale: day,
  octets: 512 * 1024,
  redirects: 3,
}

const isNoStore = (control: string): boolean =>
  /(?:^|,)\s*no-(?:store|cache)\s*(?:,|$)/i.test(control)

/** What an answer says of its own lifetime (RFC 9111 §4.2), within bounds. */
const boundedLifetime = ({ fields }: Answer, limits: RemoteLimits): number => {
  const control = fields['cache-control'] ?? ''
  const said = /(?:^|,)\s*max-age\s*=\s*"?(\d+)"?\s*(?:,|$)/i.exec(control)?.[1]
  const age = /^\d+$/.exec(fields.age ?? '')?.[0] ?? '0'
  const lifetime = said === undefined ? limits.unsaid : (Number(said) - Number(age)) * 1000
  const wanted = isNoStore(control) ? 0 : lifetime
  return Math.min(Math.max(wanted, limits.least), limits.most)
}

const readAnswer: RemoteRules['read'] = (rules, answer) => {
  if (!rules.isGood(answer)) return undefined
  const entries = rules.entries(answer.body)
  if (!entries) return undefined
  const came = rules.now()
  const { etag } = answer.fields
  return {
    keys: rules.keys(rules, entries),
    came,
    expires: came + rules.lifetime(answer, rules.limits),
    ...(etag === undefined ? {} : { tag: etag }),
  }
}

/** The set that may still be used. */
export const servingSet = (rules: RemoteRules, { held }: Memory): KeySet | undefined =>
  held && rules.serves(rules, held) ? held : undefined

const isMissing: RemoteRules['needs'] = (rules, memory, kid) => {
  const set = servingSet(rules, memory)
  if (!set || rules.now() >= set.expires) return true
  return kid !== undefined && !set.keys.some((key) => key.kid === kid)
}

/**
 * A set that came and whose lifetime is over may always be asked for, which its shortest lifetime
 * bounds; for anything else the cooldown has to be over.
 */
const isAllowed: RemoteRules['mayFetch'] = (rules, { asked, held }) => {
  if (asked === undefined || rules.now() - asked >= rules.limits.cooldown) return true
  return held !== undefined && held.came >= asked && rules.now() >= held.expires
}

/** Keys of that name and keys without one; all of them for a token that names none. */
const byName = (keys: readonly PublishedKey[], header: Members): readonly PublishedKey[] => {
  const kid = member(header, 'kid')
  if (kid === undefined) return keys
  return keys.filter((key) => key.kid === kid || (key.kid === undefined && typeof kid === 'string'))
}

/** The conforming rules; limits are laid over the usual ones. `authority` is trusted for https, as PEM. */
export const strictRemote = (
  limits: Partial<RemoteLimits> = {},
  now: () => number = () => performance.now(),
  authority?: string,
): RemoteRules => ({
  limits: { ...usualLimits, ...limits },
  now,
  needs: isMissing,
  mayFetch: isAllowed,
  get: retrieve,
  secured: authority === undefined ? {} : { ca: authority },
  joins: () => true,
  waits: true,
  fields: () => ({
    Accept: 'application/jwk-set+json, application/json',
    'Accept-Encoding': 'gzip',
  }),
  follows: (from, to) => from.origin === to.origin,
  read: readAnswer,
  isGood: ({ status }) => status === 200,
  entries: entriesOf,
  keys: ({ entry }, entries) => entries.flatMap((text) => keysOfEntry(entry, text)),
  entry: strictEntry,
  lifetime: boundedLifetime,
  keep: (held, read) => read ?? held,
  serves: (rules, { came }) => rules.now() - came < rules.limits.stale,
  choose: byName,
})
