/** Turns the values that a case writes for members of a token into JSON text, octet by octet. */
import { createHash, type KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '../../jose/algorithms.ts'
import { thumbprint, toJwk, toPrivateJwk } from '../../jose/jwk.ts'
import type { Member, MemberChange } from '../../jose/members.ts'
import type { MemberValue, TextChange } from '../../model/case.ts'
import type { Json } from '../../model/json.ts'
import type { Random } from '../../text/random.ts'
import { decodeUtf8 } from '../../text/visible.ts'
import { selfSigned } from '../../x509/self-signed.ts'
import { bytesOf, utf8 } from '../bytes.ts'
import { changeText } from '../text-change.ts'
import { type Base, type Moment, timeAt } from './base.ts'
import type { Keyring } from './keyring.ts'
import { LackError } from './lack-error.ts'

/** All that the values of one token are made from. */
export interface Scope {
  readonly keyring: Keyring
  readonly base: Base
  readonly moment: Moment
  readonly random: Random
  /** What a foreign key signs with in this token. */
  readonly foreignAlg: SigningAlgorithm
  /** The certificate of a foreign key, the same one throughout the token. */
  readonly certificate: (key: KeyObject) => Buffer
  /** A URL of the tool's own listener where a document about a foreign key lies, if there is one. */
  readonly callback?: (alg: string, document: string) => string
}

export type Part = 'header' | 'claims'
type Members = { readonly [member: string]: MemberValue }

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['iss', '--issuer I'],
  ['aud', '--audience A'],
  ['kid', '--kid K'],
])

/** The members of a fault as changes of the valid token's; throws LackError where one cannot be made. */
export function changesOf(members: Members, part: Part, scope: Scope): readonly MemberChange[] {
  return Object.entries(members).map(([name, value]): MemberChange => {
    const valueText = textOf(value, part, scope)
    return valueText === undefined ? { name, absent: true } : { name, valueText }
  })
}

/** The members of a fault that are there at all, to be written beside others of the same names. */
export function membersIn(members: Members, part: Part, scope: Scope): readonly Member[] {
  return changesOf(members, part, scope).filter((change): change is Member => !('absent' in change))
}

function isSpecial<K extends string>(
  value: object,
  key: K,
): value is Extract<MemberValue, { readonly [key in K]: unknown }> {
  return Object.hasOwn(value, key)
}

/** JSON text of a value; undefined for a member that is not to be there. */
function textOf(value: MemberValue, part: Part, scope: Scope): Buffer | undefined {
  if (typeof value !== 'object' || value === null) return Buffer.from(JSON.stringify(value))
  if (Array.isArray(value)) return arrayText(value, part, scope)
  return isSpecial(value, '$absent')
    ? undefined
    : (specialText(value, part, scope) ?? objectText(value as Members, part, scope))
}

function arrayText(list: readonly MemberValue[], part: Part, scope: Scope): Buffer {
  const parts = list.flatMap((each) => textOf(each, part, scope) ?? [])
  return enclosed('[', parts, ']')
}

function objectText(members: Members, part: Part, scope: Scope): Buffer {
  const parts = Object.entries(members).flatMap(([name, each]) => {
    const text = textOf(each, part, scope)
    return text === undefined
      ? []
      : [Buffer.concat([Buffer.from(`${JSON.stringify(name)}:`), text])]
  })
  return enclosed('{', parts, '}')
}

function enclosed(open: string, parts: readonly Buffer[], close: string): Buffer {
  const inner = parts.flatMap((each, index) => (index === 0 ? [each] : [Buffer.from(','), each]))
  return Buffer.concat([Buffer.from(open), ...inner, Buffer.from(close)])
}

function specialText(value: object, part: Part, scope: Scope): Buffer | undefined {
  if (isSpecial(value, '$now')) return Buffer.from(timeText(value, scope))
  if (isSpecial(value, '$valid')) return validText(value, part, scope)
  if (isSpecial(value, '$key')) return Buffer.from(JSON.stringify(keyValue(value, scope)))
  if (isSpecial(value, '$callback'))
    return Buffer.from(JSON.stringify(callbackUrl(value.$callback, scope)))
  if (isSpecial(value, '$kidOf')) return Buffer.from(JSON.stringify(hostedKid(value, scope)))
  if (isSpecial(value, '$literal')) return Buffer.from(value.$literal)
  if (isSpecial(value, '$bytes') || isSpecial(value, '$repeat')) return stringText(bytesOf(value))
  return undefined
}

/** A JSON string of these octets (latin1), which stand as they are where they are no UTF-8. */
function stringText(octets: string): Buffer {
  const text = decodeUtf8(octets)
  if (text !== undefined) return Buffer.from(JSON.stringify(text))
  return Buffer.concat([Buffer.from('"'), Buffer.from(octets, 'latin1'), Buffer.from('"')])
}

function timeText(
  value: { readonly $now: number; readonly as?: 'string' | 'milliseconds' },
  scope: Scope,
): string {
  const time = timeAt(scope.moment, value.$now)
  if (value.as === 'milliseconds') return String(time * 1000)
  return value.as === 'string' ? `"${time}"` : String(time)
}

function validText(
  value: { readonly $valid: string; readonly change?: TextChange },
  part: Part,
  scope: Scope,
): Buffer {
  const { $valid: name, change } = value
  const members = scope.base[part]
  const own = Object.hasOwn(members, name) ? members[name] : undefined
  if (own === undefined) throw lacking(name, part, scope)
  if (change === undefined) return Buffer.from(JSON.stringify(own))
  return changedText(own, change, scope) ?? refuse(name, part, scope)
}

function lacking(name: string, part: Part, { base }: Scope): LackError {
  const what = part === 'header' ? `the header member ${name}` : `the claim ${name}`
  const option =
    base.trusted === undefined ? '--bearer TOKEN' : (OPTIONS.get(name) ?? '--claims FILE')
  return new LackError(`a token with ${what}`, option)
}

function refuse(name: string, part: Part, scope: Scope): never {
  const { what } = lacking(name, part, scope)
  throw new LackError(`${what.missing} as text`, what.option)
}

function changedText(own: Json, change: TextChange, scope: Scope): Buffer | undefined {
  const changed = (text: string): Buffer => stringText(changeText(utf8(text), change, scope.random))
  if (typeof own === 'string') return changed(own)
  // An audience may be a list (RFC 7519 §4.1.3): then each of its texts is changed.
  if (!Array.isArray(own) || own.length === 0) return undefined
  const texts = own.filter((each): each is string => typeof each === 'string')
  return texts.length === own.length ? enclosed('[', texts.map(changed), ']') : undefined
}

function keyValue(
  value: Extract<MemberValue, { readonly $key: 'foreign' | 'trusted' }>,
  scope: Scope,
): Json {
  const { keyring, base, foreignAlg } = scope
  const kid = base.header.kid === undefined ? {} : { kid: base.header.kid }
  if (value.$key === 'trusted') {
    const { publicKey } = keyring
    if (publicKey === undefined)
      throw new LackError('the public key of the server', '--public-key FILE')
    if (value.as === 'jwk') return publicKey.published ?? toJwk(publicKey.key, kid)
    throw new LackError("a certificate of the server's key", '--public-key FILE')
  }
  const key = keyring.foreign(foreignAlg)
  if (value.as !== 'jwk') {
    if (key.type === 'secret')
      throw new LackError('an algorithm with a public key', '--bearer TOKEN')
    const certificate = scope.certificate(key)
    if (value.as === 'certificates') return [certificate.toString('base64')]
    return createHash(THUMBPRINTS[value.as]).update(certificate).digest('base64url')
  }
  const members = { ...kid, alg: foreignAlg }
  return key.type === 'secret' ? toPrivateJwk(key, members) : toJwk(key, members)
}

/** What a thumbprint in a header is made with (RFC 7515 §4.1.7 and §4.1.8). */
const THUMBPRINTS = { x5t: 'sha1', 'x5t#S256': 'sha256' } as const

/** Makes certificates of keys, the same one of each key every time: its signature has chance in it. */
export function certificates(): Scope['certificate'] {
  const made = new Map<KeyObject, Buffer>()
  return (key) => {
    const certificate = made.get(key) ?? selfSigned(key, { name: 'conformance' })
    made.set(key, certificate)
    return certificate
  }
}

function hostedKid(
  { $kidOf: name, as }: Extract<MemberValue, { readonly $kidOf: string }>,
  { keyring }: Scope,
): string {
  const { hosted } = keyring
  if (hosted !== undefined) {
    return as === undefined ? hosted.kidOf(name) : thumbprint(hosted.trusted(name).key)
  }
  throw new LackError('a key set that the server reads', '--jwks-listen HOST:PORT')
}

function callbackUrl(document: string, { callback, foreignAlg }: Scope): string {
  if (callback === undefined) {
    throw new LackError('a listener that the server can reach', '--jwks-listen HOST:PORT')
  }
  return callback(foreignAlg, document)
}
