/** Lets a server give a ticket, and reads for how long it says that it holds. */
import type { Socket } from 'node:net'
import type { TicketFacts } from '../../model/channel.ts'
import { until } from '../sockets.ts'
import type { Stop } from '../stop.ts'
import type { Wrap } from '../tls.ts'
import { ticketIn } from './session.ts'

/**
 * Goes through a handshake of TLS 1.2, where a ticket comes with it. Rejects where the handshake
 * does, as it does where TLS 1.2 is not spoken.
 */
export async function lookAtTicket(
  plain: Socket,
  wrap: Wrap,
  host: string,
  stop: Stop,
): Promise<TicketFacts> {
  const socket = wrap(plain, host, 'TLSv1.2')
  try {
    await until(socket, 'secureConnect', stop)
    const session = socket.getSession()
    return session === undefined ? {} : ticketIn(session)
  } finally {
    socket.destroy()
  }
}
