import type { RequestFault } from '../model/case.ts'
import type { Hello, Look, Probe } from '../model/channel.ts'
import { visible } from '../text/visible.ts'

/** The connection that is only looked at, where a case asks for one. */
export function probeOf(but: RequestFault): Probe | undefined {
  if (but.hello !== undefined) return { hello: but.hello }
  return but.look === undefined ? undefined : { look: but.look }
}

const names = { absent: 'no host name', unknown: 'a host name that nobody has' } as const

function helloWords(hello: Hello): string {
  const { versions, suites, groups, name, protocols, also } = hello
  const words = [
    ...(versions === undefined ? [] : [versions.join(' and ')]),
    ...(suites === undefined ? [] : [`the suites ${suites.join(', ')}`]),
    ...(groups === undefined ? [] : [`the groups ${groups.join(', ')}`]),
    ...(protocols === undefined ? [] : [`the protocols ${visible(protocols.join(', '), 80)}`]),
    ...(name === undefined ? [] : [names[name]]),
    ...(also === undefined ? [] : [also]),
  ]
  return words.length === 0
    ? 'a usual TLS hello'
    : `a TLS hello that offers ${words.join(', and ')}`
}

const looks: Readonly<Record<Look, string>> = {
  certificate: 'a TLS handshake, to see the certificate',
  ticket: 'a TLS handshake, to be given a ticket',
  resumption: 'a TLS 1.3 handshake, and a hello that comes back to its session',
  nonces:
    'a TLS 1.2 handshake with AES-GCM, and two anonymous requests, to see the nonces of the answers',
  addresses: 'TLS hellos to every address of the host, to tell them apart',
}

/** What is sent in place of a request, in words. */
export function sayProbe(probe: Probe): string {
  return 'hello' in probe ? helloWords(probe.hello) : looks[probe.look]
}
