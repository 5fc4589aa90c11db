import type { CertificateFacts, HelloFacts } from '../model/channel.ts'
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

function certificateWords(facts: CertificateFacts): string {
  const { keyType, keyBits, curve, hashes, trusted, forHost, host } = facts
  return [
    `in force from ${day(facts.from)} to ${day(facts.until)}`,
    forHost === true ? `for ${host}` : `not for ${host}: ${forHost}`,
    trusted === true ? 'trusted' : `not trusted: ${trusted}`,
    [keyType, keyBits, curve].filter((each) => each !== undefined).join(' '),
    hashes.join(' and '),
  ]
    .filter((each) => each !== '')
    .join(', ')
}

/** What a probe found, in words; undefined where a request was sent. */
export function sayFound({ channel }: Pick<Exchange, 'channel'>): string | undefined {
  if (channel === undefined) return undefined
  if ('hello' in channel) return helloWords(channel.hello)
  if ('certificate' in channel) return certificateWords(channel.certificate)
  const { lifetime, failed } = channel.ticket
  if (failed) return 'no handshake of TLS 1.2'
  return lifetime === undefined ? 'no ticket' : `a ticket for ${lifetime} seconds`
}
