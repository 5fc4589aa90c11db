import type { Socket } from 'node:net'
import { codeOf, type Failure, failure, placeOf, stopFailure } from './failures.ts'
import type { ProxyTarget } from './proxy.ts'
import { shown } from './shown.ts'
import { openTcp, until } from './sockets.ts'
import type { Stop } from './stop.ts'
import type { Wrap } from './tls.ts'

/** The CONNECT request: the credentials of the proxy go here and nowhere else (RFC 9110 §9.3.6). */
const request = (place: string, proxy: ProxyTarget): string =>
  [
    `CONNECT ${place} HTTP/1.1`,
    `host: ${place}`,
    ...(proxy.authorization === undefined ? [] : [`proxy-authorization: ${proxy.authorization}`]),
    '\r\n',
  ].join('\r\n')

const headCap = 65_536

/** Reads up to the blank line, and leaves what follows for whoever speaks through the tunnel. */
const readHead = async (socket: Socket, stop: Stop): Promise<string> => {
  let text = ''
  for (;;) {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) {
      await until(socket, 'readable', stop)
      continue
    }
    const before = text.length
    text += chunk.toString('latin1')
    const end = /\r?\n\r?\n/.exec(text)
    if (end !== null) {
      const rest = chunk.subarray(end.index + end[0].length - before)
      if (rest.length > 0) socket.unshift(rest)
      return text.slice(0, end.index)
    }
    if (text.length > headCap) throw new Error('its answer has no end')
  }
}

const refusal = (head: string, proxy: string, place: string): string | undefined => {
  const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1]
  if (status === undefined) return `The proxy ${proxy} answered ${shown(head)} to CONNECT.`
  if (status.startsWith('2')) return undefined
  return status === '407'
    ? `The proxy ${proxy} wants credentials (407).`
    : `The proxy ${proxy} does not open a tunnel to ${place} (${status}).`
}

/**
 * Opens a tunnel to `place` through a proxy. Whatever goes wrong on the way is `proxied`: it says
 * nothing about the target.
 */
export const openTunnel = async (
  proxy: ProxyTarget,
  place: string,
  timeoutMs: number,
  stop: Stop,
  wrap: Wrap,
): Promise<Socket | Failure> => {
  const where = placeOf(proxy.host, proxy.port)
  if (proxy.unusable !== undefined) return failure('unsent', 'proxied', `${proxy.unusable}.`)
  let socket: Socket | undefined
  try {
    socket = await openTcp(proxy.host, proxy.port, timeoutMs, stop)
    if (proxy.secure) {
      socket = wrap(socket, proxy.host)
      await until(socket, 'secureConnect', stop)
    }
    socket.write(request(place, proxy), 'latin1')
    const say = refusal(await readHead(socket, stop), where, place)
    if (say === undefined) return socket
    socket.destroy()
    return failure('unsent', 'proxied', say)
  } catch (error) {
    socket?.destroy()
    const why = stop.why()
    if (why === 'aborted') return stopFailure(why, timeoutMs, place)
    const cause =
      why === 'timeout' ? `nothing within ${timeoutMs} ms` : codeOf(error) || String(error)
    return failure(
      'unsent',
      'proxied',
      `The proxy ${where} opened no tunnel to ${place}: ${cause}.`,
    )
  }
}
