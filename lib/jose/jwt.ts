/**
 * Tokens in the compact serialization (RFC 7515 §3.1, RFC 7519): right ones, and any kind of wrong.
 */
import type { KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from './algorithms.ts'
import { signPlainly } from './leading-zeros.ts'
import { type Body, bodyBytes } from './members.ts'
import { edited, joinSegments, type SegmentEdit, type Segments } from './segments.ts'

/** What stands in the last segment. */
export type SignatureRecipe =
  /** Signed over header and payload as they are encoded; the header's `alg` has no say. */
  | { readonly how: 'signed'; readonly alg: SigningAlgorithm; readonly key: KeyObject }
  /** This text, such as the signature of another token. */
  | { readonly how: 'kept'; readonly text: string }
  | { readonly how: 'bytes'; readonly bytes: Uint8Array }
  /** `empty`: nothing after the last dot; `absent`: no last dot either. */
  | { readonly how: 'empty' | 'absent' }
  /** Made from the signing input by a function, such as a forgery. */
  | { readonly how: 'made'; readonly by: (input: Buffer) => Uint8Array }
  /** Another recipe's octets, changed. */
  | {
      readonly how: 'changed'
      readonly of: SignatureRecipe
      readonly by: (bytes: Buffer) => Uint8Array
    }

export interface TokenRecipe {
  readonly header: Body
  readonly claims: Body
  readonly signature: SignatureRecipe
  /** `raw`: the payload stands in the token unencoded, as `b64: false` has it (RFC 7797 §3). */
  readonly payload?: 'base64url' | 'raw'
  /** Edits of header and payload that the signature is then made over. */
  readonly editsBeforeSigning?: readonly SegmentEdit[]
  readonly editsAfterSigning?: readonly SegmentEdit[]
}

/** What a token was made of. */
export interface TokenParts {
  /** The octets of header and payload before they were encoded. */
  readonly header: Buffer
  readonly payload: Buffer
  /** The octets that a signature covers. */
  readonly signingInput: Buffer
  /** Undefined where the segment is missing; the octets of `kept` text are read leniently. */
  readonly signature: Buffer | undefined
  /** The encoded texts before the last edits. */
  readonly segments: Segments
}

export interface MadeToken {
  /** The token; each character is one octet. */
  readonly token: string
  readonly parts: TokenParts
}

/** The token that a recipe describes. Throws only what its functions and `sign` throw. */
export function makeToken(recipe: TokenRecipe): MadeToken {
  const header = bodyBytes(recipe.header)
  const payload = bodyBytes(recipe.claims)
  const encoded = edits(recipe.editsBeforeSigning, {
    header: header.toString('base64url'),
    payload: payload.toString(recipe.payload === 'raw' ? 'latin1' : 'base64url'),
    signature: undefined,
  })
  const signingInput = Buffer.from(joinSegments(encoded), 'latin1')
  const { text, bytes } = signatureOf(recipe.signature, signingInput)
  const segments = { ...encoded, signature: text }
  const token = joinSegments(edits(recipe.editsAfterSigning, segments))
  return { token, parts: { header, payload, signingInput, signature: bytes, segments } }
}

function edits(list: readonly SegmentEdit[] | undefined, segments: Segments): Segments {
  return (list ?? []).reduce(edited, segments)
}

interface MadeSignature {
  readonly text: string | undefined
  readonly bytes: Buffer | undefined
}

function signatureOf(recipe: SignatureRecipe, input: Buffer): MadeSignature {
  switch (recipe.how) {
    case 'signed':
      return encodedSignature(signPlainly(recipe.alg, recipe.key, input))
    case 'kept':
      return { text: recipe.text, bytes: Buffer.from(recipe.text, 'base64url') }
    case 'bytes':
      return encodedSignature(recipe.bytes)
    case 'empty':
      return encodedSignature(Buffer.alloc(0))
    case 'absent':
      return { text: undefined, bytes: undefined }
    case 'made':
      return encodedSignature(recipe.by(input))
    case 'changed':
      return encodedSignature(recipe.by(signatureOf(recipe.of, input).bytes ?? Buffer.alloc(0)))
  }
}

function encodedSignature(octets: Uint8Array): MadeSignature {
  const bytes = Buffer.from(octets)
  return { text: bytes.toString('base64url'), bytes }
}
