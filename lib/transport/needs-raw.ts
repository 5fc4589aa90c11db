import type { FieldLine, Request } from '../model/exchange.ts'
import { nameOf, serialise, textOf } from './serialise.ts'
import { complete, type Habit, isPayloadMethod, tidy } from './settle.ts'

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Names that undici refuses to be given. */
const refused: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
])

/** Names whose line undici writes by itself, whatever it is given. */
const own: ReadonlySet<string> = new Set(['host', 'connection', 'content-length'])

const ofRequestLine = (request: Request): string | undefined => {
  if (request.pause !== undefined) return 'undici writes a request in one go'
  if (request.start !== undefined) return 'undici writes request lines of its own'
  if ((request.version ?? 'HTTP/1.1') !== 'HTTP/1.1') return 'undici writes HTTP/1.1 only'
  if (!token.test(request.method) || request.method === 'CONNECT') {
    return 'undici does not write this method'
  }
  if (!/^(?:\/|https?:\/\/)[\x21-\xff]*$/.test(textOf(request.target))) {
    return 'undici does not write this request-target'
  }
  return request.trailers === undefined ? undefined : 'undici does not write trailers'
}

const ofLine = (line: FieldLine): string | undefined => {
  if (line.bare) return 'undici writes field lines only'
  if (textOf(line.beforeColon ?? []) !== '' || textOf(line.afterColon ?? [{ text: ' ' }]) !== ' ') {
    return 'undici writes a field as name, colon, one space, value'
  }
  if (!token.test(textOf(line.name))) return 'undici refuses a field name that is no token'
  if (refused.has(nameOf(line))) return `undici refuses to be given ${nameOf(line)}`
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(textOf(line.value))
    ? undefined
    : 'undici refuses control bytes and line ends in a field value'
}

const singleValue = (request: Request, name: string): string | undefined => {
  const lines = request.fields.filter((line) => nameOf(line) === name)
  return lines[0] === undefined || lines.length > 1 ? undefined : textOf(lines[0].value)
}

/** What undici 7 writes for it: three lines of its own, in its own places and letter case. */
const asUndiciWrites = (request: Request): string | undefined => {
  const host = singleValue(request, 'host')
  const connection = singleValue(request, 'connection')
  if (host === undefined || connection === undefined) return undefined
  const body = textOf(request.body ?? [])
  const others = request.fields.filter((line) => !own.has(nameOf(line)))
  const framed = body.length > 0 || isPayloadMethod(request.method)
  return [
    `${request.method} ${textOf(request.target)} HTTP/1.1\r\n`,
    `host: ${host}\r\n`,
    `connection: ${connection === 'close' ? 'close' : 'keep-alive'}\r\n`,
    ...others.map((line) => `${textOf(line.name)}: ${textOf(line.value)}\r\n`),
    framed ? `content-length: ${body.length}\r\n\r\n` : '\r\n',
    body,
  ].join('')
}

/** Why undici would not write exactly these bytes. */
const oddity = (request: Request): string | undefined => {
  const odd = ofRequestLine(request) ?? request.fields.map(ofLine).find((why) => why !== undefined)
  if (odd !== undefined) return odd
  return asUndiciWrites(request) === textOf(serialise(request))
    ? undefined
    : 'undici writes one Host, one Connection and one Content-Length of its own'
}

/**
 * Why only a raw socket can carry the request, in words, or undefined where undici writes exactly
 * its bytes. It says the same of a request and of its settled form.
 */
export const needsRaw = (request: Request): string | undefined =>
  request.raw ?? oddity(tidy(complete(request, 'close')))

/**
 * The request as it goes out, whoever carries it. Missing Connection and framing lines are added.
 * What undici can carry is put in undici's order and spelling; what needs a raw socket, or says that
 * it does, keeps its own. Settling twice changes nothing.
 */
export const settled = (request: Request, habit: Habit): Request => {
  const whole = complete(request, habit)
  return needsRaw(request) === undefined ? tidy(whole) : whole
}
