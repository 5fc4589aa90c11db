import type { Field, Note, StatusLine } from './head.ts'
import { shown } from './shown.ts'

/** How the end of an answer's content is found (RFC 9112 §6.3). */
export type Framing =
  | { readonly by: 'nothing' }
  | { readonly by: 'length'; readonly length: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'close' }

const valuesOf = (fields: readonly Field[], name: string): string[] =>
  fields.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)

const listed = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')

const hasNoContent = (method: string, status: number): boolean =>
  method === 'HEAD' ||
  status < 200 ||
  status === 204 ||
  status === 304 ||
  (method === 'CONNECT' && status < 300)

const checkBare = (line: StatusLine, lengths: string[], codings: string[], note: Note): void => {
  if (line.status >= 200 && line.status !== 204) return
  if (lengths.length > 0) {
    note('length-without-content', `A ${line.status} answer states a Content-Length.`)
  }
  if (codings.length > 0) {
    note('coding-without-content', `A ${line.status} answer states a Transfer-Encoding.`)
  }
}

const byCoding = (
  version: string,
  lengths: readonly string[],
  codings: readonly string[],
  note: Note,
): Framing => {
  if (lengths.length > 0) {
    note('length-and-coding', 'Both Content-Length and Transfer-Encoding are stated.')
  }
  if (/\/1\.0$/.test(version)) note('coding-in-1.0', 'An HTTP/1.0 answer has a Transfer-Encoding.')
  if (codings.filter((coding) => coding === 'chunked').length > 1) {
    note('chunked-twice', 'The chunked coding is applied more than once.')
  }
  if (codings.at(-1) === 'chunked') return { by: 'chunks' }
  note(
    'chunked-not-last',
    `The last transfer coding is ${shown(codings.at(-1) ?? '')}, not chunked.`,
  )
  return { by: 'close' }
}

const byLength = (lengths: readonly string[], note: Note): Framing => {
  const [first = '', ...others] = lengths
  if (lengths.some((length) => !/^\d+$/.test(length))) {
    note('length-invalid', `Content-Length is no number: ${shown(lengths.join(', '))}.`)
  }
  if (others.some((other) => other !== first)) {
    note('length-conflict', `Content-Length is stated as ${shown(lengths.join(', '))}.`)
  } else if (others.length > 0) {
    note('length-repeated', 'Content-Length is stated more than once, with the same number.')
  }
  return /^\d+$/.test(first) ? { by: 'length', length: Number(first) } : { by: 'close' }
}

/**
 * Decides where the content ends, noting what is contradictory. Where lengths conflict the first
 * counts, so that the answer can still be shown; the note tells that it cannot be trusted.
 */
export const framingOf = (
  method: string,
  line: StatusLine,
  fields: readonly Field[],
  note: Note,
): Framing => {
  const lengths = valuesOf(fields, 'content-length').flatMap((value) =>
    value.split(',').map((part) => part.trim()),
  )
  const codings = listed(valuesOf(fields, 'transfer-encoding'))
  checkBare(line, lengths, codings, note)
  if (hasNoContent(method, line.status)) return { by: 'nothing' }
  if (codings.length > 0) return byCoding(line.version, lengths, codings, note)
  return lengths.length > 0 ? byLength(lengths, note) : { by: 'close' }
}

/** Whether the server keeps the connection after this answer (RFC 9112 §9.3). */
export const persists = (line: StatusLine, fields: readonly Field[], framing: Framing): boolean => {
  if (framing.by === 'close' || line.status === 101) return false
  const options = listed(valuesOf(fields, 'connection'))
  if (options.includes('close')) return false
  return /\/1\.0$/.test(line.version) ? options.includes('keep-alive') : true
}
