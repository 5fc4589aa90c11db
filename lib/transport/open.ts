import type { Exchange, Request, Route } from '../model/exchange.ts'
import { type Carried, carry } from './carry.ts'
import { createProber } from './channel/probe.ts'
import { type Connection, createConnection } from './connection.ts'
import { createDial, type Opened, type Undialled } from './dial.ts'
import { type Failure, ownFault, stopFailure } from './failures.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { UndiciModule } from './second.ts'
import { createStop, type Stop } from './stop.ts'
import type { How, Line, Transport, TransportOptions } from './transport.ts'

/** One try at an exchange: at most one new connection, at most one request. */
interface Attempt {
  readonly facts: Pick<Exchange, 'connection' | 'at' | 'ms' | 'tls' | 'proxy'>
  readonly carried?: Carried
  readonly failure?: Failure
  /** The connection had carried another exchange before. */
  readonly reused: boolean
}

interface LineState {
  connection?: Connection
  /** Exchanges on one line take turns. */
  turn: Promise<unknown>
}

/** True where a kept connection turned out to be dead: nothing shows that the server saw a request. */
const isStale = ({ reused, carried, failure }: Attempt): boolean =>
  reused && carried?.bytes === 0 && /^(?:ended|reset)$/.test(failure?.trouble.code ?? '')

const carrierOf = (raw: boolean, { carried, failure }: Attempt): Exchange['carrier'] => {
  if (raw || (carried?.answer !== undefined && !carried.agreed)) return 'raw'
  return /^(?:garbage|too-large)$/.test(failure?.trouble.code ?? '') ? 'raw' : 'undici'
}

const exchangeOf = (n: number, prepared: Prepared, attempt: Attempt): Exchange => ({
  n,
  request: prepared.request,
  ending: attempt.failure?.ending ?? 'complete',
  ...(attempt.carried?.answer === undefined ? {} : { answer: attempt.carried.answer }),
  ...(attempt.failure === undefined ? {} : { trouble: attempt.failure.trouble }),
  ...(attempt.carried?.closed === undefined ? {} : { closed: attempt.carried.closed }),
  carrier: carrierOf(prepared.raw, attempt),
  ...attempt.facts,
})

/** What is shared by all exchanges of one transport. */
interface Books {
  exchanges: number
  connections: number
  sent: number
  closed: boolean
  readonly open: Set<Connection>
  readonly stops: Set<Stop>
  readonly underway: Set<Promise<unknown>>
}

const keep = (books: Books, opened: Opened, number: number): Connection => {
  const connection = createConnection(opened, number)
  books.open.add(connection)
  connection.closed.then(() => books.open.delete(connection))
  return connection
}

const sameRoute = (a: Route, b: Route): boolean =>
  a.scheme === b.scheme && a.host === b.host && a.port === b.port && a.tls === b.tls

/** Opens the way to servers; nothing is connected, and undici not loaded, before the first request. */
export const createTransport = (options: TransportOptions): Transport => {
  const dial = createDial(options)
  const now = options.now ?? Date.now
  const lines = new WeakMap<Line, LineState>()
  const books: Books = {
    exchanges: 0,
    connections: 0,
    sent: 0,
    closed: false,
    open: new Set(),
    stops: new Set(),
    underway: new Set(),
  }
  const sent = (): void => {
    books.sent += 1
  }
  const probe = createProber(dial, { ...options, sent }, now)
  let undici: Promise<UndiciModule> | undefined
  const load = (): Promise<UndiciModule> => {
    undici ??= import('undici')
    return undici
  }

  const attempt = async (prepared: Prepared, stop: Stop, state?: LineState): Promise<Attempt> => {
    const at = now()
    const begun = performance.now()
    const kept = state?.connection?.alive() === true ? state.connection : undefined
    if (kept === undefined) books.connections += 1
    const number = kept?.number ?? books.connections
    const factsAt = (over: number, opened: Partial<Opened>): Attempt['facts'] => ({
      connection: number,
      at,
      ms: over - begun,
      ...(opened.tls === undefined ? {} : { tls: opened.tls }),
      ...(opened.proxy === undefined ? {} : { proxy: opened.proxy }),
    })
    const { timeoutMs, request } = prepared
    const why = stop.why()
    const opened: Connection | Opened | Undialled =
      why === undefined
        ? (kept ?? (await dial(request.route, timeoutMs, stop)))
        : stopFailure(why, timeoutMs, request.route.host)
    if ('trouble' in opened) {
      const { ending, trouble } = opened
      const facts = factsAt(performance.now(), { ...opened })
      return { facts, failure: { ending, trouble }, reused: false }
    }
    const connection = kept ?? keep(books, opened, number)
    if (state !== undefined) state.connection = connection
    sent()
    const carried = await carry(connection, prepared.job(stop)).catch((error: unknown) => {
      connection.close()
      throw error
    })
    if (state === undefined) connection.close()
    const failure = carried.failure === undefined ? {} : { failure: carried.failure }
    const reused = kept !== undefined
    return { facts: factsAt(carried.overAt, opened), carried, ...failure, reused }
  }

  const clocked = async (prepared: Prepared, how: How, state?: LineState): Promise<Attempt> => {
    const stop = createStop(prepared.timeoutMs, how.signal)
    books.stops.add(stop)
    if (books.closed) stop.abort()
    try {
      return await attempt(prepared, stop, state)
    } finally {
      stop.clear()
      books.stops.delete(stop)
    }
  }

  const onLine = (n: number, prepared: Prepared, how: How, state: LineState): Promise<Exchange> => {
    const run = async (): Promise<Exchange> => {
      const first = await clocked(prepared, how, state)
      if (!isStale(first)) return exchangeOf(n, prepared, first)
      return { ...exchangeOf(n, prepared, await clocked(prepared, how, state)), resent: true }
    }
    const turn = state.turn.then(run, run)
    state.turn = turn
    return turn
  }

  const probed = async (n: number, request: Request, how: How): Promise<Exchange> => {
    const timeoutMs = how.timeoutMs ?? options.timeoutMs
    const stops: Stop[] = []
    const begin = (): Stop => {
      const stop = createStop(timeoutMs, how.signal)
      books.stops.add(stop)
      stops.push(stop)
      if (books.closed) stop.abort()
      return stop
    }
    books.connections += 1
    const about = { n, request, carrier: 'raw', connection: books.connections, at: now() } as const
    const begun = performance.now()
    try {
      const found = await probe(request, timeoutMs, begin, how.turn)
      return { ...about, ending: 'closed', ...found, ms: performance.now() - begun }
    } finally {
      for (const stop of stops) {
        stop.clear()
        books.stops.delete(stop)
      }
    }
  }

  const exchange = async (n: number, request: Request, how: How): Promise<Exchange> => {
    if (request.route.probe !== undefined) return probed(n, request, how)
    const prepared = await prepare(request, how, options, load)
    if (how.on === undefined) return exchangeOf(n, prepared, await clocked(prepared, how))
    const state = lines.get(how.on)
    if (state === undefined || !sameRoute(how.on.route, request.route)) {
      throw new Error('the kept connection goes elsewhere')
    }
    return onLine(n, prepared, how, state)
  }

  const send = async (request: Request, how: How = {}): Promise<Exchange> => {
    books.exchanges += 1
    const n = books.exchanges
    const at = now()
    try {
      return await exchange(n, request, how)
    } catch (error) {
      const { ending, trouble } = ownFault(error)
      return { n, request, ending, trouble, carrier: 'raw', connection: 0, at, ms: 0 }
    }
  }

  return {
    send: (request, how) => {
      const sending = send(request, how)
      books.underway.add(sending)
      return sending.finally(() => books.underway.delete(sending))
    },
    line: (route) => {
      const state: LineState = { turn: Promise.resolve() }
      const line: Line = {
        route,
        get alive() {
          return state.connection?.alive() === true
        },
        get carried() {
          return state.connection?.carried() ?? 0
        },
        close: () => state.connection?.close(),
      }
      lines.set(line, state)
      return line
    },
    close: async () => {
      books.closed = true
      for (const stop of [...books.stops]) stop.abort()
      await Promise.allSettled([...books.underway])
      for (const connection of [...books.open]) connection.close()
      await Promise.all([...books.open].map((connection) => connection.closed))
    },
    get sent() {
      return books.sent
    },
  }
}
