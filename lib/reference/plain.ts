/** The http door beside a stand-in, which is on https. */
import { strictRules } from './http/rules.ts'
import { listen, type Running } from './http/server.ts'
import { keepShut } from './http/shut.ts'
import type { Reply, Request, Site } from './http/types.ts'
import { toHttps } from './https/policy.ts'
import type { VendorSystem } from './mutants/types.ts'

/**
 * Answers what comes without TLS, or is shut. `origin` is the https door's, and `serve` is how the API
 * answers there.
 */
export type PlainDoor =
  | 'shut'
  | ((request: Request, origin: string, serve: Site['respond']) => Reply | Promise<Reply>)

/** A site on https, and who answers beside it without TLS, where that is not the usual door. */
export interface DooredSite extends Site {
  readonly plain?: PlainDoor
}

/** Whoever comes is told to come over TLS, and is asked for nothing. */
export const forbids = (): Reply => ({
  status: 403,
  fields: [['Content-Type', 'text/plain; charset=utf-8']],
  body: 'This is served over TLS only.\n',
})

/** Whoever comes is led to the same path over TLS. */
export const redirects: PlainDoor = (request, origin) => toHttps(request, origin)

/** What is hosted has no other door than https; before what anybody can host, a proxy says so. */
const usual: Readonly<Record<VendorSystem, PlainDoor>> = {
  singlestore: forbids,
  'singlestore-helios': 'shut',
  freesewing: redirects,
  'influxdb-cloud-serverless': 'shut',
}

/** Opens the door beside a stand-in on any free port; nobody listens on that of a shut one. */
export const openPlain = (
  system: VendorSystem,
  { respond: serve, plain: door = usual[system] }: DooredSite,
  host: string,
  origin: string,
): Promise<Running> => {
  if (door === 'shut') return keepShut(host)
  const respond: Site['respond'] = (request) => door(request, origin, serve)
  return listen({ rules: strictRules, respond }, host, 0)
}
