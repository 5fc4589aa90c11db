import type { Target } from '../model/profile.ts'
import type { Reference, ReferenceSystem } from '../reference/start.ts'
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
