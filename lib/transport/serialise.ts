import type { FieldLine, Labelled, Request, Span } from '../model/exchange.ts'

/** What the Connection field says where the request has none: whether the connection is kept. */
export type Habit = 'close' | 'keep-alive'

const payloadMethods: ReadonlySet<string> = new Set([
  'PUT',
  'POST',
  'PATCH',
  'QUERY',
  'PROPFIND',
  'PROPPATCH',
])

/** True for methods whose requests undici always frames: with no content it states length 0. */
export const isPayloadMethod = (method: string): boolean => payloadMethods.has(method)

/** The bytes of labelled text, as one latin1 string. */
export const textOf = (labelled: Labelled): string => labelled.map((span) => span.text).join('')

/** The bytes of labelled text as they go out: one byte per character. */
export const bytesOf = (labelled: Labelled): Buffer => Buffer.from(textOf(labelled), 'latin1')

/** A field name as parsers compare it, whatever stands around it. */
export const nameOf = (line: FieldLine): string => textOf(line.name).trim().toLowerCase()

const isFault = (span: Span): boolean => span.fault === true

/** True for a line a tidy client would write: nothing odd around the colon, and no fault in it. */
export const isPlain = (line: FieldLine): boolean =>
  textOf(line.beforeColon ?? []) === '' &&
  (line.afterColon === undefined || textOf(line.afterColon) === ' ') &&
  textOf(line.name) === textOf(line.name).trim() &&
  ![...line.name, ...line.value].some(isFault)

/** The one line of that name if it is plain and its value is accepted; odd lines stay where they are. */
const onlyPlain = (
  fields: readonly FieldLine[],
  name: string,
  accepts: (value: string) => boolean,
): FieldLine | undefined => {
  const lines = fields.filter((line) => nameOf(line) === name)
  const [line] = lines
  const fits = line !== undefined && lines.length === 1 && isPlain(line)
  return fits && accepts(textOf(line.value)) ? line : undefined
}

const written = (name: string, value: Labelled): FieldLine => ({ name: [{ text: name }], value })

const has = (fields: readonly FieldLine[], name: string): boolean =>
  fields.some((line) => nameOf(line) === name)

interface Framing {
  /** The line that was there and is replaced. */
  readonly moved?: FieldLine | undefined
  readonly last?: FieldLine
}

/** The line that tells where the content ends, as undici writes it: last, and only where needed. */
const framingOf = (request: Request): Framing => {
  const { fields, method } = request
  if (has(fields, 'transfer-encoding')) return {}
  if (request.trailers !== undefined) {
    return { last: written('transfer-encoding', [{ text: 'chunked' }]) }
  }
  const length = textOf(request.body ?? []).length
  if (length === 0 && !isPayloadMethod(method)) return {}
  const last = written('content-length', [{ text: String(length) }])
  if (!has(fields, 'content-length')) return { last }
  const moved = onlyPlain(fields, 'content-length', (value) => value === String(length))
  return moved === undefined ? {} : { moved, last }
}

/**
 * The request as both carriers write it: `host` first, then `connection`, the other lines in their
 * order, and the line that frames the content last; these four names in lower case, since undici
 * writes them so and cannot be told otherwise. A missing Connection (`habit`), Content-Length or
 * Transfer-Encoding is added. Lines that are repeated, oddly spaced or hold the fault are neither
 * moved nor renamed, and a missing Host is not added. Settling twice changes nothing.
 */
export const settled = (request: Request, habit: Habit): Request => {
  const { fields } = request
  const host = onlyPlain(fields, 'host', () => true)
  const stated = onlyPlain(fields, 'connection', (value) => /^(?:close|keep-alive)$/.test(value))
  const connection = has(fields, 'connection') ? stated?.value : [{ text: habit }]
  const framing = framingOf(request)
  const taken = new Set([host, stated, framing.moved])
  return {
    ...request,
    fields: [
      ...(host === undefined ? [] : [written('host', host.value)]),
      ...(connection === undefined ? [] : [written('connection', connection)]),
      ...fields.filter((line) => !taken.has(line)),
      ...(framing.last === undefined ? [] : [framing.last]),
    ],
  }
}

const plain = (text: string): Span => ({ text })

const lineOf = (line: FieldLine): Span[] => [
  ...line.name,
  ...(line.beforeColon ?? []),
  plain(':'),
  ...(line.afterColon ?? [plain(' ')]),
  ...line.value,
  plain('\r\n'),
]

const contentOf = (request: Request): Span[] => {
  const body = [...(request.body ?? [])]
  if (request.trailers === undefined) return body
  const size = textOf(body).length
  const chunk = size === 0 ? [] : [plain(`${size.toString(16)}\r\n`), ...body, plain('\r\n')]
  return [...chunk, plain('0\r\n'), ...request.trailers.flatMap(lineOf), plain('\r\n')]
}

/**
 * Every byte of the request in order, labels kept. Nothing is added or mended here (see `settled`);
 * content is written as it is given, or as one chunk where there are trailers.
 */
export const serialise = (request: Request): Labelled => [
  plain(`${request.method} `),
  ...request.target,
  plain(` ${request.version ?? 'HTTP/1.1'}\r\n`),
  ...request.fields.flatMap(lineOf),
  plain('\r\n'),
  ...contentOf(request),
]
