import type { RunEvent } from '../engine/context.ts'
import type { Screen } from './io.ts'

/** Shows on a terminal how far a run is, in one line that is written over. */
export interface Progress {
  readonly on: (event: RunEvent) => void
  /** Takes the line away. */
  readonly clear: () => void
}

const erase = '\r\u001b[K'

function lineFor(event: RunEvent): string | undefined {
  if (event.type === 'start') return 'preflight'
  if (event.type === 'plan') return `${event.jobs} to judge, about ${event.requests} requests`
  if (event.type === 'result') return `${event.done} of ${event.of}   ${event.result.id}`
  return undefined
}

/** Progress for a screen; says nothing where it is no terminal, so that logs stay clean. */
export function createProgress(screen: Screen): Progress {
  if (!screen.isTerminal) return { on: () => {}, clear: () => {} }
  return {
    on(event) {
      const line = lineFor(event)
      if (line !== undefined) screen.write(`${erase}  ${line.slice(0, screen.columns - 4)}`)
    },
    clear: () => screen.write(erase),
  }
}
