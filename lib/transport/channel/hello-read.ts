/** Reads what a server answers to a hello, as far as it is not encrypted. */
import { createHash, X509Certificate } from 'node:crypto'
import type { ChannelVersion, HelloExtension, HelloFacts } from '../../model/channel.ts'
import { type WrittenHello, wireVersion } from './hello-write.ts'
import { suiteOf } from './suites.ts'

type Reading = Omit<HelloFacts, 'usual'>

/** Whole handshake messages, and how the answer ended so far. */
interface Messages {
  readonly messages: readonly { readonly type: number; readonly body: Buffer }[]
  readonly alert?: number
  /** The bytes are no records of TLS. */
  readonly foreign?: true
}

const HANDSHAKE = 22
const ALERT = 21

function recordsOf(bytes: Buffer): { handshake: Buffer; alert?: number; foreign?: true } {
  const parts: Buffer[] = []
  let at = 0
  while (at + 5 <= bytes.length) {
    const [type, major] = [bytes[at], bytes[at + 1]]
    const length = bytes.readUInt16BE(at + 3)
    if (major !== 3 || type === undefined || type < 20 || type > 24) {
      return { handshake: Buffer.concat(parts), foreign: true }
    }
    const content = bytes.subarray(at + 5, at + 5 + length)
    if (content.length < length) break
    if (type === ALERT) return { handshake: Buffer.concat(parts), alert: content[1] ?? 0 }
    if (type !== HANDSHAKE) break
    parts.push(content)
    at += 5 + length
  }
  return { handshake: Buffer.concat(parts) }
}

function messagesOf(bytes: Buffer): Messages {
  const { handshake, ...ended } = recordsOf(bytes)
  const messages: { type: number; body: Buffer }[] = []
  let at = 0
  while (at + 4 <= handshake.length) {
    const length = handshake.readUIntBE(at + 1, 3)
    const body = handshake.subarray(at + 4, at + 4 + length)
    if (body.length < length) break
    messages.push({ type: handshake[at] ?? 0, body })
    at += 4 + length
  }
  return { messages, ...ended }
}

const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  40: 'handshake_failure',
  47: 'illegal_parameter',
  50: 'decode_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  109: 'missing_extension',
  112: 'unrecognized_name',
  120: 'no_application_protocol',
}

const extensionNames: Readonly<Record<number, HelloExtension>> = {
  4: 'truncated-hmac',
  5: 'status-request',
  16: 'alpn',
  22: 'encrypt-then-mac',
  23: 'extended-master-secret',
  65281: 'renegotiation-info',
}

const groupNames: Readonly<Record<number, string>> = {
  23: 'P-256',
  24: 'P-384',
  25: 'P-521',
  29: 'X25519',
  30: 'X448',
}

const hashNames: Readonly<Record<number, string>> = {
  1: 'md5',
  2: 'sha1',
  3: 'sha224',
  4: 'sha256',
  5: 'sha384',
  6: 'sha512',
  8: 'by itself',
}

const groupName = (code: number): string => groupNames[code] ?? `group ${code}`

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const versionOf = (code: number): ChannelVersion | undefined =>
  (Object.entries(wireVersion) as [ChannelVersion, number][]).find(([, one]) => one === code)?.[0]

interface ServerHello {
  readonly random: Buffer
  readonly version: ChannelVersion | undefined
  readonly code: number
  readonly compressed: boolean
  readonly extensions: ReadonlyMap<number, Buffer>
}

function extensionsIn(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>()
  let at = 2
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

function serverHello(body: Buffer): ServerHello | undefined {
  const session = body[34]
  if (session === undefined || body.length < 38 + session) return undefined
  const extensions = extensionsIn(body.subarray(38 + session))
  const chosen = extensions.get(43)
  const version = chosen?.length === 2 ? chosen.readUInt16BE(0) : body.readUInt16BE(0)
  return {
    random: body.subarray(2, 34),
    version: versionOf(version),
    code: body.readUInt16BE(35 + session),
    compressed: body[37 + session] !== 0,
    extensions,
  }
}

/** The key that the server agrees with, as TLS 1.2 and before send it. */
function serverKey(body: Buffer, elliptic: boolean, version: ChannelVersion): Partial<Reading> {
  const signed = (at: number): Partial<Reading> => {
    const hash = version === 'TLSv1.2' ? hashNames[body[at] ?? 0] : undefined
    return hash === undefined ? {} : { hash }
  }
  if (elliptic) {
    const length = body[3] ?? 0
    return {
      group: groupName(body.readUInt16BE(1)),
      share: digestOf(body.subarray(4, 4 + length)),
      ...signed(4 + length),
    }
  }
  const prime = body.readUInt16BE(0)
  const bits = body
    .subarray(2, 2 + prime)
    .toString('hex')
    .replace(/^0+/, '')
  const generator = body.readUInt16BE(2 + prime)
  const own = 4 + prime + generator
  const length = body.readUInt16BE(own)
  const first = Number.parseInt(bits.charAt(0), 16).toString(2).length
  return {
    primeBits: (bits.length - 1) * 4 + first,
    share: digestOf(body.subarray(own + 2, own + 2 + length)),
    ...signed(own + 2 + length),
  }
}

/** The certificates of TLS 1.2 and before, in the order in which they came. */
function certificatesIn(body: Buffer): readonly X509Certificate[] {
  const found: X509Certificate[] = []
  let at = 3
  while (at + 3 <= body.length) {
    const length = body.readUIntBE(at, 3)
    found.push(new X509Certificate(body.subarray(at + 3, at + 3 + length)))
    at += 3 + length
  }
  return found
}

function certificateFacts(body: Buffer): Partial<Reading> {
  try {
    const chain = certificatesIn(body)
    const inOrder = chain.every((each, at) => {
      const next = chain[at + 1]
      return next === undefined || each.checkIssued(next)
    })
    const [own] = chain
    return own === undefined
      ? {}
      : { inOrder, responder: /^OCSP - URI:/m.test(own.infoAccess ?? '') }
  } catch {
    return {}
  }
}

function detailsOf(messages: Messages['messages'], version: ChannelVersion): Partial<Reading> {
  const of = (type: number): Buffer | undefined =>
    messages.find((message) => message.type === type)?.body
  const [certificate, key] = [of(11), of(12)]
  let own: Partial<Reading> = {}
  try {
    // A named curve says so in its first octet; a prime begins with its length.
    own = key === undefined ? {} : serverKey(key, key[0] === 3, version)
  } catch {
    // What cannot be read is left unknown.
  }
  return { ...(certificate === undefined ? {} : certificateFacts(certificate)), ...own }
}

/** Stands in the place of chance where a server asks for another hello (RFC 8446 §4.1.3). */
const asksAgain = ({ random }: ServerHello): boolean =>
  random.equals(createHash('sha256').update('HelloRetryRequest').digest())

/** TLS 1.3 keeps to itself what it takes up, but for its key and a session. */
function modernFacts(hello: ServerHello): Partial<Reading> {
  const share = hello.extensions.get(51)
  const group =
    share === undefined || share.length < 2 ? {} : { group: groupName(share.readUInt16BE(0)) }
  // Who asks again names a group, and has no key in it yet.
  if (asksAgain(hello)) return { ...group, again: true }
  return {
    ...group,
    ...(share === undefined || share.length < 2 ? {} : { share: digestOf(share.subarray(2)) }),
    ...(hello.extensions.has(41) ? { resumed: true } : {}),
  }
}

function extensionFacts(hello: ServerHello): Partial<Reading> {
  const { extensions, version } = hello
  if (version === 'TLSv1.3') return modernFacts(hello)
  const protocol = extensions.get(16)?.subarray(3).toString('latin1')
  return {
    extensions: [...extensions.keys()].flatMap((code) => extensionNames[code] ?? []),
    ...(protocol === undefined ? {} : { protocol }),
  }
}

const ANCIENT_HELLO = 4

/** An answer in SSL 2.0 has a header of two octets, the kind, whether a session is known, the version. */
function isAncientHello(bytes: Buffer): boolean {
  return ((bytes[0] ?? 0) & 0x80) !== 0 && bytes[2] === ANCIENT_HELLO && bytes.length >= 13
}

function ancient(bytes: Buffer): Reading | undefined {
  return isAncientHello(bytes) ? { reply: 'answered', version: 'SSLv2' } : undefined
}

/** True where nothing that is readable can follow. */
export function isWhole(bytes: Buffer, offered: WrittenHello): boolean {
  if (offered.versions.includes('SSLv2') && isAncientHello(bytes)) return true
  const { messages, alert, foreign } = messagesOf(bytes)
  if (alert !== undefined || foreign) return true
  const hello = messages.find(({ type }) => type === 2)
  if (hello === undefined) return false
  const version = serverHello(hello.body)?.version
  return version === 'TLSv1.3' || messages.some(({ type }) => type === 14)
}

/** What the bytes say that came before the connection ended or enough was read. */
export function readAnswer(bytes: Buffer, offered: WrittenHello): Reading {
  if (offered.versions.includes('SSLv2')) {
    const old = ancient(bytes)
    if (old !== undefined) return old
  }
  const { messages, alert, foreign } = messagesOf(bytes)
  const first = messages.find(({ type }) => type === 2)
  const hello = first === undefined ? undefined : serverHello(first.body)
  if (hello === undefined) {
    if (alert !== undefined) return { reply: 'alert', alert: alerts[alert] ?? `alert ${alert}` }
    return { reply: foreign || messages.length > 0 ? 'other' : 'ended' }
  }
  const { name, family } = suiteOf(hello.code)
  const { version } = hello
  const fits =
    version !== undefined &&
    offered.versions.includes(version) &&
    offered.suites.includes(hello.code)
  return {
    reply: fits ? 'answered' : 'other',
    ...(version === undefined ? {} : { version }),
    suite: name,
    ...(family === undefined ? {} : { family }),
    compressed: hello.compressed,
    ...extensionFacts(hello),
    ...(version === undefined ? {} : detailsOf(messages, version)),
  }
}
