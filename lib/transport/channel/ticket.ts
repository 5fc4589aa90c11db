/** Lets a server give a ticket, and reads for how long it says that it holds. */
import type { Socket } from 'node:net'
import type { TicketFacts } from '../../model/channel.ts'
import { until } from '../sockets.ts'
import type { Stop } from '../stop.ts'
import type { Wrap } from '../tls.ts'

/** The members of a session, as OpenSSL writes it down: `lifetime hint` and `ticket` by their tags. */
const LIFETIME = 0xa9
const TICKET = 0xaa

interface Element {
  readonly tag: number
  readonly content: Buffer
  readonly end: number
}

function elementAt(bytes: Buffer, at: number): Element | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) return undefined
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (octets > 4 || at + 2 + octets > bytes.length) return undefined
  const length = octets === 0 ? first : bytes.readUIntBE(at + 2, octets)
  const from = at + 2 + octets
  return { tag, content: bytes.subarray(from, from + length), end: from + length }
}

function membersOf(session: Buffer): ReadonlyMap<number, Buffer> {
  const whole = elementAt(session, 0)?.content ?? Buffer.alloc(0)
  const found = new Map<number, Buffer>()
  for (let at = 0; at < whole.length; ) {
    const member = elementAt(whole, at)
    if (member === undefined) break
    found.set(member.tag, member.content)
    at = member.end
  }
  return found
}

/** What the session of a connection says of a ticket. */
export function ticketIn(session: Buffer): TicketFacts {
  const members = membersOf(session)
  const hint = members.get(LIFETIME)
  if (!members.has(TICKET) || hint === undefined) return {}
  const number = elementAt(hint, 0)?.content ?? Buffer.alloc(0)
  return number.length === 0 || number.length > 6
    ? {}
    : { lifetime: number.readUIntBE(0, number.length) }
}

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
