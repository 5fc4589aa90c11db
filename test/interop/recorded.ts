/** From the bytes that a relay saw to a request as a record writes it, and back. */
import type { ReportExchange } from '../../lib/model/report.ts'
import type { BareRequest } from './bare.ts'
import type { Relay } from './relay.ts'

/** Lines that every request of the tool has, and those that a record writes elsewhere. */
const usual = /^(?:host|connection|user-agent|accept|cache-control): /i

/** A token, or random text of its shape; padding and odd signs are part of a token's fault. */
const token = /(?:eyJ[\w+/=-]*|[\w+/=-]{40,})(?:\.[\w+/=~-]*)+/g

/** The bytes of all requests on the connection of an exchange, as latin1. */
export const sentIn = (exchange: ReportExchange | undefined, relay: Relay): string =>
  relay.sent[(exchange?.connection ?? 0) - 1] ?? ''

export const requestFrom = (bytes: string, port: number): BareRequest => {
  const spelled = bytes
    .replaceAll(`127.0.0.1:${port}`, '{host}')
    .replace(/(.)\1{99,}/g, (run, letter: string) => `{${letter}*${run.length}}`)
  const [head = '', content = ''] = spelled.split(/\r\n\r\n(.*)/s)
  const [first = '', ...fields] = head.split('\r\n')
  const [method = '', target = ''] = first.split(' ')
  const hosts = fields.filter((line) => /^host: /i.test(line)).map((line) => line.slice(6))
  return {
    ...(method === 'GET' ? {} : { method }),
    ...(target === '/protected' ? {} : { target }),
    ...(hosts.join() === '{host}' ? {} : { hosts }),
    lines: fields.filter((line) => !usual.test(line)),
    ...(content === '' ? {} : { content }),
  }
}

/** The bytes with every token in them, whatever its fault, as `{token}`. */
export const withoutTokens = (bytes: string): string => bytes.replaceAll(token, '{token}')

/** A recorded request with the tokens of a run, in the order in which they were sent. */
export const withTokens = <R extends BareRequest>(recorded: R, bytes: string): R => {
  const tokens = bytes.match(token) ?? []
  let used = 0
  const fill = (text: string): string =>
    text.replaceAll('{token}', () => tokens[used++] ?? '{no token was sent}')
  return {
    ...recorded,
    ...(recorded.target === undefined ? {} : { target: fill(recorded.target) }),
    lines: recorded.lines.map(fill),
  }
}
