/** Starts the parts of a bearer site: keys, tokens and the site itself. */
import type { HttpRules, Site } from '../http/types.ts'
import { bearerMutant } from '../mutants/index.ts'
import type { Lab } from '../mutants/types.ts'
import { audience, issuer, makeKey } from './issuer.ts'
import { member } from './json.ts'
import { paths, strictBearerPolicy } from './policy.ts'
import { strictRemote } from './remote/rules.ts'
import { keySource } from './remote/source.ts'
import type { KeySource, RemoteLimits } from './remote/types.ts'
import type { BearerPolicy, JsonObject, KeyAlgorithm, SigningKey, TrustedKey } from './types.ts'

/** What a tester of the bearer server can be given. */
export interface BearerMaterial {
  /** A token that the server takes, good for an hour; it covers every scope. */
  readonly token: string
  /** The same of another subject. */
  readonly otherToken: string
  /** A token that the server believes and that covers no scope, so that all it gets is 403. */
  readonly scopelessToken: string
  /** A resource that needs the scope `reports`, where the others need `read`. */
  readonly scopedUrl: string
  /** The key that signed the tokens. */
  readonly signingKey: SigningKey
  /** All keys that the server trusts; the first is `signingKey`. */
  readonly signingKeys: readonly SigningKey[]
  /** The public half of `signingKey` as SubjectPublicKeyInfo; a secret has none. */
  readonly publicKeyPem?: string
  readonly issuer: string
  readonly audience: string
  /** Where the server publishes the public halves of its keys. */
  readonly jwksPath: string
  /** A fresh token of the first key, with claims laid over those of `token`. */
  readonly issue: (claims?: JsonObject) => string
  /**
   * Lets the server trust, besides its own keys, those of the set at that URL; `undefined` ends it.
   * Whatever it knows of a set before is forgotten. Nothing is fetched until a token needs it.
   */
  readonly fetchKeysFrom: (url: string | undefined) => void
}

/** How a bearer site uses a key set that is published elsewhere. */
export interface RemoteSettings {
  readonly limits: Partial<RemoteLimits>
  /** Milliseconds that only ever grow; real ones unless told. */
  readonly now?: () => number
  /** Who may vouch for a host of keys over https, as PEM; whom node trusts unless told. */
  readonly authority?: string
}

/** A site that can be listened to, and its material once the address is known. */
export interface BearerSite {
  readonly site: Site
  readonly material: (base: string) => BearerMaterial
  /** Ends what the site does of its own accord. */
  readonly close: () => void
}

const keysFor = (algorithms: readonly KeyAlgorithm[]): Promise<readonly SigningKey[]> =>
  Promise.all(
    algorithms.map((alg, index) => makeKey(alg, `demo-${alg.toLowerCase()}-${index + 1}`)),
  )

/** The policy of a site whose own keys are joined by those of a source. */
const joinedBy = (policy: BearerPolicy, source: KeySource): BearerPolicy => ({
  ...policy,
  tokens: {
    ...policy.tokens,
    fetched: async ({ header }, own) => {
      const kid = member(header, 'kid')
      const found = await source.keysFor(
        header,
        own.some((key) => key.kid === kid),
      )
      return found.map((key): TrustedKey => ({ kid: '', ...key }))
    },
  },
})

/**
 * The conforming bearer site, or one with a named change; makes its keys. `algorithms` says what
 * for, else the mutant, else it is ES256 alone.
 * @throws RangeError where there is no mutant of that name, or no key is asked for.
 */
export const bearerSite = async (
  mutant: string | undefined,
  lab: Lab,
  algorithms?: readonly KeyAlgorithm[],
  remote: RemoteSettings = { limits: {} },
): Promise<BearerSite> => {
  const found = mutant === undefined ? undefined : bearerMutant(mutant)
  if (mutant !== undefined && !found) {
    throw new RangeError(`The reference server "bearer" has no mutant "${mutant}".`)
  }
  const keys = await keysFor(algorithms ?? found?.mutant.keys ?? ['ES256'])
  const [signingKey] = keys
  if (!signingKey) throw new RangeError('The reference server "bearer" needs a key.')
  const strict = strictBearerPolicy(keys, strictRemote(remote.limits, remote.now, remote.authority))
  const changed = found ? found.change(strict, { ...lab, keys }) : strict
  const source = keySource(changed.remote)
  const policy = joinedBy(changed, source)
  const rules: HttpRules = policy.http
  const issue = (claims?: JsonObject): string => policy.issue(signingKey, claims)
  const { publicKeyPem } = signingKey
  return {
    site: { rules, respond: policy.respond.bind(undefined, policy) },
    material: (base) => ({
      token: issue(),
      otherToken: issue({ sub: 'other-user' }),
      scopelessToken: issue({ scope: '' }),
      scopedUrl: `${base}${paths.scoped}`,
      signingKey,
      signingKeys: keys,
      ...(publicKeyPem === undefined ? {} : { publicKeyPem }),
      issuer,
      audience,
      jwksPath: paths.keys,
      issue,
      fetchKeysFrom: source.fetchFrom,
    }),
    close: source.close,
  }
}
