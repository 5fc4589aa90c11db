/** Opens the doors of a site on https and http. */
import { createAuthority, type Identity } from '../../x509/authority.ts'
import { strictRules } from '../http/rules.ts'
import { listen, type Running } from '../http/server.ts'
import type { Site } from '../http/types.ts'
import { ownHosts } from './credentials.ts'
import { turnConnection } from './front.ts'
import type { HttpsPolicy } from './types.ts'

/** Both doors, open. */
export interface Doors {
  readonly secure: Running
  readonly plain: Running
  /** Where another server of the service is, as if at another address; nobody need be listening. */
  readonly second: Running
  /** PEM of the authority that clients have to trust. */
  readonly ca: string
}

type Make = (policy: HttpsPolicy) => Identity

const openSecure = (
  policy: HttpsPolicy,
  { key, chain }: Identity,
  host: string,
  port: number,
): Promise<Running> => {
  const { secure, turn, stray } = policy
  const looks = turn !== undefined || stray === 'serve'
  const site: Site = { rules: secure.http, respond: secure.respond.bind(undefined, secure) }
  return listen(site, host, port, {
    channel: { ...policy.channel, key, cert: chain },
    ...(looks
      ? {
          turn: (raw, wrap, serve) => {
            turnConnection(raw, policy, wrap, serve).catch(() => raw.destroy())
          },
        }
      : {}),
  })
}

/** The other server has the same key, unless it is made to show another certificate. */
const openSecond = async (
  policy: HttpsPolicy,
  own: Identity,
  make: Make,
  host: string,
): Promise<Running> => {
  const second = policy.second(policy)
  const shut = second === 'shut'
  const other = shut ? policy : second
  const identity = other.identity === policy.identity ? own : make(other)
  const running = await openSecure(other, identity, host, 0)
  if (shut) await running.close()
  return running
}

/**
 * Opens both doors. The https door takes the port that is asked for; a shut http door is a port on
 * which nobody listens any more.
 */
export const openDoors = async (
  policy: HttpsPolicy,
  host: string,
  port: number,
): Promise<Doors> => {
  const authority = createAuthority('Reference authority')
  const hosts = [...new Set([...ownHosts, host])]
  const make: Make = ({ identity }) => identity(authority, hosts)
  const own = make(policy)
  const running = await openSecure(policy, own, host, port)
  const second = await openSecond(policy, own, make, host)
  const origin = `https://localhost:${running.port}`
  const respond: Site['respond'] = (request) => policy.plain(request, origin, policy)
  // What TLS answers have on every answer, such as HSTS, has no place here.
  const plain = await listen({ rules: strictRules, respond }, host, 0)
  if (policy.door === 'shut') await plain.close()
  return { secure: running, plain, second, ca: authority.pem }
}
