/** The faults of a token in words. They show what the case put there, never what the operator has. */
import type {
  JsonChange,
  JwtFault,
  KeyChoice,
  MemberValue,
  SegmentChange,
  SignatureChange,
} from '../../model/case.ts'
import { visibleText } from '../../text/visible.ts'
import { bytesOf, nameBytes } from '../bytes.ts'
import { sayTextChange } from '../text-change.ts'

const SHOWN = 60

/** The faults of a token, one phrase each. */
export function sayJwtFault(but: JwtFault): string[] {
  const say: string[] = []
  for (const [name, value] of Object.entries(but.header ?? {})) {
    say.push(sayMember(`the header's ${visibleText(name)}`, value))
  }
  for (const [name, value] of Object.entries(but.claims ?? {})) {
    say.push(sayMember(`the claim ${visibleText(name)}`, value))
  }
  if (but.headerJson !== undefined) say.push(...sayJson('the header', but.headerJson))
  if (but.claimsJson !== undefined) say.push(...sayJson('the payload', but.claimsJson))
  if (but.size !== undefined) say.push(`an unused claim makes the token ${but.size} bytes long`)
  if (but.signature !== undefined) say.push(saySignature(but.signature))
  if (but.encoding !== undefined) say.push(sayEncoding(but.encoding.of, but.encoding.change))
  if (but.segments !== undefined) say.push(SEGMENTS[but.segments])
  if (but.lookalike !== undefined) say.push(LOOKALIKES[but.lookalike])
  return say
}

/** A short word for the label that stands for the token. */
export function labelJwt(made: 'issued' | 'minted', but: JwtFault, hosted?: string): string {
  const parts = [
    ...(but.header || but.headerJson ? ['header changed'] : []),
    ...(but.claims || but.claimsJson || but.size ? ['claims changed'] : []),
    ...(but.signature === undefined ? [] : [`signature ${labelSignature(but.signature)}`]),
    ...(but.encoding === undefined ? [] : [`${but.encoding.of} encoded otherwise`]),
    ...(but.segments === undefined ? [] : ['segments changed']),
    ...(but.lookalike === undefined ? [] : [but.lookalike.replaceAll('-', ' ')]),
  ]
  const minted = hosted === undefined ? 'the signing key' : `the hosted key ${hosted}`
  const name = made === 'issued' ? 'issued token' : `token of ${minted}`
  return parts.length === 0 ? name : `${name}: ${parts.join(', ')}`
}

function labelSignature(signature: SignatureChange): string {
  if (typeof signature === 'string') return signature
  if ('key' in signature) return signature.key === 'trusted' ? 'made otherwise' : 'by another key'
  if ('from' in signature) return 'of another token'
  if ('leadingZero' in signature) return 'made otherwise'
  return 'forged' in signature ? 'forged' : 'changed'
}

function sayMember(subject: string, value: MemberValue): string {
  if (typeof value !== 'object' || value === null) return `${subject} is ${shown(value)}`
  if ('$absent' in value) return `${subject} is left out`
  if ('$now' in value && typeof value.$now === 'number') return `${subject} is ${sayTime(value)}`
  if ('$valid' in value && typeof value.$valid === 'string') return sayValid(subject, value)
  return `${subject} is ${sayValue(value)}`
}

function sayValid(subject: string, value: object): string {
  const { change } = value as Extract<MemberValue, { readonly $valid: string }>
  return change === undefined ? `${subject} is what it was` : `${subject} ${sayTextChange(change)}`
}

function sayTime(value: object): string {
  const { $now: offset, as } = value as Extract<MemberValue, { readonly $now: number }>
  const way = as === undefined ? '' : as === 'string' ? ', as text' : ', in milliseconds'
  if (offset === 0) return `now${way}`
  const seconds = Math.abs(offset)
  return `${seconds} seconds ${offset < 0 ? 'in the past' : 'from now'}${way}`
}

/** A value with what the tool or the operator puts into it named, not shown. */
function sayValue(value: MemberValue): string {
  if (typeof value !== 'object' || value === null) return shown(value)
  if (Array.isArray(value)) {
    const list: readonly MemberValue[] = value
    return list.length === 0 ? 'an empty list' : `a list of ${list.map(sayValue).join(' and ')}`
  }
  const special = saySpecial(value)
  if (special !== undefined) return special
  const names = Object.keys(value)
  const plain = JSON.stringify(value)
  if (!plain.includes('"$')) return shown(value)
  return `an object with the member ${names.map(visibleText).join(', ')}`
}

function saySpecial(value: object): string | undefined {
  if ('$now' in value) return `a time ${sayTime(value)}`
  if ('$valid' in value) return 'change' in value ? 'the right value, changed' : 'the right value'
  if ('$key' in value) {
    const { $key, as } = value as Extract<MemberValue, { readonly $key: string }>
    const whose = $key === 'foreign' ? 'a key that nobody trusts' : "the server's own key"
    if (as === 'jwk') return whose
    return `${as === 'certificates' ? 'a certificate' : 'the thumbprint of a certificate'} of ${whose}`
  }
  if ('$kidOf' in value) return 'the kid of another key of the hosted set'
  if ('$callback' in value) return "a URL of this tool's own listener"
  if ('$literal' in value) return visibleText(String(value.$literal)).slice(0, SHOWN)
  if ('$absent' in value) return 'nothing'
  if ('$bytes' in value || '$repeat' in value) {
    return nameBytes(value as Exclude<Parameters<typeof nameBytes>[0], string>)
  }
  return undefined
}

function shown(value: unknown): string {
  const text = visibleText(JSON.stringify(value))
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}

const WRITTEN = {
  spaced: 'is written with blanks and line ends between its parts',
  'escaped-names': 'has member names written with escapes',
  'single-quotes': 'is written with single quotes',
} as const

function sayJson(subject: string, json: JsonChange): string[] {
  const { is, before, after, inside, firstMembers, lastMembers, written, wrappedIn, nested } = json
  const names = (members: object): string => Object.keys(members).map(visibleText).join(', ')
  return [
    ...(is === undefined ? [] : [`${subject}: ${sayReplacement(is)} instead`]),
    ...(firstMembers ? [`${subject} first has another ${names(firstMembers)}`] : []),
    ...(lastMembers ? [`${subject} has another ${names(lastMembers)} at the end`] : []),
    ...(written === undefined ? [] : [`${subject} ${WRITTEN[written]}`]),
    ...(inside === undefined ? [] : [`${nameBytes(inside)} before the last brace of ${subject}`]),
    ...(before === undefined ? [] : [`${nameBytes(before)} before ${subject}`]),
    ...(after === undefined ? [] : [`${nameBytes(after)} after ${subject}`]),
    ...(wrappedIn === undefined ? [] : [`${subject} in a JSON ${wrappedIn}`]),
    ...(nested === undefined ? [] : [`${subject} has ${nested} nested arrays in an unused member`]),
  ]
}

function sayReplacement(is: NonNullable<JsonChange['is']>): string {
  if (typeof is !== 'object' || !('token' in is)) return nameBytes(is)
  return REPLACEMENTS[is.token]
}

const REPLACEMENTS = {
  valid: 'a valid token',
  unsecured: 'an unsecured token',
  'with-own-key': 'a token that brings its own key',
} as const

const PLAIN_SIGNATURES = {
  kept: 'the signature is the one of the unchanged token',
  flipped: 'one bit in the middle of the signature is flipped',
  empty: 'the signature is empty',
  absent: 'the signature and its dot are left out',
} as const

const OCTETS = {
  zeros: 'all bytes of the signature are zero',
  ones: 'all bits of the signature are set',
  'first-flipped': 'one bit in the first byte of the signature is flipped',
  'last-flipped': 'one bit in the last byte of the signature is flipped',
  'one-byte': 'the signature is a single byte',
  half: 'the second half of the signature is cut off',
  'without-last': 'the last byte of the signature is cut off',
  'zero-appended': 'a zero byte follows the signature',
  'zero-prepended': 'a zero byte precedes the signature',
} as const

function saySignature(signature: SignatureChange): string {
  if (typeof signature === 'string') return PLAIN_SIGNATURES[signature]
  if ('bytes' in signature) return OCTETS[signature.bytes]
  if ('text' in signature) return `the signature is ${nameBytes(signature.text)}`
  if ('from' in signature) return "the signature is another token's"
  if ('forged' in signature) return `the signature is forged (${signature.forged})`
  if ('leadingZero' in signature)
    return `the number ${signature.leadingZero} of the signature begins with a zero byte`
  const how = signature.alg === undefined ? '' : ` with ${visibleText(signature.alg)}`
  return `it is signed${how} by ${sayKey(signature.key)}`
}

function sayKey(key: KeyChoice): string {
  if (key === 'trusted') return 'the trusted key'
  if (key === 'foreign') return 'a key that nobody trusts'
  if ('publicKeyAs' in key) return `the server's public key as a secret (${key.publicKeyAs})`
  if ('secret' in key) {
    return bytesOf(key.secret) === '' ? 'an empty secret' : `the secret ${nameBytes(key.secret)}`
  }
  if ('textOf' in key) return `the text of its ${key.textOf} as a secret`
  return `the published key ${key.hosted}`
}

const ENCODINGS = {
  padded: 'is padded with "="',
  'standard-alphabet': 'uses the standard alphabet ("+" for "-", "/" for "_")',
  'trailing-bits': 'has bits after its last byte that are not zero',
  'dangling-symbol': 'has a length of 4n+1 symbols, which no data has',
  'not-encoded': 'is not encoded',
} as const

function sayEncoding(of: string, change: SegmentChange | 'not-encoded'): string {
  if (typeof change === 'string') return `the ${of} segment ${ENCODINGS[change]}`
  const where = { start: 'before', middle: 'in the middle of', end: 'after' }[change.at]
  return `${nameBytes(change.insert)} ${where} the ${of} segment`
}

const SEGMENTS = {
  swapped: 'header and payload have changed places',
  'leading-dot': 'a dot stands before the token',
  'fourth-empty': 'a dot follows the token',
  'fourth-junk': 'a fourth segment follows',
  five: 'two more segments follow, so that it looks encrypted',
  'dots-only': 'the token is two dots',
  'one-word': 'the token is one word without dots',
  'thousand-dots': 'the token is a thousand dots',
  'empty-header': 'the header segment is empty',
  'empty-payload': 'the payload segment is empty',
  'with-itself': 'the token stands there twice, joined by a dot',
} as const

const LOOKALIKES = {
  'flattened-json': 'in the flattened JSON serialisation',
  'general-json': 'in the general JSON serialisation',
  'base64-of-token': 'in Base64 once more, as a whole',
  polyglot: 'JSON that hides a valid token behind another one',
  'jwe-of-claims': "the claims encrypted to the server's public key, not signed",
  'jwe-of-token': "the token encrypted to the server's public key",
  'jwe-of-token-rsa1-5': "the token encrypted to the server's public key with RSA1_5",
  'jwe-of-unsecured': "an unsecured token encrypted to the server's public key",
  'jwe-direct': 'the claims encrypted with a key of zeros',
  'jwe-costly-password': 'encrypted with a password and a count that takes minutes to try',
  'jwe-zip-bomb': 'encrypted content that decompresses to ten million bytes',
} as const
