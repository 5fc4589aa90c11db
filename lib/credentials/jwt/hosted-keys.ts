/** The keys of the set that this tool hosts: made for one run, and named anew for each case. */
import { type KeyObject, randomBytes } from 'node:crypto'
import { type Algorithm, isAlgorithm } from '../../jose/algorithms.ts'
import { HOSTED_KEYS, type HostedKey, usualSpec } from '../../jose/hosted-keys.ts'
import { toJwk } from '../../jose/jwk.ts'
import { generateKey, type KeySpec } from '../../jose/keys.ts'
import type { HostedClaims } from '../../model/profile.ts'
import type { Trusted } from './trusted.ts'

/** What a run's hosted keys are asked for. */
export interface HostedKeys {
  /** What tokens say in `alg` where the name of their key does not decide. */
  readonly own: Algorithm
  /** The key of that name as a target trusts it that reads the set. */
  readonly trusted: (name: string) => Trusted
  /** Under which kid the set has the key of that name. */
  readonly kidOf: (name: string) => string
  /**
   * From now on all keys but the first are others, under kids that no target has seen: one that ignores
   * kid would take a token by the key of an earlier case for the new one.
   */
  readonly renew: () => void
}

const NONCE_BYTES = 6

function withShortX(spec: KeySpec): KeyObject {
  for (;;) {
    const key = generateKey(spec)
    const { x } = toJwk(key)
    if (typeof x === 'string' && Buffer.from(x, 'base64url')[0] === 0) return key
  }
}

/**
 * The hosted keys of a run. The target trusts them, so none of them follows from the seed.
 * Throws TypeError for a name that no suite which passed the check can have.
 */
export function createHostedKeys(claims: HostedClaims, own: Algorithm): HostedKeys {
  const made = new Map<string, KeyObject>()
  const nonce = randomBytes(NONCE_BYTES).toString('hex')
  let round = 0
  const kindOf = (name: string): HostedKey => {
    const kind = HOSTED_KEYS[name]
    if (kind === undefined) throw new TypeError(`a hosted key named ${name} passed the suite check`)
    return kind
  }
  const idOf = ({ alg = own, spec = usualSpec(alg), material, shortX }: HostedKey): string =>
    JSON.stringify([spec, material, shortX])
  const baseId = idOf(kindOf('base'))
  const keyOf = (name: string): { readonly key: KeyObject; readonly alg: Algorithm } => {
    const kind = kindOf(name)
    const { alg = own, spec = usualSpec(alg), shortX } = kind
    const id = idOf(kind)
    const key = made.get(id) ?? (shortX ? withShortX(spec) : generateKey(spec))
    made.set(id, key)
    return { key, alg }
  }
  const kidOf = (name: string): string => `${name}-${nonce}-${name === 'base' ? 0 : round}`
  const { issuer, audience, claims: template } = claims
  return {
    own,
    kidOf,
    trusted: (name) => ({
      ...keyOf(name),
      kid: kidOf(name),
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
      ...(template === undefined ? {} : { claims: template }),
    }),
    renew() {
      round += 1
      for (const id of made.keys()) if (id !== baseId) made.delete(id)
    },
  }
}

/** The first of the names that is an algorithm, RS256 where none is: most targets take that. */
export function ownAlgorithm(names: readonly unknown[]): Algorithm {
  return names.find(isAlgorithm) ?? 'RS256'
}
