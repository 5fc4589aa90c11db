import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { FieldLine, Request, Route } from '../model/exchange.ts'
import { createTransport } from './open.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** A server on 127.0.0.1 that a test scripts to the byte. */
export interface Scripted {
  readonly port: number
  readonly route: Route
  /** What came in on each connection, as latin1. */
  readonly received: readonly string[]
  /** Connections open now. */
  readonly connections: () => Promise<number>
}

/** What the server does on a connection; `request` is given each time a head has come in whole. */
export type Script = (socket: Socket, request: string, connection: number) => void

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

export const countOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })

/** Starts a listening server and ends it, with its connections, when the test is over. */
export const start = async (t: TestContext, server: Server): Promise<number> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return port
}

/** Follows one connection: keeps what came in, and calls the script for every head. */
export const follow = (socket: Socket, received: string[], script: Script): void => {
  const index = received.push('') - 1
  let unread = ''
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1')
    received[index] += text
    unread += text
    for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
      const request = unread.slice(0, end + 4)
      unread = unread.slice(end + 4)
      script(socket, request, index)
    }
  })
}

export const scripted = async (t: TestContext, script: Script): Promise<Scripted> => {
  const received: string[] = []
  const server = createServer((socket) => follow(socket, received, script))
  const port = await start(t, server)
  return {
    port,
    route: { scheme: 'http', host: '127.0.0.1', port },
    received,
    connections: () => countOf(server),
  }
}

/** A script that writes these bytes for every request, and closes unless told. */
export const says =
  (bytes: string, keep = false): Script =>
  (socket) => {
    socket.write(bytes, 'latin1')
    if (!keep) socket.end()
  }

export const line = (name: string, value: string): FieldLine => ({
  name: [{ text: name }],
  value: [{ text: value }],
})

/** A plain GET, changed by `change`. */
export const get = (route: Route, change: Partial<Request> = {}): Request => ({
  route,
  method: 'GET',
  target: [{ text: '/' }],
  fields: [line('Host', `${route.host}:${route.port}`), line('Authorization', 'Basic YTpi')],
  ...change,
})

/** A transport that is closed when the test is over. */
export const transportOf = (t: TestContext, options: Partial<TransportOptions> = {}): Transport => {
  const transport = createTransport({ timeoutMs: 5000, ...options })
  t.after(() => transport.close())
  return transport
}
