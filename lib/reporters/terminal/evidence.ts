import type { ReportExchange, ReportResult, ShownSpan } from '../../model/index.ts'
import { controlOf, type Exchanges, judgedOf } from '../digest.ts'
import { tellingLines } from '../head.ts'
import { address, bytes, cut, prose } from '../safe.ts'
import { duration, endingWord, outcomeWord } from '../words.ts'
import {
  apart,
  columns,
  guarded,
  heard,
  type Layout,
  labelled,
  textAt,
  told,
  wrap,
} from './layout.ts'

const maxLines = 4

const spanText = (span: ShownSpan): string => {
  if ('secret' in span) return `‹${prose(span.secret)}›`
  return span.text === '' ? '(nothing)' : bytes(span.text)
}

// A line that opens like a field or a request is ours; anything else may be an echo.
const ours = /^(?:[A-Za-z][\w-]*[ \t]*:|[A-Z]+ )/

const spansText = (spans: readonly ShownSpan[], room: number): readonly string[] => {
  const text = cut(spans.map(spanText).join(''), room * 3)
  const lines = wrap(text, room)
  return ours.test(text) ? guarded(lines) : lines.map((line) => `│ ${line}`)
}

const inWords = (result: ReportResult, layout: Layout): readonly string[] => {
  const room = layout.width - textAt
  if (result.fault !== undefined) {
    const lines = wrap(`the only fault: ${cut(prose(result.fault), room * 3)}`, room)
    return guarded(lines.map((line) => layout.paint(line, 'bold')))
  }
  return layout.without.has('blanks') ? [] : guarded(wrap(cut(prose(result.sent), room * 3), room))
}

/** What was sent: the request line, the lines that authenticate, and the fault in words. */
export const sent = (
  result: ReportResult,
  exchanges: Exchanges,
  layout: Layout,
): readonly string[] => {
  const exchange = judgedOf(result, exchanges)
  if (exchange === undefined) return heard('sent', prose(result.fault ?? result.sent), layout)
  const { request } = exchange
  const room = layout.width - textAt
  const telling = tellingLines(request)
  // What was only looked at has no fields.
  const bare = telling.length === 0 && exchange.found === undefined
  const none = bare ? ' · no Authorization' : ''
  const line = `${cut(`${prose(request.method)} ${address(request.url)}`, room * 2)}${none}`
  const shown = telling.slice(0, maxLines).flatMap(({ spans }) => spansText(spans, room))
  return labelled(
    'sent',
    [...guarded(wrap(line, room)), ...shown, ...inWords(result, layout)],
    layout,
  )
}

/** An answer in one phrase: status, media type, size and time; or why there is none. */
export const answerPhrase = (exchange: ReportExchange): string => {
  const { answer } = exchange
  if (exchange.found !== undefined) return `${prose(exchange.found)} · ${duration(exchange.ms)}`
  if (answer === undefined) {
    const why =
      exchange.trouble === undefined ? '' : ` (${prose(exchange.trouble.say).replace(/\.$/, '')})`
    return `${endingWord(exchange.ending)}${why} · ${duration(exchange.ms)}`
  }
  const parts = [
    `${answer.status} ${cut(prose(answer.reason), 40)}`.trim(),
    answer.mediaType === undefined ? 'no media type' : cut(prose(answer.mediaType), 40),
    `${answer.bodyBytes} bytes`,
    duration(exchange.ms),
  ]
  return parts.join(' · ')
}

/** What came back, with what it says about access at the margin where there is room. */
export const got = (
  result: ReportResult,
  exchanges: Exchanges,
  layout: Layout,
): readonly string[] => {
  const exchange = judgedOf(result, exchanges)
  if (exchange === undefined) return []
  const phrase = answerPhrase(exchange)
  const undecided = exchange.outcome === 'unjudged' || exchange.answer === undefined
  const meaning = undecided ? '' : outcomeWord(exchange.outcome)
  const room = layout.width - textAt
  if (undecided) return heard('got', phrase, layout)
  // The table says it too, so it is not worth a line of its own.
  if (columns(phrase) + columns(meaning) + 2 > room) return heard('got', phrase, layout)
  return labelled('got', [`${phrase}${apart(phrase, meaning, room)}${meaning}`], layout)
}

/** The control: the same exchange without the fault, and what came of it. */
export const control = (
  result: ReportResult,
  exchanges: Exchanges,
  layout: Layout,
): readonly string[] => {
  const exchange = controlOf(result, exchanges)
  if (exchange === undefined) return []
  const what =
    result.fault === undefined || result.sent.endsWith('with no credentials')
      ? 'the valid request'
      : 'the same request without the fault'
  const status =
    exchange.answer === undefined ? endingWord(exchange.ending) : `${exchange.answer.status}`
  return told('control', `${what}: ${status}, ${outcomeWord(exchange.outcome)}`, layout)
}
