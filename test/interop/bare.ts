/** Asks a server by a bare socket, with nothing of the tool in between. */
import { createConnection } from 'node:net'

/**
 * A request as a record writes it. `{host}` stands for the server's address, `{a*9}` for nine times
 * that letter.
 */
export interface BareRequest {
  /** The field lines besides Host and Connection, byte for byte. */
  readonly lines: readonly string[]
  /** GET where absent. */
  readonly method?: string
  /** The path of the protected resource where absent. */
  readonly target?: string
  /** The values of the Host lines, if it is not the one that is right. */
  readonly hosts?: readonly string[]
  readonly content?: string
}

/** True where the first answer of all that came is whole, by its Content-Length. */
const isWhole = (came: string): boolean => {
  const [head, ...rest] = came.split('\r\n\r\n')
  const length = /^content-length: (\d+)$/im.exec(head ?? '')
  return rest.length > 0 && rest.join('\r\n\r\n').length >= Number(length?.[1] ?? Infinity)
}

/** Characters that are written at a time. */
const PIECE = 8192

const askOnce = (port: number, bytes: string, then?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let came = ''
    let at = 0
    // In pieces, until an answer begins: a reset for what nobody reads takes the answer with it.
    const writeOn = (): void => {
      if (came !== '' || at >= bytes.length || socket.destroyed) return
      const piece = bytes.slice(at, at + PIECE)
      at += PIECE
      socket.write(piece, 'latin1', () => setTimeout(writeOn, at < bytes.length ? 1 : 0))
    }
    const socket = createConnection({ port, host: '127.0.0.1' }, writeOn)
    let waiting = then
    socket.setEncoding('latin1')
    socket.setTimeout(5000, () => socket.destroy(new Error('The server did not answer.')))
    socket.on('data', (text: string) => {
      came += text
      if (waiting === undefined || !isWhole(came)) return
      socket.write(waiting, 'latin1')
      waiting = undefined
    })
    // Whoever resets a connection behind its answer has answered.
    socket.once('error', (error) => (isWhole(came) ? resolve(came) : reject(error)))
    socket.once('close', () => resolve(came))
  })

const TRIES = 5

const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET'

/**
 * Sends bytes and gives all that came back until the server closed, both as latin1. The bytes in
 * `then` are sent once the first answer is whole. A server that refuses a large request before it has
 * read all of it may reset the connection, and its answer is lost with it now and then: it is asked again.
 */
export const ask = async (port: number, bytes: string, then?: string): Promise<string> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await askOnce(port, bytes, then)
    } catch (error) {
      if (left <= 1 || !isReset(error)) throw error
    }
  }
}

const spelled = (text: string, port: number): string =>
  text
    .replaceAll('{host}', `127.0.0.1:${port}`)
    .replace(/\{(.)\*(\d+)\}/g, (_, letter: string, times: string) => letter.repeat(Number(times)))

/** The recorded request in full. */
export const requestOf = (
  port: number,
  { lines, method, target, hosts, content }: BareRequest,
  connection: 'close' | 'keep-alive' = 'close',
): string =>
  [
    `${method ?? 'GET'} ${spelled(target ?? '/protected', port)} HTTP/1.1`,
    ...(hosts ?? ['{host}']).map((host) => `Host: ${spelled(host, port)}`),
    `Connection: ${connection}`,
    ...lines.map((line) => spelled(line, port)),
    '',
    content ?? '',
  ].join('\r\n')
