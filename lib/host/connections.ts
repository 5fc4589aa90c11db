/** The connections of a listener, and how long each may take to ask for something. */
import type { Socket } from 'node:net'

/** The other end of a connection; what speaks TLS on one does not tell the one below it. */
export type Peer = Pick<Socket, 'remoteAddress' | 'remotePort'>

/** A name for the other end that no other has at the time. */
export const peerOf = ({ remoteAddress, remotePort }: Peer): string =>
  `${remoteAddress} ${remotePort}`

/** What is open. */
export interface Connections {
  readonly add: (socket: Socket) => void
  /** A request came on this connection, or on what speaks TLS on it. */
  readonly asked: (socket: Peer) => void
  /** Drops those on which nobody has asked for anything. */
  readonly dropQuiet: () => void
  readonly dropAll: () => void
}

/** Connections on which the head of a request has to be there within so many milliseconds. */
export function connections(patience: number): Connections {
  const open = new Map<string, Socket>()
  let over = false
  const quiet = new Map<Socket, NodeJS.Timeout>()
  const heard = (socket: Socket): void => {
    clearTimeout(quiet.get(socket))
    quiet.delete(socket)
  }
  return {
    add(socket) {
      // Taken in before there was a word of the end, and told of after it.
      if (over) {
        socket.destroy()
        return
      }
      const peer = peerOf(socket)
      open.set(peer, socket)
      const timer = setTimeout(() => socket.destroy(), patience)
      timer.unref()
      quiet.set(socket, timer)
      socket.once('close', () => {
        heard(socket)
        if (open.get(peer) === socket) open.delete(peer)
      })
    },
    asked(peer) {
      const socket = open.get(peerOf(peer))
      if (socket !== undefined) heard(socket)
    },
    dropQuiet() {
      for (const socket of quiet.keys()) socket.destroy()
    },
    dropAll() {
      over = true
      for (const socket of open.values()) socket.destroy()
    },
  }
}
