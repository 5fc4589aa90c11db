/** Listens, and keeps count of what is open so that closing leaves nothing behind. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { serveConnection } from './connection.ts'
import { type Channel, createSecure, type Secure } from './secure.ts'
import type { Seen, Site } from './types.ts'

/** A server that is listening. */
export interface Running {
  readonly port: number
  /** Every request in the order of its answer. */
  readonly log: readonly Seen[]
  /** Stops listening and drops every connection. */
  readonly close: () => Promise<void>
}

/** How a listener speaks, where it is not told to speak plainly. */
export interface ListenOptions {
  /** How many milliseconds a connection may be quiet before it is closed; 30 seconds unless told. */
  readonly idle?: number
  /** Speaks TLS on every connection. */
  readonly channel?: Channel
  /** Decides what becomes of each connection where TLS is spoken; all are secured unless told. */
  readonly turn?: (raw: Socket, secure: Secure, serve: (raw: Socket) => void) => void
}

/** Starts a site on a port, 0 for any; rejects where the port cannot be had. */
export const listen = async (
  site: Site,
  host: string,
  port: number,
  { idle = 30_000, channel, turn }: ListenOptions = {},
): Promise<Running> => {
  const log: Seen[] = []
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true })
  const stop = (): void => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  let number = 0
  const serve = (socket: Socket, raw: Socket): void => {
    number += 1
    const seen = (one: Seen): number => log.push(one)
    const surroundings = { site, seen, die: stop, reset: () => raw.resetAndDestroy(), idle }
    const connection = { number, secure: socket !== raw }
    serveConnection(socket, connection, surroundings).catch(() => socket.destroy())
  }
  const secure = channel === undefined ? undefined : createSecure(channel, serve)
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    if (secure === undefined) serve(socket, socket)
    else if (turn === undefined) secure(socket)
    else turn(socket, secure, (raw) => serve(raw, raw))
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
