import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type * as Undici from 'undici'
import type { Answer, FieldLine, Request } from '../model/exchange.ts'
import { nameOf, textOf } from './serialise.ts'

/** The module, loaded when the first exchange needs it. */
export type UndiciModule = Pick<typeof Undici, 'Client'>

/**
 * One exchange of undici's on a connection that is ours. It writes the request, and reads the answer
 * beside our own reader: undici hides the version, folds, trailers and what does not parse, so it is
 * a second opinion and the reader's account is the evidence.
 */
export interface Second {
  readonly start: () => void
  readonly feed: (chunk: Buffer) => void
  readonly end: () => void
  /** True where undici has read the same answer. */
  readonly agrees: (answer: Answer) => boolean
  readonly close: () => void
}

interface Heard {
  status: number
  fields: readonly string[]
  bytes: number
  done: boolean
}

const latin1 = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('latin1') : String(value)

const handlerFor = (heard: Heard): Undici.Dispatcher.DispatchHandler => ({
  onRequestStart: () => undefined,
  onResponseStart: (controller, status) => {
    heard.status = status
    const raw = controller.rawHeaders
    heard.fields = Array.isArray(raw) ? raw.map(latin1) : []
  },
  onResponseData: (_controller, chunk) => {
    heard.bytes += chunk.length
  },
  onResponseEnd: () => {
    heard.done = true
  },
  onResponseError: () => undefined,
})

const dispatchOf = (request: Request): Undici.Dispatcher.DispatchOptions => {
  const given = request.fields.filter((line) => nameOf(line) !== 'content-length')
  const body = textOf(request.body ?? [])
  const keeps = (line: FieldLine): boolean =>
    nameOf(line) === 'connection' && textOf(line.value) === 'keep-alive'
  return {
    method: request.method as Undici.Dispatcher.HttpMethod,
    path: textOf(request.target),
    headers: given.flatMap((line) => [textOf(line.name), textOf(line.value)]),
    body: body === '' ? null : Buffer.from(body, 'latin1'),
    // Undici would otherwise say `close` to every HEAD.
    reset: !given.some(keeps),
  }
}

/** Passes on what undici writes while it is what the record says, and our own bytes after that. */
const createExact = (bytes: Buffer, out: (chunk: Buffer) => void) => {
  let written = 0
  const rest = (): void => {
    if (written < bytes.length) out(bytes.subarray(written))
    written = bytes.length
  }
  const write = (chunk: Buffer): void => {
    if (!bytes.subarray(written, written + chunk.length).equals(chunk)) {
      rest()
      return
    }
    written += chunk.length
    out(chunk)
  }
  return { write, rest }
}

const agree = (heard: Heard, answer: Answer): boolean => {
  const fields = answer.fields.flat()
  return (
    heard.status === answer.status &&
    heard.fields.length === fields.length &&
    // Undici leaves a tab at the end of a value.
    heard.fields.every((text, index) => text.trimEnd() === fields[index]?.trimEnd()) &&
    (answer.cut || (heard.done && heard.bytes === answer.bodyBytes))
  )
}

/**
 * Prepares undici for one exchange whose bytes are `bytes`; `out` puts bytes on the connection. What
 * goes out is exactly `bytes`, whatever a new version of undici would rather write.
 */
export const createSecond = (
  undici: UndiciModule,
  request: Request,
  bytes: Buffer,
  headCap: number,
  out: (chunk: Buffer) => void,
): Second => {
  const heard: Heard = { status: 0, fields: [], bytes: 0, done: false }
  const exact = createExact(bytes, out)
  const shim = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      exact.write(chunk)
      done()
    },
  })
  shim.on('error', () => undefined)
  const client = new undici.Client('http://connection.invalid', {
    // Called back later: undici stalls where its connector answers at once.
    connect: (_options, done) => queueMicrotask(() => done(null, shim as unknown as Socket)),
    maxHeaderSize: 2 * headCap,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    start: () => {
      client.dispatch(dispatchOf(request), handlerFor(heard))
      // By then undici has written; what it has refused or left out goes out all the same.
      setImmediate(exact.rest)
    },
    feed: (chunk) => {
      if (!shim.destroyed) shim.push(chunk)
    },
    end: () => {
      if (!shim.destroyed) shim.push(null)
    },
    agrees: (answer) => agree(heard, answer),
    close: () => {
      client.destroy().catch(() => undefined)
    },
  }
}
