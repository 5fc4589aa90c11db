/** Looks at every address of a host: one may take what another refuses (RFC 9325 §3.9). */
import dns from 'node:dns'
import { isIP } from 'node:net'
import type {
  AddressFacts,
  CertificateFacts,
  Hello,
  HelloFacts,
  Offer,
  SuiteFamily,
} from '../../model/channel.ts'
import type { Exchange, Route } from '../../model/exchange.ts'
import { chosenFor, type DialOptions, type Resolve } from '../dial.ts'
import { type Failure, placeOf, stopFailure, tcpFailure } from '../failures.ts'
import type { Stop } from '../stop.ts'
import { wide } from './suites.ts'

/** The addresses of a name, in order. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** How an address is looked at. */
export interface Means {
  /** Probes of one address alone. */
  readonly probe: (
    only: Resolve,
  ) => (
    route: Route,
    timeoutMs: number,
    begin: () => Stop,
  ) => Promise<Pick<Exchange, 'channel'> | Failure>
  readonly timeoutMs: number
  readonly begin: () => Stop
  readonly turn: () => Promise<void>
}

/** A name with more addresses than these is looked at by the first of them. */
const MOST = 8

const weak: readonly SuiteFamily[] = ['null', 'anonymous', 'export', 'des', 'rc4', '3des']

/** What a server of TLS 1.2 can be expected to find something in, and what one of before. */
const twelve: readonly SuiteFamily[] = [
  'ecdhe-gcm-256',
  'ecdhe-chacha',
  'ecdhe-gcm-128',
  'ecdhe-cbc',
  'dhe',
  'static-rsa',
  '3des',
  'rc4',
]
const old: readonly SuiteFamily[] = ['ecdhe-cbc', 'dhe', 'static-rsa', ...weak]

/** Newest first; SSL 2.0, which some never answer at all, comes last of the versions. */
const offers: readonly (readonly [Offer, Hello])[] = [
  ['TLSv1.3', { versions: ['TLSv1.3'] }],
  ['TLSv1.2', { versions: ['TLSv1.2'], suites: twelve }],
  ['weak-suites', { versions: ['TLSv1.2'], suites: weak }],
  ['TLSv1.1', { versions: ['TLSv1.1'], suites: old }],
  ['TLSv1', { versions: ['TLSv1'], suites: old }],
  ['SSLv3', { versions: ['SSLv3'], suites: old }],
  ['SSLv2', { versions: ['SSLv2'] }],
]

const bySystem: Lookup = (host) =>
  new Promise((resolve, reject) => {
    dns.lookup(host, { all: true }, (error, found) => {
      if (error === null) resolve(found.map(({ address }) => address))
      else reject(error)
    })
  })

/** The addresses that count, or why none is known. */
async function addressesOf(
  route: Route,
  lookup: Lookup,
  stop: Stop,
  timeoutMs: number,
): Promise<readonly string[] | Failure> {
  if (isIP(route.host) !== 0) return [route.host]
  const where = placeOf(route.host, route.port)
  try {
    const found = await Promise.race([
      lookup(route.host),
      new Promise<undefined>((resolve) => stop.listen(() => resolve(undefined))),
    ])
    if (found === undefined) return stopFailure(stop.why() ?? 'timeout', timeoutMs, where)
    return [...new Set(found)]
  } catch (error) {
    return tcpFailure(error, where)
  }
}

type Found = Awaited<ReturnType<ReturnType<Means['probe']>>>

const channelOf = (found: Found): Exchange['channel'] =>
  'channel' in found ? found.channel : undefined

const helloIn = (found: Found): HelloFacts | undefined => {
  const channel = channelOf(found)
  return channel !== undefined && 'hello' in channel ? channel.hello : undefined
}

const certificateIn = (found: Found): CertificateFacts | undefined => {
  const channel = channelOf(found)
  return channel !== undefined && 'certificate' in channel ? channel.certificate : undefined
}

/** A refusal counts only where the writer of hellos is answered otherwise. */
const madeOf = (facts: HelloFacts | undefined): AddressFacts['offers'][Offer] => {
  if (facts?.reply === 'answered') return 'taken'
  if (facts === undefined || !facts.usual) return undefined
  return facts.reply === 'silent' ? 'silent' : 'refused'
}

const isAborted = (found: Found): found is Failure =>
  'trouble' in found && found.trouble.code === 'aborted'

/** What one address says; undefined where it says nothing to anybody here. */
async function lookAt(
  route: Route,
  only: Resolve,
  name: string,
  means: Means,
): Promise<AddressFacts | undefined | Failure> {
  const { timeoutMs, begin, turn } = means
  const probe = means.probe(only)
  const ask = async (asked: Route['probe'] & object): Promise<Found> => {
    await turn()
    return probe({ ...route, probe: asked }, timeoutMs, begin)
  }
  const first = await ask({ hello: wide })
  if (isAborted(first)) return first
  if (helloIn(first)?.reply !== 'answered') return undefined
  const made: Partial<Record<Offer, 'taken' | 'refused' | 'silent'>> = {}
  for (const [offer, hello] of offers) {
    const found = await ask({ hello })
    if (isAborted(found)) return found
    const outcome = madeOf(helloIn(found))
    if (outcome !== undefined) made[offer] = outcome
  }
  const certificate = certificateIn(await ask({ look: 'certificate' }))
  if (certificate !== undefined) return { address: name, offers: made, certificate }
  // Who goes through no handshake in the end may have had enough of us: only what it took counts.
  const taken = Object.entries(made).filter(([, outcome]) => outcome === 'taken')
  return { address: name, offers: Object.fromEntries(taken) }
}

/** Looks at all addresses at a time, and at each with one connection after the other. */
export async function lookAtAddresses(
  route: Route,
  options: DialOptions & { readonly lookup?: Lookup },
  means: Means,
): Promise<Required<Pick<Exchange, 'channel'>> | Failure> {
  if (options.proxyFor?.(route) !== undefined) {
    return { channel: { addresses: { known: [], servers: [], hidden: 'proxy' } } }
  }
  const { host, port } = route
  const chosen = chosenFor(route, options.resolve)
  const looked =
    chosen.length > 0
      ? chosen
      : await addressesOf(route, options.lookup ?? bySystem, means.begin(), means.timeoutMs)
  if ('trouble' in looked) return looked
  const places = looked.map((each) =>
    typeof each === 'string' ? { host, port, address: each } : each,
  )
  const nameOf = ({ address, at }: Resolve): string =>
    at === undefined || at === port ? address : placeOf(address, at)
  const known = places.map(nameOf)
  if (known.length < 2) {
    const hidden = chosen.length === 0 ? {} : { hidden: 'chosen' as const }
    return { channel: { addresses: { known, servers: [], ...hidden } } }
  }
  const found = await Promise.all(
    places.slice(0, MOST).map((place) => lookAt(route, place, nameOf(place), means)),
  )
  const failed = found.find((each) => each !== undefined && 'trouble' in each)
  if (failed !== undefined && 'trouble' in failed) return failed
  const servers = found.flatMap((each) => (each === undefined || 'trouble' in each ? [] : [each]))
  return { channel: { addresses: { known, servers } } }
}
