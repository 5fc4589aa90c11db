import { BlockList, isIP } from 'node:net'
import type { Route } from '../model/exchange.ts'

/** Where a CONNECT goes instead of straight to the target. */
export interface ProxyTarget {
  readonly host: string
  readonly port: number
  /** The proxy itself is spoken to over TLS. */
  readonly secure: boolean
  /** The value of Proxy-Authorization, sent to the proxy only. */
  readonly authorization?: string
  /** Why this proxy cannot be used, in words. */
  readonly unusable?: string
}

export type ProxyFor = (route: Route) => ProxyTarget | undefined

type Environment = Readonly<Record<string, string | undefined>>

const read = (env: Environment, name: string): string | undefined => {
  const value = env[name.toLowerCase()] ?? env[name]
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const credentials = (url: URL): { authorization?: string } => {
  if (url.username === '' && url.password === '') return {}
  const pair = `${decoded(url.username)}:${decoded(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }
}

const parse = (value: string): ProxyTarget => {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const none = { host: '', port: 0, secure: false }
  if (!URL.canParse(text)) return { ...none, unusable: 'the proxy variable holds no URL' }
  const url = new URL(text)
  const secure = url.protocol === 'https:'
  if (!secure && url.protocol !== 'http:') {
    return { ...none, unusable: `a ${url.protocol.slice(0, -1)} proxy is not supported` }
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  return { host, port, secure, ...credentials(url) }
}

const within = (list: BlockList, host: string): boolean => {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

const isLoopbackAddress = (host: string): boolean => {
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8)
  list.addAddress('::1', 'ipv6')
  return within(list, host)
}

/** True for names and addresses that never leave this machine. */
export const isLoopback = (host: string): boolean =>
  /^(?:.+\.)?localhost\.?$/i.test(host) || isLoopbackAddress(host)

const inSubnet = (entry: string, host: string): boolean => {
  const [address = '', bits = ''] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 6 ? 128 : 32)) {
    return false
  }
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  return within(list, host)
}

/** One entry of NO_PROXY: `*`, a host or suffix with or without a dot, a port, an address, a subnet. */
const spares = (entry: string, route: Route): boolean => {
  if (entry === '*') return true
  const host = route.host.toLowerCase().replace(/\.$/, '')
  if (entry.includes('/')) return inSubnet(entry, host)
  const parts = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry)
  const [, bracketed, name, port] = parts ?? [undefined, undefined, entry, undefined]
  if (port !== undefined && Number(port) !== route.port) return false
  const wanted = (bracketed ?? name ?? '').toLowerCase().replace(/^\*?\./, '')
  return wanted !== '' && (host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`)))
}

/**
 * The proxy that the environment asks for: `HTTPS_PROXY` or `HTTP_PROXY` by scheme, else
 * `ALL_PROXY`, except for what `NO_PROXY` names; lower-case names win. Loopback is never sent
 * through a proxy, whose loopback is another machine, unless CONFORMANCE_PROXY_LOOPBACK is set.
 */
export const proxyFromEnvironment = (env: Environment): ProxyFor => {
  const exceptions = (read(env, 'NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const targetOf = (name: string): ProxyTarget | undefined => {
    const value = read(env, name) ?? read(env, 'ALL_PROXY')
    return value === undefined ? undefined : parse(value)
  }
  const proxies = { http: targetOf('HTTP_PROXY'), https: targetOf('HTTPS_PROXY') }
  const withLoopback = read(env, 'CONFORMANCE_PROXY_LOOPBACK') !== undefined
  return (route) => {
    if (!withLoopback && isLoopback(route.host)) return undefined
    return exceptions.some((entry) => spares(entry, route)) ? undefined : proxies[route.scheme]
  }
}
