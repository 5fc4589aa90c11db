/** Base64 and base64url as RFC 4648 defines them, with nothing forgiven and every fault named. */

/**
 * Why text is not Base64. `foreign-character`: outside the alphabet (§3.3), whitespace included.
 * `other-alphabet`: `-` or `_` in Base64, `+` or `/` in base64url. `missing-padding`,
 * `excess-padding`: too few or too many `=` at the end (§3.2). `padding-inside`: data after a `=`.
 * `bad-length`: one data character more than whole bytes can have. `trailing-bits`: the last
 * character carries bits that belong to no byte and are not zero (§3.5).
 */
export type Base64Fault =
  | 'foreign-character'
  | 'other-alphabet'
  | 'missing-padding'
  | 'excess-padding'
  | 'padding-inside'
  | 'bad-length'
  | 'trailing-bits'

/** The bytes, or the first fault and its offset in the text. */
export type Decoded =
  | { readonly bytes: Buffer }
  | { readonly fault: Base64Fault; readonly at: number }

/** Base64 with padding (RFC 4648 §4) of bytes, or of text in which each character is a byte. */
export function encodeBase64(bytes: Uint8Array | string): string {
  return asBuffer(bytes).toString('base64')
}

/** base64url without padding (RFC 4648 §5) of bytes, or of text in which each character is a byte. */
export function encodeBase64Url(bytes: Uint8Array | string): string {
  return asBuffer(bytes).toString('base64url')
}

/** Decodes Base64 (RFC 4648 §4), which must be padded. */
export function decodeBase64(text: string): Decoded {
  const { dataEnd, fault } = scan(text, '+/', '-_')
  if (fault !== undefined) return fault
  const padding = text.length - dataEnd
  const wanted = (4 - (dataEnd % 4)) % 4
  if (dataEnd % 4 === 1) return { fault: 'bad-length', at: dataEnd - 1 }
  if (padding < wanted) return { fault: 'missing-padding', at: text.length }
  if (padding > wanted) return { fault: 'excess-padding', at: dataEnd + wanted }
  return decoded(text, dataEnd, 'base64')
}

/** Decodes base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it). */
export function decodeBase64Url(text: string): Decoded {
  const { dataEnd, fault } = scan(text, '-_', '+/')
  if (fault !== undefined) return fault
  if (dataEnd < text.length) return { fault: 'excess-padding', at: dataEnd }
  if (dataEnd % 4 === 1) return { fault: 'bad-length', at: dataEnd - 1 }
  return decoded(text, dataEnd, 'base64url')
}

function asBuffer(bytes: Uint8Array | string): Buffer {
  return typeof bytes === 'string'
    ? Buffer.from(bytes, 'latin1')
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

type Fault = Exclude<Decoded, { bytes: Buffer }>

// Finds where the data end and padding begins, or the first character that neither may hold.
function scan(text: string, own: string, other: string): { dataEnd: number; fault?: Fault } {
  let dataEnd = text.length
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '=') {
      dataEnd = Math.min(dataEnd, at)
    } else if (!isAlphanumeric(text.charCodeAt(at)) && !own.includes(character)) {
      const fault = other.includes(character) ? 'other-alphabet' : 'foreign-character'
      return { dataEnd, fault: { fault, at } }
    } else if (dataEnd < at) {
      return { dataEnd, fault: { fault: 'padding-inside', at: dataEnd } }
    }
  }
  return { dataEnd }
}

function isAlphanumeric(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a)
  )
}

// Node's decoder drops trailing bits silently; only text that it would write itself has none.
function decoded(text: string, dataEnd: number, alphabet: 'base64' | 'base64url'): Decoded {
  const bytes = Buffer.from(text, alphabet)
  const exact = bytes.toString(alphabet) === text
  return exact ? { bytes } : { fault: 'trailing-bits', at: dataEnd - 1 }
}
