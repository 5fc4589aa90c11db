import type { ShownRequest, ShownSpan } from '../model/index.ts'

/** One line of a request head; its end is kept apart so that an odd one can be shown. */
export interface HeadLine {
  readonly spans: readonly ShownSpan[]
}

const marked = (text: string, fault: boolean): ShownSpan =>
  fault ? { text, fault: true } : { text }

/**
 * Cuts labelled spans at each CRLF. A lone CR or LF stays in its line, where it is shown as an
 * escape: it is often the very fault of the exchange.
 */
export const linesOf = (spans: readonly ShownSpan[]): readonly HeadLine[] => {
  const lines: ShownSpan[][] = [[]]
  for (const span of spans) {
    if ('secret' in span) {
      lines.at(-1)?.push(span)
      continue
    }
    const [first = '', ...rest] = span.text.split('\r\n')
    const fault = span.fault === true
    // An empty span is kept where it is the fault: nothing can be what differs.
    if (first !== '' || (fault && rest.length === 0)) lines.at(-1)?.push(marked(first, fault))
    for (const text of rest) lines.push(text === '' ? [] : [marked(text, fault)])
  }
  return lines.filter((line) => line.length > 0).map((line) => ({ spans: line }))
}

const says = (line: HeadLine): string =>
  line.spans.map((span) => ('secret' in span ? '' : span.text)).join('')

const telling = (line: HeadLine): boolean =>
  /^(?:proxy-)?authorization\b/i.test(says(line)) ||
  line.spans.some((span) => span.fault || 'secret' in span)

/**
 * The lines of a request that say how it authenticates: Authorization, whatever holds a secret, and
 * whatever carries the fault. The request line is among them only where it carries either.
 */
export const tellingLines = (request: ShownRequest): readonly HeadLine[] =>
  linesOf(request.head).filter(telling)
