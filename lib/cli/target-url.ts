import { isIP } from 'node:net'
import { isLoopback } from '../engine/budget.ts'
import type { Given } from './option.ts'
import { UsageError } from './usage-error.ts'

/** An address that a host and port are connected to instead of what a resolver says. */
export interface Resolve {
  /** As a URL has it, without brackets, in lower case. */
  readonly host: string
  readonly port: number
  /** An IPv4 or IPv6 address without brackets. */
  readonly address: string
}

/** Reads a URL that requests are sent to; refuses secrets inside it and what is never sent. */
export function readUrl({ text, source }: Given): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(
      'bad-value',
      `${source.name} is not a URL that begins with https:// or http://.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'secret-in-url',
      `${source.name} carries credentials inside the URL, where logs and reports would show them.`,
      'Give them with --user, CONFORMANCE_USER or --user-file.',
    )
  }
  if (url.hash !== '') {
    throw new UsageError('bad-value', `${source.name} has a fragment, which is never sent.`)
  }
  return url
}

/** Reads `HOST:PORT:ADDR`; an IPv6 address may stand in brackets. */
export function readResolve({ text, source }: Given): Resolve {
  const [, host = '', port = '', bracketed = ''] =
    text.match(/^(\[[\da-f:.]+\]|[^:[\]]+):(\d{1,5}):(.+)$/iu) ?? []
  const address = bracketed.replace(/^\[(.*)\]$/u, '$1')
  if (isIP(address) === 0 || Number(port) < 1 || Number(port) > 65535) {
    throw new UsageError(
      'bad-value',
      `${source.name} wants HOST:PORT:ADDR, with ADDR an IP address.`,
    )
  }
  const name = host.replace(/^\[(.*)\]$/u, '$1').toLowerCase()
  return { host: name, port: Number(port), address }
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/u, '$1')
}

/** The port a URL means. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

/** Whether a connection for this URL stays on this machine, `--resolve` taken into account. */
export function staysHere(url: URL, resolve: readonly Resolve[]): boolean {
  const [host, port] = [hostOf(url), portOf(url)]
  const redirected = resolve.filter((each) => each.host === host && each.port === port)
  return redirected.length === 0
    ? isLoopback(host)
    : redirected.every(({ address }) => isLoopback(address))
}
