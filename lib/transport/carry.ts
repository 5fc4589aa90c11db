import type { Answer } from '../model/exchange.ts'
import type { Connection } from './connection.ts'
import { brokenFailure, type Failure, failure, stopFailure } from './failures.ts'
import { paced } from './pace.ts'
import { createSender, type Pause, type Sender } from './pieces.ts'
import { createReader, type Reader } from './reader.ts'
import type { Limits } from './reading.ts'
import type { Second } from './second.ts'
import type { Stop } from './stop.ts'

/** One exchange to be carried over one open connection. */
export interface Job {
  readonly method: string
  readonly bytes: Buffer
  /** Where writing stops for a while. */
  readonly pause?: Pause
  /** `host:port` of the server, for sentences. */
  readonly where: string
  readonly limits: Limits
  readonly timeoutMs: number
  /** How long to look for content that must not follow a bare head, in milliseconds. */
  readonly lingerMs: number
  readonly stop: Stop
  /** How long to look whether the server closes, in milliseconds. */
  readonly watchCloseMs?: number
  /** Makes undici's side of it, where undici carries the request. */
  readonly second?: (out: (chunk: Buffer) => void) => Second
}

export interface Carried {
  readonly answer?: Answer
  /** Whether the server closed after its answer, where that was looked for. */
  readonly closed?: boolean
  readonly failure?: Failure
  /** Bytes of an answer that came. */
  readonly bytes: number
  /** Whether undici has read the same answer. */
  readonly agreed: boolean
  /** When the answer was complete or given up, on the clock of `performance.now`. */
  readonly overAt: number
}

interface Watched {
  /** Settles when the answer is whole or there will be none. */
  readonly over: Promise<Failure | undefined>
  /** Settles when nothing more can come. */
  readonly ended: Promise<void>
}

/** Failures of the reader itself: bytes came, and they are no answer. */
const unreadable = (reader: Reader): Failure | undefined => {
  const trouble = reader.trouble()
  return trouble === undefined ? undefined : { ending: 'silent', trouble }
}

const watch = (
  connection: Connection,
  job: Job,
  reader: Reader,
  sender: Sender,
  second?: Second,
): Watched => {
  let overNow: (failure: Failure | undefined) => void = () => undefined
  let endNow: () => void = () => undefined
  const over = new Promise<Failure | undefined>((resolve) => {
    overNow = resolve
  })
  const ended = new Promise<void>((resolve) => {
    endNow = resolve
  })
  const check = (): void => {
    if (reader.state() !== 'reading') overNow(unreadable(reader))
  }
  connection.begin({
    data: (chunk) => {
      reader.feed(chunk)
      // Undici asserts more than it checks: only well-formed bytes may reach it.
      if (reader.clean()) second?.feed(chunk)
      sender.progressed()
      check()
    },
    end: () => {
      reader.end()
      if (reader.clean()) second?.end()
      check()
      endNow()
    },
    error: (error) => {
      reader.broke()
      check()
      overNow(brokenFailure(error, job.where, reader.soFar()))
      endNow()
    },
  })
  return { over, ended }
}

const given = (job: Job, reader: Reader): Failure =>
  stopFailure(job.stop.why() ?? 'aborted', job.timeoutMs, job.where, reader.soFar())

/** Waits for the end of the connection; tells whether it came in time. */
const endsWithin = (ms: number, ended: Promise<void>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    ended.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })

/**
 * Lets what has already arrived be read, and waits where content must not follow but often does, or
 * where it matters whether the server closes.
 */
const linger = async (
  reader: Reader,
  ended: Promise<void>,
  job: Job,
): Promise<{ closed?: boolean }> => {
  const { watchCloseMs, lingerMs } = job
  const closes =
    watchCloseMs !== undefined || reader.bare()
      ? await endsWithin(watchCloseMs ?? lingerMs, ended)
      : false
  await new Promise((resolve) => setImmediate(resolve))
  return watchCloseMs === undefined ? {} : { closed: closes }
}

const lost = (job: Job): Failure =>
  failure('closed', 'ended', `${job.where} closed the connection before a request was sent.`)

/** Sends the bytes and reads the answer; never rejects, and leaves the connection closed or kept. */
export const carry = async (connection: Connection, job: Job): Promise<Carried> => {
  const none = { bytes: 0, agreed: false }
  if (!connection.alive()) return { ...none, failure: lost(job), overAt: performance.now() }
  const reader = createReader(job.method, job.limits)
  const out = paced(connection.socket, reader.begun)
  const second = job.second?.(out)
  const sender = createSender(job.bytes, job.pause, reader, out)
  const { over, ended } = watch(connection, job, reader, sender, second)
  const stopped = new Promise<Failure>((resolve) => {
    job.stop.listen(() => resolve(given(job, reader)))
  })
  if (second === undefined) sender.start()
  else second.start()
  const broken = await Promise.race([over, stopped])
  const overAt = performance.now()
  sender.stop()
  job.stop.clear()
  const after = broken === undefined ? await linger(reader, ended, job) : {}
  const answer = broken === undefined ? reader.answer() : undefined
  const agreed = answer !== undefined && second?.agrees(answer) === true
  second?.close()
  connection.finish(answer !== undefined && reader.persists())
  return {
    bytes: reader.bytes(),
    agreed,
    overAt,
    ...after,
    ...(answer === undefined ? {} : { answer }),
    ...(broken === undefined ? {} : { failure: broken }),
  }
}
