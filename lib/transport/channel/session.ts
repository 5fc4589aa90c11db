/** Reads the session of a connection as OpenSSL writes it down, which is the form that Node hands out. */
import type { TicketFacts } from '../../model/channel.ts'

/** What it takes to come back with TLS 1.3 (RFC 8446 §4.6.1). */
export interface Resumable {
  /** The number of the cipher suite, whose hash goes with the secret. */
  readonly suite: number
  /** The pre-shared key that belongs to the ticket. */
  readonly secret: Buffer
  readonly ticket: Buffer
  /** Added to the age of the ticket, so that nobody on the way can tell one from another. */
  readonly ageAdd: number
  /** Octets that the server offers to take early; 0 for none. */
  readonly earlyData: number
}

const TLS_13 = 0x0304

/** Tags of its members; those without a tag of their own stand in order before the others. */
const INTEGER = 0x02
const OCTETS = 0x04
const LIFETIME = 0xa9
const TICKET = 0xaa
const AGE_ADD = 0xae
const EARLY_DATA = 0xaf

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

function elementsOf(session: Buffer): readonly Element[] {
  const whole = elementAt(session, 0)?.content ?? Buffer.alloc(0)
  const found: Element[] = []
  for (let at = 0; at < whole.length; ) {
    const member = elementAt(whole, at)
    if (member === undefined) break
    found.push(member)
    at = member.end
  }
  return found
}

/** The content of what stands under a tag of its own. */
const under = (members: readonly Element[], tag: number): Buffer | undefined => {
  const found = members.find((each) => each.tag === tag)
  return found && elementAt(found.content, 0)?.content
}

const numberIn = (bytes: Buffer | undefined): number | undefined =>
  bytes === undefined || bytes.length === 0 || bytes.length > 6
    ? undefined
    : bytes.readUIntBE(0, bytes.length)

/** What the session of a connection says of a ticket. */
export function ticketIn(session: Buffer): TicketFacts {
  const members = elementsOf(session)
  const lifetime = numberIn(under(members, LIFETIME))
  const given = members.some(({ tag }) => tag === TICKET)
  return given && lifetime !== undefined ? { lifetime } : {}
}

/** What the session of a connection of TLS 1.3 says of coming back; undefined where it does not. */
export function resumableIn(session: Buffer): Resumable | undefined {
  const members = elementsOf(session)
  const plain = (tag: number): readonly Buffer[] =>
    members.filter((each) => each.tag === tag).map(({ content }) => content)
  // The form's own version comes first; the suite, an identifier and the secret follow in this order.
  const [, version] = plain(INTEGER)
  const [suite, , secret] = plain(OCTETS)
  const ticket = under(members, TICKET)
  if (numberIn(version) !== TLS_13 || suite?.length !== 2 || !secret?.length) return undefined
  if (ticket === undefined || ticket.length === 0) return undefined
  // What is nought is left out.
  const ageAdd = numberIn(under(members, AGE_ADD)) ?? 0
  const earlyData = numberIn(under(members, EARLY_DATA)) ?? 0
  return { suite: suite.readUInt16BE(0), secret, ticket, ageAdd, earlyData }
}
