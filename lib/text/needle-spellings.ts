/** The ways in which a secret can come back: raw, encoded or escaped by whoever echoes it. */
import { encodeBase64 } from './base64.ts'
import { decodeUtf8, decodeUtf8Visible, visible } from './visible.ts'

/** Secrets and spellings shorter than this occur by chance and are not searched for. */
export const SHORTEST_NEEDLE: number = 6

/**
 * The spellings of a secret (latin1 bytes) worth searching for, each once and the secret itself
 * first: as bytes and as the text they are in UTF-8; Base64 and base64url at each of the three
 * alignments, less the characters that depend on neighbouring bytes; hex; percent-encoded; escaped
 * for JSON, HTML, a shell and our own output. Empty for a secret of fewer than six characters.
 */
export function spellingsOf(secret: string): string[] {
  if (secret.length < SHORTEST_NEEDLE) return []
  // A reader who took the bytes for latin1 writes each of them as a character of its own.
  const asBytes = [...new Set([secret, Buffer.from(secret, 'utf8').toString('latin1')])]
  const asText = [...new Set([secret, decodeUtf8(secret) ?? secret])]
  const spellings = [
    ...[...asText, ...asBytes],
    ...asBytes.flatMap((bytes) => [...base64Of(bytes), ...hexOf(bytes), ...percentOf(bytes)]),
    ...asText.filter(isEscaped).flatMap((text) => [...jsonOf(text), ...htmlOf(text)]),
    ...[visible(secret), decodeUtf8Visible(secret), secret.replaceAll("'", "'\\''")],
  ]
  return [...new Set(spellings)].filter((spelling) => spelling.length >= SHORTEST_NEEDLE)
}

/** False for the text of a token, which most secrets of a run are: no escaper changes any of it. */
function isEscaped(text: string): boolean {
  return /[^A-Za-z0-9\-._]/.test(text)
}

// Behind k other bytes the first 8k bits, rounded up to whole characters, are not the secret's own,
// and neither is a last character that only part of the secret fills.
function base64Of(bytes: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = encodeBase64('\0'.repeat(before) + bytes)
    const own = encoded.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + bytes.length) * 8) / 6),
    )
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function hexOf(bytes: string): string[] {
  const hex = Buffer.from(bytes, 'latin1').toString('hex')
  return [hex, hex.toUpperCase()]
}

// What encoders leave as it is: nothing at all, the unreserved characters, those and what
// JavaScript's encodeURIComponent spares, those and what separates the parts of a URL.
const SPARED: readonly RegExp[] = [
  /[^\s\S]/,
  /[A-Za-z0-9\-._*]/,
  /[A-Za-z0-9\-._~]/,
  /[A-Za-z0-9\-._~!'()*]/,
  /[A-Za-z0-9\-._~!'()*;/?:@&=+$,#]/,
]

function percentOf(bytes: string): string[] {
  return (isEscaped(bytes) ? SPARED : SPARED.slice(0, 1)).flatMap((spared) => {
    const upper = bytes.replace(/[\s\S]/g, (byte) => (spared.test(byte) ? byte : percent(byte)))
    const lower = upper.replace(/%../g, (triple) => triple.toLowerCase())
    return [upper, lower, upper.replaceAll('%20', '+'), lower.replaceAll('%20', '+')]
  })
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

// What JSON writers turn into \u sequences beyond what they must: nothing, what is not ASCII, what
// HTML could take for markup, and the wider sets of some serialisers.
const NUMBERED: readonly RegExp[] = [
  /[^\s\S]/,
  /[\x7f-\uffff]/,
  /[<>&\u2028\u2029]/,
  /[<>&='\u2028\u2029]/,
  /["&'+<>`\x7f-\uffff]/,
]

function jsonOf(text: string): string[] {
  return NUMBERED.flatMap((numbered) => {
    const escaped = text.replace(/[\s\S]/g, (unit) =>
      numbered.test(unit) ? numberOf(unit) : jsonUnit(unit),
    )
    const upper = escaped.replace(/\\u[0-9a-f]{4}/g, (it) => `\\u${it.slice(2).toUpperCase()}`)
    return [escaped, upper, escaped.replaceAll('/', '\\/')]
  })
}

// Half of a character beyond the basic plane is no text of its own and would be written as a number.
function jsonUnit(unit: string): string {
  return /[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1)
}

function numberOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// The entities of common escapers; what a table lacks it leaves as it is.
const ENTITIES: readonly ReadonlyMap<string, string>[] = [
  [],
  [...pairs('"', '&quot;')],
  [...pairs('"', '&quot;', "'", '&#39;')],
  [...pairs('"', '&quot;', "'", '&#039;')],
  [...pairs('"', '&quot;', "'", '&#x27;')],
  [...pairs('"', '&quot;', "'", '&apos;')],
  [...pairs('"', '&#34;', "'", '&#39;')],
  [...pairs('"', '&#34;', "'", '&#39;', '+', '&#43;')],
  [...pairs('"', '&quot;', "'", '&#39;', '/', '&#x2F;', '`', '&#x60;', '=', '&#x3D;')],
  [...pairs('"', '&quot;', "'", '&#x27;', '`', '&#x60;', '=', '&#x3D;')],
].map((table) => new Map([...pairs('&', '&amp;', '<', '&lt;', '>', '&gt;'), ...table]))

function pairs(...flat: readonly string[]): [string, string][] {
  return flat.flatMap((it, at): [string, string][] =>
    at % 2 === 0 ? [[it, flat[at + 1] ?? '']] : [],
  )
}

function htmlOf(text: string): string[] {
  return ENTITIES.map((table) => text.replace(/[\s\S]/g, (it) => table.get(it) ?? it))
}
