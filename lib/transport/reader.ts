import type { Answer, Trouble } from '../model/exchange.ts'
import { answerOf, cutShort, endOf, noteWithheld, progress } from './progress.ts'
import { begin, type Limits, type Reading } from './reading.ts'

/** Reads one answer from bytes in whatever portions they come; it never throws and never waits. */
export interface Reader {
  readonly feed: (chunk: Buffer) => void
  /** The other side has closed in order. */
  readonly end: () => void
  /** The connection broke; a refusal whose head came whole is an answer all the same. */
  readonly broke: () => void
  /** Content was awaited with `100 Continue`, and no byte of an answer came in that time. */
  readonly withheld: (ms: number) => void
  readonly state: () => Reading['state']
  /** True once the final answer has begun. */
  readonly begun: () => boolean
  /** How many interim answers have come. */
  readonly interim: () => number
  /** Why the bytes cannot be an answer, where the state is `failed`. */
  readonly trouble: () => Trouble | undefined
  /** The answer, where the state is `complete`. */
  readonly answer: () => Answer | undefined
  /** True where the connection may carry another exchange after this answer. */
  readonly persists: () => boolean
  /** True where a rule, not a stated length, ends the answer with its head: HEAD, 204, 304. */
  readonly bare: () => boolean
  /** True while nothing departs from HTTP/1.1. */
  readonly clean: () => boolean
  /** Bytes of the answer that came. */
  readonly bytes: () => number
  /** How far the answer got, as a clause of a sentence. */
  readonly soFar: () => string
}

const count = (bytes: number): string => `${bytes} byte${bytes === 1 ? '' : 's'}`

const soFarOf = (reading: Reading): string => {
  const { phase, line, content, framing, interim, bytes } = reading
  if (bytes === 0) return 'no byte of an answer came'
  if (phase === 'start' && reading.pendingBytes === 0 && interim.length > 0) {
    return `only the interim answer ${interim.at(-1)} came`
  }
  if (line === undefined || phase === 'fields') return `its head broke off after ${count(bytes)}`
  const whole = framing.by === 'length' ? ` of ${framing.length}` : ''
  return `the answer ${line.status} broke off after ${content.bytes}${whole} bytes of content`
}

/**
 * Makes a reader for the answer to a request of that method. What departs from HTTP/1.1 and can
 * still be read ends up in the answer's violations; only what cannot be read at all is a trouble.
 */
export const createReader = (method: string, limits: Limits): Reader => {
  const reading = begin(method, limits)
  return {
    feed: (chunk) => progress(reading, chunk),
    end: () => endOf(reading, soFarOf(reading)),
    broke: () => cutShort(reading, soFarOf(reading)),
    withheld: (ms) => noteWithheld(reading, ms),
    state: () => reading.state,
    begun: () => reading.line !== undefined || reading.state !== 'reading',
    interim: () => reading.interim.length,
    trouble: () => reading.trouble,
    answer: () => (reading.state === 'complete' ? answerOf(reading) : undefined),
    persists: () => reading.state === 'complete' && reading.persists && !reading.junk,
    bare: () => reading.state === 'complete' && reading.framing.by === 'nothing',
    clean: () => reading.state !== 'failed' && reading.violations.size === 0,
    bytes: () => reading.bytes,
    soFar: () => soFarOf(reading),
  }
}
