/** Reads what a client offers when it begins to speak TLS (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */

/** What one client offered. */
export interface ClientHello {
  /** The versions as numbers, such as 0x0303 for TLS 1.2; one where the client names the highest alone. */
  readonly versions: readonly number[]
  /** It says that it renegotiates securely, by extension or by suite (RFC 5746 §3.4). */
  readonly renegotiation: boolean
  /** It takes a signature with SHA-256. */
  readonly sha256: boolean
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const SIGNATURE_ALGORITHMS = 13
const SUPPORTED_VERSIONS = 43
const RENEGOTIATION_INFO = 0xff01
const RENEGOTIATION_SUITE = 0x00ff
/** RSA PKCS #1, ECDSA, and RSA-PSS with either kind of key (RFC 8446 §4.2.3). */
const WITH_SHA256 = [0x0401, 0x0403, 0x0804, 0x0809]
const RECORD_HEAD = 5
/** The longest record (RFC 8446 §5.1), and its head. */
export const LONGEST_HELLO: number = 16_384 + RECORD_HEAD

/** True where the bytes begin as a record of TLS does. */
export function isTls(bytes: Buffer): boolean {
  return bytes[0] === HANDSHAKE
}

/** True where nothing of the first record is missing. */
export function isWhole(bytes: Buffer): boolean {
  if (bytes.length < RECORD_HEAD) return false
  return bytes.length >= RECORD_HEAD + bytes.readUInt16BE(3)
}

function numbersIn(bytes: Buffer): readonly number[] {
  return Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readUInt16BE(at * 2))
}

function extensionsIn(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 2; at + 4 <= bytes.length; ) {
    const ends = at + 4 + bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, ends))
    at = ends
  }
  return found
}

// Numbers that nobody knows are sprinkled among the versions, lest servers choke on new ones (RFC 8701).
const isVersion = (version: number): boolean => version >= 0x0300 && version <= 0x0304

function versionsOf(extension: Buffer | undefined, legacy: number): readonly number[] {
  return extension === undefined ? [legacy] : numbersIn(extension.subarray(1)).filter(isVersion)
}

/** Reads a hello within one record; undefined for bytes that are none. */
export function readHello(bytes: Buffer): ClientHello | undefined {
  if (!isTls(bytes) || !isWhole(bytes) || bytes[RECORD_HEAD] !== CLIENT_HELLO) return undefined
  const record = bytes.subarray(RECORD_HEAD, RECORD_HEAD + bytes.readUInt16BE(3))
  const body = record.subarray(4)
  try {
    // What goes on in a further record is not known here, and must not be missed in this one.
    if (record.readUIntBE(1, 3) > body.length) return undefined
    const session = 35 + body.readUInt8(34)
    const compression = session + 2 + body.readUInt16BE(session)
    const suites = numbersIn(body.subarray(session + 2, compression))
    const extensions = extensionsIn(body.subarray(compression + 1 + body.readUInt8(compression)))
    const signatures = extensions.get(SIGNATURE_ALGORITHMS)
    const schemes = signatures === undefined ? [] : numbersIn(signatures.subarray(2))
    return {
      versions: versionsOf(extensions.get(SUPPORTED_VERSIONS), body.readUInt16BE(0)),
      renegotiation: extensions.has(RENEGOTIATION_INFO) || suites.includes(RENEGOTIATION_SUITE),
      sha256: schemes.some((scheme) => WITH_SHA256.includes(scheme)),
    }
  } catch {
    // Lengths that lead beyond the record: nobody who speaks TLS wrote this.
    return undefined
  }
}
