import type { Labelled, Span } from '../model/exchange.ts'

/** Bytes that may be shown as they are. */
export function plain(text: string, fault = false): Span {
  return fault ? { text, fault: true } : { text }
}

/** Bytes that only ever appear as their label. */
export function secret(text: string, label: string, fault = false): Span {
  return fault ? { text, secret: label, fault: true } : { text, secret: label }
}

/** All bytes of labelled text, secrets included: for the wire, never for output. */
export function bytesOfSpans(spans: Labelled): string {
  return spans.map((span) => span.text).join('')
}

/** The secret bytes among labelled text. */
export function secretsOf(spans: Labelled): readonly string[] {
  return spans.filter((span) => span.secret !== undefined).map((span) => span.text)
}
