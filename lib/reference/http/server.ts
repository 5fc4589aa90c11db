/** Listens, and keeps count of what is open so that closing leaves nothing behind. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { serveConnection } from './connection.ts'
import type { Seen, Site } from './types.ts'

/** A server that is listening. */
export interface Running {
  readonly port: number
  /** Every request in the order of its answer. */
  readonly log: readonly Seen[]
  /** Stops listening and drops every connection. */
  readonly close: () => Promise<void>
}

/**
 * Starts a site on a port, 0 for any; rejects where the port cannot be had. `idle` is how many
 * milliseconds a connection may be quiet before it is closed.
 */
export const listen = async (
  site: Site,
  host: string,
  port: number,
  idle: number = 30_000,
): Promise<Running> => {
  const log: Seen[] = []
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true })
  const stop = (): void => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  let number = 0
  server.on('connection', (socket) => {
    number += 1
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    const surroundings = { site, seen: (seen: Seen) => log.push(seen), die: stop, idle }
    serveConnection(socket, { number, secure: false }, surroundings).catch(() => socket.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    log,
    close: async () => {
      if (!server.listening && open.size === 0) return
      const closed = server.listening ? once(server, 'close') : Promise.resolve()
      stop()
      await closed
    },
  }
}
