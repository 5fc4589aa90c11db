/** A door that is not there. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Running } from './server.ts'

/**
 * A port on which nobody listens. A connection that is left open on it keeps whoever asks for any free
 * port from being given this one, and from answering in the place of nobody.
 */
export const keepShut = async (host: string): Promise<Running> => {
  const open = new Set<Socket>()
  const hold = (socket: Socket): void => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).unref()
  }
  const server = createServer(hold)
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const own = connect(port, host)
  hold(own)
  await Promise.all([once(own, 'connect'), once(server, 'connection')])
  // Ends once its connections do, so that nobody waits for it.
  server.close()
  return {
    port,
    log: [],
    close: async () => {
      for (const socket of open) socket.destroy()
    },
  }
}
