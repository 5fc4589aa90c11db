/** Reads tokens that a target issued, however it wrote them. */
import type { Json } from '../model/json.ts'
import { parseTargetJson } from '../text/json.ts'

/** The object in a segment, or one sentence on why there is none. */
export type ReadPart =
  | {
      /** The members, on an object without a prototype; of a repeated name the last. */
      readonly value: { readonly [name: string]: Json }
      /** The octets that were encoded. */
      readonly bytes: Buffer
    }
  | { readonly fault: string }

export interface SplitToken {
  /** The texts between the dots. */
  readonly segments: readonly string[]
  readonly header: ReadPart
  readonly claims: ReadPart
  /** The text after the second dot and the octets it spells; undefined where there is none. */
  readonly signature: { readonly text: string; readonly bytes: Buffer } | undefined
}

/**
 * Takes a token apart without judging it: no signature is verified, padding and the other alphabet
 * are taken as they come. Never throws, and its sentences show nothing of the token.
 */
export function splitToken(text: string): SplitToken {
  const segments = text.trim().split('.')
  const [header = '', payload = '', signature] = segments
  const strange = shapeFault(segments)
  return {
    segments,
    header: strange === undefined ? readPart('header', header) : { fault: strange },
    claims: strange === undefined ? readPart('payload', payload) : { fault: strange },
    signature:
      strange === undefined && signature !== undefined
        ? { text: signature, bytes: Buffer.from(signature, 'base64url') }
        : undefined,
  }
}

function shapeFault(segments: readonly string[]): string | undefined {
  if (segments.length === 1) return 'The token has no dots, so it is no JSON Web Token.'
  if (segments.length === 5) return 'The token has five segments: it is encrypted, not signed.'
  return segments.length > 3 ? 'The token has more than three segments.' : undefined
}

function readPart(name: string, segment: string): ReadPart {
  if (!/^[\w+/-]*={0,2}$/.test(segment))
    return { fault: `The ${name} of the token is no base64url.` }
  const bytes = Buffer.from(segment, 'base64url')
  const parsed = parseTargetJson(bytes.toString('latin1'))
  if (parsed === undefined) return { fault: `The ${name} of the token holds no JSON.` }
  const { value } = parsed
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { value: value as { readonly [member: string]: Json }, bytes }
    : { fault: `The ${name} of the token is JSON but no object.` }
}
