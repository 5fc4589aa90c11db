import type {
  AddressesFacts,
  AddressFacts,
  CertificateFacts,
  HelloFacts,
  NonceFacts,
  ResumptionFacts,
} from '../model/channel.ts'
import type { Exchange } from '../model/exchange.ts'

const endings: Readonly<Record<HelloFacts['reply'], string>> = {
  answered: 'answered',
  alert: 'ended by an alert',
  ended: 'the connection was closed',
  silent: 'no answer',
  other: 'answered with what was not offered',
}

function helloWords(facts: HelloFacts): string {
  const { reply, alert, version, suite, group, primeBits, protocol, extensions = [] } = facts
  return [
    alert === undefined ? endings[reply] : `the alert ${alert}`,
    version,
    suite,
    group,
    primeBits === undefined ? undefined : `a prime of ${primeBits} bits`,
    protocol,
    extensions.length === 0 ? undefined : `with ${extensions.join(' and ')}`,
  ]
    .filter((each) => each !== undefined)
    .join(', ')
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function soundnessWords({ from, until, forHost, host, trusted }: CertificateFacts): string {
  return [
    `in force from ${day(from)} to ${day(until)}`,
    forHost === true ? `for ${host}` : `not for ${host}: ${forHost}`,
    trusted === true ? 'trusted' : `not trusted: ${trusted}`,
  ].join(', ')
}

function certificateWords(facts: CertificateFacts): string {
  const { keyType, keyBits, curve, hashes } = facts
  return [
    soundnessWords(facts),
    [keyType, keyBits, curve].filter((each) => each !== undefined).join(' '),
    hashes.join(' and '),
  ]
    .filter((each) => each !== '')
    .join(', ')
}

function addressWords({ address, offers, certificate }: AddressFacts): string {
  const taken = Object.entries(offers).flatMap(([offer, made]) => (made === 'taken' ? offer : []))
  const shown = certificate === undefined ? [] : [`certificate ${soundnessWords(certificate)}`]
  return [`${address} takes ${taken.join(' and ') || 'nothing of that alone'}`, ...shown].join(', ')
}

function addressesWords({ known, servers, hidden }: AddressesFacts): string {
  const all = known.join(' and ')
  if (hidden === 'proxy') return 'a proxy connects, to whichever address it likes'
  if (hidden === 'chosen') return `${all} alone was chosen`
  if (known.length < 2) return `the host has one address, ${all}`
  const heard = servers.map(({ address }) => address)
  if (heard.length === 0) return `of ${all}, none answers here`
  if (heard.length === 1) return `of ${all}, ${heard[0]} alone answers here`
  const unheard = known.filter((each) => !heard.includes(each))
  const rest = unheard.length === 0 ? [] : [`nothing known of ${unheard.join(' and ')}`]
  return [...servers.map(addressWords), ...rest].join('; ')
}

const comings: Readonly<Record<ResumptionFacts['came'], string>> = {
  'no-handshake': 'no handshake of TLS 1.3',
  'no-ticket': 'no ticket came',
  anew: 'the ticket was not taken, and a whole handshake begun',
  open: 'whoever came back with the ticket got no answer that tells',
  resumed: 'the session was taken up again',
}

function resumptionWords({ came, newKey, earlyData }: ResumptionFacts): string {
  const key = newKey ? 'with a new key' : 'without a new key'
  return [
    ...(earlyData === undefined ? [] : [`a ticket that offers ${earlyData} bytes of early data`]),
    comings[came],
    ...(came === 'resumed' ? [key] : []),
  ].join(', ')
}

function noncesWords({ suite, nonces }: NonceFacts): string {
  if (suite === undefined) return 'no handshake of TLS 1.2 with AES-GCM'
  const count = `${nonces.length} encrypted record${nonces.length === 1 ? '' : 's'}`
  return nonces.length === 0
    ? `${suite}, no encrypted record`
    : `${suite}, ${count} with the nonces ${nonces.join(' ')}`
}

/** Why a probe says nothing of what it was made for, in words, where it tells. */
export function whyNothing({ channel }: Pick<Exchange, 'channel'>): string | undefined {
  if (channel !== undefined && 'resumption' in channel) {
    const { came } = channel.resumption
    return came === 'resumed' ? undefined : comings[came]
  }
  if (channel !== undefined && 'nonces' in channel) return noncesWords(channel.nonces)
  return channel !== undefined && 'addresses' in channel && channel.addresses.servers.length < 2
    ? addressesWords(channel.addresses)
    : undefined
}

/** What a probe found, in words; undefined where a request was sent. */
export function sayFound({ channel }: Pick<Exchange, 'channel'>): string | undefined {
  if (channel === undefined) return undefined
  if ('addresses' in channel) return addressesWords(channel.addresses)
  if ('nonces' in channel) return noncesWords(channel.nonces)
  if ('resumption' in channel) return resumptionWords(channel.resumption)
  if ('hello' in channel) return helloWords(channel.hello)
  if ('certificate' in channel) return certificateWords(channel.certificate)
  const { lifetime, failed } = channel.ticket
  if (failed) return 'no handshake of TLS 1.2'
  return lifetime === undefined ? 'no ticket' : `a ticket for ${lifetime} seconds`
}
