/** Writes the first message of a handshake, of any version there ever was. */
import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ChannelVersion, GroupName, Hello } from '../../model/channel.ts'
import { binderOf, hashOfSuite, lengthOf } from './binder.ts'
import type { Resumable } from './session.ts'
import { codesOf, usualFamilies } from './suites.ts'

/** The two octets by which a version is called on the wire. */
export const wireVersion: Readonly<Record<ChannelVersion, number>> = {
  SSLv2: 0x0002,
  SSLv3: 0x0300,
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
}

/** Group numbers (the TLS Supported Groups registry of IANA); `small`: secp160, secp192, secp193. */
const groupCodes: Readonly<Record<GroupName, readonly number[]>> = {
  X25519: [29],
  'P-256': [23],
  'P-384': [24],
  'P-521': [25],
  small: [15, 16, 17, 18, 19, 1, 2, 3, 4, 5],
}

const usualGroups: readonly GroupName[] = ['X25519', 'P-256', 'P-384', 'P-521']

/** Strongest first; the last ones are there so that who knows nothing better still answers. */
const signatureSchemes = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201,
]

export const u8 = (value: number): Buffer => Buffer.from([value])
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])
const u24 = (value: number): Buffer => Buffer.from([value >> 16, (value >> 8) & 0xff, value & 0xff])

/** Content after its length in one octet, or in two. */
const after8 = (...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([u8(content.length), content])
}
const after16 = (...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([u16(content.length), content])
}

const extension = (code: number, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([u16(code), after16(...parts)])

/** Curves by the names that OpenSSL has for them. */
const curves: Readonly<Partial<Record<GroupName, string>>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

/** Groups that clients have a key ready in; whoever wants another asks for another hello. */
const ready: ReadonlySet<GroupName> = new Set(['X25519', 'P-256'])

const shareOf = (group: GroupName): Buffer | undefined => {
  const [code] = groupCodes[group]
  if (code === undefined) return undefined
  if (group === 'X25519') {
    const { publicKey } = generateKeyPairSync('x25519')
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    return Buffer.concat([u16(code), after16(raw)])
  }
  const curve = curves[group]
  if (curve === undefined) return undefined
  return Buffer.concat([u16(code), after16(createECDH(curve).generateKeys())])
}

/** What a hello says, every default filled in. */
export interface WrittenHello {
  readonly versions: readonly ChannelVersion[]
  readonly suites: readonly number[]
  readonly groups: readonly GroupName[]
  /** The host name that is asked for, if any. */
  readonly name?: string
  readonly protocols: readonly string[]
  readonly also?: Hello['also']
  /** A session to come back to, with or without a new key. */
  readonly resume?: Resumable & {
    /** Milliseconds since its ticket came. */
    readonly age: number
  }
}

/** A host name that is nobody's (RFC 6761 §6.4). */
const nobody = 'nobody.invalid'

/** Fills in what a hello leaves out; `host` is the name to ask for, absent for an address. */
export const completed = (hello: Hello, host: string | undefined): WrittenHello => {
  const name = hello.name === 'unknown' ? nobody : hello.name === 'absent' ? undefined : host
  return {
    versions: hello.versions ?? ['TLSv1.3', 'TLSv1.2'],
    suites: codesOf(hello.suites ?? usualFamilies),
    groups: hello.groups ?? usualGroups,
    protocols: hello.protocols ?? ['http/1.1'],
    ...(name === undefined ? {} : { name }),
    ...(hello.also === undefined ? {} : { also: hello.also }),
  }
}

const forName = (name: string): Buffer =>
  extension(0, after16(u8(0), after16(Buffer.from(name, 'latin1'))))

const forProtocols = (protocols: readonly string[]): Buffer =>
  extension(16, after16(...protocols.map((each) => after8(Buffer.from(each, 'latin1')))))

const forVersions = (versions: readonly ChannelVersion[]): Buffer =>
  extension(43, after8(...versions.map((version) => u16(wireVersion[version]))))

const PSK_KE = 0
const PSK_DHE_KE = 1

/** A list of one binder, which has to be filled in yet. */
const noBinder = ({ suite }: Resumable): Buffer =>
  after16(after8(Buffer.alloc(lengthOf(hashOfSuite(suite)))))

/** The last extension of all, since what stands before it is bound by it. */
const forSession = (resume: NonNullable<WrittenHello['resume']>): Buffer => {
  const { ticket, age, ageAdd } = resume
  const obscured = Buffer.alloc(4)
  obscured.writeUInt32BE((Math.round(age) + ageAdd) % 2 ** 32)
  return extension(41, after16(after16(ticket), obscured), noBinder(resume))
}

const extensionsOf = (hello: WrittenHello): Buffer => {
  const { name, versions, groups, protocols, also, resume } = hello
  const modern = versions.includes('TLSv1.3')
  // Who asks for another hello says nothing of the session, so that no group is left without a key.
  const keyed = groups.filter((group) => ready.has(group) || resume !== undefined)
  const shares = modern ? keyed.flatMap((group) => shareOf(group) ?? []) : []
  const modes = resume === undefined ? [PSK_DHE_KE] : [PSK_DHE_KE, PSK_KE]
  return after16(
    ...(name === undefined ? [] : [forName(name)]),
    extension(5, u8(1), u16(0), u16(0)),
    extension(10, after16(...groups.flatMap((group) => groupCodes[group].map(u16)))),
    extension(11, after8(u8(0))),
    extension(13, after16(...signatureSchemes.map(u16))),
    forProtocols(protocols),
    extension(22),
    extension(23),
    ...(also === 'truncated-hmac' ? [extension(4)] : []),
    extension(0xff01, after8()),
    // Without TLS 1.3 the version that stands in the hello itself says all.
    ...(modern ? [forVersions(versions), extension(45, after8(...modes.map(u8)))] : []),
    ...(modern ? [extension(51, after16(...shares))] : []),
    ...(resume === undefined ? [] : [forSession(resume)]),
  )
}

/** Signals what renegotiation_info does, to who knows no extensions (RFC 5746 §3.3). */
const SIGNALLING_SUITE = 0x00ff

const bodyOf = (hello: WrittenHello): Buffer => {
  const highest = Math.max(...hello.versions.map((version) => wireVersion[version]))
  const old = highest <= wireVersion.SSLv3
  const suites = old ? [...hello.suites, SIGNALLING_SUITE] : hello.suites
  return Buffer.concat([
    u16(Math.min(highest, wireVersion['TLSv1.2'])),
    randomBytes(32),
    after8(highest > wireVersion['TLSv1.2'] ? randomBytes(32) : Buffer.alloc(0)),
    after16(...suites.map(u16)),
    hello.also === 'compression' ? after8(u8(1), u8(0)) : after8(u8(0)),
    ...(old ? [] : [extensionsOf(hello)]),
  ])
}

/** Suites of SSL 2.0, three octets each: RC4, RC2, DES, 3DES, and their export kinds. */
const ancientSuites = Buffer.from('0100800200800300800400800600400700c0', 'hex')

/** The hello of SSL 2.0, which has a form of its own. */
const ancientHello = (): Buffer => {
  const challenge = randomBytes(16)
  const content = Buffer.concat([
    u8(1),
    u16(wireVersion.SSLv2),
    u16(ancientSuites.length),
    u16(0),
    u16(challenge.length),
    ancientSuites,
    challenge,
  ])
  return Buffer.concat([u16(0x8000 | content.length), content])
}

/** The same message with its binder in the place that was kept for it, which is its end. */
const bound = (message: Buffer, resume: Resumable): Buffer => {
  const hash = hashOfSuite(resume.suite)
  const partial = message.subarray(0, message.length - noBinder(resume).length)
  const binder = binderOf(hash, resume.secret, partial)
  return Buffer.concat([message.subarray(0, message.length - binder.length), binder])
}

/** The bytes of a hello in its record. */
export const writeHello = (hello: WrittenHello): Buffer => {
  if (hello.versions.includes('SSLv2')) return ancientHello()
  const body = bodyOf(hello)
  const whole = Buffer.concat([u8(1), u24(body.length), body])
  const message = hello.resume === undefined ? whole : bound(whole, hello.resume)
  const lowest = Math.min(...hello.versions.map((version) => wireVersion[version]))
  const record = Math.min(lowest, wireVersion.TLSv1)
  return Buffer.concat([u8(22), u16(record), after16(message)])
}
