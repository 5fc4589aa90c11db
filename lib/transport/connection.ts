import type { Socket } from 'node:net'
import type { Opened } from './dial.ts'

/** What one exchange wants to know of its connection. */
export interface Listener {
  readonly data: (chunk: Buffer) => void
  readonly end: () => void
  readonly error: (error: Error) => void
}

/** An open connection: it carries one exchange at a time. */
export interface Connection extends Opened {
  /** Which connection it is, counting from 1. */
  readonly number: number
  /** True while another exchange may be sent on it. */
  readonly alive: () => boolean
  /** Exchanges sent on it so far. */
  readonly carried: () => number
  /** Begins an exchange; what arrives between two exchanges spoils the connection. */
  readonly begin: (listener: Listener) => void
  /** Ends the exchange; `keep` says whether another may follow. */
  readonly finish: (keep: boolean) => void
  readonly close: () => void
  /** Settles when nothing of the socket is left. */
  readonly closed: Promise<void>
}

const watch = (socket: Socket, current: () => Listener | undefined, over: () => void): void => {
  socket.on('end', () => {
    over()
    current()?.end()
  })
  socket.on('error', (error) => {
    over()
    current()?.error(error)
  })
  socket.on('close', () => {
    over()
    current()?.end()
  })
}

export const createConnection = (opened: Opened, number: number): Connection => {
  const { socket } = opened
  let listener: Listener | undefined
  let usable = true
  let carried = 0
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  const over = (): void => {
    usable = false
  }
  watch(socket, () => listener, over)
  const close = (): void => {
    over()
    listener = undefined
    socket.destroy()
  }
  const onData = (chunk: Buffer): void => {
    if (listener === undefined) close()
    else listener.data(chunk)
  }
  return {
    ...opened,
    number,
    closed,
    close,
    alive: () => usable && listener === undefined && !socket.destroyed,
    carried: () => carried,
    begin: (next) => {
      listener = next
      carried += 1
      // Only now: what a server says before the first request belongs to that request's answer.
      if (carried === 1) socket.on('data', onData)
      socket.resume()
    },
    finish: (keep) => {
      listener = undefined
      if (!keep || !usable) close()
    },
  }
}
