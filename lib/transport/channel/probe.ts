/** Carries what is no request: connections of which only the handshake counts. */
import { isIP } from 'node:net'
import type { Hello } from '../../model/channel.ts'
import type { Exchange, Request, Route } from '../../model/exchange.ts'
import { createDial, type Dial, type DialOptions, type Opened } from '../dial.ts'
import { type Failure, placeOf, stopFailure, tlsFailure } from '../failures.ts'
import type { Stop } from '../stop.ts'
import { createTls, type Wrap } from '../tls.ts'
import { type Lookup, lookAtAddresses } from './addresses.ts'
import { lookAtCertificate } from './certificate.ts'
import { sayHello } from './hello.ts'
import { gcmAlone, lookAtNonces } from './nonces.ts'
import { comeBack, type Given, takeSession } from './resumption.ts'
import { wide } from './suites.ts'
import { lookAtTicket } from './ticket.ts'

/** What a probe found, or why nothing could be found. */
export type Probed = Required<Pick<Exchange, 'channel'>> | Failure

/** `begin` starts the clock of one connection; a probe may take three. */
export type ProbeOne = (route: Route, timeoutMs: number, begin: () => Stop) => Promise<Probed>

/** Carries every probe; `turn` is waited for before each connection of those that take many. */
export type Prober = (
  request: Request,
  timeoutMs: number,
  begin: () => Stop,
  turn?: () => Promise<void>,
) => Promise<Probed>

export interface ProberOptions extends DialOptions {
  readonly lookup?: Lookup
  /** Told of each request that is written on a connection, to have something to look at. */
  readonly sent?: () => void
}

const isFailure = (result: object): result is Failure => 'trouble' in result

/** A name to ask for; an address is none (RFC 6066 §3). */
const nameFor = (host: string): string | undefined => (isIP(host) === 0 ? host : undefined)

/** Why a handshake came to no end. */
const failedBy = (error: unknown, route: Route, timeoutMs: number, stop: Stop): Failure => {
  const where = placeOf(route.host, route.port)
  const why = stop.why()
  return why === undefined ? tlsFailure(error, where) : stopFailure(why, timeoutMs, where)
}

/** Probes the place that is dialled, whichever address of it answers. */
const probeOneBy = (dial: Dial, wrap: Wrap, options: DialOptions, now: () => number): ProbeOne => {
  const usual = new Map<string, Promise<boolean>>()

  const opened = async (route: Route, timeoutMs: number, stop: Stop): Promise<Opened | Failure> =>
    dial(route, timeoutMs, stop)

  const hello = async (
    route: Route,
    said: Hello,
    timeoutMs: number,
    stop: Stop,
  ): Promise<Awaited<ReturnType<typeof sayHello>> | Failure> => {
    const connection = await opened(route, timeoutMs, stop)
    if (isFailure(connection)) return connection
    const name = options.servername ?? nameFor(route.host)
    const answer = await sayHello(connection.socket, said, name, stop)
    if (stop.why() !== 'aborted') return answer
    return stopFailure('aborted', timeoutMs, placeOf(route.host, route.port))
  }

  /** Asked once for each place: what it takes to be answered does not change in a run. */
  const isUsual = (route: Route, timeoutMs: number, stop: Stop): Promise<boolean> => {
    const place = placeOf(route.host, route.port)
    const known = usual.get(place)
    if (known !== undefined) return known
    const asking = hello(route, wide, timeoutMs, stop).then(
      (answer) => !isFailure(answer) && answer.reply === 'answered',
    )
    usual.set(place, asking)
    // What failed may have been the network's fault: the next who asks tries again.
    asking.then((answered) => answered || usual.delete(place))
    return asking
  }

  const hostFor = (route: Route): string => options.servername ?? route.host

  const look = async (
    route: Route,
    what: 'certificate' | 'ticket',
    timeoutMs: number,
    stop: Stop,
  ): Promise<Probed> => {
    const connection = await opened(route, timeoutMs, stop)
    if (isFailure(connection)) return connection
    const host = hostFor(route)
    const ca = options.ca === undefined ? {} : { ca: options.ca }
    const { socket } = connection
    try {
      if (what === 'ticket') {
        return { channel: { ticket: await lookAtTicket(socket, wrap, host, stop) } }
      }
      const sight = { host, ...ca, now: now() }
      return { channel: { certificate: await lookAtCertificate(socket, wrap, sight, stop) } }
    } catch (error) {
      const failed = failedBy(error, route, timeoutMs, stop)
      // Who does not speak TLS 1.2 gives no ticket for it, which is for others to know.
      return what === 'ticket' && failed.trouble.code === 'handshake'
        ? { channel: { ticket: { failed: true } } }
        : failed
    }
  }

  const resume = async (route: Route, timeoutMs: number, begin: () => Stop): Promise<Probed> => {
    const stop = begin()
    const first = await opened(route, timeoutMs, stop)
    if (isFailure(first)) return first
    let given: Given | undefined
    try {
      given = await takeSession(first.socket, wrap, hostFor(route), stop)
    } catch (error) {
      const failed = failedBy(error, route, timeoutMs, stop)
      return failed.trouble.code === 'handshake'
        ? { channel: { resumption: { came: 'no-handshake' } } }
        : failed
    }
    if (stop.why() === 'aborted') return failedBy(undefined, route, timeoutMs, stop)
    if (given === undefined) return { channel: { resumption: { came: 'no-ticket' } } }
    const again = begin()
    const second = await opened(route, timeoutMs, again)
    if (isFailure(second)) return second
    const name = options.servername ?? nameFor(route.host)
    const found = await comeBack(second.socket, given, name, again)
    return again.why() === 'aborted'
      ? failedBy(undefined, route, timeoutMs, again)
      : { channel: { resumption: found } }
  }

  /** A server that hangs up or keeps silent is asked once more: either may have been the network. */
  const asked = async (
    route: Route,
    said: Hello,
    timeoutMs: number,
    begin: () => Stop,
  ): Promise<Awaited<ReturnType<typeof hello>>> => {
    const answer = await hello(route, said, timeoutMs, begin())
    if (isFailure(answer) || (answer.reply !== 'ended' && answer.reply !== 'silent')) return answer
    return hello(route, said, timeoutMs, begin())
  }

  return async (route, timeoutMs, begin) => {
    const { probe } = route
    if (probe === undefined) throw new Error('the route is for a request')
    if ('look' in probe) {
      if (probe.look === 'addresses') throw new Error('one place has one address')
      if (probe.look === 'nonces') throw new Error('it takes a request to see nonces')
      return probe.look === 'resumption'
        ? resume(route, timeoutMs, begin)
        : look(route, probe.look, timeoutMs, begin())
    }
    const answer = await asked(route, probe.hello, timeoutMs, begin)
    if (isFailure(answer)) return answer
    const known = answer.reply === 'answered' || (await isUsual(route, timeoutMs, begin()))
    return { channel: { hello: { ...answer, usual: known } } }
  }
}

/** Has the server of a place say something in TLS 1.2, and looks at its records. */
const noncesBy = (
  dial: Dial,
  options: ProberOptions,
): ((request: Request, timeoutMs: number, stop: Stop) => Promise<Probed>) => {
  const wrap = createTls({ ...options, insecure: true, lax: true, suites: gcmAlone })
  const { servername, sent = () => undefined } = options
  return async (request, timeoutMs, stop) => {
    const { route } = request
    const opened = await dial(route, timeoutMs, stop)
    if (isFailure(opened)) return opened
    const host = servername ?? route.host
    try {
      const nonces = await lookAtNonces(opened.socket, wrap, host, request, sent, stop)
      return stop.why() === 'aborted'
        ? failedBy(undefined, route, timeoutMs, stop)
        : { channel: { nonces } }
    } catch (error) {
      const failed = failedBy(error, route, timeoutMs, stop)
      // Who speaks no TLS 1.2, or no AES-GCM in it, writes no nonces.
      return failed.trouble.code === 'handshake' ? { channel: { nonces: { nonces: [] } } } : failed
    }
  }
}

export const createProber = (
  dial: Dial,
  options: ProberOptions,
  now: () => number = Date.now,
): Prober => {
  const wrap = createTls({ ...options, insecure: true, lax: true })
  const here = probeOneBy(dial, wrap, options, now)
  const nonces = noncesBy(dial, options)
  return (request, timeoutMs, begin, turn = async () => undefined) => {
    const { route } = request
    const look = route.probe !== undefined && 'look' in route.probe ? route.probe.look : undefined
    if (look === 'nonces') return nonces(request, timeoutMs, begin())
    if (look !== 'addresses') return here(route, timeoutMs, begin)
    return lookAtAddresses(route, options, {
      probe: (only) => {
        const pinned = { ...options, resolve: [only] }
        return probeOneBy(createDial(pinned), wrap, pinned, now)
      },
      timeoutMs,
      begin,
      turn,
    })
  }
}
