/** What was published for a case, in words. */
import type { HostedAnswer, HostedEntry, PublishStep } from '../model/case.ts'
import type { KeyRefresh } from './key-refresh.ts'

function sayEntry(entry: HostedEntry): string {
  if (typeof entry === 'string') return `the key ${entry}`
  if ('stray' in entry) return `an entry of the kind ${entry.stray}`
  const { key, as, kidOf, thumbprintOf } = entry
  const ways = [
    ...(as === undefined ? [] : [as.replaceAll('-', ' ')]),
    ...(kidOf === undefined ? [] : [`under the kid of ${kidOf}`]),
    ...(thumbprintOf === undefined ? [] : [`under the thumbprint of ${thumbprintOf}`]),
  ]
  return ways.length === 0 ? `the key ${key}` : `the key ${key} (${ways.join(', ')})`
}

const REDIRECTS = {
  'same-origin': 'a redirect to another path',
  'other-origin': 'a redirect to another origin',
  loop: 'a redirect to itself',
  cleartext: 'a redirect to http on the same host',
} as const

const CHANNELS = {
  'untrusted-certificate': 'by a certificate that nobody vouches for',
  'other-name': 'by a certificate for another host',
  'tls-1.1': 'by TLS 1.1 and no later version',
  cleartext: 'without TLS',
} as const

function sayAnswer(answer: HostedAnswer): readonly string[] {
  const { status, type, document, wait, manner, redirect, encoding, fields, channel } = answer
  return [
    ...(document === undefined ? [] : [`the document "${document.replaceAll('-', ' ')}"`]),
    ...(redirect === undefined ? [] : [REDIRECTS[redirect]]),
    ...(status === undefined ? [] : [`with status ${status}`]),
    ...(type === undefined ? [] : [`as ${type}`]),
    ...(encoding === 'bomb' ? ['packed, with 64 MiB of blanks behind it'] : []),
    ...(wait === undefined ? [] : [`after ${wait} ms`]),
    ...(channel === undefined ? [] : [CHANNELS[channel]]),
    ...(manner === 'drip' ? ['one byte a second'] : []),
    ...(manner === 'close' ? ['a closed connection'] : []),
    ...(fields ?? []).map(([name, value]) => `with ${name}: ${value}`),
  ]
}

/** How the target comes to read it, where it has to be asked, as the end of such a sentence. */
export function sayAsked(refresh: Pick<KeyRefresh, 'say'> | undefined): string {
  return refresh === undefined ? '' : `, read on ${refresh.say}`
}

/** What stands where the target reads its keys, as a sentence without its end. */
export function sayPublished({ publish, alone, answer = {} }: PublishStep): string {
  const how = sayAnswer(answer)
  const whole = answer.document === undefined || answer.document === 'surplus-members'
  if (!whole) return `in the place of the hosted set stands ${how.join(', ')}`
  const entries = publish.map(sayEntry)
  const list = entries.length === 0 ? 'no key' : entries.join(', then ')
  const rest = alone ? '' : ', before the one the run began with'
  return `the hosted set has ${list}${rest}${how.length === 0 ? '' : `; served: ${how.join(', ')}`}`
}
