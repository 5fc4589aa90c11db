import type { RunInput } from '../engine/index.ts'
import type { Given } from './option.ts'
import { UsageError } from './usage-error.ts'

/** Where to listen for what the target calls back. */
export type Listen = NonNullable<RunInput['listen']>

/** Reads `HOST:PORT`; an IPv6 address stands in brackets. Throws UsageError. */
export function readListen(given: Given | undefined): Listen | undefined {
  if (given === undefined) return undefined
  const parts = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/iu.exec(given.text)
  const [, bracketed, plain, digits] = parts ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port > 65_535) {
    throw new UsageError(
      'bad-value',
      `${given.source.name} wants HOST:PORT, such as 127.0.0.1:8787.`,
      'Port 0 takes any free one; an IPv6 address stands in brackets.',
    )
  }
  return { host, port }
}
