import type { Request } from '../model/exchange.ts'
import type { Reader } from './reader.ts'
import { bytesOf, headOf, nameOf } from './serialise.ts'

/** A place in the bytes of a request where writing stops. */
export interface Pause {
  readonly at: number
  /** An interim answer ends it early. */
  readonly interim: boolean
  /** Milliseconds after which it ends whatever comes. */
  readonly ms: number
}

/** Milliseconds between two parts of a head: longer than any delay that a network adds by itself. */
const MOMENT = 300

const lineEnd = 2

/** Where a settled request pauses, in an exchange of that many milliseconds. */
export const pauseOf = (request: Request, timeoutMs: number): Pause | undefined => {
  const half = Math.floor(timeoutMs / 2)
  const head = bytesOf(headOf(request)).length
  if (request.pause === 'before-content') return { at: head, interim: true, ms: half }
  if (request.pause === undefined) return undefined
  const index = request.fields.findIndex((line) => nameOf(line) === 'authorization')
  if (index < 0) return undefined
  const before = headOf({ ...request, fields: request.fields.slice(0, index) })
  return { at: bytesOf(before).length - lineEnd, interim: false, ms: Math.min(MOMENT, half) }
}

/** Writes the bytes of a request, in one go or in two. */
export interface Sender {
  readonly start: () => void
  /** Bytes of an answer have come. */
  readonly progressed: () => void
  readonly stop: () => void
}

const nothing = (): void => undefined

/** Makes a sender; what is held back is not sent to a server that has answered already. */
export const createSender = (
  bytes: Buffer,
  pause: Pause | undefined,
  reader: Reader,
  out: (chunk: Buffer) => void,
): Sender => {
  if (pause === undefined) return { start: () => out(bytes), progressed: nothing, stop: nothing }
  let timer: NodeJS.Timeout | undefined
  let held = true
  const resume = (): void => {
    if (!held) return
    held = false
    clearTimeout(timer)
    if (!reader.begun()) out(bytes.subarray(pause.at))
  }
  const late = (): void => {
    if (pause.interim && held) reader.withheld(pause.ms)
    resume()
  }
  return {
    start: () => {
      out(bytes.subarray(0, pause.at))
      timer = setTimeout(late, pause.ms)
    },
    progressed: () => {
      if (pause.interim && reader.interim() > 0) resume()
    },
    stop: () => clearTimeout(timer),
  }
}
