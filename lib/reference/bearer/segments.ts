/** Takes a token apart (RFC 7515 §2, §5.2 and §7.1). */
import type { Segments } from './types.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Exactly two periods. */
export const splitToken = (token: string): Segments | undefined => {
  const [header, payload, signature, ...more] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  return more.length === 0 ? { header, payload, signature } : undefined
}

const unusedBits = (text: string): number => {
  const last = alphabet.indexOf(text.charAt(text.length - 1))
  if (text.length % 4 === 2) return last & 0b1111
  return text.length % 4 === 3 ? last & 0b11 : 0
}

/** Its own alphabet, no padding, no lost symbol, unused bits zero (RFC 4648 §3.5 and §5). */
export const decodeSegment = (segment: string): Buffer | undefined => {
  if (!/^[A-Za-z0-9_-]*$/.test(segment) || segment.length % 4 === 1) return undefined
  return unusedBits(segment) === 0 ? Buffer.from(segment, 'base64url') : undefined
}

/** UTF-8 and no other encoding (RFC 8725 §3.7); a byte order mark stays, and is no JSON. */
export const decodeText = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The octets that a signature covers. */
export const signingInput = ({ header, payload }: Segments): Buffer =>
  Buffer.from(`${header}.${payload}`, 'latin1')
