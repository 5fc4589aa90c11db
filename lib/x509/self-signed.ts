/** Writes the smallest certificate there is (RFC 5280 §4.1): one key, signed by itself. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { derInteger, derSequence } from '../jose/der.ts'
import { bits, commonName, time } from './fields.ts'
import { signed, signingOf } from './signing.ts'

export interface SelfSigned {
  /** The common name of subject and issuer, in UTF-8. */
  readonly name: string
  /** A day ago unless told. */
  readonly from?: Date
  /** In a year unless told. */
  readonly until?: Date
}

const DAY = 86_400_000

/**
 * The DER of a self-signed certificate of a private key. Throws TypeError for a secret, and what node
 * throws for a key without its private half.
 */
export function selfSigned(key: KeyObject, about: SelfSigned): Buffer {
  const signing = signingOf(key)
  const { from = new Date(Date.now() - DAY), until = new Date(Date.now() + 365 * DAY) } = about
  const name = commonName(about.name)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const validity = derSequence(time(from), time(until))
  const tbs = derSequence(derInteger(1n), signing.identifier, name, validity, name, publicKey)
  return derSequence(tbs, signing.identifier, bits(signed(signing, tbs, key)))
}
