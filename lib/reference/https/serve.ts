/** Opens the doors of a site on https and http. */
import { createAuthority } from '../../x509/authority.ts'
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
  /** PEM of the authority that clients have to trust. */
  readonly ca: string
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
  const { key, chain } = policy.identity(authority, [...new Set([...ownHosts, host])])
  const { secure, turn, stray } = policy
  const looks = turn !== undefined || stray === 'serve'
  const site: Site = { rules: secure.http, respond: secure.respond.bind(undefined, secure) }
  const running = await listen(site, host, port, {
    channel: { ...policy.channel, key, cert: chain },
    ...(looks
      ? {
          turn: (raw, wrap, serve) => {
            turnConnection(raw, policy, wrap, serve).catch(() => raw.destroy())
          },
        }
      : {}),
  })
  const origin = `https://localhost:${running.port}`
  const respond: Site['respond'] = (request) => policy.plain(request, origin, policy)
  // What TLS answers have on every answer, such as HSTS, has no place here.
  const plain = await listen({ rules: strictRules, respond }, host, 0)
  if (policy.door === 'shut') await plain.close()
  return { secure: running, plain, ca: authority.pem }
}
