/** Reads the request target and the Host field strictly (RFC 9112 §3.2, RFC 9110 §4.2 and §7.4). */
import { fault } from './head.ts'
import { type Fault, type Head, type StartLine, type Target, valuesOf } from './types.ts'

const pathCharacters = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/
const registeredName = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/

/** Host and optional port, without userinfo (RFC 3986 §3.2). */
export const validAuthority = (text: string): boolean => {
  const parts = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]+)(?::\d{0,5})?$/.exec(text)
  const host = parts?.[1] ?? ''
  return host.startsWith('[') || registeredName.test(host)
}

/** Exactly one valid Host line, which only HTTP/1.0 may leave out (RFC 9112 §3.2). */
export const strictHost = (head: Head): Fault | undefined => {
  const hosts = valuesOf(head.fields, 'host')
  if (hosts.length > 1) return fault('There is more than one Host line.')
  const [host] = hosts
  if (host === undefined) {
    return head.start.version === 'HTTP/1.0' ? undefined : fault('The Host line is missing.')
  }
  return validAuthority(host) ? undefined : fault('The Host line names no host.')
}

const split = (text: string): Pick<Target, 'path' | 'query'> => {
  const mark = text.indexOf('?')
  return mark < 0 ? { path: text } : { path: text.slice(0, mark), query: text.slice(mark + 1) }
}

/** An absolute target cut into its parts, nothing refused; undefined where it is none. */
export const cutAbsolute = (
  text: string,
): { scheme: string; userinfo?: string; authority: string; rest: string } | undefined => {
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/.exec(text)
  if (!parts) return undefined
  const [, scheme = '', authority = '', rest = ''] = parts
  const at = authority.lastIndexOf('@')
  const cut = { scheme: scheme.toLowerCase(), authority: authority.slice(at + 1), rest }
  return at < 0 ? cut : { ...cut, userinfo: authority.slice(0, at) }
}

/** The target of an absolute form whose scheme and userinfo were found acceptable. */
export const absoluteTarget = (rest: string, userinfo?: string): Target => ({
  form: 'absolute',
  ...split(rest.startsWith('/') ? rest : `/${rest}`),
  ...(userinfo === undefined ? {} : { userinfo }),
})

const strictAbsolute = (text: string, secure: boolean): Target | Fault => {
  const cut = cutAbsolute(text)
  if (!cut) return fault('The request target has none of the four forms.')
  if (cut.userinfo !== undefined) return fault('The request target holds a user name.')
  if (cut.scheme === 'https' && !secure) {
    return fault('A target with the scheme https needs a secured connection.', 421)
  }
  if (!['http', 'https'].includes(cut.scheme) || !validAuthority(cut.authority)) {
    return fault('The request target is not a URL of this server.')
  }
  return absoluteTarget(cut.rest)
}

/** All four forms; refuses fragments, stray characters, userinfo and https in cleartext. */
export const strictTarget = (start: StartLine, secure: boolean): Target | Fault => {
  const { method, target } = start
  if (method === 'CONNECT') {
    return validAuthority(target)
      ? { form: 'authority', path: target }
      : fault('CONNECT needs host and port.')
  }
  if (target === '*') {
    return method === 'OPTIONS'
      ? { form: 'asterisk', path: '*' }
      : fault('Only OPTIONS may ask for "*".')
  }
  if (target.startsWith('/')) {
    return pathCharacters.test(target)
      ? { form: 'origin', ...split(target) }
      : fault('The request target holds a character that no URL has.')
  }
  return pathCharacters.test(target.replace(/[[\]]/g, ''))
    ? strictAbsolute(target, secure)
    : fault('The request target holds a character that no URL has.')
}
