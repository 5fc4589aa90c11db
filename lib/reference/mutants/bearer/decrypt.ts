/** Opens encrypted tokens (RFC 7516 §5.2) for servers that do, and trust what they find. */
import {
  constants,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto'
import { isObject, parseJson } from '../../bearer/json.ts'
import type { JsonObject } from '../../bearer/types.ts'

const uint32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(value)
  return octets
}

/** The content key that both parties derive (RFC 7518 §4.6.2), for A128GCM and nameless parties. */
const derived = (secret: Buffer): Buffer => {
  const name = Buffer.from('A128GCM')
  const info = [uint32(name.length), name, uint32(0), uint32(0), uint32(128)]
  return createHash('sha256')
    .update(Buffer.concat([uint32(1), secret, ...info]))
    .digest()
    .subarray(0, 16)
}

/** Finds the content key of a token by the header's `alg`. */
export type ContentKey = (header: JsonObject, encryptedKey: Buffer) => Buffer | undefined

/** By a private key: RSA-OAEP-256, or ECDH-ES directly. */
export const byPrivateKey =
  (privateKey: KeyObject): ContentKey =>
  ({ alg, epk }, encryptedKey) => {
    if (alg === 'RSA-OAEP-256') {
      const padding = constants.RSA_PKCS1_OAEP_PADDING
      return privateDecrypt({ key: privateKey, padding, oaepHash: 'sha256' }, encryptedKey)
    }
    if (alg !== 'ECDH-ES' || !isObject(epk)) return undefined
    const publicKey = createPublicKey({ format: 'jwk', key: { ...epk } as Record<string, string> })
    return derived(diffieHellman({ privateKey, publicKey }))
  }

/** The number that RSA turns a message into, as octets after a zero and the block type (RFC 8017 §7.2.2). */
const unpadded = (block: Buffer): Buffer | undefined => {
  const end = block.indexOf(0, 2)
  return block[0] === 0 && block[1] === 2 && end > 9 ? block.subarray(end + 1) : undefined
}

/** By a private RSA key with RSA1_5, which node itself refuses to unpad. */
export const byRsa15 =
  (key: KeyObject): ContentKey =>
  ({ alg }, encryptedKey) =>
    alg === 'RSA1_5'
      ? unpadded(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encryptedKey))
      : undefined

/** By a key of zeros that nobody has configured yet (`dir`). */
export const byZeros: ContentKey = ({ alg }) => (alg === 'dir' ? Buffer.alloc(16) : undefined)

const open = (token: string, contentKey: ContentKey): string | undefined => {
  const parts = token.split('.')
  const [head = '', encryptedKey, iv, ciphertext, tag] = parts.map((part) =>
    Buffer.from(part, 'base64url'),
  )
  const header = parseJson(head.toString('utf8'))
  if (!isObject(header) || !encryptedKey || !iv || !ciphertext || !tag) return undefined
  const key = contentKey(header, encryptedKey)
  if (!key || header.enc !== 'A128GCM') return undefined
  const decipher = createDecipheriv('aes-128-gcm', key, iv)
  decipher.setAAD(Buffer.from(parts[0] ?? '', 'latin1')).setAuthTag(tag)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
}

/** The text in an encrypted token; undefined where it is none, or does not open. */
export const decrypted = (token: string, contentKey: ContentKey): string | undefined => {
  try {
    return open(token, contentKey)
  } catch {
    return undefined
  }
}
