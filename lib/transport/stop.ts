import { setMaxListeners } from 'node:events'

/** Why waiting was given up: the deadline passed, or the caller no longer wants the answer. */
export type StopReason = 'timeout' | 'aborted'

/** One deadline and one caller's wish for one exchange, from dialling to the last byte. */
export interface Stop {
  readonly why: () => StopReason | undefined
  /** Calls back once when waiting is given up, at once if it already was; returns how to unhook. */
  readonly listen: (act: () => void) => () => void
  /** Gives up now. */
  readonly abort: () => void
  /** Forgets the deadline: what was awaited has come. */
  readonly clear: () => void
}

/** Starts the clock of an exchange, in milliseconds. */
export const createStop = (timeoutMs: number, signal?: AbortSignal): Stop => {
  const listeners = new Set<() => void>()
  let reason: StopReason | undefined
  let over = false
  const give = (why: StopReason): void => {
    if (over) return
    reason = why
    clear()
    for (const act of [...listeners]) act()
  }
  const abort = (): void => give('aborted')
  const timer = setTimeout(() => give('timeout'), timeoutMs)
  const clear = (): void => {
    over = true
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  if (signal !== undefined) {
    // Many exchanges wait on one caller's signal at a time; that is no leak.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  }
  return {
    why: () => reason,
    listen: (act) => {
      if (reason !== undefined) act()
      else listeners.add(act)
      return () => listeners.delete(act)
    },
    abort,
    clear,
  }
}
