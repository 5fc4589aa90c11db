/** Serves the requests of one connection, one after another. */
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { takeContent } from './framing.ts'
import { fault } from './head.ts'
import { type ReadHead, readField, readHead, takeHead } from './read.ts'
import { type Source, sourceOf } from './source.ts'
import {
  type Connection,
  type Content,
  type Fault,
  isFault,
  type Pair,
  type Reply,
  type Request,
  type Seen,
  type Site,
} from './types.ts'

/** What a connection may ask of the server it belongs to. */
export interface Surroundings {
  readonly site: Site
  readonly seen: (seen: Seen) => void
  readonly die: () => void
  /** Aborts the connection, TLS or not. */
  readonly reset: () => void
  /** Milliseconds a connection may be quiet. */
  readonly idle: number
}

interface Line extends Surroundings {
  readonly socket: Socket
  readonly source: Source
  readonly connection: Connection
}

/** Milliseconds for which bytes are still read and thrown away after the last answer. */
const linger = 2000

/**
 * Closes in a way that lets the answer arrive: closing with unread bytes would abort the connection
 * and take the answer with it (RFC 9112 §9.6).
 */
const closeGently = (line: Line): void => {
  line.socket.end()
  line.socket.removeAllListeners('data').resume()
  line.socket.setTimeout(linger, () => line.socket.destroy())
}

const write = async (line: Line, bytes: string): Promise<void> => {
  for (const piece of line.site.rules.pieces(bytes)) {
    if (!line.socket.writable) return
    await new Promise<void>((written) => {
      line.socket.write(Buffer.from(piece, 'latin1'), () => written())
    })
  }
}

const insteadOf: Readonly<
  Record<NonNullable<Reply['instead']>, (line: Line) => void | Promise<void>>
> = {
  hang: (line) => {
    line.socket.once('end', () => line.socket.destroy())
  },
  cut: (line) => {
    line.socket.destroy()
  },
  reset: (line) => line.reset(),
  die: (line) => line.die(),
}

interface Asked {
  readonly method: string
  readonly target: string
}

/** Writes the answer; resolves to whether the connection goes on. */
const answer = async (line: Line, asked: Asked, reply: Reply): Promise<boolean> => {
  const { rules } = line.site
  const log = { connection: line.connection.number, ...asked }
  if (reply.delay) await wait(reply.delay, undefined, { ref: false })
  if (reply.instead) {
    line.seen({ ...log, status: 0 })
    await insteadOf[reply.instead](line)
    return false
  }
  line.seen({ ...log, status: reply.status })
  const content = rules.hasContent(asked.method, reply.status)
  await write(line, rules.encode(rules.finish(reply, asked.method), content))
  if (!reply.close) return true
  closeGently(line)
  return false
}

interface Asking {
  readonly request: Request
  /** True once no byte of the content is left on the connection. */
  readonly spent: () => boolean
}

const readTrailer =
  (line: Line) =>
  (text: string): Pair | Fault =>
    readField(line.site.rules, text) ?? fault('A trailer field cannot be read.')

const requestOf = (line: Line, head: ReadHead): Asking => {
  const { rules } = line.site
  let reading: Promise<Content | Fault> | undefined
  let whole = head.framing.kind === 'none'
  const read = async (): Promise<Content | Fault> => {
    if (!whole && rules.expects(head)) await write(line, 'HTTP/1.1 100 Continue\r\n\r\n')
    const content = await takeContent(
      line.source,
      head.framing,
      rules.limits.body,
      readTrailer(line),
    )
    whole = !isFault(content)
    return content
  }
  const request: Request = {
    method: head.start.method,
    target: head.to,
    rawTarget: head.start.target,
    version: head.start.version,
    fields: head.fields,
    connection: line.connection,
    content: () => {
      reading ??= read()
      return reading
    },
  }
  return { request, spent: () => whole }
}

/** What a site throws is its own fault, and the sender is told so. */
const respond = async (line: Line, request: Request): Promise<Reply> => {
  try {
    return await line.site.respond(request)
  } catch {
    return line.site.rules.refuse(fault('Something went wrong in here.', 500))
  }
}

/** Answers a request that could be read, and settles whether the connection is kept. */
const serveRequest = async (line: Line, head: ReadHead, last: boolean): Promise<boolean> => {
  const { rules } = line.site
  const { request, spent } = requestOf(line, head)
  const reply = await respond(line, request)
  const asked = { method: request.method, target: request.rawTarget }
  const leftover = !spent() && rules.unread !== 'keep'
  const ends = reply.close === true || last || !rules.stays(head)
  if (leftover && !ends && rules.unread === 'close-silently') {
    await answer(line, asked, reply)
    closeGently(line)
    return false
  }
  return answer(line, asked, ends || leftover ? { ...reply, close: true } : reply)
}

/** What can be said about a head that could not be read. */
const guess = (text: string): Asked => {
  const [method = '', target = ''] = text.split(/[ \t\r\n]+/, 2)
  return { method, target }
}

const serveOne = async (line: Line): Promise<boolean> => {
  const { rules } = line.site
  const arrived = await takeHead(line.source, rules)
  if (arrived.kind === 'ended') {
    closeGently(line)
    return false
  }
  if (arrived.kind === 'stalled') {
    return answer(line, { method: '', target: '' }, rules.refuse(fault('Too slow.', 408)))
  }
  if (arrived.kind === 'too-large') {
    const { partial } = arrived
    return answer(line, guess(partial), rules.tooLarge(partial, rules.limits))
  }
  const head = readHead(rules, arrived.text, line.connection.secure)
  if (isFault(head)) return answer(line, guess(arrived.text), rules.refuse(head))
  return serveRequest(line, head, arrived.early)
}

/** Serves until the connection ends; resolves when nothing more will be answered. */
export const serveConnection = async (
  socket: Socket,
  connection: Connection,
  surroundings: Surroundings,
): Promise<void> => {
  const source = sourceOf(socket, surroundings.idle)
  const line: Line = { ...surroundings, socket, source, connection }
  while (await serveOne(line)) {
    if (surroundings.site.rules.reuse === 'drop') {
      if (source.peek() === '') await source.more()
      socket.destroy()
      return
    }
  }
}
