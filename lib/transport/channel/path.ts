/** Looks for a path to a trusted authority without asking what day it is. */
import type { X509Certificate } from 'node:crypto'

/** More certificates than this stand in no honest chain. */
const DEEPEST = 10

function issues(issuer: X509Certificate, of: X509Certificate): boolean {
  return issuer.ca && of.checkIssued(issuer) && of.verify(issuer.publicKey)
}

function same(one: X509Certificate, other: X509Certificate): boolean {
  return one.raw.equals(other.raw)
}

/**
 * True where the chain that was sent, in whatever order, leads from its first certificate to a
 * trusted one by signatures.
 */
export function leadsToTrust(
  chain: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
): boolean {
  let [current] = chain
  for (let depth = 0; current !== undefined && depth < DEEPEST; depth += 1) {
    const at: X509Certificate = current
    if (trusted.some((one) => same(one, at) || issues(one, at))) return true
    current = chain.find((one) => !same(one, at) && issues(one, at))
  }
  return false
}
