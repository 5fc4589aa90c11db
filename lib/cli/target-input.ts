import type { HostedAt } from '../engine/hosting.ts'
import type { Operation } from '../model/profile.ts'
import { readHosted } from './hosted-option.ts'
import { type Listen, readListen } from './listen-option.ts'
import type { Given } from './option.ts'
import { profiles } from './profiles.ts'
import { defined } from './run-settings.ts'
import { checkExposure, checkHosted, checkOrigin } from './safety.ts'
import { type ReadFile, readNamed, type Settings } from './settings.ts'
import { type ReadSupplied, readSupplied } from './supplied.ts'
import { type Resolve, readResolve, readUrl } from './target-url.ts'
import { UsageError } from './usage-error.ts'
import { flag, one, text } from './values.ts'

/** How connections are made. */
export interface ConnectionInput {
  /** Certificates in PEM, trusted besides the usual ones. */
  readonly ca?: string
  readonly servername?: string
  readonly insecure: boolean
  readonly resolve: readonly Resolve[]
}

/** The server to judge, before its profile is looked up. */
export interface TargetInput extends ReadSupplied {
  readonly url: URL
  readonly publicUrl?: URL
  readonly keySetUrl?: URL
  /** The origin of its http door. */
  readonly httpUrl?: URL
  /** A built-in profile's name or the path of a .json file. */
  readonly profile: string
  /** Replaces parts of the generic profile's protected operation. */
  readonly operation?: Partial<Operation>
  readonly connection: ConnectionInput
  /** Where the target can call back. */
  readonly listen?: Listen
  /** Where it reads the key set that this tool hosts. */
  readonly hosted?: HostedAt
}

// Requests go nowhere but to the server that was named.
function readBeside(given: Given | undefined, url: URL): URL | undefined {
  if (given === undefined) return undefined
  const read = readUrl(given)
  if (read.origin === url.origin) return read
  throw new UsageError('bad-value', `${given.source.name} is not on the origin of the target.`)
}

function readHttp(door: Given | undefined, url: URL): URL | undefined {
  if (door === undefined) return undefined
  const read = readUrl(door)
  if (read.protocol !== 'http:') {
    throw new UsageError('bad-value', `${door.source.name} wants a URL that begins with http://.`)
  }
  if (url.protocol === 'https:') return new URL(read.origin)
  throw new UsageError(
    'bad-value',
    `${door.source.name} is the http door beside an https target, and the target is not on https.`,
  )
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

function readOperation(settings: Settings, profile: string): Partial<Operation> | undefined {
  const [method, data] = [one(settings, 'method'), one(settings, 'data')]
  const first = method ?? data
  if (first === undefined) return undefined
  if (profile !== 'generic') {
    throw new UsageError(
      'bad-value',
      `${first.source.name} is for the generic profile; ${profile} names its own requests.`,
    )
  }
  if (method !== undefined && !/^[A-Z][A-Z-]{0,30}$/u.test(method.text)) {
    throw new UsageError('bad-value', `${method.source.name} wants a method in capitals.`)
  }
  const type =
    data !== undefined && isJson(data.text)
      ? 'application/json'
      : 'application/x-www-form-urlencoded'
  return {
    method: method?.text ?? 'POST',
    ...(data === undefined ? {} : { body: { type, text: data.text } }),
  }
}

function readCa(settings: Settings, readFile: ReadFile): string | undefined {
  const ca = one(settings, 'ca')
  if (ca === undefined) return undefined
  const pem = readNamed(ca.text, ca.source, readFile)
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  throw new UsageError('bad-value', `${ca.source.name}: ${ca.text} holds no PEM certificate.`)
}

function readServername(name: Given | undefined): string | undefined {
  if (name === undefined || /^[\w*-]+(?:\.[\w-]+)*\.?$/u.test(name.text)) return name?.text
  throw new UsageError('bad-value', `${name.source.name} wants a host name.`)
}

/** Reads all that says which server is judged, as whom, and over which connection. */
export function readTarget(settings: Settings, readFile: ReadFile): TargetInput {
  const target = one(settings, 'target')
  if (target === undefined) {
    throw new UsageError(
      'no-target',
      'No server is named: neither --target nor CONFORMANCE_TARGET has a URL.',
    )
  }
  const url = readUrl(target)
  const profile = text(settings, 'profile') ?? 'generic'
  const resolve = (settings.get('resolve') ?? []).map(readResolve)
  checkOrigin(settings)
  // Before anybody is told to allow cleartext where there is no use in it.
  checkHosted(
    profiles.find(({ id }) => id === profile),
    url,
    resolve,
  )
  checkExposure(settings, url, resolve)
  return {
    url,
    profile,
    ...readSupplied(settings, readFile),
    connection: {
      insecure: flag(settings, 'insecure') ?? false,
      resolve,
      ...defined({
        ca: readCa(settings, readFile),
        servername: readServername(one(settings, 'servername')),
      }),
    },
    ...defined({
      listen: readListen(one(settings, 'jwks-listen')),
      hosted: readHosted(settings, readFile)?.at,
      httpUrl: readHttp(one(settings, 'http-url'), url),
      publicUrl: readBeside(one(settings, 'public'), url),
      keySetUrl: readBeside(one(settings, 'key-set'), url),
      operation: readOperation(settings, profile),
    }),
  }
}
