import type { RunEvent } from '../../lib/engine/event.ts'
import type { RunInput } from '../../lib/engine/input.ts'
import { runConformance } from '../../lib/engine/run.ts'
import type { Risk } from '../../lib/model/case.ts'
import type { Account, Profile, Supplied } from '../../lib/model/profile.ts'
import type { Report } from '../../lib/model/report.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { suites } from '../../suites/index.ts'
import { generic } from '../../suites/profiles/generic.ts'
import { accounts } from './accounts.ts'
import type { Trusting } from './consumers.ts'
import { type Relay, relayTo } from './relay.ts'
import type { RealServer } from './servers.ts'

/** What of a run differs from one server to another. */
export interface Manner {
  /** The accounts that the server knows; all there are where absent. */
  readonly accounts?: Readonly<Record<string, Account>>
  /** All that is supplied, where that is more than accounts. */
  readonly supplied?: Supplied
  /** Any protected URL where absent. */
  readonly profile?: Profile
  /** The path of the target where it is not `/protected`; then nothing is known to be public. */
  readonly at?: string
  /** Every risk that a file server bears where absent. */
  readonly allow?: readonly Risk[]
  /** The results to judge; all there are where absent. */
  readonly only?: readonly string[]
  /** The server reads a key set from this tool, and is judged by what it makes of that alone. */
  readonly keySet?: Trusting
}

const withoutLimits = ({ limits: _, ...profile }: Profile): Profile => profile

const suppliedIn = ({ supplied, accounts: own, keySet }: Manner): Supplied => {
  if (keySet !== undefined) return { accounts: {}, tokens: {}, hosted: keySet.hosted }
  return supplied ?? { accounts: own ?? accounts, tokens: {} }
}

const placeOf = ({ at: { path, authority } }: Trusting): NonNullable<RunInput['hosted']> => ({
  path,
  ...(authority === undefined ? {} : { authority }),
})

const hostedIn = ({ keySet }: Manner): Pick<RunInput, 'listen' | 'hosted'> =>
  keySet === undefined
    ? {}
    : { listen: { host: '127.0.0.1', port: keySet.at.port }, hosted: placeOf(keySet) }

/** How long it takes to unfold 64 megabytes hangs on the machine, and so does the verdict. */
const hangsOnMachine = ['jwks-bomb-survived']

/** The suites on the key set, but for those on what a server publishes itself and on https. */
const onKeySets = suites.filter(({ id }) => /^jwks-(?!published|channel)/.test(id))
const onChannel = suites.filter(({ id }) => id === 'jwks-channel')

const suitesFor = ({ keySet }: Manner): RunInput['suites'] => {
  if (keySet === undefined) return suites
  return keySet.at.authority === undefined ? onKeySets : onChannel
}

/** Runs every suite against a server, with every risk that a file server bears. */
export const judge = (
  server: Pick<RealServer, 'url' | 'publicUrl'>,
  seed: string,
  on: (event: RunEvent) => void = () => {},
  manner: Manner = {},
): Promise<Report> =>
  runConformance({
    target: {
      // A server of our own locks nobody out.
      profile: withoutLimits(manner.profile ?? generic),
      url: new URL(manner.at ?? server.url, server.url),
      ...(manner.at === undefined ? { publicUrl: new URL(server.publicUrl) } : {}),
      supplied: suppliedIn(manner),
      fields: [],
    },
    suites: suitesFor(manner),
    clauses,
    options: {
      timeoutMs: 3000,
      runLimitMs: 120_000,
      seed,
      only: manner.only ?? [],
      skip: manner.keySet === undefined ? [] : hangsOnMachine,
      allow: manner.allow ?? ['failed-login', 'heavy', 'intrusive', 'unsafe-method'],
      strict: false,
      concurrency: 1,
      ...(manner.keySet === undefined ? {} : { keyRefresh: manner.keySet.refresh }),
      maxInconclusive: { percent: 10 },
      command: `npx http-auth-conformance --target ${server.url}`,
    },
    versions: { tool: '0.0.0', suites: '0', sha256: '' },
    transport: {},
    signal: new AbortController().signal,
    on,
    ...hostedIn(manner),
  })

/** A run with the bytes of all its requests, which a report does not show. */
export interface Relayed {
  readonly report: Report
  readonly relay: Relay
}

/**
 * Judges a server behind a relay. It stands in the way of nothing but answers that come before a
 * very large request was sent, so verdicts are better taken from a run without one.
 */
export const judgeRelayed = async (
  { port }: Pick<RealServer, 'port'>,
  seed: string,
  manner: Manner,
): Promise<Relayed> => {
  const relay = await relayTo(port)
  const at = `http://127.0.0.1:${relay.port}`
  const urls = { url: `${at}/protected`, publicUrl: `${at}/public` }
  try {
    return { report: await judge(urls, seed, undefined, manner), relay }
  } finally {
    relay.stop()
  }
}
