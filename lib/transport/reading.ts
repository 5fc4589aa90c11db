import type { Trouble, Violation } from '../model/exchange.ts'
import type { Framing } from './framing.ts'
import type { Field, StatusLine } from './head.ts'

/** How much of an answer is read and kept. */
export interface Limits {
  /** Bytes allowed for status lines, fields and trailers together, interim answers included. */
  readonly headCap: number
  /** Bytes of content kept. */
  readonly bodyCap: number
  /** Bytes of content after which reading stops; the answer then counts as complete and cut. */
  readonly bodyStop: number
}

/** Phases that read a line at a time. */
export type LinePhase = 'start' | 'fields' | 'size' | 'data-end' | 'trailers'
/** Phases that read content. */
export type ContentPhase = 'length' | 'data' | 'close'

/** An answer half read: everything that changes while bytes come. */
export interface Reading {
  readonly method: string
  readonly limits: Limits
  state: 'reading' | 'complete' | 'failed'
  phase: LinePhase | ContentPhase
  trouble: Trouble | undefined
  line: StatusLine | undefined
  fields: Field[]
  framing: Framing
  persists: boolean
  /** Bytes came after the end of the answer. */
  junk: boolean
  /** Reading was ended by us, at the limit. */
  stopped: boolean
  bytes: number
  headBytes: number
  /** The unfinished line, in the portions it came in. */
  pending: string[]
  pendingBytes: number
  /** Bytes still to come in the phases `length` and `data`. */
  remaining: number
  readonly content: { readonly kept: Buffer[]; keptBytes: number; bytes: number }
  readonly trailers: Field[]
  readonly interim: number[]
  readonly violations: Map<string, Violation>
}

export const begin = (method: string, limits: Limits): Reading => ({
  method,
  limits,
  state: 'reading',
  phase: 'start',
  trouble: undefined,
  line: undefined,
  fields: [],
  framing: { by: 'nothing' },
  persists: false,
  junk: false,
  stopped: false,
  bytes: 0,
  headBytes: 0,
  pending: [],
  pendingBytes: 0,
  remaining: 0,
  content: { kept: [], keptBytes: 0, bytes: 0 },
  trailers: [],
  interim: [],
  violations: new Map(),
})

/** Records a violation once: a server that repeats itself a million times is told once. */
export const note = (reading: Reading, code: string, say: string): void => {
  if (!reading.violations.has(code)) reading.violations.set(code, { code, say })
}

/** Ends the reading for good: what came is no answer. */
export const fail = (reading: Reading, code: Trouble['code'], say: string): void => {
  reading.state = 'failed'
  reading.trouble = { code, say }
}
