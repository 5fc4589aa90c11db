import type { HostedAt } from '../engine/hosting.ts'
import type { Target } from '../model/profile.ts'
import type {
  Reference,
  ReferenceOptions,
  ReferenceSystem,
  VendorMaterial,
} from '../reference/start.ts'
import type { TransportOptions } from '../transport/transport.ts'
import type { Authority } from '../x509/authority.ts'
import { profileNamed } from './corpus.ts'
import type { ReadFile } from './settings.ts'

/** The systems of the built-in server, in the order in which a demo shows them. */
export const builtInSystems: readonly ReferenceSystem[] = [
  'generic',
  'bearer',
  'https',
  'singlestore',
  'singlestore-helios',
  'freesewing',
  'influxdb-cloud-serverless',
]

/** What a tester of the bearer server holds: an issued token, another one, and the signing key. */
function bearerSupplied(reference: Reference): Target['supplied'] {
  const { token, otherToken, scopelessToken, signingKey, publicKeyPem, issuer, audience } =
    reference
  return {
    accounts: {},
    tokens: {},
    ...(token === undefined ? {} : { bearer: token }),
    ...(otherToken === undefined || scopelessToken === undefined
      ? {}
      : { bearers: { other: otherToken, unprivileged: scopelessToken } }),
    ...(publicKeyPem === undefined ? {} : { publicKey: publicKeyPem }),
    ...(signingKey === undefined
      ? {}
      : {
          signingKey: {
            key: signingKey.pem,
            alg: signingKey.alg,
            kid: signingKey.kid,
            ...(issuer === undefined ? {} : { issuer }),
            ...(audience === undefined ? {} : { audience }),
          },
        }),
  }
}

/** How a built-in server reads keys: without the patience that one in the world has. */
export const quickKeys: Pick<ReferenceOptions, 'keyCooldown' | 'keyTimeout' | 'keyLifetime'> = {
  keyCooldown: 80,
  keyTimeout: 300,
  keyLifetime: { least: 100 },
}

/** Seconds within which it uses a key that is published. */
export const quickRefresh: number = 2

/** Where such a server is told to read the key set of the tool; undefined for one that reads none. */
export function hostedAt(
  { fetchKeysFrom }: Reference,
  vouching: { readonly authority?: Authority } = {},
): HostedAt | undefined {
  return fetchKeysFrom === undefined ? undefined : { ready: fetchKeysFrom, ...vouching }
}

/** The same target where it reads the key set that the tool hosts. */
export function hostedTarget(target: Target, { issuer, audience }: Reference): Target {
  const hosted = {
    alg: 'ES256',
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  }
  return { ...target, supplied: { ...target.supplied, hosted } }
}

/**
 * A stand-in is judged by the profile of its name, with what its operator would hold. It is ours and
 * locks nobody out, so that no limit is kept.
 */
function vendorTarget(
  vendor: VendorMaterial,
  { url, httpUrl }: Pick<Reference, 'url' | 'httpUrl'>,
  stated: Target['profile'],
): Target {
  const { limits: _, ...profile } = stated
  const { accounts, tokens, bearer, publicKeyPem } = vendor
  return {
    profile,
    url: new URL(url),
    ...(httpUrl === undefined ? {} : { httpUrl: new URL(httpUrl) }),
    supplied: {
      accounts,
      tokens,
      ...(bearer === undefined ? {} : { bearer }),
      ...(publicKeyPem === undefined ? {} : { publicKey: publicKeyPem }),
    },
    fields: [],
  }
}

/** The target that a built-in server is, with everything its operator would supply. */
export function demoTarget(
  system: ReferenceSystem,
  reference: Reference,
  readFile: ReadFile,
): Target {
  if (reference.vendor !== undefined) {
    return vendorTarget(reference.vendor, reference, profileNamed(system, readFile))
  }
  return {
    profile: profileNamed('generic', readFile),
    url: new URL(reference.url),
    publicUrl: new URL(reference.publicUrl),
    ...(reference.jwksPath === undefined
      ? {}
      : { keySetUrl: new URL(reference.jwksPath, reference.url) }),
    ...(reference.httpUrl === undefined ? {} : { httpUrl: new URL(reference.httpUrl) }),
    supplied:
      system === 'bearer'
        ? bearerSupplied(reference)
        : { accounts: reference.accounts, tokens: {} },
    fields: [],
  }
}

/**
 * How a built-in server is reached. It is ours, so that whatever certificate it shows, the requests
 * go through, and what is wrong with the certificate is found by looking at it.
 */
export function demoTransport(
  reference: Reference,
): Pick<TransportOptions, 'ca' | 'insecure' | 'resolve'> {
  const { ca, url, httpUrl, secondPort } = reference
  if (ca === undefined) return {}
  const doors = [url, ...(httpUrl === undefined ? [] : [httpUrl])].map((door) => new URL(door))
  const address = '127.0.0.1'
  const resolve = doors.map((door) => ({
    host: door.hostname,
    port: Number(door.port),
    address,
  }))
  // Not every machine has a second address of its own, so that another port stands for one.
  const { hostname: host, port } = new URL(url)
  const second =
    secondPort === undefined ? [] : [{ host, port: Number(port), address, at: secondPort }]
  return { ca, insecure: true, resolve: [...resolve, ...second] }
}
