import { createHash } from 'node:crypto'
import { sayProbe } from '../credentials/probe.ts'
import type { Answer, Exchange, Outcome, Request, Span } from '../model/exchange.ts'
import type { ReportExchange, ShownAnswer, ShownRequest, ShownSpan } from '../model/report.ts'
import { mediaTypeOf } from '../text/fields.ts'
import { decodeUtf8Visible, visible } from '../text/visible.ts'
import { headOf } from '../transport/serialise.ts'
import { sayFound } from './found.ts'

/** Characters of content that a report keeps. */
const BODY_SHOWN = 600
const FIELD_SHOWN = 400
/** Enough for a host of several addresses. */
const FOUND_SHOWN = 1000
const SPAN_SHOWN = 300

function shorten(text: string): string {
  return text.length <= SPAN_SHOWN ? text : `${text.slice(0, 80)}… ${text.length} bytes …`
}

function shownSpan(span: Span): ShownSpan {
  const fault = span.fault ? { fault: true as const } : {}
  return span.secret === undefined
    ? { text: shorten(span.text), ...fault }
    : { secret: span.secret, ...fault }
}

function merged(spans: readonly ShownSpan[]): ShownSpan[] {
  const out: ShownSpan[] = []
  for (const span of spans) {
    const last = out.at(-1)
    if (last && 'text' in last && 'text' in span && !last.fault && !span.fault) {
      out[out.length - 1] = { text: last.text + span.text }
    } else {
      out.push(span)
    }
  }
  return out
}

/** A request as a report shows it: secrets as labels, the fault marked. */
export function showRequest(request: Request): ShownRequest {
  const { scheme, host, port, probe } = request.route
  const bare = host.includes(':') ? `[${host}]` : host
  const target = request.target.map((span) =>
    span.secret === undefined ? span.text : `‹${span.secret}›`,
  )
  if (probe !== undefined) {
    return { method: 'TLS', url: `${scheme}://${bare}:${port}`, head: [{ text: sayProbe(probe) }] }
  }
  return {
    method: request.method,
    url: `${scheme}://${bare}:${port}${shorten(target.join(''))}`,
    head: merged(headOf(request).map(shownSpan)),
    ...(request.body === undefined ? {} : { body: request.body.map(shownSpan) }),
  }
}

/** An answer as a report shows it; `mask` takes out every secret the server repeated. */
export function showAnswer(
  answer: Answer,
  full: boolean,
  mask: (text: string) => string,
): ShownAnswer {
  const media = mediaTypeOf(answer.fields)
  const shown = full ? decodeUtf8Visible(mask(answer.body), BODY_SHOWN) : undefined
  return {
    version: answer.version,
    status: answer.status,
    reason: visible(mask(answer.reason), 80),
    fields: answer.fields
      .slice(0, 100)
      .map(
        ([name, value]) => [visible(mask(name), 100), visible(mask(value), FIELD_SHOWN)] as const,
      ),
    ...(media === undefined ? {} : { mediaType: visible(media, 80) }),
    bodyBytes: answer.bodyBytes,
    ...(shown === undefined ? {} : { body: shown }),
    ...(answer.cut ? { bodyCut: true } : {}),
    digest: createHash('sha256').update(Buffer.from(answer.body, 'latin1')).digest('hex'),
    violations: answer.violations.map((each) => ({
      code: each.code,
      say: visible(mask(each.say), 300),
    })),
  }
}

/** An exchange as journal and report hold it. */
export function showExchange(
  exchange: Exchange,
  outcome: Outcome | 'unjudged',
  mask: (text: string) => string,
  full = true,
): ReportExchange {
  const { answer, trouble } = exchange
  const found = sayFound(exchange)
  return {
    n: exchange.n,
    at: new Date(exchange.at).toISOString(),
    ms: Math.round(exchange.ms * 10) / 10,
    carrier: exchange.carrier,
    connection: exchange.connection,
    ending: exchange.ending,
    // Nobody was asked for access there.
    outcome: found === undefined ? outcome : 'unjudged',
    request: showRequest(exchange.request),
    ...(answer === undefined ? {} : { answer: showAnswer(answer, full, mask) }),
    ...(trouble === undefined
      ? {}
      : { trouble: { code: trouble.code, say: visible(mask(trouble.say), 300) } }),
    ...(found === undefined ? {} : { found: visible(mask(found), FOUND_SHOWN) }),
    ...(exchange.tls === undefined ? {} : { tls: exchange.tls }),
  }
}
