/** Starts a reference server: conforming, or with one named variation. */
import { createHash } from 'node:crypto'
import { accountsFrom, type ReferenceAccounts } from './accounts.ts'
import { strictPolicy } from './generic/policy.ts'
import { listen } from './http/server.ts'
import type { Seen } from './http/types.ts'
import { changeOf } from './mutants/index.ts'
import type { Lab, ReferenceSystem } from './mutants/types.ts'

export type { ReferenceAccount, ReferenceAccounts } from './accounts.ts'
export type { Seen } from './http/types.ts'
export { mutants } from './mutants/index.ts'
export type { Mutant, ReferenceSystem } from './mutants/types.ts'

/** Which server to start, and where. */
export interface ReferenceOptions {
  readonly system: ReferenceSystem
  /** A name out of `mutants`; absent for the conforming server. */
  readonly mutant?: string
  /** 0, which is the default, takes any free port. */
  readonly port?: number
  /** 127.0.0.1 unless told. */
  readonly host?: string
  /** Decides passwords and everything random; the same seed gives the same server. */
  readonly seed?: string
  /** Milliseconds by which servers that delay refusals do so; 1000 unless told. */
  readonly refusalDelay?: number
}

/** A reference server that is listening. */
export interface Reference {
  /** The protected resource. */
  readonly url: string
  /** Another resource of the same protection space. */
  readonly siblingUrl: string
  /** A resource that needs nothing. */
  readonly publicUrl: string
  readonly accounts: ReferenceAccounts
  /** Every request in the order of its answer. */
  readonly log: readonly Seen[]
  /** Stops listening and drops every connection; may be called twice. */
  readonly close: () => Promise<void>
}

/** Numbers from 0 up to 1 that depend on the seed alone. */
const randomFrom = (seed: string): (() => number) => {
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${seed}\n${count}`).digest().readUInt32BE(0) / 2 ** 32
  }
}

/**
 * Starts a reference server.
 * @throws RangeError where there is no mutant of that name; the error of the listener where the
 * port cannot be had.
 */
export const startReference = async (options: ReferenceOptions): Promise<Reference> => {
  const { system, mutant, port = 0, host = '127.0.0.1' } = options
  const { seed = 'reference', refusalDelay = 1000 } = options
  const change = mutant === undefined ? undefined : changeOf(system, mutant)
  if (mutant !== undefined && !change) {
    throw new RangeError(`The reference server "${system}" has no mutant "${mutant}".`)
  }
  const accounts = accountsFrom(seed)
  const lab: Lab = { random: randomFrom(seed), refusalDelay }
  const strict = strictPolicy(Object.values(accounts), [accounts.unprivileged])
  const policy = change ? change(strict, lab) : strict
  const site = { rules: policy.http, respond: policy.respond.bind(undefined, policy) }
  const running = await listen(site, host, port)
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${running.port}`
  return {
    url: `${base}/protected`,
    siblingUrl: `${base}/protected/other`,
    publicUrl: `${base}/public`,
    accounts,
    log: running.log,
    close: running.close,
  }
}
