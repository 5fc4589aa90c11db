/** Starts the stand-ins for the APIs whose documentation the suites rest on. */
import { createHash } from 'node:crypto'
import { accountsFrom, type ReferenceAccount } from './accounts.ts'
import { issueToken, makeKey, trusted } from './bearer/issuer.ts'
import type { RemoteLimits } from './bearer/remote/types.ts'
import { documentedBackend } from './freesewing/policy.ts'
import type { Request, Site } from './http/types.ts'
import { documentedInflux } from './influxdb/policy.ts'
import type { VendorSystem } from './mutants/types.ts'
import type { BackendChange } from './mutants/vendors/backend.ts'
import type { DataApiChange } from './mutants/vendors/data-api-ways.ts'
import { changeOfVendor } from './mutants/vendors/index.ts'
import type { InfluxChange } from './mutants/vendors/influx.ts'
import type { DooredSite, PlainDoor } from './plain.ts'
import { endpoint } from './singlestore/key-set.ts'
import { documentedDataApi } from './singlestore/policy.ts'

/** What a tester of a stand-in can be given. */
export interface VendorMaterial {
  readonly accounts: Readonly<Record<string, ReferenceAccount>>
  /** Secrets by scheme word. */
  readonly tokens: Readonly<Record<string, string>>
  readonly bearer?: string
  /** The key that tokens are verified with, where it is a public one. */
  readonly publicKeyPem?: string
}

/** A stand-in that can be listened to. */
export interface VendorSite {
  readonly site: DooredSite
  readonly material: VendorMaterial
  /** Says where its key set is, for one that reads any. */
  readonly fetchKeysFrom?: (url: string | undefined) => void
  /** Ends what the site does of its own accord. */
  readonly close?: () => void
}

/** What a stand-in depends on besides its documentation. */
export interface VendorOptions {
  readonly mutant: string | undefined
  readonly seed: string
  /** How those that fetch a key set do so. */
  readonly limits: Partial<RemoteLimits>
  /** Trusted for https where keys are fetched, as PEM. */
  readonly authority?: string
}

/** Lower-case hexadecimal that looks random and depends on the words alone. */
const hex = (length: number, ...words: readonly string[]): string =>
  createHash('sha512').update(words.join('\n')).digest('hex').slice(0, length)

interface Policy<P> {
  readonly http: Site['rules']
  readonly respond: (policy: P, request: Request) => ReturnType<Site['respond']>
  readonly plain?: PlainDoor
}

const siteOf = <P extends Policy<P>>(policy: P): DooredSite => ({
  rules: policy.http,
  respond: (request) => policy.respond(policy, request),
  ...(policy.plain === undefined ? {} : { plain: policy.plain }),
})

/** A token whose signature is another text in the standard alphabet, so that a run says the same each time. */
const telling = (issue: () => string): string => {
  for (;;) {
    const token = issue()
    if (/[-_]/.test(token.split('.')[2] ?? '')) return token
  }
}

/** Milliseconds between two fetches that nobody asked for. */
const usualCooldown = 30_000

const dataApi = async (
  system: 'singlestore' | 'singlestore-helios',
  { seed, limits, authority }: VendorOptions,
  change: DataApiChange | undefined,
): Promise<VendorSite> => {
  const key = await makeKey('ES256', 'demo-es256-1')
  const { default: _, unprivileged, ...others } = accountsFrom(seed)
  // The example of the page is a user of the demo.
  const own = system === 'singlestore' ? 'demo' : 'admin'
  const accounts = { default: { user: own, password: 'Afu4XjzB1ns' }, ...others }
  const users = Object.fromEntries(
    Object.values(accounts).map(({ user, password }) => [user, password]),
  )
  const loaded = [trusted(key)]
  const { fetched, fetchFrom, close } = endpoint(loaded, limits, authority)
  const strict = documentedDataApi({
    users,
    tokenUsers: ['demo-user', 'other-user'],
    loaded,
    fetched,
  })
  const { publicKeyPem } = key
  return {
    site: siteOf(change ? change(strict, { cooldown: limits.cooldown ?? usualCooldown }) : strict),
    fetchKeysFrom: fetchFrom,
    close,
    material: {
      accounts,
      tokens: {},
      bearer: telling(() => issueToken(key)),
      ...(publicKeyPem === undefined ? {} : { publicKeyPem }),
    },
  }
}

const uuid = (seed: string): string =>
  hex(32, seed, 'key').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')

const backend = (seed: string, change: BackendChange | undefined): VendorSite => {
  const key = { key: uuid(seed), secret: hex(64, seed, 'secret') }
  const person = { username: 'demo-person', password: `Demo-Password-${hex(8, seed, 'person')}` }
  const secret = hex(64, seed, 'signing')
  const strict = documentedBackend({ keys: [key], people: [person], secret })
  return {
    site: siteOf(change ? change(strict) : strict),
    material: {
      accounts: {
        default: { user: key.key, password: key.secret },
        person: { user: person.username, password: person.password },
      },
      tokens: {},
    },
  }
}

/** An API token as InfluxDB writes them: 64 octets in Base64 of the URL-safe alphabet. */
const apiToken = (seed: string): string =>
  `${createHash('sha512').update(`${seed}\ntoken`).digest('base64url')}==`

const influx = (seed: string, change: InfluxChange | undefined): VendorSite => {
  const token = apiToken(seed)
  const strict = documentedInflux(token)
  return {
    site: siteOf(change ? change(strict) : strict),
    material: {
      accounts: { default: { user: 'demo@example.test', password: token } },
      tokens: { Token: token },
    },
  }
}

/**
 * A stand-in that keeps to its documentation, or one with a named change; makes its keys.
 * @throws RangeError where there is no mutant of that name.
 */
export const vendorSite = (
  system: VendorSystem,
  options: VendorOptions,
): VendorSite | Promise<VendorSite> => {
  const { mutant, seed } = options
  const found = changeOfVendor(system, mutant)
  if (system === 'freesewing') return backend(seed, found as BackendChange | undefined)
  if (system === 'influxdb-cloud-serverless') return influx(seed, found as InfluxChange | undefined)
  return dataApi(system, options, found as DataApiChange | undefined)
}
