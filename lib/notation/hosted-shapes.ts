/** The table of what a case publishes in the hosted key set. */
import type { HostedAnswer, HostedEntry, HostedHello, PublishStep } from '../model/case.ts'
import {
  array,
  literal,
  named,
  object,
  optional,
  pair,
  type Shape,
  text,
  union,
  whole,
} from './shape.ts'
import { hostedDocument, hostedKey, publication, strayEntry } from './word-shapes.ts'

const hostedEntry: Shape<HostedEntry> = named('hostedEntry', () =>
  union(
    hostedKey,
    object<Extract<HostedEntry, { readonly key: string }>>({
      key: hostedKey,
      as: optional(publication),
      kidOf: optional(hostedKey),
      thumbprintOf: optional(hostedKey),
    }),
    object<Extract<HostedEntry, { readonly stray: string }>>({ stray: strayEntry }),
  ),
)

const hostedAnswer: Shape<HostedAnswer> = named('hostedAnswer', () =>
  object<HostedAnswer>({
    status: optional(whole(200, 599)),
    type: optional(text()),
    fields: optional(array(pair(text(), text()))),
    document: optional(hostedDocument),
    wait: optional(whole(1, 60_000)),
    manner: optional(literal('drip', 'close')),
    redirect: optional(literal('same-origin', 'other-origin', 'loop', 'cleartext')),
    channel: optional(literal('untrusted-certificate', 'other-name', 'tls-1.1', 'cleartext')),
    encoding: optional(literal('gzip', 'bomb')),
  }),
)

/** What is wanted of the hellos of whoever fetches the set by https. */
export const hostedHello: Shape<HostedHello> = named('hostedHello', () =>
  literal('renegotiation-info', 'sha-256'),
)

export const publishStep: Shape<PublishStep> = object<PublishStep>({
  publish: array(hostedEntry),
  alone: optional(literal(true)),
  answer: optional(hostedAnswer),
})
