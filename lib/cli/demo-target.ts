import type { HostedAt } from '../engine/hosting.ts'
import type { Target } from '../model/profile.ts'
import type { Reference, ReferenceOptions, ReferenceSystem } from '../reference/start.ts'
import { profileNamed } from './corpus.ts'
import type { ReadFile } from './settings.ts'

/** The systems of the built-in server, in the order in which a demo shows them. */
export const builtInSystems: readonly ReferenceSystem[] = ['generic', 'bearer']

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
export function hostedAt({ fetchKeysFrom }: Reference): HostedAt | undefined {
  return fetchKeysFrom === undefined ? undefined : { ready: fetchKeysFrom }
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

/** The target that a built-in server is, with everything its operator would supply. */
export function demoTarget(
  system: ReferenceSystem,
  reference: Reference,
  readFile: ReadFile,
): Target {
  return {
    profile: profileNamed('generic', readFile),
    url: new URL(reference.url),
    publicUrl: new URL(reference.publicUrl),
    ...(reference.jwksPath === undefined
      ? {}
      : { keySetUrl: new URL(reference.jwksPath, reference.url) }),
    supplied:
      system === 'bearer'
        ? bearerSupplied(reference)
        : { accounts: reference.accounts, tokens: {} },
    fields: [],
  }
}
