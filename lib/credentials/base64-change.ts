import type { Base64Change } from '../model/case.ts'
import { base64, bytesOf, nameBytes } from './bytes.ts'
import { changeLetters } from './text-change.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Encodes latin1 bytes as RFC 4648 §4 says, or departs from it in one way. */
export function encodeWith(bytes: string, change: Base64Change | undefined): string {
  const text = base64(bytes)
  if (change === undefined) return text
  if (typeof change === 'object') return insertInto(text, bytesOf(change.insert), change.at)
  if (change === 'padding-absent') return text.replace(/=+$/, '')
  if (change === 'padding-excess') return text.endsWith('=') ? `${text}=` : text
  if (change === 'url-safe') return text.replaceAll('+', '-').replaceAll('/', '_')
  if (change === 'trailing-bits') return setTrailingBits(text)
  if (change === 'dangling-symbol') return dangle(text)
  if (change === 'letters-swapped') return changeLetters(text, 'swapped')
  if (change === 'in-two-pieces') return inTwoPieces(bytes)
  if (change === 'twice') return base64(text)
  return bytes
}

/** Cut where the first piece needs padding, so that some stands inside the text. */
function inTwoPieces(bytes: string): string {
  const half = Math.max(1, Math.floor(bytes.length / 2))
  const cut = half % 3 === 0 ? half - 1 : half
  return base64(bytes.slice(0, cut)) + base64(bytes.slice(cut))
}

function insertInto(text: string, what: string, at: 'start' | 'middle' | 'end'): string {
  if (at === 'start') return what + text
  if (at === 'end') return text + what
  // On a quantum's border, so that a decoder which skips what it does not know sees the same data.
  // One quantum has no border inside.
  const middle = Math.floor(text.length / 8) * 4 || Math.ceil(text.length / 2)
  return text.slice(0, middle) + what + text.slice(middle)
}

function setTrailingBits(text: string): string {
  const match = /^(.*)([A-Za-z0-9+/])(=+)$/.exec(text)
  if (!match) return text
  const [, head = '', symbol = '', padding = ''] = match
  return head + (ALPHABET[ALPHABET.indexOf(symbol) + 1] ?? symbol) + padding
}

function dangle(text: string): string {
  // On padded text the symbol would complete an octet, and a refusal would prove nothing.
  return text.endsWith('=') ? text : `${text}A`
}

/** The change in words. */
export function sayBase64Change(change: Base64Change): string {
  if (typeof change === 'object') {
    const where = { start: 'before', middle: 'in the middle of', end: 'after' }[change.at]
    return `${nameBytes(change.insert)} ${where} the Base64 text`
  }
  return {
    'padding-absent': 'the padding ("=") is left out',
    'padding-excess': 'one "=" more than the padding needs',
    'url-safe': 'the URL-safe alphabet ("-" for "+", "_" for "/")',
    'trailing-bits': 'non-zero bits after the last octet',
    'dangling-symbol': 'a length of 4n+1 symbols, which no data has',
    'letters-swapped': 'the case of the letters of the Base64 text is swapped',
    'in-two-pieces': 'the Base64 text is made of two padded pieces',
    twice: 'the Base64 text is encoded once more',
    'not-encoded': 'user:password is sent without Base64',
  }[change]
}

/** A word for the label that stands for the credentials. */
export function labelBase64(change: Base64Change | undefined): string {
  if (change === undefined) return 'Base64'
  if (typeof change === 'object') return `Base64, ${nameBytes(change.insert)} inserted`
  return {
    'padding-absent': 'Base64, padding removed',
    'padding-excess': 'Base64, excess padding',
    'url-safe': 'Base64, URL-safe alphabet',
    'trailing-bits': 'Base64, non-zero trailing bits',
    'dangling-symbol': 'Base64, one symbol too many',
    'letters-swapped': 'Base64, letter case swapped',
    'in-two-pieces': 'Base64 in two pieces',
    twice: 'Base64 twice',
    'not-encoded': 'not encoded',
  }[change]
}
