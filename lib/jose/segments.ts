/** The compact serialization (RFC 7515 §3.1) as three texts between dots, and ways to spoil it. */

export type SegmentName = 'header' | 'payload' | 'signature'

/**
 * One change of encoded text; `token` is what stands before the first or after the last segment.
 */
export type SegmentEdit =
  | {
      readonly edit: 'append' | 'prepend'
      readonly to: SegmentName | 'token'
      readonly text: string
    }
  /** Puts text in the middle of a segment. */
  | { readonly edit: 'insert' | 'replace'; readonly to: SegmentName; readonly text: string }
  /** Takes characters from the end of a segment. */
  | { readonly edit: 'shorten'; readonly to: SegmentName; readonly by: number }
  /**
   * `pad`: `=` to a multiple of four; `standard-alphabet`: `+` and `/`; `trailing-bits`: sets the
   * bits of the last character that belong to no octet; `drop`: takes the segment and its dot away.
   */
  | {
      readonly edit: 'pad' | 'standard-alphabet' | 'trailing-bits' | 'drop'
      readonly to: SegmentName
    }
  /** Exchanges two segments. */
  | { readonly edit: 'swap'; readonly to: SegmentName; readonly with: SegmentName }

/** Encoded segments; one that is undefined is missing together with its dot. */
export interface Segments {
  readonly header: string | undefined
  readonly payload: string | undefined
  readonly signature: string | undefined
  /** Text before and after everything else. */
  readonly before?: string
  readonly after?: string
}

/** The segments after one edit; an edit of a missing segment changes nothing. */
export function edited(segments: Segments, edit: SegmentEdit): Segments {
  if (edit.to === 'token') {
    const { before = '', after = '' } = segments
    return edit.edit === 'append'
      ? { ...segments, after: after + edit.text }
      : { ...segments, before: edit.text + before }
  }
  const text = segments[edit.to]
  if (edit.edit === 'swap')
    return { ...segments, [edit.to]: segments[edit.with], [edit.with]: text }
  return text === undefined ? segments : { ...segments, [edit.to]: editedText(text, edit) }
}

/** The text of a token. */
export function joinSegments(segments: Segments): string {
  const { header, payload, signature, before = '', after = '' } = segments
  const texts = [header, payload, signature].filter((text) => text !== undefined)
  return `${before}${texts.join('.')}${after}`
}

function editedText(
  text: string,
  edit: Exclude<SegmentEdit, { edit: 'swap' }>,
): string | undefined {
  switch (edit.edit) {
    case 'append':
      return text + edit.text
    case 'prepend':
      return edit.text + text
    case 'insert':
      return text.slice(0, text.length >> 1) + edit.text + text.slice(text.length >> 1)
    case 'replace':
      return edit.text
    case 'shorten':
      return text.slice(0, Math.max(text.length - edit.by, 0))
    case 'pad':
      return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
    case 'standard-alphabet':
      return text.replaceAll('-', '+').replaceAll('_', '/')
    case 'trailing-bits':
      return withTrailingBits(text)
    case 'drop':
      return undefined
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

// The last of two characters carries 4 bits that belong to no octet, the last of three carries 2.
function withTrailingBits(text: string): string {
  const unused = [0, 0, 0b1111, 0b11][text.length % 4] ?? 0
  const last = ALPHABET.charAt(ALPHABET.indexOf(text.slice(-1)) | unused)
  return unused === 0 ? text : text.slice(0, -1) + last
}
