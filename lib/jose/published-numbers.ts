/** What is wrong with the numbers of published keys (RFC 7518 §2 and §6), in words. */
import type { PublishedKey } from './published.ts'
import { type KeyFault, operationsOf } from './published-rules.ts'

/** Octets of a coordinate on the curves that RFC 7518 §6.2.1.1 registers. */
const COORDINATE: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
])

/** The octets of a member in base64url; superfluous bits at the end are nobody's business here. */
function octetsOf(key: PublishedKey, name: string): Buffer | undefined {
  const text = key[name]
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined
  return Buffer.from(text, 'base64url')
}

function misspelt(key: PublishedKey, names: readonly string[]): KeyFault {
  const missing = names.filter((name) => key[name] === undefined || key[name] === null)
  if (missing.length > 0) return `has no ${missing.join(' and no ')}`
  const other = names.find((name) => octetsOf(key, name) === undefined)
  return other && `has ${other} in another encoding than base64url`
}

/** The `crv`, `x` and `y` of an EC key, and the length of the coordinates (RFC 7518 §6.2.1). */
export function ecFault(key: PublishedKey): KeyFault {
  if (typeof key.crv !== 'string') return 'has no crv'
  const size = COORDINATE.get(key.crv)
  // Other curves say themselves whether they have a y, and how long it is.
  const names = size === undefined ? ['x'] : ['x', 'y']
  const fault = misspelt(key, names)
  if (fault !== undefined || size === undefined) return fault
  const other = names.find((name) => octetsOf(key, name)?.length !== size)
  if (other === undefined) return undefined
  return `has ${octetsOf(key, other)?.length} octets in ${other} instead of the ${size} of ${key.crv}`
}

/** The `n` and `e` of an RSA key, in base64url (RFC 7518 §6.3.1). */
export function rsaFault(key: PublishedKey): KeyFault {
  return misspelt(key, ['n', 'e'])
}

/** A number of an RSA key with more octets than it takes (RFC 7518 §2 and §6.3.1). */
export function paddedNumber(key: PublishedKey): KeyFault {
  const padded = ['n', 'e'].find((name) => {
    const octets = octetsOf(key, name)
    return octets !== undefined && octets.length > 1 && octets[0] === 0
  })
  return padded && `has ${padded} with a superfluous octet of zero before it`
}

/** True for an RSA key that nothing sets apart for encryption. */
export function mayVerify({ kty, use, alg, ...key }: PublishedKey): boolean {
  if (kty !== 'RSA' || use === 'enc') return false
  if (typeof alg === 'string' && /^RSA(?:-OAEP|1_5)/.test(alg)) return false
  const operations = operationsOf(key)
  return operations.length === 0 || operations.some((each) => /^(?:sign|verify)$/.test(each))
}

/** The bits of the modulus; undefined where it cannot be read. */
export function modulusBits(key: PublishedKey): number | undefined {
  const octets = octetsOf(key, 'n')
  const first = octets?.findIndex((each) => each !== 0) ?? -1
  if (octets === undefined || first < 0) return undefined
  return 8 * (octets.length - first) - Math.clz32(octets[first] ?? 0) + 24
}

const FEWEST_BITS = 2048

/** A modulus too small for signatures (RFC 7518 §3.3 and §3.5). */
export function smallModulus(key: PublishedKey): KeyFault {
  const bits = mayVerify(key) ? modulusBits(key) : undefined
  return bits === undefined || bits >= FEWEST_BITS ? undefined : `has ${bits} bits`
}
