/** Which members of a published key belong to its owner alone; their values are never shown. */
import type { PublishedKey } from './published.ts'

const RSA = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'] as const

/** By `kty`: RFC 7518 §6.2.2, §6.3.2 and §6.4.1, RFC 8037 §2; AKP keys have `priv`. */
const PRIVATE: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ['RSA', RSA],
  ['EC', ['d']],
  ['OKP', ['d']],
  ['oct', ['k']],
  ['AKP', ['priv']],
  // Whoever reads a key without a type takes it for what its members make of it.
  [undefined, [...RSA, 'k', 'priv']],
])

/** Writers that have no value leave a null, an empty text or an empty list, which disclose nothing. */
function holdsSomething(value: unknown): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0
  return typeof value === 'number' || (typeof value === 'object' && value !== null)
}

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

/** The names of members that disclose a private or a symmetric key; other key types are not judged. */
export function privateMembers(key: PublishedKey): readonly string[] {
  const names = PRIVATE.get(key.kty) ?? []
  return Object.keys(key).filter((name) => {
    const value = key[name]
    return (
      (names.includes(name) && holdsSomething(value)) ||
      (typeof value === 'string' && PEM.test(value))
    )
  })
}
