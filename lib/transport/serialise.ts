import type { FieldLine, Labelled, Request, Span } from '../model/exchange.ts'

/** The bytes of labelled text, as one latin1 string. */
export const textOf = (labelled: Labelled): string => labelled.map((span) => span.text).join('')

/** The bytes of labelled text as they go out: one byte per character. */
export const bytesOf = (labelled: Labelled): Buffer => Buffer.from(textOf(labelled), 'latin1')

/** A field name as lenient parsers compare it, whatever stands around it. */
export const nameOf = (line: FieldLine): string => textOf(line.name).trim().toLowerCase()

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
 * Every byte of the request in order, labels kept. Nothing is added or mended here (see `settled` in `needs-raw.ts`);
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
