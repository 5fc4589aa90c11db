/** The way to hosted documents by https: with the certificate that is right, or as a case spoils it. */
import type { AddressInfo, Socket } from 'node:net'
import {
  connect,
  createServer,
  type SecureContextOptions,
  type Server,
  type TlsOptions,
} from 'node:tls'
import type { HostedChannel } from '../model/case.ts'
import { type Authority, createAuthority, type Identity, issue } from '../x509/authority.ts'
import { peerOf } from './connections.ts'
import { type ClientHello, isTls, isWhole, LONGEST_HELLO, readHello } from './hello.ts'

/** One connection to the door, as it began. */
export interface Approach {
  /** Absent for one that began without TLS, or with a hello that cannot be read. */
  readonly hello?: ClientHello
  readonly tls: boolean
  /** The address that it came from. */
  readonly from: string
  /** A handshake came to its end. */
  readonly agreed: boolean
  /** It has ended. */
  readonly over: boolean
}

/** Who vouches for a door, and for which host name or address. */
export interface Secured {
  readonly by: Authority
  readonly host: string
}

/** What is wrong with a door. */
export interface Spoilt {
  readonly channel?: HostedChannel
  /** Those who come without TLS are served, too. */
  readonly plain?: boolean
}

/** What stands between a listener's connections and what is served on them. */
export interface SecureDoor {
  /** Takes a connection as it came. */
  readonly accept: (raw: Socket) => void
  /** How it is to be from the next connection on: as it should be where nothing is given. */
  readonly spoil: (how: Spoilt) => void
  /** All connections so far. */
  readonly approaches: () => readonly Approach[]
}

/** Milliseconds that our own handshake may take. */
const PATIENCE = 5000
/** Connections that are remembered; more are only served. */
const REMEMBERED = 16_384

/** What is said, without TLS, to those who begin with TLS. */
const IN_CLEAR =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 20\r\nConnection: close\r\n\r\nspeak HTTP, not TLS\n'

const OTHER_NAME = 'other-name.example'

const tlsOf = ({ key, chain }: Identity): SecureContextOptions => ({ key, cert: chain })

// Signatures with SHA-1, without which there is no TLS 1.1, are below every usual level of security.
const OLD = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.1',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const

// Made when it is first needed: most runs spoil nothing.
const settingsFor: Readonly<
  Record<Exclude<HostedChannel, 'cleartext'> | 'right', (about: Secured) => TlsOptions>
> = {
  right: ({ by, host }) => ({ ...tlsOf(issue(by, [host])), minVersion: 'TLSv1.2' }),
  'untrusted-certificate': ({ host }) => tlsOf(issue(createAuthority('nobody knows'), [host])),
  'other-name': ({ by }) => tlsOf(issue(by, [OTHER_NAME])),
  'tls-1.1': ({ by, host }) => ({ ...tlsOf(issue(by, [host])), ...OLD }),
}

/** Waits for the first record, or for what is none, and puts it back. */
function beginningOf(raw: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    const look = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk])
      if (isTls(bytes) && !isWhole(bytes) && bytes.length < LONGEST_HELLO) return
      raw.off('data', look)
      raw.pause()
      raw.unshift(bytes)
      resolve(bytes)
    }
    raw.on('data', look)
  })
}

type Serve = (open: Socket) => void

/** One server for each way to speak TLS, made when a connection first asks for it. */
function serversOf(secured: Secured, serve: Serve): (name: keyof typeof settingsFor) => Server {
  const made = new Map<string, Server>()
  return (name) => {
    const server = made.get(name) ?? createServer(settingsFor[name](secured))
    if (!made.has(name)) {
      server.on('secureConnection', serve)
      server.on('tlsClientError', (_error, socket) => socket.destroy())
      made.set(name, server)
    }
    return server
  }
}

/** An approach while it lasts. */
type Lasting = { -readonly [K in keyof Approach]: Approach[K] }

/** A door that speaks TLS to those who do, and gives what can be read then to `serve`. */
export function secureDoor(secured: Secured, serve: Serve): SecureDoor {
  const seen: Lasting[] = []
  const lasting = new Map<string, Lasting>()
  const serverFor = serversOf(secured, (open) => {
    const found = lasting.get(peerOf(open))
    if (found !== undefined) found.agreed = true
    serve(open)
  })
  let spoilt: Spoilt = {}
  const speak = (raw: Socket): void => {
    const { channel = 'right' } = spoilt
    if (channel !== 'cleartext') serverFor(channel).emit('connection', raw)
    else raw.end(IN_CLEAR).resume()
  }
  const begin = (raw: Socket, bytes: Buffer): void => {
    const { remoteAddress: from = '' } = raw
    const peer = peerOf(raw)
    const hello = readHello(bytes)
    const tls = isTls(bytes)
    const approach: Lasting = { tls, from, agreed: false, over: false, ...(hello && { hello }) }
    if (seen.length < REMEMBERED) seen.push(approach)
    lasting.set(peer, approach)
    raw.once('close', () => {
      approach.over = true
      if (lasting.get(peer) === approach) lasting.delete(peer)
    })
    if (tls) speak(raw)
    else if (spoilt.plain === true) {
      serve(raw)
      raw.resume()
    } else raw.destroy()
  }
  return {
    accept(raw) {
      raw.on('error', () => raw.destroy())
      void beginningOf(raw).then((bytes) => begin(raw, bytes))
    },
    spoil(how) {
      spoilt = how
    },
    approaches: () => seen,
  }
}

/**
 * Whether this machine can speak TLS 1.1 at all: where it cannot, that a target does not come through
 * says nothing about the target.
 */
export async function speaksOldTls(): Promise<boolean> {
  const by = createAuthority('this machine')
  const server = createServer(settingsFor['tls-1.1']({ by, host: 'localhost' }), (socket) =>
    socket.end(),
  )
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    return await new Promise<boolean>((resolve) => {
      const client = connect(
        { ...OLD, ca: by.pem, host: '127.0.0.1', port, servername: 'localhost' },
        () => resolve(true),
      )
      client.setTimeout(PATIENCE, () => client.destroy())
      client.on('error', () => resolve(false))
      client.on('close', () => resolve(false))
    })
  } catch {
    return false
  } finally {
    server.close()
  }
}
