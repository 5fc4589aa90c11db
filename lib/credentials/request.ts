import type { RequestFault } from '../model/case.ts'
import type { FieldLine, Labelled, Request } from '../model/exchange.ts'
import { visible } from '../text/visible.ts'
import { bytesOf, nameBytes } from './bytes.ts'
import type { Placed } from './field.ts'
import { probeOf, sayProbe } from './probe.ts'
import { bytesOfSpans, plain } from './spans.ts'

/** A request before its credential and its faults. */
export interface Bare {
  readonly route: Request['route']
  readonly method: string
  /** Path and query as written on the request line. */
  readonly target: string
  readonly authority: string
  readonly fields: readonly FieldLine[]
  readonly body?: { readonly type: string; readonly text: string }
}

function line(name: string, value: string, fault = false): FieldLine {
  return { name: [plain(name, fault)], value: [plain(value, fault)] }
}

function hostLines(authority: string, fault: RequestFault['host']): FieldLine[] {
  if (fault === 'absent') return []
  if (fault === 'twice') return [line('Host', authority), line('Host', authority, true)]
  if (fault === 'invalid') return [line('Host', 'a b/c', true)]
  if (fault === 'foreign') return [line('Host', 'other.invalid', true)]
  return [line('Host', authority)]
}

function targetSpans(bare: Bare, placed: Placed, but: RequestFault): Labelled {
  const query: Labelled =
    placed.query === undefined
      ? []
      : [plain(bare.target.includes('?') ? '&' : '?', true), ...placed.query]
  const origin = `${bare.route.scheme}://`
  if (placed.userinfo !== undefined) {
    return [plain(origin, true), ...placed.userinfo, plain(bare.authority + bare.target, true)]
  }
  const fault = but.target
  if (fault === undefined) return [plain(bare.target), ...query]
  if (fault === 'absolute-form-https') {
    return [plain(`https://${bare.authority}${bare.target}`, true)]
  }
  if (fault === 'absolute-form') return [plain(`${origin}${bare.authority}${bare.target}`, true)]
  if (fault === 'absolute-form-userinfo') {
    return [plain(`${origin}someone:something@${bare.authority}${bare.target}`, true)]
  }
  if ('is' in fault) return [plain(bytesOf(fault.is), true)]
  return [plain(bare.target), plain(bytesOf(fault.append), true), ...query]
}

interface Framing {
  readonly fields: readonly FieldLine[]
  readonly body?: Labelled
}

/** A whole request: who takes unread content for the next request answers it. */
function insideRequest(bare: Bare): string {
  return `GET ${bare.target} HTTP/1.1\r\nHost: ${bare.authority}\r\n\r\n`
}

function withContent(body: string): Framing {
  return { fields: [line('Content-Length', `${body.length}`, true)], body: [plain(body, true)] }
}

function framingOf(bare: Bare, but: RequestFault): Framing {
  switch (but.framing) {
    case 'te-and-cl':
      return {
        fields: [line('Content-Length', '5', true), line('Transfer-Encoding', 'chunked', true)],
        body: [plain('0\r\n\r\n', true)],
      }
    case 'bad-content-length':
      return { fields: [line('Content-Length', '1x', true)], body: [plain('a', true)] }
    case 'two-content-lengths':
      return {
        fields: [line('Content-Length', '1', true), line('Content-Length', '2', true)],
        body: [plain('a', true)],
      }
    case 'chunked-not-final':
      return {
        fields: [line('Transfer-Encoding', 'chunked, identity', true)],
        body: [plain('1\r\na\r\n0\r\n\r\n', true)],
      }
    case 'unread-body':
      return withContent(insideRequest(bare))
    case 'awaits-continue': {
      const content = withContent('x'.repeat(16))
      return { ...content, fields: [...content.fields, line('Expect', '100-continue', true)] }
    }
    default:
      return { fields: [] }
  }
}

function pauseOf(but: RequestFault): Request['pause'] {
  if (but.framing === 'awaits-continue') return 'before-content'
  return but.pause === undefined ? undefined : 'before-authorization'
}

/** The credential as first field line, with bytes before its name (RFC 9112 §2.2). */
function prefixed(lines: readonly FieldLine[], bytes: string): readonly FieldLine[] {
  return lines.map((each, index) =>
    index === 0 ? { ...each, name: [plain(bytes, true), ...each.name] } : each,
  )
}

function bodyOf(bare: Bare, placed: Placed): Framing {
  const own = bare.body && {
    type: bare.body.type,
    body: [plain(Buffer.from(bare.body.text, 'utf8').toString('latin1'))],
  }
  const content = placed.content ?? own
  if (content === undefined) return { fields: [] }
  const { type, body } = content
  const faulty = placed.content !== undefined
  return {
    fields: [
      line('Content-Type', type, faulty),
      line('Content-Length', String(bytesOfSpans(body).length), faulty),
    ],
    body,
  }
}

/** One request from its parts, complete to the byte. */
export function composeRequest(bare: Bare, placed: Placed, but: RequestFault): Request {
  const content = but.framing === undefined ? bodyOf(bare, placed) : framingOf(bare, but)
  const first =
    but.beforeFields === undefined ? [] : prefixed(placed.lines, bytesOf(but.beforeFields))
  const credential = but.beforeFields === undefined ? placed.lines : []
  const extra = (but.fields ?? []).map((field) => line(field.name, bytesOf(field.value), true))
  const headLine: FieldLine[] =
    but.headLine === undefined
      ? []
      : [{ name: [plain(bytesOf(but.headLine), true)], value: [], bare: true }]
  const bulk = but.bulk === undefined ? [] : [line('X-Bulk', 'a'.repeat(but.bulk.bytes), true)]
  const method = but.method ?? bare.method
  const pause = pauseOf(but)
  const probe = probeOf(but)
  return {
    route: {
      ...bare.route,
      ...(but.tls === undefined ? {} : { tls: but.tls }),
      ...(probe === undefined ? {} : { probe }),
    },
    method: but.afterMethod === undefined ? method : method + bytesOf(but.afterMethod),
    target: targetSpans(bare, placed, but),
    ...(pause === undefined ? {} : { pause }),
    ...(but.version === undefined ? {} : { version: but.version }),
    ...(but.requestLine === undefined ? {} : { start: [plain(bytesOf(but.requestLine), true)] }),
    fields: [
      ...first,
      ...hostLines(bare.authority, but.host),
      ...bare.fields,
      ...credential,
      ...content.fields,
      ...extra,
      ...headLine,
      ...bulk,
    ],
    ...(content.body === undefined ? {} : { body: content.body }),
    ...(placed.trailers.length === 0 ? {} : { trailers: placed.trailers }),
  }
}

const framingWords = {
  'te-and-cl': 'both Transfer-Encoding and Content-Length',
  'bad-content-length': 'a Content-Length that is no number',
  'two-content-lengths': 'two different Content-Length lines',
  'chunked-not-final': 'a Transfer-Encoding whose last coding is not chunked',
  'unread-body': 'content that reads like a request of its own',
  'awaits-continue': 'content that is held back until 100 Continue has come',
} as const

const hostWords = {
  absent: 'no Host line',
  twice: 'two Host lines',
  invalid: 'an invalid Host value',
  foreign: 'another host in the Host line',
} as const

function sayTarget(target: NonNullable<RequestFault['target']>): string {
  if (target === 'absolute-form') return 'the request-target in absolute-form'
  if (target === 'absolute-form-https') return 'an https URL as request-target'
  if (target === 'absolute-form-userinfo') return 'an absolute-form request-target with userinfo'
  if ('is' in target) return `the request-target ${nameBytes(target.is)}`
  return `${nameBytes(target.append)} appended to the request-target`
}

/** The faults of the request in words, one phrase each. */
export function sayRequestFault(but: RequestFault): string[] {
  const say: string[] = []
  if (but.method !== undefined) say.push(`the method ${nameBytes(but.method).replaceAll('"', '')}`)
  if (but.boundFor !== undefined) say.push(`sent to where ${but.boundFor} credentials are taken`)
  if (but.over === 'cleartext' || but.over === 'no-tls') say.push('sent in cleartext')
  if (but.over === 'tls-port') say.push('sent in cleartext to the port that speaks TLS')
  if (but.tls !== undefined) say.push(`only ${but.tls} offered`)
  if (but.hello !== undefined) say.push(sayProbe({ hello: but.hello }))
  if (but.version !== undefined) say.push(`sent as ${but.version}`)
  for (const field of but.fields ?? []) {
    say.push(
      `the added field ${visible(field.name)}: ${nameBytes(field.value).replace(/^"|"$/g, '')}`,
    )
  }
  if (but.target !== undefined) say.push(sayTarget(but.target))
  if (but.host !== undefined) say.push(hostWords[but.host])
  if (but.beforeFields !== undefined) {
    say.push(`${nameBytes(but.beforeFields)} before the first field line`)
  }
  if (but.afterMethod !== undefined) say.push(`${nameBytes(but.afterMethod)} more after the method`)
  if (but.requestLine !== undefined) say.push(`the request line ${nameBytes(but.requestLine)}`)
  if (but.headLine !== undefined) say.push(`the line ${nameBytes(but.headLine)} after the fields`)
  if (but.pause !== undefined) say.push('a pause before the Authorization line')
  if (but.framing !== undefined) say.push(framingWords[but.framing])
  if (but.bulk !== undefined) say.push(`a field of ${but.bulk.bytes} bytes`)
  return say
}
