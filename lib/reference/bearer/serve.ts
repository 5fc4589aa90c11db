/** Starts the parts of a bearer site: keys, tokens and the site itself. */
import type { HttpRules, Site } from '../http/types.ts'
import { bearerMutant } from '../mutants/index.ts'
import type { Lab } from '../mutants/types.ts'
import { audience, issuer, makeKey } from './issuer.ts'
import { paths, strictBearerPolicy } from './policy.ts'
import type { JsonObject, KeyAlgorithm, SigningKey } from './types.ts'

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
}

/** A site that can be listened to, and its material once the address is known. */
export interface BearerSite {
  readonly site: Site
  readonly material: (base: string) => BearerMaterial
}

const keysFor = (algorithms: readonly KeyAlgorithm[]): Promise<readonly SigningKey[]> =>
  Promise.all(
    algorithms.map((alg, index) => makeKey(alg, `demo-${alg.toLowerCase()}-${index + 1}`)),
  )

/**
 * The conforming bearer site, or one with a named change; makes its keys. `algorithms` says what
 * for, else the mutant, else it is ES256 alone.
 * @throws RangeError where there is no mutant of that name, or no key is asked for.
 */
export const bearerSite = async (
  mutant: string | undefined,
  lab: Lab,
  algorithms?: readonly KeyAlgorithm[],
): Promise<BearerSite> => {
  const found = mutant === undefined ? undefined : bearerMutant(mutant)
  if (mutant !== undefined && !found) {
    throw new RangeError(`The reference server "bearer" has no mutant "${mutant}".`)
  }
  const keys = await keysFor(algorithms ?? found?.mutant.keys ?? ['ES256'])
  const [signingKey] = keys
  if (!signingKey) throw new RangeError('The reference server "bearer" needs a key.')
  const strict = strictBearerPolicy(keys)
  const policy = found ? found.change(strict, { ...lab, keys }) : strict
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
    }),
  }
}
