/** Legitimate but unusual bearer servers. None of them breaks a MUST, and none may be told it does. */
import type { BearerVariation } from './types.ts'

/** Nothing is changed but the keys that the server is started with. */
const same: BearerVariation['change'] = (policy) => policy

const keyed: readonly BearerVariation[] = [
  {
    id: 'benign-key-rs256',
    does: 'Trusts one RSA key, for RS256.',
    clauses: [],
    keys: ['RS256'],
    change: same,
  },
  {
    id: 'benign-key-ps256',
    does: 'Trusts one RSA key, for PS256.',
    clauses: [],
    keys: ['PS256'],
    change: same,
  },
  {
    id: 'benign-key-es384',
    does: 'Trusts one key on P-384, for ES384.',
    clauses: [],
    keys: ['ES384'],
    change: same,
  },
  {
    id: 'benign-key-eddsa',
    does: 'Trusts one Ed25519 key, for EdDSA.',
    clauses: [],
    keys: ['EdDSA'],
    change: same,
  },
  {
    id: 'benign-keys-several',
    does: 'Trusts two keys on P-256 and one on P-384.',
    clauses: [],
    keys: ['ES256', 'ES256', 'ES384'],
    change: same,
  },
]

export const benignBearer: readonly BearerVariation[] = [...keyed]
