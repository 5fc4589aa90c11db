/** What a door shows on https: a key and a certificate, made when the server starts. */
import { createAuthority, issue } from '../../x509/authority.ts'
import type { Channel } from '../http/secure.ts'

/** A door's key and certificate, and the authority that a client has to trust. */
export interface Credentials {
  readonly channel: Channel
  /** PEM of the authority. */
  readonly ca: string
}

/** The names under which servers of this machine are reached. */
export const ownHosts = ['localhost', '127.0.0.1', '::1'] as const

/** A certificate for this machine and for the address that is listened on. */
export const credentialsFor = (host: string): Credentials => {
  const authority = createAuthority('Reference authority')
  const { key, chain } = issue(authority, [...new Set([...ownHosts, host])])
  return { channel: { key, cert: chain }, ca: authority.pem }
}
