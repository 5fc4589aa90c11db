/** Reads the first message of a client, before any TLS is spoken (RFC 8446 §4.1.2). */

/** What a client offers. */
export interface ClientHello {
  /** The highest version offered: 2 for SSL 2.0, 0x0300 to 0x0304 for what came after. */
  readonly highest: number
  /** All versions, where the client lists them. */
  readonly versions: readonly number[]
  /** Repeated by whoever answers with TLS 1.3. */
  readonly session: Buffer
  readonly suites: readonly number[]
  readonly compression: readonly number[]
  /** By number, without their length. */
  readonly extensions: ReadonlyMap<number, Buffer>
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1

const pairs = (bytes: Buffer): readonly number[] =>
  Array.from({ length: Math.floor(bytes.length / 2) }, (_, at) => bytes.readUInt16BE(at * 2))

const extensionsOf = (bytes: Buffer): ReadonlyMap<number, Buffer> => {
  const found = new Map<number, Buffer>()
  for (let at = 2; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

const versionsIn = (extension: Buffer | undefined): readonly number[] =>
  extension === undefined ? [] : pairs(extension.subarray(1)).filter((one) => one >> 8 === 3)

/** True where the bytes begin like any version of TLS or SSL. */
export const isHello = (bytes: Buffer): boolean =>
  bytes[0] === HANDSHAKE || (((bytes[0] ?? 0) & 0x80) !== 0 && bytes[2] === CLIENT_HELLO)

/** True where nothing of the hello is missing. */
export const isWholeHello = (bytes: Buffer): boolean => {
  if (bytes.length < 5) return false
  return bytes[0] === HANDSHAKE
    ? bytes.length >= 5 + bytes.readUInt16BE(3)
    : bytes.length >= 2 + (bytes.readUInt16BE(0) & 0x7fff)
}

/** Reads a hello that is whole. */
export const readClientHello = (bytes: Buffer): ClientHello => {
  if (bytes[0] !== HANDSHAKE) {
    const none = Buffer.alloc(0)
    const nothing = { versions: [], suites: [], compression: [], extensions: new Map() }
    return { highest: 2, session: none, ...nothing }
  }
  const body = bytes.subarray(9)
  const session = 35 + (body[34] ?? 0)
  const suites = session + 2 + body.readUInt16BE(session)
  const compression = suites + 1 + (body[suites] ?? 0)
  const extensions = extensionsOf(body.subarray(compression))
  const versions = versionsIn(extensions.get(43))
  return {
    highest: Math.max(body.readUInt16BE(0), ...versions),
    versions,
    session: body.subarray(35, session),
    suites: pairs(body.subarray(session + 2, suites)),
    compression: [...body.subarray(suites + 1, compression)],
    extensions,
  }
}
