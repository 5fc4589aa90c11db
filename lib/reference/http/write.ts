/** Turns answers into bytes (RFC 9112 §4, RFC 9110 §6.4 and §6.6.1). */
import { STATUS_CODES } from 'node:http'
import type { Fault, Limits, Pair, Reply } from './types.ts'

const saysClose: Pair = ['Connection', 'close']

/** An answer that carries JSON. */
export const jsonReply = (
  status: number,
  content: Readonly<Record<string, unknown>>,
  fields: readonly Pair[] = [],
): Reply => ({
  status,
  fields: [['Content-Type', 'application/json'], ...fields],
  body: Buffer.from(`${JSON.stringify(content)}\n`, 'utf8').toString('latin1'),
})

/** Explains a refusal and closes: what follows a malformed request cannot be trusted. */
export const strictRefuse = (fault: Fault): Reply => ({
  ...jsonReply(fault.fault, { error: 'bad-request', message: fault.say }),
  close: true,
})

/** The name of the longest line of an unfinished head, or undefined for the request line. */
const longestField = (partial: string): string | undefined => {
  const lines = partial.split('\r\n').slice(1)
  const longest = lines.reduce((most, line) => (line.length > most.length ? line : most), '')
  return /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}):/.exec(longest)?.[1]
}

/** 414 for a long request line, else 431 that names the field (RFC 6585 §5). */
export const strictTooLarge = (partial: string, limits: Limits): Reply => {
  const end = partial.indexOf('\r\n')
  if (end < 0 || end > limits.requestLine) {
    const message = `A request line may have ${limits.requestLine} bytes here, always.`
    return { ...jsonReply(414, { error: 'request-line-too-long', message }), close: true }
  }
  const field = longestField(partial) ?? 'unknown'
  const message = `The fields may have ${limits.head} bytes here, always; "${field}" is too long.`
  return { ...jsonReply(431, { error: 'fields-too-large', field, message }), close: true }
}

const withoutContent = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Content follows unless method or status forbid it (RFC 9110 §6.4.1). */
export const strictHasContent = (method: string, status: number): boolean =>
  method !== 'HEAD' && !withoutContent(status)

/** Dates the answer, measures its content and says when the connection closes. */
export const strictFinish = (reply: Reply): Reply => {
  const has = (name: string): boolean =>
    reply.fields.some(([given]) => given.toLowerCase() === name.toLowerCase())
  const length: Pair[] =
    withoutContent(reply.status) || has('transfer-encoding')
      ? []
      : [['Content-Length', String(reply.body.length)]]
  const date: Pair[] = has('date') ? [] : [['Date', new Date().toUTCString()]]
  const close = reply.close ? [saysClose] : []
  return { ...reply, fields: [...date, ...reply.fields, ...length, ...close] }
}

/** Status line, fields and content. */
export const strictEncode = (reply: Reply, content: boolean): string => {
  const reason = STATUS_CODES[reply.status] ?? ''
  const lines = reply.fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = `HTTP/1.1 ${reply.status} ${reason}\r\n${lines}\r\n`
  return `${reply.interim ?? ''}${head}${content ? reply.body : ''}`
}
