/** Reads the nonces that a server writes before its records in TLS 1.2 with AES-GCM (RFC 5288 §3). */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { NonceFacts } from '../../model/channel.ts'
import type { FieldLine, Labelled, Request } from '../../model/exchange.ts'
import { bytesOf, headOf, nameOf, textOf } from '../serialise.ts'
import { until } from '../sockets.ts'
import type { Stop } from '../stop.ts'
import type { Wrap } from '../tls.ts'
import { tapped } from './tap.ts'

/** What is offered, as OpenSSL writes lists: AES-GCM alone, however keys are agreed on. */
export const gcmAlone = 'AESGCM:!aNULL:!PSK'

const HEAD = 5
const CHANGE_CIPHER_SPEC = 20
const NONCE = 8
const TAG = 16

/** More records than these tell nothing new. */
const PLENTY = 8

interface Reader {
  readonly see: (bytes: Buffer) => void
  readonly nonces: readonly string[]
  /** Nothing that comes now is read. */
  readonly over: () => boolean
}

/** Takes the records of a server apart as they come; another key ends it, since nonces begin anew. */
export function createReader(): Reader {
  const nonces: string[] = []
  let rest: Buffer = Buffer.alloc(0)
  let state: 'plain' | 'encrypted' | 'over' = 'plain'
  const read = (type: number | undefined, content: Buffer): void => {
    if (type === CHANGE_CIPHER_SPEC) {
      state = state === 'plain' ? 'encrypted' : 'over'
    } else if (state === 'encrypted' && content.length >= NONCE + TAG) {
      nonces.push(content.toString('hex', 0, NONCE))
      if (nonces.length === PLENTY) state = 'over'
    }
  }
  return {
    nonces,
    over: () => state === 'over',
    see: (bytes) => {
      rest = Buffer.concat([rest, bytes])
      while (state !== 'over' && rest.length >= HEAD) {
        const end = HEAD + rest.readUInt16BE(3)
        if (rest.length < end) return
        read(rest[0], rest.subarray(HEAD, end))
        rest = rest.subarray(end)
      }
    },
  }
}

const close: FieldLine = { name: [{ text: 'Connection' }], value: [{ text: 'close' }] }

/** The page without its query; whoever is not trusted is not even told that. */
const pageOf = (target: Labelled, trusted: boolean): string => {
  const [path = ''] = textOf(target).split('?')
  return trusted && path.startsWith('/') ? path : '/'
}

/** Asks for a page and says nothing else: no credential, and no field of the operator's. */
function asking({ route, fields }: Request, page: string, more: readonly FieldLine[]): Buffer {
  const host = fields.filter((line) => nameOf(line) === 'host')
  return bytesOf(
    headOf({
      route,
      method: 'GET',
      target: [{ text: page }],
      fields: [...host, ...more],
    }),
  )
}

/** Asks twice, the second time once an answer has begun, and waits until enough has come or no more will. */
function asked(
  socket: TLSSocket,
  request: Request,
  reader: Reader,
  sent: () => void,
  stop: Stop,
): Promise<void> {
  const page = pageOf(request.target, socket.authorized)
  return new Promise((resolve) => {
    let unlisten = (): void => undefined
    const done = (): void => {
      unlisten()
      // OpenSSL calls from the midst of what it reads, where nothing may be taken from under it.
      setImmediate(resolve)
    }
    const say = (more: readonly FieldLine[]): void => {
      socket.write(asking(request, page, more))
      sent()
    }
    socket.once('data', () => say([close]))
    socket.on('data', () => {
      if (reader.over()) done()
    })
    // However it ends, no record comes any more.
    socket.on('end', done).on('close', done).on('error', done)
    unlisten = stop.listen(done)
    say([])
  })
}

/**
 * Goes through a handshake of TLS 1.2, for which `wrap` offers AES-GCM alone, and has the server send
 * records. Rejects where the handshake does. What is answered is nobody's business here.
 */
export async function lookAtNonces(
  plain: Socket,
  wrap: Wrap,
  host: string,
  request: Request,
  sent: () => void,
  stop: Stop,
): Promise<NonceFacts> {
  const reader = createReader()
  const socket = wrap(tapped(plain, reader.see), host, 'TLSv1.2')
  try {
    await until(socket, 'secureConnect', stop)
    const suite = socket.getCipher().standardName
    await asked(socket, request, reader, sent, stop)
    return { suite, nonces: [...reader.nonces] }
  } finally {
    socket.on('error', () => undefined).destroy()
    plain.destroy()
  }
}
