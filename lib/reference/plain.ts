/** The http door beside a stand-in, which is on https. */
import { strictRules } from './http/rules.ts'
import { listen, type Running } from './http/server.ts'
import { keepShut } from './http/shut.ts'
import type { Reply, Request, Site } from './http/types.ts'
import { toHttps } from './https/policy.ts'

/**
 * Answers what comes without TLS, or is shut. `origin` is the https door's, and `serve` is how the API
 * answers there.
 */
export type PlainDoor =
  | 'shut'
  | ((request: Request, origin: string, serve: Site['respond']) => Reply | Promise<Reply>)

/** Whoever comes is told to come over TLS, and is asked for nothing. */
export const forbids = (): Reply => ({
  status: 403,
  fields: [['Content-Type', 'text/plain; charset=utf-8']],
  body: 'This is served over TLS only.\n',
})

/** Whoever comes is led to the same path over TLS. */
export const redirects: PlainDoor = (request, origin) => toHttps(request, origin)

/** Opens the door on any free port; nobody listens on that of a shut one. */
export const openPlain = (
  door: PlainDoor,
  host: string,
  origin: string,
  serve: Site['respond'],
): Promise<Running> => {
  if (door === 'shut') return keepShut(host)
  const respond: Site['respond'] = (request) => door(request, origin, serve)
  return listen({ rules: strictRules, respond }, host, 0)
}
