/** Comes back to a session of TLS 1.3, and reads whether a new key is agreed on. */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HelloFacts, ResumptionFacts } from '../../model/channel.ts'
import { until } from '../sockets.ts'
import type { Stop } from '../stop.ts'
import type { Wrap } from '../tls.ts'
import { sayWritten } from './hello.ts'
import { completed } from './hello-write.ts'
import { type Resumable, resumableIn } from './session.ts'

/** A session that a server has given, and when. */
export interface Given {
  readonly session: Resumable
  /** Milliseconds, by the clock of this process. */
  readonly at: number
}

/** The first session that can be come back to; undefined where the connection ends without one. */
function givenOn(socket: TLSSocket, stop: Stop): Promise<Given | undefined> {
  return new Promise((resolve) => {
    let given: Given | undefined
    let unlisten = (): void => undefined
    const done = (): void => {
      unlisten()
      // OpenSSL calls from the midst of what it reads, where nothing may be taken from under it.
      setImmediate(() => resolve(given))
    }
    socket.on('session', (bytes: Buffer) => {
      const session = resumableIn(bytes)
      if (session === undefined) return
      given ??= { session, at: performance.now() }
      done()
    })
    // However it ends, no ticket comes any more.
    socket.on('end', done).on('close', done).on('error', done)
    unlisten = stop.listen(done)
  })
}

/**
 * Goes through a handshake of TLS 1.3 and waits for a ticket. Rejects where the handshake does, as it
 * does where TLS 1.3 is not spoken.
 */
export async function takeSession(
  plain: Socket,
  wrap: Wrap,
  host: string,
  stop: Stop,
): Promise<Given | undefined> {
  const socket = wrap(plain, host, 'TLSv1.3')
  const given = givenOn(socket, stop)
  try {
    await until(socket, 'secureConnect', stop)
    // Whoever has nothing to say is told so by the server in turn, once its tickets are sent.
    socket.resume().end()
    return await given
  } finally {
    socket.destroy()
  }
}

const factsOf = ({ reply, resumed, again, share }: Omit<HelloFacts, 'usual'>): ResumptionFacts => {
  if (reply !== 'answered' || again) return { came: 'open' }
  return resumed ? { came: 'resumed', newKey: share !== undefined } : { came: 'anew' }
}

/** Offers to come back to a session, with a new key and without, and reads what the server chooses. */
export async function comeBack(
  socket: Socket,
  { session, at }: Given,
  name: string | undefined,
  stop: Stop,
): Promise<ResumptionFacts> {
  const offered = {
    ...completed({ versions: ['TLSv1.3'] }, name),
    suites: [session.suite],
    resume: { ...session, age: performance.now() - at },
  }
  const { earlyData } = session
  const facts = factsOf(await sayWritten(socket, offered, stop))
  return { ...facts, ...(earlyData === 0 ? {} : { earlyData }) }
}
