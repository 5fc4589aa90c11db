/**
 * Writes the answer to a hello as stacks of another time do. The runtime speaks none of what is shown
 * so, and neither do those who ask: a handshake goes no further than this.
 */
import { createECDH, createHash } from 'node:crypto'

/** What is chosen. */
export interface ServerHello {
  readonly version: number
  /** Not repeated unless told. */
  readonly session?: Buffer
  readonly suite: number
  readonly compression?: number
  /** By number, in order. */
  readonly extensions?: readonly (readonly [code: number, content: Buffer])[]
  /** In DER. */
  readonly certificate?: Buffer
  /** The key that is agreed with: the bits of a prime, or a group by its number. */
  readonly key?:
    | { readonly bits: number; readonly seed: string }
    | { readonly group: number; readonly hash?: number }
  /** What follows is encrypted, as in TLS 1.3, and is left out. */
  readonly alone?: true
}

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])
const after16 = (...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([u16(content.length), content])
}

const after24 = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0]), u16(content.length), content])

const message = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, 0]), u16(body.length), body])

const stretched = (seed: string, octets: number): Buffer => {
  const parts = Array.from({ length: Math.ceil(octets / 64) }, (_, at) =>
    createHash('sha512').update(`${seed} ${at}`).digest(),
  )
  return Buffer.concat(parts).subarray(0, octets)
}

/** Nobody computes with this prime, so it need not be one: it has the length of one. */
const primeOf = (bits: number): Buffer => {
  const prime = stretched('prime', bits / 8)
  prime[0] = (prime[0] ?? 0) | 0x80
  prime[prime.length - 1] = (prime[prime.length - 1] ?? 0) | 1
  return prime
}

const SHA_256 = 4

/** A signature that nobody will verify, and the hash that it says it was made with. */
const signature = (hash = SHA_256): Buffer =>
  Buffer.concat([Buffer.from([hash, 1]), after16(stretched('signature', 256))])

const keyExchange = (key: NonNullable<ServerHello['key']>): Buffer => {
  if ('group' in key) {
    const point = createECDH('prime256v1').generateKeys()
    return Buffer.concat([
      Buffer.from([3]),
      u16(key.group),
      Buffer.from([point.length]),
      point,
      signature(key.hash),
    ])
  }
  const share = stretched(key.seed, key.bits / 8)
  return Buffer.concat([
    after16(primeOf(key.bits)),
    after16(Buffer.from([2])),
    after16(share),
    signature(),
  ])
}

const record = (version: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([22]), u16(version), after16(content)])

/** The bytes of an answer up to where the client would go on. */
export const writeServerHello = (chosen: ServerHello): Buffer => {
  const { version, suite, compression = 0, extensions = [], certificate, key } = chosen
  const { session = Buffer.alloc(0), alone = false } = chosen
  const listed = extensions.map(([code, content]) => Buffer.concat([u16(code), after16(content)]))
  const hello = Buffer.concat([
    u16(version),
    stretched('random', 32),
    Buffer.from([session.length]),
    session,
    u16(suite),
    Buffer.from([compression]),
    ...(listed.length === 0 ? [] : [after16(...listed)]),
  ])
  return record(
    version,
    Buffer.concat([
      message(2, hello),
      ...(certificate === undefined ? [] : [message(11, after24(after24(certificate)))]),
      ...(key === undefined ? [] : [message(12, keyExchange(key))]),
      ...(alone ? [] : [message(14, Buffer.alloc(0))]),
    ]),
  )
}

/** An answer in SSL 2.0: no known session, a certificate of no bytes, RC4, and a connection id. */
export const ancientServerHello = (): Buffer => {
  const content = Buffer.concat([
    Buffer.from([4, 0, 1]),
    u16(2),
    u16(0),
    u16(3),
    u16(16),
    Buffer.from('010080', 'hex'),
    stretched('connection', 16),
  ])
  return Buffer.concat([u16(0x8000 | content.length), content])
}
