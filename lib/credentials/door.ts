import type { RequestFault } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import type { Missing } from './credential.ts'

const needsTls: Missing = { missing: 'a target on https', option: '--target https://…' }
/** Without TLS on this machine nobody reads along, so that there is nothing to blame. */
const needsWay: Missing = {
  missing: 'a target on https, or one that is not on this machine',
  option: '--target https://…',
}

/** The http door beside an https target: the one the operator names, or the usual port's. */
function besides(target: Target): URL | undefined {
  if (target.httpUrl !== undefined) return target.httpUrl
  // Another port says nothing of where http would be.
  return target.url.port === '' ? new URL(`http://${target.url.hostname}`) : undefined
}

/** The URL without TLS at this origin. A query may hold what is secret over TLS, and stays out. */
function opened(url: URL, origin: URL, query: string): URL {
  const open = new URL(url.pathname, origin)
  open.protocol = 'http:'
  open.search = query
  return open
}

/**
 * Where a request goes: to its own URL, or to the same path without TLS, with a query that holds no
 * secret. What has to do with TLS needs a target that speaks it.
 */
export function doorFor(target: Target, url: URL, but: RequestFault, query = ''): URL | Missing {
  const { over, tls, hello, look } = but
  if (over === undefined && tls === undefined && hello === undefined && look === undefined) {
    return url
  }
  if (target.url.protocol !== 'https:') {
    if (over !== 'no-tls') return needsTls
    return target.remote === true ? url : needsWay
  }
  if (over === undefined) return url
  if (over === 'tls-port') {
    const port = url.port === '' ? '443' : url.port
    return opened(url, new URL(`http://${url.hostname}:${port}`), query)
  }
  const door = besides(target)
  if (door !== undefined) return opened(url, door, query)
  return { missing: 'the URL of its http door', option: '--http-url URL' }
}
