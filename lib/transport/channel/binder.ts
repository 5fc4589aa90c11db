/** Proves that whoever offers a ticket knows the secret that belongs to it (RFC 8446 §4.2.11.2). */
import { createHash, createHmac } from 'node:crypto'

/** The hash of a suite of TLS 1.3. */
export type SuiteHash = 'sha256' | 'sha384'

const AES_256_GCM_SHA384 = 0x1302

export const hashOfSuite = (suite: number): SuiteHash =>
  suite === AES_256_GCM_SHA384 ? 'sha384' : 'sha256'

/** Octets that a hash has. */
export const lengthOf = (hash: SuiteHash): number => (hash === 'sha384' ? 48 : 32)

const hashed = (hash: SuiteHash, bytes: Buffer): Buffer => createHash(hash).update(bytes).digest()

const keyed = (hash: SuiteHash, key: Buffer, bytes: Buffer): Buffer =>
  createHmac(hash, key).update(bytes).digest()

/** HKDF-Expand-Label of RFC 8446 §7.1, for as much as the hash gives at a time. */
function expandLabel(hash: SuiteHash, secret: Buffer, label: string, context: Buffer): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1')
  const length = Buffer.from([0, lengthOf(hash), name.length])
  const info = Buffer.concat([length, name, Buffer.from([context.length]), context])
  return keyed(hash, secret, Buffer.concat([info, Buffer.from([1])]))
}

/**
 * The binder for a hello that is cut off before its list of binders; `secret` is the pre-shared key
 * of a ticket.
 */
export function binderOf(hash: SuiteHash, secret: Buffer, partialHello: Buffer): Buffer {
  const early = keyed(hash, Buffer.alloc(lengthOf(hash)), secret)
  const binderKey = expandLabel(hash, early, 'res binder', hashed(hash, Buffer.alloc(0)))
  const finishedKey = expandLabel(hash, binderKey, 'finished', Buffer.alloc(0))
  return keyed(hash, finishedKey, hashed(hash, partialHello))
}
