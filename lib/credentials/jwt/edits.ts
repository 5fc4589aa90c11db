/** What becomes of encoded segments, before and after signing. */
import type { SegmentEdit, SegmentName, Segments } from '../../jose/segments.ts'
import type { JwtFault, SegmentChange } from '../../model/case.ts'
import type { Random } from '../../text/random.ts'
import { bytesOf } from '../bytes.ts'

const PLACES = { start: 'prepend', middle: 'insert', end: 'append' } as const

/** The edit that makes a change of a segment that is so many characters long. */
export function editOf(to: SegmentName, change: SegmentChange, length: number): SegmentEdit {
  if (typeof change === 'object') {
    return { edit: PLACES[change.at], to, text: bytesOf(change.insert) }
  }
  if (change === 'padded') return { edit: 'pad', to }
  if (change !== 'dangling-symbol') return { edit: change, to }
  // One character more than whole octets have: a length of 4n+1, which no data has.
  return { edit: 'append', to, text: 'A'.repeat(((4 - (length % 4)) % 4) + 1) }
}

/** Characters that so many octets take in base64url without padding. */
export function encodedLength(octets: number): number {
  return Math.ceil((octets * 4) / 3)
}

const JUNK = 'AAAA'
const WORD_LENGTH = 24

/** The token after what a fault does to its segments as wholes. */
export function rearranged(
  segments: Segments,
  token: string,
  way: JwtFault['segments'],
  random: Random,
): string {
  const { header = '', payload = '', signature = '' } = segments
  switch (way) {
    case undefined:
      return token
    case 'swapped':
      return `${payload}.${header}.${signature}`
    case 'leading-dot':
      return `.${token}`
    case 'fourth-empty':
      return `${token}.`
    case 'fourth-junk':
      return `${token}.${JUNK}`
    case 'five':
      return `${token}.a.b`
    case 'dots-only':
      return '..'
    case 'one-word':
      return random.text(WORD_LENGTH)
    case 'thousand-dots':
      return '.'.repeat(1000)
    case 'empty-header':
      return `.${payload}.${signature}`
    case 'empty-payload':
      return `${header}..${signature}`
    case 'with-itself':
      return `${token}.${token}`
  }
}
