/**
 * Writes other nonces than a TLS engine does before its records of TLS 1.2 with AES-GCM: whoever has
 * the keys of a connection can encrypt anew what is said on it.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Passage } from '../http/secure.ts'
import { passing, RECORD_HEAD } from './passing.ts'

/** The eight octets that are written before the record that so many came before. */
export type Explicit = (count: bigint) => Buffer

const CHANGE_CIPHER_SPEC = 20
const HANDSHAKE = 22
const SERVER_HELLO = 2
const EXPLICIT = 8
const TAG = 16

/** A number in eight octets. */
export const octets = (count: bigint): Buffer => {
  const bytes = Buffer.alloc(EXPLICIT)
  bytes.writeBigUInt64BE(count)
  return bytes
}

interface Kind {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm'
  readonly keyOctets: number
  /** Of the function that keys are made with. */
  readonly hash: string
}

const with128: Kind = { cipher: 'aes-128-gcm', keyOctets: 16, hash: 'sha256' }
const with256: Kind = { cipher: 'aes-256-gcm', keyOctets: 32, hash: 'sha384' }

/** ECDHE with an ECDSA key and with an RSA key (RFC 5289 §3.2). */
const kinds: ReadonlyMap<number, Kind> = new Map([
  [0xc02b, with128],
  [0xc02f, with128],
  [0xc02c, with256],
  [0xc030, with256],
])

/** P_hash (RFC 5246 §5). */
const expanded = (hash: string, secret: Buffer, seed: Buffer, length: number): Buffer => {
  const mac = (text: Buffer): Buffer => createHmac(hash, secret).update(text).digest()
  const out: Buffer[] = []
  for (let a = mac(seed); Buffer.concat(out).length < length; a = mac(a)) {
    out.push(mac(Buffer.concat([a, seed])))
  }
  return Buffer.concat(out).subarray(0, length)
}

interface Keys {
  readonly cipher: Kind['cipher']
  readonly key: Buffer
  /** What is never written. */
  readonly implicit: Buffer
}

interface Chosen {
  readonly kind: Kind
  readonly random: Buffer
}

/** The server's own part of the key block, which has no keys for a MAC (RFC 5246 §6.3). */
const keysOf = ({ kind, random }: Chosen, master: Buffer, client: Buffer): Keys => {
  const { cipher, keyOctets, hash } = kind
  const seed = Buffer.concat([Buffer.from('key expansion'), random, client])
  const block = expanded(hash, master, seed, 2 * keyOctets + 8)
  return {
    cipher,
    key: block.subarray(keyOctets, 2 * keyOctets),
    implicit: block.subarray(2 * keyOctets + 4),
  }
}

/** The choice that a server tells first of all; undefined where it is no suite of these. */
const chosenIn = (record: Buffer): Chosen | undefined => {
  if (record[0] !== HANDSHAKE || record[RECORD_HEAD] !== SERVER_HELLO) return undefined
  const hello = record.subarray(RECORD_HEAD + 4)
  const session = 35 + (hello[34] ?? 0)
  const kind = kinds.get(hello.readUInt16BE(session))
  return kind && { kind, random: hello.subarray(2, 34) }
}

/** What goes with a record without being in it: its number, type, version, and length (RFC 5246 §6.2.3.3). */
const aside = (record: Buffer, count: bigint): Buffer => {
  const length = record.length - RECORD_HEAD - EXPLICIT - TAG
  return Buffer.concat([
    octets(count),
    record.subarray(0, 3),
    Buffer.from([length >> 8, length & 0xff]),
  ])
}

/** The content of a record; throws where it was encrypted with other keys. */
const opened = (record: Buffer, { cipher, key, implicit }: Keys, count: bigint): Buffer => {
  const text = RECORD_HEAD + EXPLICIT
  const nonce = Buffer.concat([implicit, record.subarray(RECORD_HEAD, text)])
  const decipher = createDecipheriv(cipher, key, nonce)
  decipher.setAAD(aside(record, count)).setAuthTag(record.subarray(-TAG))
  return Buffer.concat([decipher.update(record.subarray(text, -TAG)), decipher.final()])
}

/** The record anew, under another nonce; nobody who reads it can tell but by that. */
const sealed = (record: Buffer, keys: Keys, count: bigint, explicit: Buffer): Buffer => {
  const content = opened(record, keys, count)
  const cipher = createCipheriv(keys.cipher, keys.key, Buffer.concat([keys.implicit, explicit]))
  cipher.setAAD(aside(record, count))
  const text = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([record.subarray(0, RECORD_HEAD), explicit, text, cipher.getAuthTag()])
}

/** Has a server write nonces of somebody else's choice; other suites and versions go by as they are. */
export const writesNonces =
  (explicit: Explicit) =>
  (raw: Socket): Passage => {
    let chosen: Chosen | undefined
    let keys: Keys | undefined
    let encrypted = false
    let count = 0n
    const rewritten = (record: Buffer): Buffer => {
      if (!encrypted) {
        chosen ??= chosenIn(record)
        encrypted = record[0] === CHANGE_CIPHER_SPEC
        return record
      }
      if (keys === undefined) return record
      const out = sealed(record, keys, count, explicit(count))
      count += 1n
      return out
    }
    const keyed = (line: Buffer): void => {
      const [, client, master] = /^CLIENT_RANDOM (\w+) (\w+)/.exec(line.toString('latin1')) ?? []
      if (chosen === undefined || client === undefined || master === undefined) return
      keys = keysOf(chosen, Buffer.from(master, 'hex'), Buffer.from(client, 'hex'))
    }
    return passing(raw, rewritten, keyed)
  }
