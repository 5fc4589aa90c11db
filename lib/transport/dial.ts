import type { Socket } from 'node:net'
import type { Route, TlsFacts } from '../model/exchange.ts'
import { type Failure, placeOf, stopFailure, tcpFailure, tlsFailure } from './failures.ts'
import type { ProxyFor, ProxyTarget } from './proxy.ts'
import { openTcp, until } from './sockets.ts'
import type { Stop } from './stop.ts'
import { createTls, type TlsOptions, tlsFactsOf } from './tls.ts'
import { openTunnel } from './tunnel.ts'

/** Sends a host and port to an address of the caller's choice, as curl's `--resolve` does. */
export interface Resolve {
  readonly host: string
  readonly port: number
  readonly address: string
  /** The port that is meant there, where one address stands for several. */
  readonly at?: number
}

export interface DialOptions extends TlsOptions {
  readonly proxyFor?: ProxyFor
  /** Of several addresses for one place, the first counts, unless all are looked at. */
  readonly resolve?: readonly Resolve[]
}

/** The addresses of the caller's choice for a place, in order. */
export const chosenFor = (
  route: Pick<Route, 'host' | 'port'>,
  resolve: readonly Resolve[] = [],
): readonly Resolve[] => {
  const host = route.host.toLowerCase()
  return resolve.filter((each) => each.host.toLowerCase() === host && each.port === route.port)
}

/** A connection on which a request can be sent. */
export interface Opened {
  readonly socket: Socket
  readonly tls?: TlsFacts
  /** Through a proxy, as `host:port`. */
  readonly proxy?: string
}

/** Opens a connection along a route; it never rejects. */
export type Dial = (route: Route, timeoutMs: number, stop: Stop) => Promise<Opened | Undialled>

/** No connection, and through which proxy there is none. */
export interface Undialled extends Failure {
  readonly proxy?: string
}

const isFailure = (result: object): result is Failure => 'trouble' in result

export const createDial = (options: DialOptions): Dial => {
  const wrap = createTls(options)
  // The proxy has a certificate of its own: the target's name and laxity do not apply to it.
  const wrapProxy = createTls(options.ca === undefined ? {} : { ca: options.ca })

  const reach = async (
    route: Route,
    proxy: ProxyTarget | undefined,
    timeoutMs: number,
    stop: Stop,
  ): Promise<Socket | Failure> => {
    const [chosen] = chosenFor(route, options.resolve)
    const address = chosen?.address ?? route.host
    const port = chosen?.at ?? route.port
    if (proxy !== undefined) {
      return openTunnel(proxy, placeOf(address, port), timeoutMs, stop, wrapProxy)
    }
    try {
      return await openTcp(address, port, timeoutMs, stop)
    } catch (error) {
      const where = placeOf(route.host, route.port)
      const why = stop.why()
      return why ? stopFailure(why, timeoutMs, where) : tcpFailure(error, where)
    }
  }

  const secure = async (
    plain: Socket,
    route: Route,
    timeoutMs: number,
    stop: Stop,
  ): Promise<Opened | Failure> => {
    const where = placeOf(route.host, route.port)
    try {
      const socket = wrap(plain, route.host, route.tls)
      await until(socket, 'secureConnect', stop)
      return { socket, tls: tlsFactsOf(socket) }
    } catch (error) {
      plain.destroy()
      const why = stop.why()
      return why ? stopFailure(why, timeoutMs, where) : tlsFailure(error, where)
    }
  }

  return async (route, timeoutMs, stop) => {
    const proxy = options.proxyFor?.(route)
    const usable = proxy !== undefined && proxy.unusable === undefined
    const through = usable ? { proxy: placeOf(proxy.host, proxy.port) } : {}
    const plain = await reach(route, proxy, timeoutMs, stop)
    if (isFailure(plain)) return { ...plain, ...through }
    // A probe speaks for itself, or not at all.
    if (route.scheme === 'http' || route.probe !== undefined) return { socket: plain, ...through }
    const opened = await secure(plain, route, timeoutMs, stop)
    return { ...opened, ...through }
  }
}
