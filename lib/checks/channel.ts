import type { ChannelFacts, ChannelWanted, HelloFacts, TicketFacts } from '../model/channel.ts'
import { lookAtAddresses, sayAddresses } from './addresses.ts'
import { lookAtCertificate, sayCertificate } from './certificate.ts'
import { type Check, type CheckContext, type Checked, noAnswer, quote } from './check.ts'
import { lookAtNonces, sayNonces } from './nonces.ts'
import { lookAtResumption, sayResumption } from './resumption.ts'

type Finding = Pick<Checked, 'got' | 'holds'>

/** One member of what is wanted of the answer to a hello. */
interface Member {
  readonly say: string
  readonly look: (facts: HelloFacts) => Finding
}

const replies: Readonly<Record<HelloFacts['reply'], string>> = {
  answered: 'the handshake goes on',
  alert: 'the handshake was ended by an alert',
  ended: 'the connection was closed',
  silent: 'no answer at all',
  other: 'the answer chose nothing of what was offered',
}

const replyWords = (facts: HelloFacts): string => {
  const { reply, version, suite, alert } = facts
  const chosen = [version, suite].filter((each) => each !== undefined).join(', ')
  if (reply === 'alert' && alert !== undefined) return `the alert ${alert}`
  return chosen === '' ? replies[reply] : `${replies[reply]}: ${chosen}`
}

/** Where the writer's usual hello finds no answer either, silence about this one means nothing. */
const refused = (facts: HelloFacts): Finding => {
  if (facts.reply === 'answered') return { got: replyWords(facts), holds: false }
  if (!facts.usual) return { got: 'a usual hello was not answered either', holds: 'unknown' }
  return { got: replyWords(facts), holds: true }
}

const answered = (facts: HelloFacts): Finding => {
  if (facts.reply === 'answered') return { got: replyWords(facts), holds: true }
  // Silence may be the network's; that nothing was chosen is enough only for a refusal.
  return {
    got: replyWords(facts),
    holds: facts.usual && facts.reply !== 'silent' ? false : 'unknown',
  }
}

/** A member that says something of an answer only. */
const ofAnswer =
  (holds: (facts: HelloFacts) => boolean | 'unknown', got: (facts: HelloFacts) => string) =>
  (facts: HelloFacts): Finding => ({
    got: facts.reply === 'answered' ? got(facts) : replyWords(facts),
    holds: facts.reply === 'answered' ? holds(facts) : 'unknown',
  })

const extensionWords = ({ extensions }: HelloFacts): string =>
  extensions === undefined || extensions.length === 0 ? 'none' : extensions.join(', ')

const known = <T>(value: T | undefined, holds: (value: T) => boolean): boolean | 'unknown' =>
  value === undefined ? 'unknown' : holds(value)

function plainMembers(wanted: ChannelWanted): readonly Member[] {
  const { hello, version, suite, compression, protocol } = wanted
  const members: Member[] = []
  if (hello !== undefined) {
    const look = hello === 'refused' ? refused : answered
    const say = hello === 'refused' ? 'the handshake refused' : 'the handshake going on'
    members.push({ say, look })
  }
  if (version !== undefined) {
    members.push({ say: version, look: ofAnswer((facts) => facts.version === version, replyWords) })
  }
  if (suite !== undefined) {
    const fits = ({ family }: HelloFacts): boolean => family !== undefined && suite.includes(family)
    members.push({ say: `a suite of ${suite.join(' or ')}`, look: ofAnswer(fits, replyWords) })
  }
  if (compression !== undefined) {
    members.push({
      say: 'no compression',
      look: ofAnswer(
        (facts) => known(facts.compressed, (compressed) => !compressed),
        (facts) => (facts.compressed ? 'compression' : 'no compression'),
      ),
    })
  }
  if (protocol !== undefined) {
    members.push({
      say: `the protocol ${protocol}`,
      look: ofAnswer(
        (facts) => facts.protocol === protocol,
        (facts) => facts.protocol ?? 'no protocol',
      ),
    })
  }
  return members
}

function extensionMembers({ takesUp = [], leaves = [] }: ChannelWanted): readonly Member[] {
  const one = (name: string, taken: boolean): Member => ({
    say: `${taken ? '' : 'no '}${name}`,
    look: ofAnswer(
      ({ extensions }) =>
        known(extensions, (all) => (all as readonly string[]).includes(name) === taken),
      extensionWords,
    ),
  })
  return [...takesUp.map((name) => one(name, true)), ...leaves.map((name) => one(name, false))]
}

function keyMembers(wanted: ChannelWanted, context: CheckContext): readonly Member[] {
  const { primeBits, freshSince, hashFreeOf, chain, responder } = wanted
  const members: Member[] = []
  if (primeBits !== undefined) {
    members.push({
      say: `a prime of ${primeBits} bits or more`,
      look: ofAnswer(
        (facts) => known(facts.primeBits, (bits) => bits >= primeBits),
        (facts) => `${facts.primeBits ?? 'unknown'} bits`,
      ),
    })
  }
  if (freshSince !== undefined) {
    const before = context.steps.get(freshSince)?.exchange.channel
    const other = before !== undefined && 'hello' in before ? before.hello.share : undefined
    members.push({
      say: `another key than in ${freshSince}`,
      look: ofAnswer(
        (facts) =>
          other === undefined ? 'unknown' : known(facts.share, (share) => share !== other),
        (facts) => (facts.share === other ? 'the same key' : 'another key'),
      ),
    })
  }
  if (hashFreeOf !== undefined) {
    members.push({
      say: `no signature with ${hashFreeOf.join(' or ')}`,
      look: ofAnswer(
        (facts) => known(facts.hash, (hash) => !hashFreeOf.includes(hash)),
        (facts) => facts.hash ?? 'unknown',
      ),
    })
  }
  if (responder !== undefined) {
    members.push({
      say: 'a responder named by the certificate',
      look: ofAnswer(
        (facts) => known(facts.responder, (named) => named),
        (facts) => (facts.responder ? 'a responder' : 'no responder'),
      ),
    })
  }
  if (chain !== undefined) {
    members.push({
      say: 'each certificate issued by the next',
      look: ofAnswer(
        (facts) => known(facts.inOrder, (inOrder) => inOrder),
        (facts) => (facts.inOrder ? 'in this order' : 'another order'),
      ),
    })
  }
  return members
}

function membersOf(wanted: ChannelWanted, context: CheckContext): readonly Member[] {
  return [...plainMembers(wanted), ...extensionMembers(wanted), ...keyMembers(wanted, context)]
}

const nowhere = { steps: new Map() } as unknown as CheckContext

/** What is wanted of a channel, in words. */
export function sayChannel(wanted: ChannelWanted): string {
  const certificate =
    wanted.certificate === undefined
      ? []
      : [`the certificate: ${sayCertificate(wanted.certificate)}`]
  const ticket =
    wanted.ticket === undefined ? [] : [`a ticket for ${wanted.ticket} seconds at most`]
  const addresses = wanted.addresses === undefined ? [] : [sayAddresses(wanted.addresses)]
  const members = membersOf(wanted, nowhere).map(({ say }) => say)
  const nonces = wanted.nonces === undefined ? [] : [sayNonces(wanted.nonces)]
  return [
    ...members,
    ...certificate,
    ...ticket,
    ...sayResumption(wanted),
    ...nonces,
    ...addresses,
  ].join(', ')
}

function worst(findings: readonly Finding[]): Finding {
  const order = [false, 'unknown', true] as const
  const found = order.flatMap((holds) => findings.find((each) => each.holds === holds) ?? [])[0]
  return found ?? { got: 'nothing was looked at', holds: 'unknown' }
}

function ticketFinding(most: number, { lifetime, failed }: TicketFacts): Finding {
  if (failed) return { got: 'no handshake of TLS 1.2', holds: 'unknown' }
  return {
    got: lifetime === undefined ? 'no ticket' : `a ticket for ${lifetime} seconds`,
    holds: lifetime === undefined || lifetime <= most,
  }
}

/** What was found of what was looked at; undefined where something else was, or nothing is wanted of it. */
function lookedFinding(
  wanted: ChannelWanted,
  facts: Exclude<ChannelFacts, { readonly hello: HelloFacts }>,
  context: CheckContext,
): Finding | undefined {
  if ('ticket' in facts) {
    return wanted.ticket === undefined ? undefined : ticketFinding(wanted.ticket, facts.ticket)
  }
  if ('resumption' in facts) {
    const found = lookAtResumption(wanted, facts.resumption)
    return found.length === 0 ? undefined : worst(found)
  }
  if ('nonces' in facts) {
    return wanted.nonces === undefined ? undefined : lookAtNonces(wanted.nonces, facts.nonces)
  }
  if ('addresses' in facts) {
    if (wanted.addresses === undefined) return undefined
    const { got, holds } = lookAtAddresses(wanted.addresses, facts.addresses)
    return { got: quote(context, got, 400), holds }
  }
  if (wanted.certificate === undefined) return undefined
  const { got, holds } = lookAtCertificate(wanted.certificate, facts.certificate)
  return { got: quote(context, got, 160), holds }
}

/** What a handshake came to, or what was looked at; unknown where no probe was made. */
export const channel: Check<ChannelWanted> = (wanted, context) => {
  const about = { check: 'channel', wanted: sayChannel(wanted) }
  const facts = context.exchange.channel
  if (facts === undefined) return { ...about, got: noAnswer(context), holds: 'unknown' }
  if ('hello' in facts) {
    return { ...about, ...worst(membersOf(wanted, context).map(({ look }) => look(facts.hello))) }
  }
  const nothing: Finding = { got: 'no hello', holds: 'unknown' }
  return { ...about, ...(lookedFinding(wanted, facts, context) ?? nothing) }
}
