/** Makes the token of a case: the valid one with its fault laid over it. */

import { type MadeToken, makeToken, type SignatureRecipe } from '../../jose/jwt.ts'
import { BOTH_ALPHABETS } from '../../jose/members.ts'
import { edited, joinSegments, type SegmentEdit, type Segments } from '../../jose/segments.ts'
import type { JwtFault, Lookalike } from '../../model/case.ts'
import { type Base, type BaseInput, baseOf } from './base.ts'
import { editOf, encodedLength, rearranged } from './edits.ts'
import { jsonOctets } from './json.ts'
import { LackError } from './lack-error.ts'
import { lookalikeOf, validToken } from './lookalike.ts'
import { algOf, signatureRecipe, UnfitError } from './signature.ts'
import { certificates, type Scope } from './values.ts'

/** All that a token is made from, besides its fault. */
export interface TokenInput extends BaseInput {
  /** A URL of the tool's own listener where a document about a foreign key lies, if there is one. */
  readonly callback?: (alg: string, document: string) => string
}

/** A token that can be sent. */
export interface MadeJwt {
  /** Each character is one octet. */
  readonly token: string
  readonly made: Base['made']
  /**
   * What the token is apart from the chance in its signature: equal for two tokens from one seed and
   * moment exactly if a fault changed nothing.
   */
  readonly essence: string
}

/** Tokens tried until their numbers allow a fault, or show it. */
const TRIES = 64

/** True where something before the signature is another text than the valid token's. */
export function changesText(but: JwtFault): boolean {
  const { header, claims, headerJson, claimsJson, size, encoding } = but
  const before = encoding !== undefined && encoding.of !== 'signature'
  return before || [header, claims, headerJson, claimsJson, size].some((each) => each !== undefined)
}

/** The token of a case. Throws LackError where what it takes was not supplied. */
export function makeJwt(input: TokenInput, but: JwtFault): MadeJwt {
  let first: MadeJwt | undefined
  for (let tried = 1; ; tried += 1) {
    const base = baseOf(input, tried - 1)
    const last = tried === TRIES || base.made === 'issued'
    try {
      const made = makeFrom(base, input, but)
      if (made.shows) return made
      // A fault that changes nothing is only seen to against the valid token, which is the first.
      first ??= made
      if (last) return first
    } catch (error) {
      if (!(error instanceof UnfitError)) throw error
      if (last)
        throw new LackError('a token whose numbers allow this forgery', '--signing-key FILE')
    }
  }
}

function makeFrom(base: Base, input: TokenInput, but: JwtFault): MadeJwt & { shows: boolean } {
  const { keyring, moment, random, callback } = input
  const scope: Scope = {
    keyring,
    base,
    moment,
    random,
    foreignAlg: algOf(but.signature, base.header.alg),
    certificate: certificates(),
    ...(callback === undefined ? {} : { callback }),
  }
  checkStated(but, base)
  const signature = signatureRecipe(but, scope, changesText(but) && isSigned(but))
  const made = written(but, scope, signature, but.size === undefined ? 0 : paddingFor(but, scope))
  checkOther(but, base, made)
  const segments = afterSigning(but, made.parts.segments)
  const plain = rearranged(segments, joinSegments(segments), but.segments, random)
  const { lookalike } = but
  return {
    token: lookalike === undefined ? plain : lookalikeOf(lookalike, made, plain, scope),
    made: base.made,
    essence: essenceOf(but, base, made, signature, segments),
    shows: but.encoding === undefined || showsEncoding(but, made, segments),
  }
}

/** True where a signature covers what the fault changed: some other formats have none of it. */
function isSigned({ lookalike }: JwtFault): boolean {
  return lookalike === undefined || SIGNED.includes(lookalike)
}

const SIGNED: readonly Lookalike[] = ['flattened-json', 'general-json', 'jwe-of-token']

/** A token signed by another algorithm is none where it is the one that all valid tokens have. */
function checkOther({ signature }: JwtFault, base: Base, made: MadeToken): void {
  const { trusted } = base
  if (signature === undefined || !isTrusted(signature) || trusted === undefined) return
  const own = made.parts.signingInput.toString('latin1') === textOf(base)
  if (!own || algOf(signature, base.header.alg) !== trusted.alg) return
  const other = `a signing key whose tokens are not signed with ${trusted.alg}`
  throw new LackError(other, '--signing-key FILE')
}

/** What a signature of the valid token covers. */
function textOf({ headerBytes, claimsBytes }: Base): string {
  return `${headerBytes.toString('base64url')}.${claimsBytes.toString('base64url')}`
}

/** What the server expects is only judged on the operator's word for it. */
function checkStated(but: JwtFault, { trusted }: Base): void {
  const own = but.signature === undefined || isTrusted(but.signature)
  if (!own || trusted === undefined) return
  const { claims, claimsJson: json } = but
  const named = { ...claims, ...json?.firstMembers, ...json?.lastMembers }
  const said = { ...trusted.claims }
  if (Object.hasOwn(named, 'iss') && trusted.issuer === undefined && !Object.hasOwn(said, 'iss')) {
    throw new LackError('the issuer that the server expects', '--issuer I')
  }
  if (
    Object.hasOwn(named, 'aud') &&
    trusted.audience === undefined &&
    !Object.hasOwn(said, 'aud')
  ) {
    throw new LackError('the audience that the server expects', '--audience A')
  }
}

function isTrusted(signature: NonNullable<JwtFault['signature']>): boolean {
  return typeof signature === 'object' && 'key' in signature && signature.key === 'trusted'
}

function written(
  but: JwtFault,
  scope: Scope,
  signature: SignatureRecipe,
  padding: number,
): MadeToken {
  const { encoding } = but
  const header = jsonOctets(
    'header',
    {
      ...(but.header === undefined ? {} : { members: but.header }),
      ...(but.headerJson === undefined ? {} : { json: but.headerJson }),
      ...fillerFor('header', but, scope),
    },
    scope,
  )
  const claims = jsonOctets(
    'claims',
    {
      ...(but.claims === undefined ? {} : { members: but.claims }),
      ...(but.claimsJson === undefined ? {} : { json: but.claimsJson }),
      ...fillerFor('payload', but, scope),
      ...(padding === 0 ? {} : { padding: 'a'.repeat(padding) }),
    },
    scope,
  )
  const raw = encoding?.change === 'not-encoded'
  return makeToken({
    header: { bytes: header },
    claims: { bytes: raw ? withoutDots(claims) : claims },
    signature,
    ...(raw ? { payload: 'raw' as const } : {}),
    editsBeforeSigning: beforeSigning(but, { header, payload: claims }),
  })
}

/** What an unused member takes beside its text. */
const FILLER = ',"padding":""'

/**
 * An unused member that lets a change of encoding show: text which the two alphabets spell otherwise,
 * one that leaves the last symbol of the segment incomplete, or one that fills whole groups of
 * symbols, so that whoever drops one more reads what was meant.
 */
function fillerFor(
  part: 'header' | 'payload',
  { encoding }: JwtFault,
  { base }: Scope,
): { readonly padding?: string } {
  if (encoding?.of !== part || base.made === 'issued') return {}
  if (encoding.change === 'standard-alphabet') return { padding: BOTH_ALPHABETS }
  const octets = part === 'header' ? base.headerBytes : base.claimsBytes
  const rest = octets.length % 3
  if (encoding.change === 'dangling-symbol') {
    return rest === 0 ? {} : { padding: 'a'.repeat(3 - ((rest + FILLER.length) % 3)) }
  }
  const incomplete = encoding.change === 'padded' || encoding.change === 'trailing-bits'
  return incomplete && rest === 0 ? { padding: 'a' } : {}
}

/** A dot in an unencoded payload would end it; JSON can write it otherwise. */
function withoutDots(claims: Buffer): Buffer {
  return Buffer.from(claims.toString('latin1').replaceAll('.', '\\u002e'), 'latin1')
}

function beforeSigning(
  { encoding }: JwtFault,
  octets: { readonly header: Buffer; readonly payload: Buffer },
): readonly SegmentEdit[] {
  if (encoding === undefined || encoding.of === 'signature') return []
  if (encoding.change === 'not-encoded') return []
  return [editOf(encoding.of, encoding.change, encodedLength(octets[encoding.of].length))]
}

function afterSigning({ encoding }: JwtFault, segments: Segments): Segments {
  if (encoding === undefined || encoding.of !== 'signature') return segments
  return edited(segments, editOf('signature', encoding.change, segments.signature?.length ?? 0))
}

function showsEncoding({ encoding }: JwtFault, made: MadeToken, segments: Segments): boolean {
  return encoding?.of !== 'signature' || segments.signature !== made.parts.segments.signature
}

/** Characters of an unused claim that bring the token to its size. */
function paddingFor(but: JwtFault, scope: Scope): number {
  const short = validToken(scope.base).length
  return Math.max(1, Math.floor((((but.size ?? 0) - short) * 3) / 4) - FILLER.length)
}

function essenceOf(
  but: JwtFault,
  base: Base,
  made: MadeToken,
  recipe: SignatureRecipe,
  segments: Segments,
): string {
  const { header, payload } = segments
  const text = `${header}.${payload}`
  const valid = but.signature === 'kept' && text === textOf(base)
  const spoilt = segments.signature !== made.parts.segments.signature ? but.encoding : undefined
  return JSON.stringify([
    text,
    valid ? signatureName(base.signature, base) : (namedFault(but) ?? signatureName(recipe, base)),
    spoilt ?? null,
    but.segments ?? null,
    but.lookalike ?? null,
  ])
}

/** A fault of the signature that does not amount to signing again with the trusted key. */
function namedFault({ signature }: JwtFault): string | undefined {
  if (signature === undefined || isTrusted(signature)) return undefined
  return JSON.stringify(signature)
}

function signatureName(recipe: SignatureRecipe, { trusted }: Base): string {
  if (recipe.how === 'signed') return `${recipe.alg} by ${recipe.key === trusted?.key}`
  return recipe.how === 'kept' ? recipe.text : recipe.how
}
