/** Starts a reference server: conforming, or with one named variation. */
import { createHash } from 'node:crypto'
import { accountsFrom, type ReferenceAccounts } from './accounts.ts'
import type { RemoteLimits } from './bearer/remote/types.ts'
import { type BearerMaterial, bearerSite, type RemoteSettings } from './bearer/serve.ts'
import type { KeyAlgorithm } from './bearer/types.ts'
import { strictPolicy } from './generic/policy.ts'
import { listen } from './http/server.ts'
import type { Seen, Site } from './http/types.ts'
import { type Credentials, credentialsFor } from './https/credentials.ts'
import { strictHttps } from './https/policy.ts'
import { openDoors } from './https/serve.ts'
import { changeOf, httpsChangeOf } from './mutants/index.ts'
import type { Lab, ReferenceSystem, VendorSystem } from './mutants/types.ts'
import { openPlain } from './plain.ts'
import { type VendorMaterial, type VendorSite, vendorSite } from './vendors.ts'

export type { ReferenceAccount, ReferenceAccounts } from './accounts.ts'
export type { BearerMaterial } from './bearer/serve.ts'
export type { KeyAlgorithm, SigningKey } from './bearer/types.ts'
export type { Seen } from './http/types.ts'
export { bearerMutants, httpsMutants, mutants } from './mutants/index.ts'
export type { Mutant, ReferenceSystem, VendorSystem } from './mutants/types.ts'
export { vendorMutants } from './mutants/vendors/index.ts'
export type { VendorMaterial } from './vendors.ts'

/** Which server to start, and where. */
export interface ReferenceOptions {
  readonly system: ReferenceSystem
  /** A name out of `mutants`; absent for the conforming server. */
  readonly mutant?: string
  /** 0, which is the default, takes any free port. */
  readonly port?: number
  /** 127.0.0.1 unless told. */
  readonly host?: string
  /** Decides passwords and everything random but keys; the same seed gives the same accounts. */
  readonly seed?: string
  /** Milliseconds by which servers that delay refusals do so; 1000 unless told. */
  readonly refusalDelay?: number
  /**
   * Bearer servers: a key is made for each of these, and the first signs. Unless told, what the
   * mutant needs, else ES256 alone.
   */
  readonly keys?: readonly KeyAlgorithm[]
  /**
   * Servers that fetch a key set: milliseconds from one fetch to the next, unless its lifetime is
   * over or somebody asks for it; 30 000 unless told.
   */
  readonly keyCooldown?: number
  /** Servers that fetch a key set: milliseconds that a whole fetch may take; 5 000 unless told. */
  readonly keyTimeout?: number
  /**
   * Bearer servers: milliseconds that a key set is used without asking again. `least` (1 000) and
   * `most` (a day) bound what its max-age says, `unsaid` (30 000) stands for a missing one, and
   * for `stale` (a day) it serves if it cannot be had again.
   */
  readonly keyLifetime?: Partial<Pick<RemoteLimits, 'least' | 'most' | 'unsaid' | 'stale'>>
  /** Bearer servers: who may vouch for a host of keys over https, as PEM; whom node trusts unless told. */
  readonly keyAuthority?: string
  /** Bearer servers: the clock of all these, in milliseconds that only ever grow. */
  readonly keyClock?: () => number
  /** Serves on https, with a certificate of an authority made for this server; stand-ins do unless told. */
  readonly secure?: boolean
}

/** A reference server that is listening; members of `BearerMaterial` where it takes tokens. */
export interface Reference extends Partial<BearerMaterial> {
  /** The protected resource. */
  readonly url: string
  /** Another resource of the same protection space. */
  readonly siblingUrl: string
  /** A resource that needs nothing. */
  readonly publicUrl: string
  /** The http door beside an https one; nobody may be listening there. */
  readonly httpUrl?: string
  /** The port where another server of the same service is, as if at another address of its host. */
  readonly secondPort?: number
  /** PEM of the authority that vouches for it; present where it is on https. */
  readonly ca?: string
  /** Whom the generic server knows; a bearer server knows none of them. */
  readonly accounts: ReferenceAccounts
  /** What a tester of a stand-in is given; its `url` is the base that paths are appended to. */
  readonly vendor?: VendorMaterial
  /** Every request in the order of its answer. */
  readonly log: readonly Seen[]
  /** Stops listening and drops every connection; may be called twice. */
  readonly close: () => Promise<void>
}

/** A bearer server that is listening. */
export type BearerReference = Reference & BearerMaterial

/** Numbers from 0 up to 1 that depend on the seed alone. */
const randomFrom = (seed: string): (() => number) => {
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${seed}\n${count}`).digest().readUInt32BE(0) / 2 ** 32
  }
}

const labOf = ({ seed = 'reference', refusalDelay = 1000 }: ReferenceOptions): Lab => ({
  random: randomFrom(seed),
  refusalDelay,
})

const genericSite = (options: ReferenceOptions, accounts: ReferenceAccounts): Site => {
  const { mutant } = options
  const change = mutant === undefined ? undefined : changeOf(mutant)
  if (mutant !== undefined && !change) {
    throw new RangeError(`The reference server "generic" has no mutant "${mutant}".`)
  }
  const strict = strictPolicy(Object.values(accounts), [accounts.unprivileged])
  const policy = change ? change(strict, labOf(options)) : strict
  return { rules: policy.http, respond: policy.respond.bind(undefined, policy) }
}

interface Prepared extends Pick<VendorSite, 'fetchKeysFrom'> {
  readonly site: Site
  readonly close?: () => void
  readonly material?: (base: string) => BearerMaterial
  readonly vendor?: VendorMaterial
}

const remoteOf = (options: ReferenceOptions): RemoteSettings => {
  const { keyCooldown: cooldown, keyTimeout: timeout, keyLifetime = {} } = options
  const { keyClock: now, keyAuthority: authority } = options
  return {
    limits: {
      ...keyLifetime,
      ...(cooldown === undefined ? {} : { cooldown }),
      ...(timeout === undefined ? {} : { timeout }),
    },
    ...(now === undefined ? {} : { now }),
    ...(authority === undefined ? {} : { authority }),
  }
}

const vendorPrepared = async (
  system: VendorSystem,
  options: ReferenceOptions,
): Promise<Prepared> => {
  const { mutant, seed = 'reference' } = options
  const { limits, authority } = remoteOf(options)
  const { material, ...site } = await vendorSite(system, {
    mutant,
    seed,
    limits,
    ...(authority === undefined ? {} : { authority }),
  })
  return { ...site, vendor: material }
}

const prepare = (
  options: ReferenceOptions & { readonly system: Exclude<ReferenceSystem, 'https'> },
  accounts: ReferenceAccounts,
): Prepared | Promise<Prepared> => {
  const { system, mutant, keys } = options
  if (system === 'generic') return { site: genericSite(options, accounts) }
  if (system === 'bearer') return bearerSite(mutant, labOf(options), keys, remoteOf(options))
  return vendorPrepared(system, options)
}

/** The server with two doors is reached by a name, since no certificate is asked for by an address. */
const startHttps = async (
  options: ReferenceOptions,
  accounts: ReferenceAccounts,
): Promise<Reference> => {
  const { mutant, port = 0, host = '127.0.0.1' } = options
  const change = mutant === undefined ? undefined : httpsChangeOf(mutant)
  if (mutant !== undefined && !change) {
    throw new RangeError(`The reference server "https" has no mutant "${mutant}".`)
  }
  const strict = strictHttps(accounts)
  const doors = await openDoors(change ? change(strict) : strict, host, port)
  const base = `https://localhost:${doors.secure.port}`
  return {
    url: `${base}/protected`,
    siblingUrl: `${base}/protected/other`,
    publicUrl: `${base}/public`,
    httpUrl: `http://localhost:${doors.plain.port}`,
    secondPort: doors.second.port,
    ca: doors.ca,
    accounts,
    log: doors.secure.log,
    close: async () => {
      await doors.secure.close()
      await doors.second.close()
      await doors.plain.close()
    },
  }
}

/**
 * Starts a reference server.
 * @throws RangeError where there is no mutant of that name; the error of the listener where the
 * port cannot be had.
 */
export async function startReference(
  options: ReferenceOptions & { readonly system: 'bearer' },
): Promise<BearerReference>
export async function startReference(options: ReferenceOptions): Promise<Reference>
export async function startReference(options: ReferenceOptions): Promise<Reference> {
  const { port = 0, host = '127.0.0.1', seed = 'reference' } = options
  const accounts = accountsFrom(seed)
  const { system } = options
  if (system === 'https') return startHttps(options, accounts)
  const { site, material, vendor, close, fetchKeysFrom } = await prepare(
    { ...options, system },
    accounts,
  )
  // What stand-ins stand for is served on https alone.
  const secure = options.secure ?? vendor !== undefined
  const credentials: Credentials | undefined = secure ? credentialsFor(host) : undefined
  const channel = credentials === undefined ? {} : { channel: credentials.channel }
  const running = await listen(site, host, port, channel)
  const address = host.includes(':') ? `[${host}]` : host
  const base = `${secure ? 'https' : 'http'}://${address}:${running.port}`
  const plain =
    secure && system !== 'generic' && system !== 'bearer'
      ? await openPlain(system, site, host, base)
      : undefined
  return {
    url: vendor === undefined ? `${base}/protected` : base,
    siblingUrl: `${base}/protected/other`,
    publicUrl: `${base}/public`,
    accounts,
    log: running.log,
    ...(plain === undefined ? {} : { httpUrl: `http://${address}:${plain.port}` }),
    close: async () => {
      close?.()
      await plain?.close()
      await running.close()
    },
    ...(vendor === undefined ? {} : { vendor }),
    ...(fetchKeysFrom === undefined ? {} : { fetchKeysFrom }),
    ...(credentials === undefined ? {} : { ca: credentials.ca }),
    ...material?.(base),
  }
}
