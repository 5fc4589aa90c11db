/** A small server that the target may call back: it serves documents and remembers every fetch. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What is served under a path. */
export interface HostDocument {
  readonly type: string
  readonly body: string | Uint8Array
}

/** One request that came in below the secret path. */
export interface Fetch {
  /** Number within the run, from 1. */
  readonly n: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: string
  /** The request-target as it was written, latin1. */
  readonly target: string
  /** Names and values in order, letter case kept. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The address it came from. */
  readonly from: string
}

export interface ListenerOptions {
  /** 127.0.0.1 unless told. */
  readonly host?: string
  /** Any free port unless told. */
  readonly port?: number
  /** How the target reaches it, where that is another origin. */
  readonly publicOrigin?: string
  /** A path segment that nobody can guess. */
  readonly secret: string
  /** The document under a path below the secret, or undefined for none. */
  readonly serve: (path: string) => HostDocument | undefined
}

/** A listener at work. */
export interface Listener {
  /** The URL of a path below the secret. */
  readonly urlOf: (path: string) => string
  /** Fetches so far whose target has this in it; all without one. */
  readonly fetches: (containing?: string) => readonly Fetch[]
  /** Requests so far, those beyond what is remembered included. */
  readonly count: () => number
  /** Stops listening and drops every connection; may be called twice. */
  readonly close: () => Promise<void>
}

/** Requests that are remembered; more are only counted. */
const REMEMBERED = 256
/** Milliseconds a request may take to arrive. */
const PATIENCE = 5000
const MOST_CONNECTIONS = 64
const LONGEST_HEAD = 16 * 1024
const LONGEST_BODY = 64 * 1024

function fieldsOf({ rawHeaders }: IncomingMessage): Fetch['fields'] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  }
  return pairs
}

/** The path below the secret, wherever in the target the secret stands (RFC 8414 §3.1 puts it last). */
function pathBelow(target: string, secret: string): string | undefined {
  const [path = ''] = target.split('?')
  const at = path.indexOf(`/${secret}/`)
  if (at < 0) return undefined
  const below = path.slice(at + secret.length + 2)
  const before = path.slice(0, at)
  return before === '' ? below : `${below}${before}`
}

function answer(response: ServerResponse, method: string, found: HostDocument | undefined): void {
  const { type, body } = found ?? { type: 'text/plain', body: 'not found' }
  response.writeHead(found === undefined ? 404 : 200, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    Connection: 'close',
  })
  response.end(method === 'HEAD' ? undefined : body)
}

/** Reads content away, and drops the connection of one who sends too much. */
function drain(request: IncomingMessage): void {
  let seen = 0
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length
    if (seen > LONGEST_BODY) request.destroy()
  })
  request.on('error', () => request.destroy())
}

/** Starts to listen. Rejects with the system's error where the address cannot be had. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { host = '127.0.0.1', port = 0, secret, serve } = options
  const kept: Fetch[] = []
  let count = 0
  const note = (request: IncomingMessage, target: string): void => {
    count += 1
    if (kept.length >= REMEMBERED) return
    kept.push({
      n: count,
      at: Date.now(),
      method: request.method ?? '',
      target,
      fields: fieldsOf(request),
      from: request.socket.remoteAddress ?? '',
    })
  }
  const server = createServer(
    { maxHeaderSize: LONGEST_HEAD, headersTimeout: PATIENCE, requestTimeout: PATIENCE },
    (request, response) => {
      const target = request.url ?? ''
      const path = pathBelow(target, secret)
      drain(request)
      // Whoever does not know the secret was not sent here by a token: no fetch, and no hint.
      if (path !== undefined) note(request, target)
      answer(response, request.method ?? '', path === undefined ? undefined : serve(path))
    },
  )
  server.maxConnections = MOST_CONNECTIONS
  server.keepAliveTimeout = 1
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  const origin = options.publicOrigin ?? own
  let closing: Promise<void> | undefined
  return {
    urlOf: (path) => `${origin}/${secret}/${path}`,
    fetches: (containing = '') => kept.filter(({ target }) => target.includes(containing)),
    count: () => count,
    close() {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return closing
    },
  }
}
