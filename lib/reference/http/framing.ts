/** Finds where the content of a request ends (RFC 9112 §6 and §7.1). */
import { fault } from './head.ts'
import type { Source } from './source.ts'
import {
  type Content,
  type Fault,
  type Framing,
  type Head,
  isFault,
  type Pair,
  valuesOf,
} from './types.ts'

const lengthOf = (values: readonly string[]): Framing | Fault => {
  const [value = ''] = values
  if (values.length > 1 || !/^\d{1,15}$/.test(value)) {
    return fault('Content-Length is not one number.')
  }
  return Number(value) === 0 ? { kind: 'none' } : { kind: 'length', length: Number(value) }
}

/** Refuses both fields at once, unknown codings and lengths that are not one number. */
export const strictFraming = (head: Head): Framing | Fault => {
  const codings = valuesOf(head.fields, 'transfer-encoding')
  const lengths = valuesOf(head.fields, 'content-length')
  if (codings.length === 0) return lengths.length === 0 ? { kind: 'none' } : lengthOf(lengths)
  if (lengths.length > 0) return fault('Transfer-Encoding and Content-Length exclude each other.')
  if (head.start.version === 'HTTP/1.0') return fault('HTTP/1.0 has no Transfer-Encoding.')
  const named = codings.join(',').toLowerCase().split(',')
  const list = named.map((coding) => coding.trim())
  if (list.at(-1) !== 'chunked') return fault('The last transfer coding is not chunked.')
  return list.length === 1 ? { kind: 'chunked' } : fault('Only chunked is understood.', 501)
}

/** Waits until a line is complete and takes it without its CRLF. */
const takeLine = async (source: Source, limit: number): Promise<string | Fault> => {
  while (!source.peek().includes('\r\n')) {
    if (source.peek().length > limit) return fault('A line of the content is too long.')
    if ((await source.more()) !== 'data') return fault('The content is incomplete.')
  }
  const line = source.take(source.peek().indexOf('\r\n'))
  source.take(2)
  return line
}

const takeBytes = async (source: Source, count: number): Promise<string | Fault> => {
  while (source.peek().length < count) {
    if ((await source.more()) !== 'data') return fault('The content is incomplete.')
  }
  return source.take(count)
}

type ReadTrailer = (line: string) => Pair | Fault

const takeTrailers = async (
  source: Source,
  read: ReadTrailer,
): Promise<readonly Pair[] | Fault> => {
  const trailers: Pair[] = []
  for (;;) {
    const line = await takeLine(source, 8192)
    if (isFault(line)) return line
    if (line === '') return trailers
    const pair = read(line)
    if (isFault(pair)) return pair
    if (trailers.push(pair) > 64) return fault('There are too many trailer fields.')
  }
}

/** Size of the next chunk in bytes; extensions are ignored. */
const takeSize = async (source: Source): Promise<number | Fault> => {
  const line = await takeLine(source, 256)
  if (isFault(line)) return line
  const digits = /^([0-9A-Fa-f]{1,8})(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?$/.exec(line)?.[1]
  return digits === undefined ? fault('A chunk has no size.') : Number.parseInt(digits, 16)
}

const takeChunks = async (source: Source, limit: number): Promise<string | Fault> => {
  let body = ''
  for (;;) {
    const size = await takeSize(source)
    if (typeof size !== 'number') return size
    if (size === 0) return body
    if (body.length + size > limit) return fault('The content is too large.', 413)
    const chunk = await takeBytes(source, size + 2)
    if (isFault(chunk)) return chunk
    if (!chunk.endsWith('\r\n')) return fault('A chunk is longer than it says.')
    body += chunk.slice(0, -2)
  }
}

/** Takes the whole content from the connection; over the limit it is refused with 413 unread. */
export const takeContent = async (
  source: Source,
  framing: Framing,
  limit: number,
  readTrailer: ReadTrailer,
): Promise<Content | Fault> => {
  if (framing.kind === 'none') return { body: '', trailers: [] }
  if (framing.kind === 'length') {
    if (framing.length > limit) return fault('The content is too large.', 413)
    const body = await takeBytes(source, framing.length)
    return isFault(body) ? body : { body, trailers: [] }
  }
  const body = await takeChunks(source, limit)
  if (isFault(body)) return body
  const trailers = await takeTrailers(source, readTrailer)
  return isFault(trailers) ? trailers : { body, trailers }
}
