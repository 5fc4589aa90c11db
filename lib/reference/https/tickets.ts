/**
 * Rewrites the tickets that a TLS engine gives on their way out, since the runtime cannot be told what
 * to write into them: whoever has the keys of a connection can say anything on it.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Passage } from '../http/secure.ts'
import { passing, RECORD_HEAD } from './passing.ts'

/** The suite that is spoken where tickets are rewritten: SHA-256 and AES-128-GCM. */
export const rewritable = 'TLS_AES_128_GCM_SHA256'

const CIPHER = 'aes-128-gcm'
const TAG = 16
const ENCRYPTED = 23
const HANDSHAKE = 22
const TICKET = 4
const EARLY_DATA = 42

/** HKDF-Expand-Label without a context (RFC 8446 §7.1). */
const expanded = (secret: Buffer, label: string, octets: number): Buffer => {
  const name = Buffer.from(`tls13 ${label}`)
  const info = [Buffer.from([0, octets, name.length]), name, Buffer.from([0, 1])]
  return createHmac('sha256', secret).update(Buffer.concat(info)).digest().subarray(0, octets)
}

interface Keys {
  readonly key: Buffer
  readonly iv: Buffer
}

const nonceOf = ({ iv }: Keys, count: number): Buffer => {
  const nonce = Buffer.from(iv)
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ count) >>> 0, 8)
  return nonce
}

/** The content of a record; undefined where it was encrypted with other keys. */
const opened = (record: Buffer, keys: Keys, count: number): Buffer | undefined => {
  const decipher = createDecipheriv(CIPHER, keys.key, nonceOf(keys, count))
  decipher.setAAD(record.subarray(0, RECORD_HEAD))
  decipher.setAuthTag(record.subarray(-TAG))
  const text = decipher.update(record.subarray(RECORD_HEAD, -TAG))
  try {
    return Buffer.concat([text, decipher.final()])
  } catch {
    return undefined
  }
}

const sealed = (content: Buffer, keys: Keys, count: number): Buffer => {
  const length = content.length + TAG
  const head = Buffer.from([ENCRYPTED, 3, 3, length >> 8, length & 0xff])
  const cipher = createCipheriv(CIPHER, keys.key, nonceOf(keys, count))
  cipher.setAAD(head)
  const text = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([head, text, cipher.getAuthTag()])
}

/** The same ticket with an offer of early data, as many octets of it as are said (RFC 8446 §4.6.1). */
const offering = (ticket: Buffer, octets: number): Buffer => {
  const nonce = 13 + (ticket[12] ?? 0)
  const extensions = nonce + 2 + ticket.readUInt16BE(nonce)
  const offer = Buffer.from([0, EARLY_DATA, 0, 4, 0, 0, 0, 0])
  offer.writeUInt32BE(octets, 4)
  const changed = Buffer.concat([ticket, offer])
  changed.writeUInt16BE(ticket.readUInt16BE(extensions) + offer.length, extensions)
  changed.writeUIntBE(changed.length - 4, 1, 3)
  return changed
}

/** Content is followed by its type; OpenSSL writes each ticket into a record of its own. */
const changed = (content: Buffer, octets: number): Buffer | undefined => {
  const message = content.subarray(0, -1)
  const alone = content.at(-1) === HANDSHAKE && message[0] === TICKET
  return alone && message.readUIntBE(1, 3) === message.length - 4
    ? Buffer.concat([offering(message, octets), Buffer.from([HANDSHAKE])])
    : undefined
}

/** What is no ticket stays as it is. */
const rewriter = (
  octets: number,
): { rewritten: (record: Buffer) => Buffer; keyed: Passage['keyed'] } => {
  let keys: Keys | undefined
  let count = 0
  return {
    keyed: (line) => {
      const secret = /^SERVER_TRAFFIC_SECRET_0 \w+ (\w+)/.exec(line.toString('latin1'))?.[1]
      if (secret === undefined) return
      const bytes = Buffer.from(secret, 'hex')
      keys = { key: expanded(bytes, 'key', 16), iv: expanded(bytes, 'iv', 12) }
    },
    rewritten: (record) => {
      if (keys === undefined || record[0] !== ENCRYPTED) return record
      const content = opened(record, keys, count)
      if (content === undefined) return record
      const other = changed(content, octets)
      const out = other === undefined ? record : sealed(other, keys, count)
      count += 1
      return out
    },
  }
}

/** Has a server offer early data in every ticket, whatever it does with it. */
export const offersEarlyData =
  (octets: number) =>
  (raw: Socket): Passage => {
    const { rewritten, keyed } = rewriter(octets)
    return passing(raw, rewritten, keyed)
  }
