/** A small server that the target may call back: it serves documents and remembers every fetch. */
import {
  createServer as createHttp,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { connections } from './connections.ts'
import { type SecureDoor, type Secured, secureDoor } from './secure.ts'

/** What is served under a path. */
export interface HostDocument {
  readonly type: string
  readonly body: string | Uint8Array
  /** 200 unless told. */
  readonly status?: number
  /** Further fields; one of a name that every answer has replaces it. */
  readonly fields?: readonly (readonly [name: string, value: string])[]
  /** Milliseconds before the answer begins. */
  readonly waitMs?: number
  /** `drip`: one byte a second; `close`: the connection is closed without an answer. */
  readonly manner?: 'drip' | 'close'
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
  /** What the target calls this host, where that is not the address that is bound. */
  readonly name?: string
  /** A path segment that nobody can guess. */
  readonly secret: string
  /** A path that is served and remembered though the secret is not in it. */
  readonly open?: string
  /** The document under a path below the secret, or at the open one; undefined for none. */
  readonly serve: (path: string) => HostDocument | undefined
  /** Speaks TLS to all who do; its URLs are of https then. */
  readonly secured?: Secured
}

/** What of a listener depends on how the target comes to it. */
export type ListenerManner = Pick<ListenerOptions, 'open' | 'secured' | 'name'>

/** A listener at work. */
export interface Listener {
  /** The URL of a path below the secret. */
  readonly urlOf: (path: string) => string
  /** The origin that its URLs begin with. */
  readonly origin: string
  /** Fetches so far whose target has this in it; all without one. */
  readonly fetches: (containing?: string) => readonly Fetch[]
  /** Requests so far, those beyond what is remembered included. */
  readonly count: () => number
  /** Present where it speaks TLS. */
  readonly door?: Pick<SecureDoor, 'spoil' | 'approaches'>
  /** Stops listening and drops every connection; may be called twice. */
  readonly close: () => Promise<void>
}

/** Requests that are remembered; more are only counted. */
const REMEMBERED = 256
/** Milliseconds that the head of a request may take to arrive. */
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
function pathBelow(target: string, { secret, open }: ListenerOptions): string | undefined {
  const [path = ''] = target.split('?')
  if (path === open) return path
  const at = path.indexOf(`/${secret}/`)
  if (at < 0) return undefined
  const below = path.slice(at + secret.length + 2)
  const before = path.slice(0, at)
  return before === '' ? below : `${below}${before}`
}

const DRIP_MS = 1000

/** Writes the content byte by byte, for as long as somebody reads it. */
function drip(response: ServerResponse, body: Uint8Array): void {
  let at = 0
  // Whoever limits the time of the head alone has to see it in time.
  response.flushHeaders()
  const timer = setInterval(() => {
    if (at >= body.length) response.end()
    else response.write(body.subarray(at, at + 1))
    at += 1
  }, DRIP_MS)
  timer.unref()
  response.on('close', () => clearInterval(timer))
}

const nothing: HostDocument = { type: 'text/plain', body: 'not found', status: 404 }

function answer(response: ServerResponse, method: string, found: HostDocument): void {
  if (found.manner === 'close') {
    response.destroy()
    return
  }
  const body = Buffer.from(found.body as Uint8Array)
  const fields = new Map<string, readonly [string, string]>()
  for (const field of [
    ['Content-Type', found.type],
    ['Content-Length', String(body.length)],
    ['Cache-Control', 'no-store'],
    ['Connection', 'close'],
    ...(found.fields ?? []),
  ] as const) {
    fields.set(field[0].toLowerCase(), field)
  }
  response.writeHead(found.status ?? 200, [...fields.values()].flat())
  if (method !== 'HEAD' && found.manner === 'drip') drip(response, body)
  else response.end(method === 'HEAD' ? undefined : body)
}

function answerLate(response: ServerResponse, method: string, found: HostDocument): void {
  if (found.waitMs === undefined) {
    answer(response, method, found)
    return
  }
  const timer = setTimeout(() => answer(response, method, found), found.waitMs)
  timer.unref()
  response.on('close', () => clearTimeout(timer))
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

/** Accepts connections for what speaks HTTP on them, which listens to none itself. */
function accepting(http: HttpServer, secured: Secured | undefined): [Server, SecureDoor?] {
  const serve = (open: Socket): boolean => http.emit('connection', open)
  if (secured === undefined) return [createServer(serve)]
  const door = secureDoor(secured, serve)
  return [createServer(door.accept), door]
}

/** Starts to listen. Rejects with the system's error where the address cannot be had. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { host = '127.0.0.1', port = 0, secret, serve, secured } = options
  const open = connections(PATIENCE)
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
  const http = createHttp({ maxHeaderSize: LONGEST_HEAD }, (request, response) => {
    const target = request.url ?? ''
    const path = pathBelow(target, options)
    open.asked(request.socket)
    drain(request)
    // Whoever does not know the secret was not sent here by a token: no fetch, and no hint.
    if (path !== undefined) note(request, target)
    const found = path === undefined ? undefined : serve(path)
    answerLate(response, request.method ?? '', found ?? nothing)
  })
  http.keepAliveTimeout = 1
  const [server, door] = accepting(http, secured)
  server.on('connection', open.add)
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  const name = options.name ?? secured?.host ?? host
  const scheme = secured === undefined ? 'http' : 'https'
  const own = `${scheme}://${name.includes(':') ? `[${name}]` : name}:${bound}`
  const origin = options.publicOrigin ?? own
  let closing: Promise<void> | undefined
  return {
    origin,
    urlOf: (path) => `${origin}/${secret}/${path}`,
    fetches: (containing = '') => kept.filter(({ target }) => target.includes(containing)),
    count: () => count,
    ...(door === undefined
      ? {}
      : {
          door: {
            approaches: door.approaches,
            spoil: (how) => {
              // What was opened before is no way to what is spoilt from now on.
              if (how.channel !== undefined) open.dropQuiet()
              door.spoil(how)
            },
          },
        }),
    close() {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => resolve())
        open.dropAll()
      })
      return closing
    },
  }
}
