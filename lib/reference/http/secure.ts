/** Puts TLS between the connections of a listener and the HTTP that is spoken on them. */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'

/** How a door speaks TLS: key and certificates in PEM, and whatever else Node can be told. */
export type Channel = TlsOptions

/** What stands between TLS and a raw connection, and is told the keys of it. */
export interface Passage {
  readonly stream: Duplex
  /** Lines as in NSS's key log. */
  readonly keyed: (line: Buffer) => void
}

/** Speaks TLS on a raw connection; the listener hands over every connection it accepts. */
export type Secure = (raw: Socket, channel?: Channel, passage?: Passage) => void

/**
 * One context for all connections, since making one costs more than a handshake, and one for each
 * other channel that is asked for. `opened` gets each connection that is ready together with the raw
 * one under it, which alone can be reset.
 */
export const createSecure = (
  channel: Channel,
  opened: (socket: TLSSocket, raw: Socket) => void,
): Secure => {
  const under = new Map<number | undefined, Socket>()
  const bare = (options: Channel): Server => {
    const server = createServer({ ALPNProtocols: ['http/1.1'], ...options, allowHalfOpen: true })
    return server.on('tlsClientError', (_, socket) => socket.destroy())
  }
  const serverFor = (options: Channel): Server =>
    bare(options).on('secureConnection', (socket) => {
      const raw = under.get(socket.remotePort)
      if (raw !== undefined) opened(socket, raw)
    })
  /** What is no socket has no number, so that each passage has a server of its own. */
  const through = (raw: Socket, { stream, keyed }: Passage, other?: Channel): void => {
    const server = bare({ ...channel, ...other }).on('keylog', keyed)
    server.on('secureConnection', (socket) => opened(socket, raw))
    server.emit('connection', stream)
  }
  const usual = serverFor(channel)
  const others = new Map<Channel, Server>()
  const otherFor = (other: Channel): Server => {
    const made = others.get(other) ?? serverFor({ ...channel, ...other })
    others.set(other, made)
    return made
  }
  return (raw, other, passage) => {
    raw.on('error', () => raw.destroy())
    if (passage !== undefined) {
      through(raw, passage, other)
      return
    }
    // Kept by number: the port of a connection that has gone is no longer told.
    const port = raw.remotePort
    under.set(port, raw)
    raw.on('close', () => under.delete(port))
    const server = other === undefined ? usual : otherFor(other)
    server.emit('connection', raw)
  }
}
