/** The bytes that arrive on one connection, as latin1 text that can be waited for. */
import type { Socket } from 'node:net'

/** Unread bytes of a connection. */
export interface Source {
  /** Everything that came and was not taken. */
  readonly peek: () => string
  readonly take: (count: number) => string
  /**
   * Waits for more bytes, at most `within` milliseconds where given. `idle`: the connection has been
   * quiet for longer than it may be.
   */
  readonly more: (within?: number) => Promise<'data' | 'end' | 'idle' | 'late'>
}

type Arrival = 'data' | 'end' | 'idle' | 'late'

/** Above this many unread bytes the sender has to wait. */
const fullAt = 4 * 1024 * 1024

/** Starts collecting; `idle` milliseconds without a byte end the waiting. */
export const sourceOf = (socket: Socket, idle: number): Source => {
  let unread = ''
  let over: 'end' | 'idle' | undefined
  let wake: ((arrival: Arrival) => void) | undefined
  const arrive = (arrival: Arrival): void => {
    const waiting = wake
    wake = undefined
    waiting?.(arrival)
  }
  const end = (): void => {
    over = 'end'
    arrive('end')
  }
  socket.setTimeout(idle, () => {
    over ??= 'idle'
    arrive(over)
  })
  socket.on('data', (bytes: Buffer) => {
    unread += bytes.toString('latin1')
    if (unread.length > fullAt) socket.pause()
    arrive('data')
  })
  socket.on('end', end).on('close', end).on('error', end)
  return {
    peek: () => unread,
    take: (count) => {
      const taken = unread.slice(0, count)
      unread = unread.slice(count)
      if (unread.length <= fullAt) socket.resume()
      return taken
    },
    more: (within) =>
      new Promise((resolve) => {
        if (over) return resolve(over)
        const late = within === undefined ? undefined : setTimeout(() => arrive('late'), within)
        wake = (arrival) => {
          clearTimeout(late)
          resolve(arrival)
        }
      }),
  }
}
