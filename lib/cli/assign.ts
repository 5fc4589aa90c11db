import { randomInt } from 'node:crypto'
import { isLoopback } from '../engine/budget.ts'
import type { HostedAt } from '../engine/hosting.ts'
import { keyRefreshOf } from '../engine/key-refresh.ts'
import type { Json } from '../model/json.ts'
import type { RunOptions } from '../model/options.ts'
import type { Operation, Profile, Supplied, Target } from '../model/profile.ts'
import { type ProxyFor, proxyFromEnvironment } from '../transport/proxy.ts'
import type { Assignment } from './conduct.ts'
import { type Corpus, profileNamed } from './corpus.ts'
import type { Environment } from './environment.ts'
import type { GateOptions } from './gate-options.ts'
import { type Io, remark } from './io.ts'
import { checkNeeds } from './profile-needs.ts'
import { defined, type RunSettings } from './run-settings.ts'
import { checkHosted } from './safety.ts'
import type { TargetInput } from './target-input.ts'
import { type Resolve, staysHere } from './target-url.ts'
import { UsageError } from './usage-error.ts'

const runLimitMs = 30 * 60 * 1000

/** The options of a run with every default filled in. */
export function runOptions(
  settings: RunSettings,
  maxInconclusive: GateOptions['maxInconclusive'],
  command: string,
): RunOptions {
  const { seed = String(randomInt(2 ** 32)), ...rest } = settings
  return { ...rest, seed, runLimitMs, maxInconclusive, command }
}

/** The generic profile with the operator's own method and body. */
function profileOf(input: TargetInput, io: Io): Profile {
  const profile = profileNamed(input.profile, io.readFile)
  if (input.operation === undefined) return profile
  const operation: Operation = { method: 'GET', path: '', ...input.operation }
  return { ...profile, operations: { ...profile.operations, protected: operation } }
}

async function askedFor(input: TargetInput, io: Io): Promise<Supplied> {
  const { askFor, supplied } = input
  if (askFor === undefined) return supplied
  const password = await io.askSecret?.(`Password of ${askFor}: `)
  if (password === undefined) {
    throw new UsageError(
      'bad-value',
      '--user has no colon after the user-id, and there is no terminal to ask for a password.',
      'Give NAME:PASSWORD, best as CONFORMANCE_USER.',
    )
  }
  if (password === '') throw new UsageError('empty-secret', 'No password was entered.')
  const user = { user: askFor, password }
  return { ...supplied, accounts: { ...supplied.accounts, default: user } }
}

/**
 * Proxies as the environment asks for, except where `--resolve` keeps the bytes on this machine: a
 * proxy's loopback is another machine's.
 */
export function proxyFor(environment: Environment, resolve: readonly Resolve[]): ProxyFor {
  const asked = proxyFromEnvironment(environment)
  return (route) => {
    const host = route.host.toLowerCase()
    const fixed = resolve.find((each) => each.host === host && each.port === route.port)
    return fixed !== undefined && isLoopback(fixed.address) ? undefined : asked(route)
  }
}

/** What a report may say of how it was made: names of accounts, never a secret. */
export function shownOptions(target: Target, settings: RunSettings): Assignment['shown'] {
  const { seed: _, witness, ...rest } = settings
  const { supplied, fields } = target
  const accounts: Json = Object.keys(supplied.accounts)
  const shownWitness: Json | undefined = witness === undefined ? undefined : { ...witness }
  return {
    ...rest,
    accounts,
    schemes: Object.keys(supplied.tokens),
    bearer: supplied.bearer !== undefined,
    bearers: Object.keys(supplied.bearers ?? {}),
    publicKey: supplied.publicKey !== undefined,
    signingKey: supplied.signingKey !== undefined,
    hostsKeySet: supplied.hosted !== undefined,
    headers: fields.map(([name]) => name),
    ...defined({
      http: target.httpUrl?.href,
      public: target.publicUrl?.href,
      keySet: target.keySetUrl?.href,
      witness: shownWitness,
    }),
  }
}

/** Says where the key set can be read as soon as it can be. */
function withNotice(hosted: HostedAt | undefined, target: Target, io: Io): HostedAt | undefined {
  if (hosted === undefined || 'file' in hosted) return hosted
  const refresh = keyRefreshOf(target)
  const asked = refresh && 'say' in refresh ? `, when ${refresh.say} asks for that` : ''
  const ready = (url: string, seconds: number): void => {
    const text = `Point your server's JWKS URL at ${url}; it has ${seconds} s to fetch it${asked}.`
    remark(text, io.err)
  }
  return { ...hosted, ready }
}

/** Makes an assignment of what a caller said about a server; may ask for a password. */
export async function assign(
  input: TargetInput,
  corpus: Corpus,
  options: RunOptions,
  settings: RunSettings,
  io: Io,
): Promise<Assignment> {
  const profile = profileOf(input, io)
  const { resolve } = input.connection
  checkHosted(profile, input.url, resolve)
  const target: Target = {
    profile,
    url: input.url,
    ...(staysHere(input.url, resolve) ? {} : { remote: true as const }),
    supplied: await askedFor(input, io),
    fields: input.fields,
    ...defined({
      publicUrl: input.publicUrl,
      keySetUrl: input.keySetUrl,
      httpUrl: input.httpUrl,
    }),
  }
  checkNeeds(target)
  const witness = options.witness ?? profile.witness
  return {
    target,
    corpus,
    options: { ...options, ...defined({ witness }) },
    transport: {
      ...input.connection,
      proxyFor: proxyFor(io.environment, resolve),
    },
    ...defined({ listen: input.listen, hosted: withNotice(input.hosted, target, io) }),
    shown: {
      ...shownOptions(target, settings),
      insecure: input.connection.insecure,
    },
  }
}
