import type { Answer } from '../model/exchange.ts'
import { fieldValue, parseHttpDate } from '../text/fields.ts'

/** The server's clock against ours, learned from `Date` fields of answers that no cache kept. */
export interface Clock {
  readonly note: (answer: Answer, at: number, ms: number) => void
  /** Seconds the server's clock is ahead of ours; undefined where no Date was seen. */
  readonly skew: () => number | undefined
}

const KEPT = 25

export function createClock(): Clock {
  const offsets: number[] = []
  return {
    note(answer, at, ms) {
      if (offsets.length >= KEPT || fieldValue(answer.fields, 'Age') !== undefined) return
      const date = parseHttpDate(fieldValue(answer.fields, 'Date') ?? '')
      // A Date is cut to the second: half a second is what it lacks on average.
      if (date !== undefined) offsets.push((date + 500 - (at + ms / 2)) / 1000)
    },
    skew() {
      if (offsets.length === 0) return undefined
      const sorted = [...offsets].sort((a, b) => a - b)
      return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
    },
  }
}
