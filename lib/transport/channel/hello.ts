/** Sends a hello on an open connection and reads what comes until it is enough. */
import type { Socket } from 'node:net'
import type { Hello, HelloFacts } from '../../model/channel.ts'
import type { Stop } from '../stop.ts'
import { isWhole, readAnswer } from './hello-read.ts'
import { completed, type WrittenHello, writeHello } from './hello-write.ts'

/** More than any chain of certificates needs. */
const MOST = 262_144

interface Received {
  readonly bytes: Buffer
  /** Waiting was given up: the server neither went on nor hung up. */
  readonly late: boolean
}

function received(
  socket: Socket,
  whole: (bytes: Buffer) => boolean,
  stop: Stop,
): Promise<Received> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    let unlisten = (): void => undefined
    const done = (): void => {
      unlisten()
      resolve({ bytes, late: stop.why() !== undefined })
    }
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length > MOST || whole(bytes)) done()
    })
    // A reset is a refusal like any other: servers differ in how they hang up.
    socket.on('end', done).on('close', done).on('error', done)
    unlisten = stop.listen(done)
  })
}

/** What the server makes of a hello that is complete; the connection is closed afterwards. */
export async function sayWritten(
  socket: Socket,
  offered: WrittenHello,
  stop: Stop,
): Promise<Omit<HelloFacts, 'usual'>> {
  try {
    socket.write(writeHello(offered))
    const { bytes, late } = await received(socket, (all) => isWhole(all, offered), stop)
    const answer = readAnswer(bytes, offered)
    return late && answer.reply === 'ended' ? { reply: 'silent' } : answer
  } finally {
    socket.destroy()
  }
}

/** What the server makes of this hello; the connection is closed afterwards. */
export function sayHello(
  socket: Socket,
  hello: Hello,
  host: string | undefined,
  stop: Stop,
): Promise<Omit<HelloFacts, 'usual'>> {
  return sayWritten(socket, completed(hello, host), stop)
}
