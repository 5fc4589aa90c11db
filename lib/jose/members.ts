/** The JSON of a token's header and claims, with room for what a JSON writer would never write. */
import type { Json } from '../model/json.ts'

/**
 * One member: a name and a value; a name and its value's text as it stands, so that it can be
 * `1e400` or hold octets that are no UTF-8; or the text of the whole member, name included.
 */
export type Member =
  | readonly [name: string, value: Json]
  | { readonly name: string; readonly valueText: string | Uint8Array }
  | { readonly memberText: string | Uint8Array }

/** What a change does to the member of a name: another member in its place, or none. */
export type MemberChange = Member | Absence

interface Absence {
  readonly name: string
  readonly absent: true
}

/** What a segment holds before it is encoded: members in their order, or any text or octets. */
export type Body =
  | { readonly members: readonly Member[] }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }

/** The octets of a body; members are written as JSON without blanks, repeated names included. */
export function bodyBytes(body: Body): Buffer {
  if ('bytes' in body) return Buffer.from(body.bytes)
  if ('text' in body) return Buffer.from(body.text, 'utf8')
  const members = body.members.flatMap((member, index) => [
    index === 0 ? '{' : ',',
    ...texts(member),
  ])
  return joined([...(members.length === 0 ? ['{'] : members), '}'])
}

/** The members of an object in its order. */
export function membersOf(object: { readonly [name: string]: Json }): Member[] {
  return Object.entries(object)
}

/**
 * Members with changes laid over them: one of a known name takes its place (and that of its
 * repetitions), one of a new name stands at the end, `absent` takes a name away.
 */
export function withMembers(
  members: readonly Member[],
  changes: readonly MemberChange[],
): readonly Member[] {
  return changes.reduce(withMember, members)
}

/** A member whose string value is these octets, whatever they spell; quotes are not escaped. */
export function octetsMember(name: string, octets: Uint8Array): Member {
  return { name, valueText: joined(['"', octets, '"']) }
}

/** Text that Base64 and base64url spell differently wherever in a text it stands. */
export const BOTH_ALPHABETS = '>>>>>?????'

function withMember(members: readonly Member[], change: MemberChange): readonly Member[] {
  const name = nameOf(change)
  const at = name === undefined ? -1 : members.findIndex((member) => nameOf(member) === name)
  const others = members.filter((member, index) => index <= at || nameOf(member) !== name)
  const replacement = isAbsence(change) ? [] : [change]
  return at < 0 ? [...members, ...replacement] : others.toSpliced(at, 1, ...replacement)
}

function isAbsence(change: MemberChange): change is Absence {
  return 'absent' in change
}

function nameOf(member: MemberChange): string | undefined {
  if ('memberText' in member) return undefined
  return 'name' in member ? member.name : member[0]
}

function texts(member: Member): (string | Uint8Array)[] {
  if ('memberText' in member) return [member.memberText]
  if ('name' in member) return [`${JSON.stringify(member.name)}:`, member.valueText]
  return [`${JSON.stringify(member[0])}:${JSON.stringify(member[1])}`]
}

function joined(parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}
