import type { Request } from '../model/exchange.ts'
import type { Job } from './carry.ts'
import { placeOf } from './failures.ts'
import { needsRaw, settled } from './needs-raw.ts'
import { pauseOf } from './pieces.ts'
import type { Limits } from './reading.ts'
import { createSecond, type UndiciModule } from './second.ts'
import { bytesOf, serialise } from './serialise.ts'
import type { Stop } from './stop.ts'
import type { How, TransportOptions } from './transport.ts'

/** A request ready to be sent, once or again. */
export interface Prepared {
  /** As it goes out. */
  readonly request: Request
  readonly raw: boolean
  readonly timeoutMs: number
  readonly job: (stop: Stop) => Job
}

const kibi = 1024

const limitsOf = (options: TransportOptions): Limits => ({
  headCap: Math.max(kibi, options.headCap ?? 256 * kibi),
  bodyCap: options.bodyCap ?? 256 * kibi,
  bodyStop: options.bodyStop ?? 4 * kibi * kibi,
})

/** Settles the request, decides who carries it, and loads undici if it is undici. */
export const prepare = async (
  given: Request,
  how: How,
  options: TransportOptions,
  load: () => Promise<UndiciModule>,
): Promise<Prepared> => {
  const kept = how.on !== undefined || how.watchCloseMs !== undefined
  const request = settled(given, kept ? 'keep-alive' : 'close')
  const raw = (how.carrier ?? options.carrier) === 'raw' || needsRaw(request) !== undefined
  const undici = raw ? undefined : await load()
  const bytes = bytesOf(serialise(request))
  const limits = limitsOf(options)
  const timeoutMs = how.timeoutMs ?? options.timeoutMs
  const { host, port } = request.route
  const pause = pauseOf(request, timeoutMs)
  return {
    request,
    raw,
    timeoutMs,
    job: (stop) => ({
      method: request.method,
      bytes,
      where: placeOf(host, port),
      limits,
      timeoutMs,
      lingerMs: options.lingerMs ?? 50,
      stop,
      ...(pause === undefined ? {} : { pause }),
      ...(how.watchCloseMs === undefined ? {} : { watchCloseMs: how.watchCloseMs }),
      ...(undici === undefined
        ? {}
        : { second: (out) => createSecond(undici, request, bytes, limits.headCap, out) }),
    }),
  }
}
