/** The connections of a listener, and how long each may take to ask for something. */
import type { Socket } from 'node:net'

/** What is open. */
export interface Connections {
  readonly add: (socket: Socket) => void
  /** A request came on the connection with this number at the other end. */
  readonly asked: (port: number | undefined) => void
  /** Drops those on which nobody has asked for anything. */
  readonly dropQuiet: () => void
  readonly dropAll: () => void
}

/** Connections on which the head of a request has to be there within so many milliseconds. */
export function connections(patience: number): Connections {
  // By number: what speaks TLS on a connection does not tell the one below it.
  const open = new Map<number | undefined, Socket>()
  const quiet = new Map<Socket, NodeJS.Timeout>()
  const heard = (socket: Socket): void => {
    clearTimeout(quiet.get(socket))
    quiet.delete(socket)
  }
  return {
    add(socket) {
      const { remotePort: port } = socket
      open.set(port, socket)
      const timer = setTimeout(() => socket.destroy(), patience)
      timer.unref()
      quiet.set(socket, timer)
      socket.once('close', () => {
        heard(socket)
        if (open.get(port) === socket) open.delete(port)
      })
    },
    asked(port) {
      const socket = open.get(port)
      if (socket !== undefined) heard(socket)
    },
    dropQuiet() {
      for (const socket of quiet.keys()) socket.destroy()
    },
    dropAll() {
      for (const socket of open.values()) socket.destroy()
    },
  }
}
