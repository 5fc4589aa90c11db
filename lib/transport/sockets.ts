import { connect, type Socket } from 'node:net'
import type { Stop } from './stop.ts'

const closedEarly = (): Error =>
  Object.assign(new Error('closed by the other side'), { code: 'ECONNRESET' })

/**
 * Waits for an event of a socket. Rejects where the socket fails or closes first or where waiting
 * is given up, and destroys the socket then.
 */
export const until = (socket: Socket, event: string, stop: Stop): Promise<void> =>
  new Promise((resolve, reject) => {
    let unlisten = (): void => undefined
    const unhook = (): void => {
      socket.off(event, arrived)
      socket.off('close', closed)
      socket.off('error', failed)
      unlisten()
    }
    const arrived = (): void => {
      unhook()
      resolve()
    }
    const failed = (error: Error): void => {
      unhook()
      // What a dying socket says later has no listener otherwise and would end the process.
      socket.on('error', () => undefined)
      socket.destroy()
      reject(error)
    }
    const closed = (): void => failed(closedEarly())
    socket.on(event, arrived)
    socket.on('close', closed)
    socket.on('error', failed)
    unlisten = stop.listen(() => failed(new Error('given up')))
    if (socket.destroyed) closed()
  })

/** Opens a TCP connection; names with several addresses are tried in turn. */
export const openTcp = async (
  host: string,
  port: number,
  timeoutMs: number,
  stop: Stop,
): Promise<Socket> => {
  const socket = connect({
    host,
    port,
    noDelay: true,
    // Node's 250 ms would give up on far servers whose first address is right.
    autoSelectFamilyAttemptTimeout: Math.max(250, Math.floor(timeoutMs / 3)),
  })
  await until(socket, 'connect', stop)
  return socket
}
