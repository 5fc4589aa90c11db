import type { FieldLine, Labelled, Request, Span } from '../model/exchange.ts'

/** The bytes of labelled text, as one latin1 string. */
export const textOf = (labelled: Labelled): string => labelled.map((span) => span.text).join('')

/** The bytes of labelled text as they go out: one byte per character. */
export const bytesOf = (labelled: Labelled): Buffer => Buffer.from(textOf(labelled), 'latin1')

/** A field name as lenient parsers compare it, whatever stands around it. */
export const nameOf = (line: FieldLine): string => textOf(line.name).trim().toLowerCase()

const plain = (text: string): Span => ({ text })

const lineOf = (line: FieldLine): Span[] =>
  line.bare
    ? [...line.name, plain('\r\n')]
    : [
        ...line.name,
        ...(line.beforeColon ?? []),
        plain(':'),
        ...(line.afterColon ?? [plain(' ')]),
        ...line.value,
        plain('\r\n'),
      ]

const startOf = (request: Request): Span[] => [
  ...(request.start ?? [
    plain(`${request.method} `),
    ...request.target,
    plain(` ${request.version ?? 'HTTP/1.1'}`),
  ]),
  plain('\r\n'),
]

const contentOf = (request: Request): Span[] => {
  const body = [...(request.body ?? [])]
  if (request.trailers === undefined) return body
  const size = textOf(body).length
  const chunk = size === 0 ? [] : [plain(`${size.toString(16)}\r\n`), ...body, plain('\r\n')]
  return [...chunk, plain('0\r\n'), ...request.trailers.flatMap(lineOf), plain('\r\n')]
}

/** Request line and field lines to the empty line, labels kept. */
export const headOf = (request: Request): Labelled => [
  ...startOf(request),
  ...request.fields.flatMap(lineOf),
  plain('\r\n'),
]

/**
 * Every byte of the request in order, labels kept. Nothing is added or mended here (see `settled` in `needs-raw.ts`);
 * content is written as it is given, or as one chunk where there are trailers.
 */
export const serialise = (request: Request): Labelled => [...headOf(request), ...contentOf(request)]
