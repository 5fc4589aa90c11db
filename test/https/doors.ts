import { connect, createServer, type Server, type Socket } from 'node:net'

/** A listener that keeps all that was written to it. */
export interface Ear {
  readonly port: number
  /** Everything that was received, as latin1. */
  readonly heard: () => string
  readonly close: () => Promise<void>
}

const listening = async (
  server: Server,
  open: ReadonlySet<Socket>,
): Promise<Omit<Ear, 'heard'>> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Answers whatever is sent to it in plain HTTP with the same bytes. */
export const plainDoor = async (answer: string): Promise<Ear> => {
  let text = ''
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    socket.once('data', () => socket.end(answer))
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
    })
  })
  return { ...(await listening(server, open)), heard: () => text }
}

/** Passes on what is sent to it, and keeps the client's side of it. */
export const relay = async (port: number): Promise<Ear> => {
  let text = ''
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    const beyond = connect(port, '127.0.0.1')
    for (const each of [socket, beyond]) {
      open.add(each)
      each.on('close', () => open.delete(each))
    }
    socket.on('error', () => beyond.destroy())
    beyond.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
    })
    socket.pipe(beyond).pipe(socket)
  })
  return { ...(await listening(server, open)), heard: () => text }
}
