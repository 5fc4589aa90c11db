/** The way between a target and the key set that it reads from us. */
import type { Fetch, ListenerManner } from '../host/listener.ts'
import type { Spoilt } from '../host/secure.ts'
import type { PublishStep } from '../model/case.ts'
import type { Authority } from '../x509/authority.ts'

const RELAYING: ReadonlySet<string> = new Set(['via', 'forwarded', 'x-forwarded-for', 'x-real-ip'])

/** True for a fetch that something on the way has passed on. */
export const isRelayed = ({ fields }: Fetch): boolean =>
  fields.some(([name]) => RELAYING.has(name.toLowerCase()))

/** Nobody is served without TLS but where that is what a case is about. */
export function spoiltBy({ answer: { channel, redirect } = {} }: PublishStep): Spoilt {
  const plain = channel === 'cleartext' || redirect === 'cleartext'
  return { plain, ...(channel === undefined ? {} : { channel }) }
}

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set(['0.0.0.0', '::'])

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/** How the target comes to our listeners: by which name or address, and whom it trusts there. */
export function mannerOf(
  { url, authority }: { readonly url?: URL; readonly authority?: Authority },
  host = '127.0.0.1',
): ListenerManner {
  const name = bare(url?.hostname ?? host)
  return {
    ...(EVERY_ADDRESS.has(host) ? { name } : {}),
    ...(authority === undefined ? {} : { secured: { by: authority, host: name } }),
  }
}
